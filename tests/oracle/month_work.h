// One person's month: working days, required and approved minutes, productivity, discipline and the
// performance factor (rulebook section 3.1).
#pragma once

#include <optional>
#include <vector>

#include "tests/oracle/people.h"

namespace runut::oracle {

// Which deadlines bind: those of the month (a run, a tie key), or none because a recomputation puts
// its sequence in their place (section 3.5, Corrections).
enum class Cutoffs { of_the_month, none };

struct WorkDay {
  Date date;
  std::optional<DayHours> hours;         // scheduled; none: a free weekday
  bool working = false;                  // scheduled and not a holiday
  std::optional<Assignment> assignment;  // of that very day
  std::optional<EmploymentStatus> status;
  std::optional<LeaveKind> leave;
  bool payable = false;   // an assignment marked tpp_eligible and a status listed in status_bp
  bool eligible = false;  // payable and working
};

struct DisciplineDay {
  Date date;
  Number bp = 0;
  bool absent = false;
};

struct MonthWork {
  std::vector<WorkDay> days;  // every day of the month
  Number working_days = 0;
  Number required = 0;
  Number approved = 0;
  Number productivity = 0;
  Number discipline = 0;
  Number performance_factor = 0;
  std::vector<DisciplineDay> deductions;  // of the days counted in `required`
  std::vector<UnitId> open_units;         // of counted days whose unit has not closed the month
};

[[nodiscard]] std::vector<WorkDay> month_days(const View& view, const Rules& rules, PersonId person,
                                              Month month);
// Null when there is none.
[[nodiscard]] const WorkDay* last_eligible(const std::vector<WorkDay>& days);

[[nodiscard]] MonthWork month_work(const View& view, const Rules& rules, PersonId person,
                                   Month month, Cutoffs cutoffs);

// 00:00 local of the cut-off day of the next month: before it is in time.
[[nodiscard]] Instant approval_cutoff(const View& view, const Rules& rules, Month month);

}  // namespace runut::oracle
