// Ongoing feedback by period and person.
//
//   'f' period(3) person(8) sequence(8)   one event (Entry)
#pragma once

#include <vector>

#include "projections/projection.h"

namespace runut::feedback {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
extern const EventSet events;
inline constexpr Projection projection{"feedback", 1, &fold, &events};

struct Person {
  PersonId person;
  std::uint32_t given = 0;
  std::vector<Date> dialogues;  // in the order of the log
  std::uint32_t coachings = 0;
  Sequence last;
};

// Who has any in the period; ascending.
[[nodiscard]] Result<std::vector<Person>> in_period(const RowReader& rows, Period period);

}  // namespace runut::feedback
