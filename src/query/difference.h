// What two standpoints make of the same question: two moments of one ledger, the documents in force
// on two days, or a ledger and what it would have been. Both sides are computed, by the code that
// pays and ranks, from facts read by subject: nothing is replayed.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/history.h"
#include "ledger/loaded_facts.h"
#include "query/quantities.h"

namespace runut {

struct Standpoint {
  const History& history;
  Sequence known_at;
  std::optional<Date> rules_as_of;  // hypothetical, and to be marked so
};

// Somebody for whom something changed.
struct ChangedPerson {
  PersonId person;
  std::vector<ChangedQuantity> quantities;  // never empty
  // Recorded after the earlier moment and up to the later one, about what was asked: the person's,
  // those of the units above their posts, and the agency's; by sequence. None between two
  // histories.
  std::vector<Sequence> events;
};

// What a paying unit (that of the last eligible day) pays in the month, by line and component.
struct UnitTotal {
  UnitId unit;
  std::vector<ChangedQuantity> quantities;  // never empty
};

struct DifferenceReport {
  std::vector<ChangedPerson> people;    // by id
  std::vector<UnitTotal> units;         // of payments, by id; those whose totals differ
  std::vector<std::string> parameters;  // that the two sides' documents set differently
  std::size_t asked = 0;                // people whom either side knows
};

struct DifferenceQuestion {
  Standpoint before;
  Standpoint after;
  std::function<void(std::size_t done, std::size_t total)> progress;
};

// What the month is worth to each person: lines, net and the factor's parts. Read as a correction
// reads a month (section 3.5): whatever is known counts, late approvals too; the month's own
// deductions are taken up to what is left; amounts of other months are left out.
// Rejected: regulation.none, and what computing one person's month rejects, naming the person.
[[nodiscard]] Result<DifferenceReport> payments_difference(const DifferenceQuestion& question,
                                                           Month month);

// Where the ratings known on each side place each member of the groups as frozen on that side.
// The document is the publication's, or before there is one the freezing's; under other rules the
// groups stay as they were frozen. Rejected: regulation.none, ranking.not_rated.
[[nodiscard]] Result<DifferenceReport> rankings_difference(const DifferenceQuestion& question,
                                                           Period period);

}  // namespace runut
