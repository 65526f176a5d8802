// Productivity, discipline and the performance factor of one person's month (rulebook section 3.1).
#pragma once

#include "computation/person_month.h"

namespace runut {

// Which approvals and excuses count.
enum class Counting : std::uint8_t {
  until_cutoff,  // a regular run: acted before the approval cut-off of the month
  as_known,      // a correction: whatever is known
};

struct MonthWork {
  Minutes required;
  Minutes approved;
  BasisPoints productivity;
  BasisPoints discipline;
  BasisPoints factor;
};

// Missing minutes and deducted bp of one date: what explain shares a loss by.
struct DayLoss {
  Date day;
  Minutes missing;        // scheduled minutes that no counted report covers, not below 0
  BasisPoints deduction;  // of discipline
};

// Both recorders are instantiated. The month's own document decides.
template <class Recorder>
[[nodiscard]] Status compute_productivity(const Facts& facts, const PersonMonth& month,
                                          Counting counting, Recorder& recorder, MonthWork& out);
template <class Recorder>
[[nodiscard]] Status compute_discipline(const Facts& facts, const PersonMonth& month,
                                        Counting counting, Recorder& recorder, MonthWork& out);
// Both, and the factor.
template <class Recorder>
[[nodiscard]] Result<MonthWork> compute_work(const Facts& facts, const PersonMonth& month,
                                             Counting counting, Recorder& recorder);

// The same numbers by date, for the days that have any loss.
[[nodiscard]] std::vector<DayLoss> losses_by_day(const Facts& facts, const PersonMonth& month,
                                                 Counting counting);

// The deduction of the band that holds `minutes` (>= 0; bands start at 0, tile, and the last is
// open).
[[nodiscard]] BasisPoints band_deduction(const std::vector<Band>& bands, std::int64_t minutes);

// What the in side and the out side of one required day cost; `absent` excludes both.
struct DayAttendance {
  std::optional<std::int64_t> first_in;  // minute of the local day, cut
  std::optional<std::int64_t> last_out;
};
struct DayDeduction {
  BasisPoints in;
  BasisPoints out;
  BasisPoints absent;
  [[nodiscard]] BasisPoints total() const {
    return BasisPoints{in.value + out.value + absent.value};
  }
};
// `closed`: the unit has closed the month, so a day without any record is an absence. Before that
// such a day deducts nothing, for devices may still deliver ("counts as absent only where its unit
// has closed the month"); a day with a record has both sides judged either way.
[[nodiscard]] DayDeduction day_deduction(const WorkRules& rules, std::int64_t start,
                                         std::int64_t end, const DayAttendance& attendance,
                                         bool closed);

// One a day of the month, in order; nothing for a day that is not required or is excused.
[[nodiscard]] std::vector<DayDeduction> deductions_by_day(const Facts& facts,
                                                          const PersonMonth& month,
                                                          Counting counting);

// Rejected (attendance.month_open) while a unit of one of the person's eligible days has not closed
// the month, unless discipline has no weight.
[[nodiscard]] Status check_attendance_closed(const Facts& facts, const PersonMonth& month);

}  // namespace runut
