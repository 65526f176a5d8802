// Surveys of behaviour by period and person: how many answered as what, and the sums of the closed
// ones. Who answered, and what, is not in here.
//
//   's' period(3) person(8) sequence(8)   one event of the survey (Entry)
#pragma once

#include <vector>

#include "projections/projection.h"

namespace runut::surveys {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
extern const EventSet events;
inline constexpr Projection projection{"surveys", 1, &fold, &events};

struct Survey {
  PersonId person;
  Sequence opened;
  std::vector<SurveyRelationSum> answered;  // so far, each relation that has answers; without sums
  std::optional<std::vector<SurveyRelationSum>> closed;
  Sequence last;

  // Nothing: nobody answered as that (while it is open: so far).
  [[nodiscard]] std::optional<SurveyRelationSum> of(SurveyRelation relation) const;
};

// Of the period; by person, ascending.
[[nodiscard]] Result<std::vector<Survey>> in_period(const RowReader& rows, Period period);

}  // namespace runut::surveys
