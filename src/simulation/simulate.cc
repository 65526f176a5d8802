#include "simulation/simulate.h"

#include <fmt/format.h>

#include <algorithm>

#include "simulation/daily_work.h"
#include "simulation/planning.h"
#include "simulation/world.h"

namespace runut::simulation {
namespace {

tl::unexpected<Error> refuse(std::string field, std::string value, std::string message) {
  return fail(Error{ErrorCode::invalid_input, "simulation." + field, field, std::move(value),
                    std::move(message)});
}

// A month with fewer office days has no room for its stories.
constexpr std::size_t working_days_min = 12;

// "the pack kota-kediri has holidays of 2020 to 2022, none of 2023"
std::string no_holidays(const Pack& pack, Month month) {
  if (pack.holidays.empty()) return fmt::format("the pack {} has no holidays", pack.id);
  const auto [first, last] = std::minmax_element(
      pack.holidays.begin(), pack.holidays.end(),
      [](const PackHoliday& a, const PackHoliday& b) { return a.date < b.date; });
  return fmt::format(
      "the pack {} has holidays of {} to {}, none of {}: without them no working day is right",
      pack.id, civil(first->date).year, civil(last->date).year, year_of(month));
}

Status check(const SimulateOptions& options, const Setting& setting, const WorkCalendar& calendar) {
  if (options.people < people_min || options.people > people_max)
    return refuse(
        "people", std::to_string(options.people),
        fmt::format("a simulated city has {} to {} civil servants", people_min, people_max));
  if (options.to < options.from || options.to - options.from >= 60)
    return refuse("to", to_string(options.to), "the months run from --from to --to, at most 60");
  if (setting.documents.front().effective_from() > first_day(options.from))
    return refuse("from", to_string(options.from),
                  "the pack's first document must be in force on the first day");
  for (Month month = options.from; month <= options.to; month = month + 1) {
    const bool covered = std::any_of(
        setting.pack.holidays.begin(), setting.pack.holidays.end(),
        [&](const PackHoliday& holiday) { return civil(holiday.date).year == year_of(month); });
    if (!covered) return refuse("month", to_string(month), no_holidays(setting.pack, month));
    for (const WeekKind kind : {WeekKind::office, WeekKind::six_days})
      if (calendar.working_days(kind, month).size() < working_days_min)
        return refuse("month", to_string(month),
                      fmt::format("the pack {} leaves fewer than {} days of work", setting.pack.id,
                                  working_days_min));
  }
  for (const SettingDocument& document : setting.documents) {
    if (document.document.work.approval_cutoff_day < 3 ||
        document.document.work.approval_cutoff_day > 10)
      return refuse("approval_cutoff_day",
                    std::to_string(document.document.work.approval_cutoff_day),
                    "the simulation approves between the third and the tenth day");
  }
  return {};
}

}  // namespace

Result<Planted> simulate(const SimulateOptions& options, const Setting& setting,
                         const CommandSink& sink, const PlantedSink& planted_sink) {
  const WorkCalendar calendar(setting);
  RUNUT_TRY(check(options, setting, calendar));
  const Chance chance(options.seed);
  const Date founded = calendar.on_or_before(first_day(options.from) - 12);
  City city = build_city({options.people, founded, setting.pack.agency}, chance);
  Planted planted;
  planted.agency = planted.regulation = setting.pack.id;
  planted.seed = options.seed;
  planted.people = options.people;
  planted.from = options.from;
  planted.to = options.to;
  const PlanInput input{options.from, options.to, setting, calendar, chance};
  const PlantedSink held = [&](const PlantedItem& item) -> Status {
    planted.items.push_back(item);
    return {};
  };
  PlantedBook book(planted, planted_sink ? planted_sink : held);
  RUNUT_ASSIGN(const Plan plan, make_plan(input, city, book));
  World world{
      options, setting, input, calendar, chance,
      city,    plan,    book,  Agenda{}, Emitter(setting.pack.id, options.seed, sink, book)};

  found_ledger(world, founded);
  schedule_regulations(world, founded);
  schedule_planning(world);
  schedule_newcomers(world);
  schedule_moves(world);
  schedule_unit_changes(world);
  schedule_separations(world);
  schedule_promotions(world);
  schedule_pay(world);
  schedule_ranking(world);
  schedule_incidents(world);
  schedule_feedback(world);
  schedule_surveys(world);
  schedule_predicates(world);
  schedule_careers(world);
  schedule_months(world);
  DailyWork work(world);
  work.start();
  while (!world.agenda.empty() && world.emitter.status()) {
    const Task task = world.agenda.next();
    world.emitter.set_now(task.at);
    if (task.kind == TaskKind::script) {
      world.agenda.run_script(task);
    } else {
      work.perform(task);
    }
  }
  world.emitter.finish();
  RUNUT_TRY(world.emitter.status());
  return planted;
}

}  // namespace runut::simulation
