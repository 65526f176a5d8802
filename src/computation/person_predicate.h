// The predicate of a person and of a unit's people, and the credit of functional posts, from the
// facts (rulebook section 3.3).
#pragma once

#include <optional>
#include <vector>

#include "computation/facts.h"
#include "computation/predicate.h"

namespace runut {

struct PersonPredicate {
  Expectations given;
  Predicate predicate{};
  std::vector<Sequence> events;  // the ratings or the correction that count
};

// Empty when the person is not rated: without both expectations by the appraiser of their last day
// in the period, of each the highest sequence. After EvaluationCorrected the latest correction is
// the whole result, by the quadrant that it was decided under.
[[nodiscard]] Result<std::optional<PersonPredicate>> compute_predicate(const Facts& facts,
                                                                       PersonId person,
                                                                       Period period,
                                                                       const PredicateRules& rules);

struct UnitPeople {
  PredicateCounts counts{};
  std::uint32_t unrated = 0;
};
// The people of the unit itself: whose post on the period's last day is in that very unit. Rated is
// who has both ratings, delivered or not; a predicate that was delivered, or corrected since,
// counts as it was shown.
[[nodiscard]] Result<UnitPeople> count_people(const Facts& facts, UnitId unit, Period period,
                                              const PredicateRules& rules);

// Hundredths, for the months of an annual period on whose first day a functional post was held;
// empty without one, and for shorter periods: credit is given once a year. The coefficient is that
// of the longest title in the document by which the post's title ends, at a word; rejected without
// one.
[[nodiscard]] Result<std::optional<std::uint32_t>> compute_credit(const Facts& facts,
                                                                  PersonId person, Period period,
                                                                  Predicate predicate,
                                                                  const PredicateRules& rules,
                                                                  Rounding rounding);

}  // namespace runut
