// Units, assignments, statuses, grades, leave and appraisers of a day, as known in a view
// (rulebook sections 2 and 3.1).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/oracle/history.h"

namespace runut::oracle {

struct Assignment {
  std::uint32_t number = 0;
  UnitId unit;
  std::string post;
  std::uint32_t job_class = 0;
  AssignmentRole role{};
  bool tpp_eligible = false;
  bool rankable = false;
  Date from;
  Date until = open_end;
  PositionKind kind{};
  [[nodiscard]] bool covers(Date day) const { return from <= day && day <= until; }
};

// In the order recorded; the last day is the one that AssignmentEnded or PersonSeparated carries.
[[nodiscard]] std::vector<Assignment> assignments(const View& view, PersonId person);

// Reading (3.5 (9), "acting roles change no unit, ceiling, minutes or group"): of several
// assignments on one day the definitive one holds.
[[nodiscard]] std::optional<Assignment> assignment_on(const std::vector<Assignment>& all, Date day);
// That day's, else the next, else the previous (3.1, Schedule).
[[nodiscard]] std::optional<Assignment> assignment_near(const std::vector<Assignment>& all,
                                                        Date day);

// The acting role (Plt, Plh) that is paid on a day, as if it were an assignment. Readings (3.5
// (9)): min_days are the calendar days of the whole role as known, one without a last day is long
// enough; a separation does not shorten it.
[[nodiscard]] std::optional<Assignment> paid_acting_role_on(const View& view, const Rules& rules,
                                                            PersonId person, Date day);

[[nodiscard]] std::optional<EmploymentStatus> status_on(const View& view, PersonId person,
                                                        Date day);
[[nodiscard]] std::optional<std::string> grade_on(const View& view, PersonId person, Date day);
[[nodiscard]] std::optional<LeaveKind> leave_on(const View& view, PersonId person, Date day);
[[nodiscard]] std::optional<PersonId> appraiser_on(const View& view, PersonId person, Date day);

// The unit itself, its parent, ... up to the root.
[[nodiscard]] std::vector<UnitId> upward(const View& view, UnitId unit, Date day);
// The nearest unit upward that is marked `paying`.
[[nodiscard]] std::optional<UnitId> paying_unit_of(const View& view, UnitId unit, Date day);

[[nodiscard]] bool is_holiday(const View& view, Date day);
[[nodiscard]] bool is_closed(const View& view, UnitId unit, Month month);
// The hours of a unit on a day; none: a free day. Holidays are not looked at.
[[nodiscard]] std::optional<DayHours> hours_on(const View& view, const Rules& rules, UnitId unit,
                                               Date day);

}  // namespace runut::oracle
