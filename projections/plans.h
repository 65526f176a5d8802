// Plans (SKP) by person and period, and the cascade of indicators (IKU).
//
//   'p' person(8) period(3) sequence(8)   one event of the plan (Change)
//   'q' period(3) person(8)               the person has a plan of the period
//   'i' indicator(8) sequence(8)          one event of the indicator (Link)
#pragma once

#include <vector>

#include "projections/projection.h"

namespace runut::plans {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
extern const EventSet events;
inline constexpr Projection projection{"plans", 1, &fold, &events};

// `revised`: a revision of an approved plan waits for its own approval.
enum class State : std::uint8_t { drafted, submitted, returned, approved, revised };

struct Plan {
  PersonId person;
  Period period;
  State state = State::drafted;
  std::uint32_t results = 0;  // as last drafted or revised
  std::uint32_t linked = 0;   // of these, those that name an indicator
  Sequence changed;           // the event that gave the state
  std::uint32_t clarified = 0;
  std::optional<Sequence> approved;  // the first approval; revisions leave it
  std::optional<Date> approved_on;   // its day
  std::uint64_t approved_by = 0;     // the actor's id

  // The plan was agreed no later than the period's first day.
  [[nodiscard]] bool is_on_time() const { return approved_on && *approved_on <= first_day(period); }
};

struct Indicator {
  std::uint64_t indicator = 0;
  UnitId unit;
  Period period;
  Sequence defined;
  std::optional<std::uint64_t> superior;
};

// Nothing: no event of it has happened.
[[nodiscard]] Result<std::optional<Plan>> find(const RowReader& rows, PersonId person,
                                               Period period);
// Ascending.
[[nodiscard]] Result<std::vector<PersonId>> persons_in(const RowReader& rows, Period period);
// By id.
[[nodiscard]] Result<std::vector<Indicator>> indicators(const RowReader& rows);

}  // namespace runut::plans
