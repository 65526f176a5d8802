// Attendance by person and day: clocks and excuses; and which unit has closed which month.
//
//   'c' person(8) month(2)   appended: clock-ins and clock-outs of that local month
//   'x' person(8) month(2)   appended: excuses for days of that month, asked for or decided
//   'm' month(2) unit(8)     the AttendanceMonthClosed event
#pragma once

#include <vector>

#include "projections/projection.h"

namespace runut::attendance {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
extern const EventSet events;
inline constexpr Projection projection{"attendance", 2, &fold, &events};

struct Clock {
  Instant at;
  Sequence sequence;
  friend bool operator==(const Clock&, const Clock&) = default;
};

struct Excuse {
  std::uint64_t excuse = 0;
  Sequence filed;  // 0: only its decision is known
  std::optional<Sequence> decided;
  Instant decided_at;  // action time
  bool approved = false;
};

// A day with a clock or an excuse.
struct Day {
  Date date;
  std::optional<Clock> first_in;
  std::optional<Clock> last_out;
  std::uint32_t clocks = 0;
  std::vector<Excuse> excuses;  // in the order in which they were filed
};

// Ascending; both dates included.
[[nodiscard]] Result<std::vector<Day>> days_of(const RowReader& rows, PersonId person, Date first,
                                               Date last);

struct Closing {
  UnitId unit;
  Month month;
  Sequence sequence;
};
// By unit.
[[nodiscard]] Result<std::vector<Closing>> closings_of(const RowReader& rows, Month month);

}  // namespace runut::attendance
