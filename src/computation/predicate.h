// The evaluation predicate (rulebook section 3.3; PermenPANRB 6/2022, SE 3/2023, Peraturan BKN
// 3/2023). Pure of facts: ratings, counts and months come with their values.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/money.h"
#include "regulation/predicates.h"

namespace runut {

// A person without both ratings has no predicate: rejected.
[[nodiscard]] Result<Predicate> predicate_of(Expectation result, Expectation behaviour,
                                             const Quadrant& quadrant);

// The rated persons of the unit itself, by Predicate from sangat_kurang up.
using PredicateCounts = std::array<std::int64_t, predicate_count>;

struct DistributionCheck {
  std::int64_t rated = 0;
  bool feasible = true;             // some split of that many people satisfies the row
  std::vector<std::size_t> broken;  // the row's terms that these people do not satisfy, ascending

  // An infeasible row is recorded and never blocks, whatever the mode.
  [[nodiscard]] bool blocks() const { return feasible && !broken.empty(); }
};

// Shares are compared exactly, never rounded. Nobody rated satisfies every share and no
// persons_at_least above 0. A row in which a predicate stands in two terms is rejected: what is
// feasible is decided by adding bounds of disjoint terms.
[[nodiscard]] Result<DistributionCheck> check_distribution(const PredicateCounts& counts,
                                                           const DistributionRow& row);

// Months of a year whose first day was served in posts of one coefficient.
struct CreditMonths {
  Score coefficient;  // hundredths
  std::int64_t months = 0;
};

// share x coefficient x months / 12 of one annual evaluation, in hundredths. Several posts of the
// year are summed before the one rounding; more than 12 months in all are rejected.
[[nodiscard]] Result<Score> annual_credit(Predicate predicate,
                                          const std::vector<CreditMonths>& year,
                                          const CreditShares& shares, Rounding rounding);

}  // namespace runut
