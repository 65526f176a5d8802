#include <fmt/format.h>

#include <algorithm>

#include "simulation/planner.h"

namespace runut::simulation {

void Planner::plan_correction(PersonIndex p, Month month, std::string cause) {
  const UnitIndex office = paying_unit(p);
  const bool by_regular = month < in_.to;
  const RunId run{city_.units[office].id, by_regular ? month + 1 : month,
                  by_regular ? RunKind::regular : RunKind::correction, 1};
  const ItemIndex item =
      add_item("correction", p, month, std::nullopt, "late facts of a paid month",
               {{"cause", std::move(cause)},
                {"run", to_string(run)},
                {"for_month", to_string(month)},
                {"sign", "positive"}});
  plan_.carried.push_back({run, item});
  auto& settled = plan_.settled_by_correction;
  if (!by_regular && std::find(settled.begin(), settled.end(), office) == settled.end())
    settled.push_back(office);
}

void Planner::plan_late_approvals() {
  std::vector<PersonIndex> people;
  for (std::uint32_t i = 0; i < share(150) * 2; ++i) people.push_back(take());
  std::size_t turn = 0;
  for (Month month = in_.from; month <= in_.to; month = month + 1) {
    const Instant cutoff = cutoff_of(in_, month);
    const Date cutoff_date = local_date(cutoff, in_.calendar.utc_offset_minutes());
    for (std::uint32_t i = 0; i < share(150); ++i, ++turn) {
      const PersonIndex p = people[turn % people.size()];
      std::vector<Date> days = in_.calendar.working_days(week_of(p), month);
      RUNUT_CHECK(days.size() > 8, "a month has working days");
      const bool first = turn == 0;
      if (first)
        plan_report_day(p, days[days.size() - 6], Instant{cutoff.micros - 1},
                        "approval_just_in_time", "a microsecond before the cut-off", true);
      days.erase(days.begin(), days.end() - 5);
      for (std::size_t k = 0; k < days.size(); ++k) {
        const Date on =
            in_.calendar.on_or_after(cutoff_date + 1 + static_cast<int>(random_.below(6)));
        const Instant at =
            first && k == 0 ? cutoff
                            : in_.calendar.at(on, 8 * 60 + static_cast<int>(random_.below(420)),
                                              static_cast<std::int64_t>(random_.below(60'000'000)));
        plan_report_day(p, days[k], at, "late_approval",
                        first && k == 0 ? "exactly at the cut-off, which is late"
                                        : "approved after the cut-off",
                        false);
      }
      plan_correction(p, month, "late_approval");
    }
  }
}

WeekKind Planner::week_of(PersonIndex p) const {
  return city_.units[city_.people[p].postings.back().unit].week;
}

void Planner::plan_report_day(PersonIndex p, Date day, Instant approved_at, std::string kind,
                              std::string note, bool counts) {
  PlannedDay planned{.person = p, .date = day};
  planned.approved_at = approved_at;
  planned.item = add_item(std::move(kind), p, month_of(day), day, std::move(note),
                          {{"approved_at", to_string(approved_at)},
                           {"counts_in_the_months_run", counts ? "yes" : "no"}});
  plan_.days.push_back(planned);
}

void Planner::plan_excuses() {
  const std::uint32_t timely = share(100);
  const std::uint32_t late = share(150);
  const std::uint32_t denied = share(300);
  std::vector<PersonIndex> people;
  for (std::uint32_t i = 0; i < timely + late + denied; ++i) people.push_back(take());
  for (Month month = in_.from; month <= in_.to; month = month + 1) {
    for (std::uint32_t i = 0; i < people.size(); ++i) {
      const ExcuseStory story = i < timely          ? ExcuseStory::in_time
                                : i < timely + late ? ExcuseStory::late
                                                    : ExcuseStory::denied;
      plan_excuse(people[(i + static_cast<std::uint32_t>(month - in_.from)) % people.size()], month,
                  story);
    }
  }
}

void Planner::plan_excuse(PersonIndex p, Month month, ExcuseStory story) {
  std::vector<Date> days = in_.calendar.working_days(week_of(p), month);
  const Date day = days[1 + random_.below(days.size() - 8)];
  const int late_minutes = static_cast<int>(between(random_, 35, 120));
  PlannedDay planned{.person = p, .date = day, .late_minutes = late_minutes};
  plan_.days.push_back(planned);
  const bool late = story == ExcuseStory::late;
  const Date decided =
      late ? in_.calendar.on_or_after(first_day(month + 1) + 13) : in_.calendar.after(day);
  const Instant at = in_.calendar.at(decided, 9 * 60 + static_cast<int>(random_.below(300)));
  const char* kind = late                            ? "excuse_late"
                     : story == ExcuseStory::in_time ? "excuse_in_time"
                                                     : "excuse_denied";
  const ItemIndex item =
      add_item(kind, p, month, day, fmt::format("{} minutes late that morning", late_minutes),
               {{"decided_at", to_string(at)},
                {"approved", story == ExcuseStory::denied ? "no" : "yes"},
                {"cancels_in_the_months_run", story == ExcuseStory::in_time ? "yes" : "no"}});
  plan_.excuses.push_back({p, day, story, at, item});
  if (late) plan_correction(p, month, "excuse_late");
}

}  // namespace runut::simulation
