#include <algorithm>

#include "simulation/plan.h"

namespace runut::simulation {
namespace {

PayDates from_computed(const WorkCalendar& calendar, Date closed, Date computed) {
  const Date locked = calendar.after(computed);
  const Date ordered = calendar.after(locked);
  return {closed, computed, locked, ordered, calendar.after(ordered)};
}

Date cutoff_day(const PlanInput& input, Month month) {
  const auto day = static_cast<int>(
      input.setting.document_on(first_day(month)).document.work.approval_cutoff_day);
  return first_day(month + 1) + (day - 1);
}

}  // namespace

PayDates pay_dates(const PlanInput& input, Month month) {
  const Date closed = input.calendar.on_or_after(first_day(month + 1));
  const Date computed = input.calendar.after(std::max(closed, cutoff_day(input, month)));
  return from_computed(input.calendar, closed, computed);
}

PayDates late_pay_dates(const PlanInput& input, Month month) {
  const Date closed = input.calendar.after(pay_dates(input, month).computed, 5);
  return from_computed(input.calendar, closed, input.calendar.after(closed));
}

PayDates settling_dates(const PlanInput& input) {
  const Date computed = input.calendar.on_or_after(first_day(input.to + 2) + 19);
  return from_computed(input.calendar, computed, computed);
}

Instant cutoff_of(const PlanInput& input, Month month) {
  return input.calendar.at(cutoff_day(input, month), 0);
}

std::optional<Period> ranked_period(const PlanInput& input) {
  const SettingDocument* document = input.setting.first_ranking();
  if (document == nullptr) return std::nullopt;
  const Month first = month_of(document->effective_from());
  if (first < input.from || first > input.to) return std::nullopt;
  const Month half = first - (first.index % 6);  // of the year
  return Period{half - 6, 6};
}

RankingDates ranking_dates(const PlanInput& input, Period period) {
  const WorkCalendar& calendar = input.calendar;
  const Month paid = month_of(input.setting.first_ranking()->effective_from());
  RankingDates dates;
  dates.rated_from =
      calendar.on_or_after(std::max(first_day(period.following()) + 3, first_day(input.from) + 1));
  dates.rated_until = calendar.after(dates.rated_from, 7);
  dates.frozen = calendar.on_or_after(first_day(paid) + 17);
  dates.published = calendar.after(dates.frozen);
  dates.resolved = calendar.after(dates.published, 2);
  dates.republished = calendar.after(dates.resolved);
  dates.filed = calendar.on_or_after(dates.published + 11);
  dates.requested = calendar.after(dates.filed);
  dates.explained = calendar.after(dates.requested, 4);
  dates.decided = calendar.on_or_after(
      std::max(dates.filed + 13, calendar.after(pay_dates(input, paid).ordered)));
  dates.corrected = calendar.after(dates.decided);
  dates.paid = from_computed(calendar, dates.corrected, calendar.after(dates.corrected));
  RUNUT_CHECK(calendar.after(dates.rated_until, 3) < dates.frozen, "rated before it is frozen");
  return dates;
}

const PlannedDay* Plan::day_of(PersonIndex person, Date date) const {
  return planned_day(days, person, date);
}

const PlannedDay* planned_day(const std::vector<PlannedDay>& days, PersonIndex person, Date date) {
  const auto found = std::lower_bound(
      days.begin(), days.end(), std::pair(person, date),
      [](const PlannedDay& day, const auto& key) { return std::pair(day.person, day.date) < key; });
  return found != days.end() && found->person == person && found->date == date ? &*found : nullptr;
}

}  // namespace runut::simulation
