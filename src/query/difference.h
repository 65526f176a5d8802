// What two standpoints make of the same question: two moments of one ledger, or the documents in
// force on two days. Both sides are computed, by the code that pays and ranks, from facts read by
// subject: nothing is replayed.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/history.h"
#include "ledger/loaded_facts.h"

namespace runut {

struct Standpoint {
  Sequence known_at;
  std::optional<Date> rules_as_of;  // hypothetical, and to be marked so
};

// A quantity that is not the same on both sides; empty where that side has none.
struct ChangedQuantity {
  std::string line;       // "earned", "tax", "net"; "rank", "tier", "score", …
  std::string component;  // of a line: its component, or the code of a deduction
  std::string before;
  std::string after;
  std::string difference;  // of numbers: after - before, in the unit of both
};

// Somebody for whom something changed.
struct ChangedPerson {
  PersonId person;
  std::vector<ChangedQuantity> quantities;  // never empty
  // Recorded after the earlier moment and up to the later one, about what was asked: the person's,
  // those of the units above their posts, and the agency's; by sequence.
  std::vector<Sequence> events;
};

struct DifferenceReport {
  std::vector<ChangedPerson> people;    // by id
  std::vector<std::string> parameters;  // that the two sides' documents set differently
  std::size_t asked = 0;                // people whom either side knows
};

struct DifferenceQuestion {
  const History& history;
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
