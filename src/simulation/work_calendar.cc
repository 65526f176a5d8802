#include "simulation/work_calendar.h"

#include <algorithm>

namespace runut::simulation {

Week week_of(const std::vector<DaySchedule>& days) {
  Week week{};
  for (const DaySchedule& day : days) week[day.weekday - 1] = day;
  return week;
}

std::vector<DaySchedule> listed(const Week& week) {
  std::vector<DaySchedule> out;
  for (const auto& day : week)
    if (day) out.push_back(*day);
  return out;
}

WorkCalendar::WorkCalendar(const Setting& setting)
    : utc_offset_minutes_(setting.pack.utc_offset_minutes) {
  for (const PackHoliday& holiday : setting.pack.holidays) holidays_.push_back(holiday.date);
  for (const SettingDocument& document : setting.documents)
    weeks_.emplace_back(document.effective_from(), week_of(document.document.work.schedule));
  for (const PackSchedule& schedule : setting.pack.schedules)
    shortened_.push_back(
        {{schedule.from, schedule.until}, week_of(schedule.days), six_day_week(schedule)});
}

bool WorkCalendar::is_holiday(Date day) const {
  return std::binary_search(holidays_.begin(), holidays_.end(), day);
}

std::optional<DaySchedule> WorkCalendar::day(WeekKind kind, Date day) const {
  if (is_holiday(day)) return std::nullopt;
  const auto index = static_cast<std::size_t>(weekday(day));
  for (const Shortened& shortened : shortened_)
    if (shortened.days.contains(day))
      return (kind == WeekKind::office ? shortened.office : shortened.six_days)[index];
  if (kind == WeekKind::six_days) return six_day_week()[index];
  const Week* held = &weeks_.front().second;
  for (const auto& [from, week] : weeks_)
    if (from <= day) held = &week;
  return (*held)[index];
}

Date WorkCalendar::on_or_after(Date day) const {
  while (!is_working(day)) day = day + 1;
  return day;
}
Date WorkCalendar::after(Date day, int working_days) const {
  for (; working_days > 0; --working_days) day = on_or_after(day + 1);
  return day;
}
Date WorkCalendar::on_or_before(Date day) const {
  while (!is_working(day)) day = day - 1;
  return day;
}

std::vector<Date> WorkCalendar::working_days(WeekKind kind, Month month) const {
  std::vector<Date> out;
  for (Date day = first_day(month); day <= last_day(month); day = day + 1)
    if (is_working(day, kind)) out.push_back(day);
  return out;
}

Week WorkCalendar::six_day_week() {
  Week week{};
  for (std::uint32_t i = 0; i < 6; ++i) {
    const bool friday = i == 4;
    const bool saturday = i == 5;
    week[i] = DaySchedule{i + 1, 7 * 60,
                          friday     ? 11U * 60
                          : saturday ? 12U * 60 + 30
                                     : 14U * 60,
                          Minutes{friday     ? 200
                                  : saturday ? 220
                                             : 270}};
  }
  return week;
}

Week WorkCalendar::six_day_week(const PackSchedule& shortened) {
  const Week office = week_of(shortened.days);
  Week week = six_day_week();
  for (std::size_t i = 0; i < week.size(); ++i) {
    if (!week[i]) continue;
    week[i]->start = 8 * 60;
    week[i]->end = i == 4 ? 14 * 60 + 30 : 14 * 60;
    week[i]->minutes =
        Minutes{std::min<std::int64_t>(office[i] ? 230 : 200, week[i]->end - week[i]->start)};
  }
  return week;
}

}  // namespace runut::simulation
