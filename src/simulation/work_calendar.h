// Which days are worked, from when to when, for how many minutes of reports; and the instants of
// local clock times.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "simulation/setting.h"

namespace runut::simulation {

// Offices keep the document's week; health centres and schools are open on Saturdays and have a
// week of their own.
enum class WeekKind : std::uint8_t { office, six_days };

using Week = std::array<std::optional<DaySchedule>, 7>;  // Monday first; none: free
[[nodiscard]] Week week_of(const std::vector<DaySchedule>& days);
[[nodiscard]] std::vector<DaySchedule> listed(const Week& week);

class WorkCalendar {
 public:
  explicit WorkCalendar(const Setting& setting);

  [[nodiscard]] bool is_holiday(Date day) const;
  // None: the day is free.
  [[nodiscard]] std::optional<DaySchedule> day(WeekKind kind, Date day) const;
  [[nodiscard]] bool is_working(Date day, WeekKind kind = WeekKind::office) const {
    return this->day(kind, day).has_value();
  }
  // The day itself when it is worked, else the next office day.
  [[nodiscard]] Date on_or_after(Date day) const;
  [[nodiscard]] Date on_or_before(Date day) const;
  [[nodiscard]] Date after(Date day, int working_days = 1) const;
  [[nodiscard]] std::vector<Date> working_days(WeekKind kind, Month month) const;

  [[nodiscard]] int utc_offset_minutes() const { return utc_offset_minutes_; }
  [[nodiscard]] Instant at(Date day, int minute_of_day, std::int64_t micros = 0) const {
    return Instant{start_of(day, utc_offset_minutes_).micros + minute_of_day * 60'000'000LL +
                   micros};
  }

  // The weeks of the six-day units, as the ledger must be told (ScheduleSet); that of Ramadan keeps
  // the hours that SE MenPANRB 51/2020 gives for six days.
  [[nodiscard]] static Week six_day_week();
  [[nodiscard]] static Week six_day_week(const PackSchedule& shortened);

 private:
  struct Shortened {
    Interval days;
    Week office;
    Week six_days;
  };
  int utc_offset_minutes_;
  std::vector<Date> holidays_;                // ascending
  std::vector<std::pair<Date, Week>> weeks_;  // of the documents, by first day
  std::vector<Shortened> shortened_;
};

}  // namespace runut::simulation
