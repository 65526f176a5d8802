#include "simulation/plan_month.h"

#include <fmt/format.h>

#include <algorithm>

namespace runut::simulation {
namespace {

enum class MonthlyDraw : std::uint64_t { late_approvals = 1, excuses = 2 };

class MonthPlanner {
 public:
  MonthPlanner(const PlanInput& input, const City& city, const MonthlyPeople& people,
               PlantedBook& book, Month month)
      : in_(input), city_(city), people_(people), book_(book) {
    plan_.month = month;
  }

  MonthPlan make() {
    plan_.first_item = book_.end();
    plan_late_approvals();
    plan_excuses();
    plan_.end_item = book_.end();
    std::sort(plan_.days.begin(), plan_.days.end(), [](const auto& a, const auto& b) {
      return std::pair(a.person, a.date) < std::pair(b.person, b.date);
    });
    return std::move(plan_);
  }

 private:
  void plan_correction(PersonIndex p, std::string cause) {
    const Month month = plan_.month;
    const UnitIndex office = city_.units[city_.people[p].postings.back().unit].paying_unit;
    const bool by_regular = month < in_.to;
    const RunId run{city_.units[office].id, by_regular ? month + 1 : month,
                    by_regular ? RunKind::regular : RunKind::correction, 1};
    const ItemIndex item = add_item("correction", p, std::nullopt, "late facts of a paid month",
                                    {{"cause", std::move(cause)},
                                     {"run", to_string(run)},
                                     {"for_month", to_string(month)},
                                     {"sign", "positive"}});
    plan_.carried.push_back({run, item});
    auto& settled = plan_.settled_by_correction;
    if (!by_regular && std::find(settled.begin(), settled.end(), office) == settled.end())
      settled.push_back(office);
  }

  [[nodiscard]] SeededRandomness draws(MonthlyDraw of) const {
    return in_.chance.of(Purpose::plan, static_cast<std::uint64_t>(of),
                         static_cast<std::uint64_t>(plan_.month.index));
  }

  void plan_late_approvals() {
    SeededRandomness random = draws(MonthlyDraw::late_approvals);
    const Month month = plan_.month;
    const Instant cutoff = cutoff_of(in_, month);
    const Date cutoff_date = local_date(cutoff, in_.calendar.utc_offset_minutes());
    const std::uint32_t before =
        static_cast<std::uint32_t>(month - in_.from) * people_.late_a_month;
    for (std::uint32_t turn = before; turn < before + people_.late_a_month; ++turn) {
      const PersonIndex p = people_.approved_late[turn % people_.approved_late.size()];
      std::vector<Date> days = in_.calendar.working_days(week_of(p), month);
      RUNUT_CHECK(days.size() > 8, "a month has working days");
      const bool first = turn == 0;
      if (first)
        plan_report_day(p, days[days.size() - 6], Instant{cutoff.micros - 1},
                        "approval_just_in_time", "a microsecond before the cut-off", true);
      days.erase(days.begin(), days.end() - 5);
      for (std::size_t k = 0; k < days.size(); ++k) {
        const Date on =
            in_.calendar.on_or_after(cutoff_date + 1 + static_cast<int>(random.below(6)));
        const Instant at =
            first && k == 0 ? cutoff
                            : in_.calendar.at(on, 8 * 60 + static_cast<int>(random.below(420)),
                                              static_cast<std::int64_t>(random.below(60'000'000)));
        plan_report_day(p, days[k], at, "late_approval",
                        first && k == 0 ? "exactly at the cut-off, which is late"
                                        : "approved after the cut-off",
                        false);
      }
      plan_correction(p, "late_approval");
    }
  }

  [[nodiscard]] WeekKind week_of(PersonIndex p) const {
    return city_.units[city_.people[p].postings.back().unit].week;
  }

  void plan_report_day(PersonIndex p, Date day, Instant approved_at, std::string kind,
                       std::string note, bool counts) {
    PlannedDay planned{.person = p, .date = day};
    planned.approved_at = approved_at;
    planned.item = add_item(std::move(kind), p, day, std::move(note),
                            {{"approved_at", to_string(approved_at)},
                             {"counts_in_the_months_run", counts ? "yes" : "no"}});
    plan_.days.push_back(planned);
  }

  void plan_excuses() {
    SeededRandomness random = draws(MonthlyDraw::excuses);
    const std::uint32_t timely = people_.excused_timely;
    const auto count = static_cast<std::uint32_t>(people_.excused.size());
    const auto turned = static_cast<std::uint32_t>(plan_.month - in_.from);
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint32_t late = timely + people_.excused_late;
      const ExcuseStory story = i < timely                              ? ExcuseStory::in_time
                                : i < late                              ? ExcuseStory::late
                                : i < late + people_.excused_filed_late ? ExcuseStory::filed_late
                                                                        : ExcuseStory::denied;
      plan_excuse(people_.excused[(i + turned) % count], story, random);
    }
  }

  void plan_excuse(PersonIndex p, ExcuseStory story, SeededRandomness& random) {
    const Month month = plan_.month;
    std::vector<Date> days = in_.calendar.working_days(week_of(p), month);
    const Date day = days[1 + random.below(days.size() - 8)];
    const int late_minutes = static_cast<int>(between(random, 35, 120));
    PlannedDay planned{.person = p, .date = day, .late_minutes = late_minutes};
    plan_.days.push_back(planned);
    const bool filed_late = story == ExcuseStory::filed_late;
    const bool late = filed_late || story == ExcuseStory::late;
    const Date decided =
        late ? in_.calendar.on_or_after(first_day(month + 1) + 13) : in_.calendar.after(day);
    const Instant at = in_.calendar.at(decided, 9 * 60 + static_cast<int>(random.below(300)));
    const Date filed = filed_late ? in_.calendar.after(pay_dates(in_, month).closed) : day;
    const char* kind = filed_late                      ? "excuse_filed_late"
                       : late                          ? "excuse_late"
                       : story == ExcuseStory::in_time ? "excuse_in_time"
                                                       : "excuse_denied";
    const ItemIndex item =
        add_item(kind, p, day, fmt::format("{} minutes late that morning", late_minutes),
                 {{"filed_on", to_string(filed)},
                  {"decided_at", to_string(at)},
                  {"approved", story == ExcuseStory::denied ? "no" : "yes"},
                  {"cancels_in_the_months_run", story == ExcuseStory::in_time ? "yes" : "no"}});
    plan_.excuses.push_back({p, day, story, filed, at, item});
    if (late) plan_correction(p, kind);
  }
  ItemIndex add_item(std::string kind, PersonIndex p, std::optional<Date> date, std::string note,
                     std::vector<std::pair<std::string, std::string>> expected) {
    return book_.add(planted_item(city_, in_.from,
                                  {.kind = std::move(kind),
                                   .person = p,
                                   .month = plan_.month,
                                   .date = date,
                                   .note = std::move(note),
                                   .expected = std::move(expected)}));
  }

  const PlanInput& in_;
  const City& city_;
  const MonthlyPeople& people_;
  PlantedBook& book_;
  MonthPlan plan_;
};

}  // namespace

const PlannedDay* MonthPlan::day_of(PersonIndex person, Date date) const {
  return planned_day(days, person, date);
}

MonthPlan plan_month(const PlanInput& input, const City& city, const MonthlyPeople& people,
                     Month month, PlantedBook& book) {
  return MonthPlanner(input, city, people, book, month).make();
}

}  // namespace runut::simulation
