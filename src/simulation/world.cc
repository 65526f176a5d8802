#include "simulation/world.h"

#include <algorithm>

namespace runut::simulation {

PersonIndex World::registrar_of(PersonIndex p, Date day) const {
  const Posting* posting = person(p).posting_on(day);
  if (posting == nullptr) posting = &person(p).postings.back();
  const UnitIndex office = unit(posting->unit).paying_unit;
  RUNUT_CHECK(office != nobody, "somebody of the city's offices");
  // Nobody keeps their own file.
  return unit(office).registrar == p ? city.ranking_clerk : unit(office).registrar;
}

const PlannedDay* World::planned_day(PersonIndex p, Date day) const {
  if (const PlannedDay* found = plan.day_of(p, day)) return found;
  for (const MonthPlan& planned : months)
    if (planned.month == month_of(day)) return planned.day_of(p, day);
  return nullptr;
}

std::vector<ItemIndex> World::carried_by(const RunId& run) const {
  std::vector<ItemIndex> items;
  const auto gather = [&](const std::vector<CarriedCorrection>& from) {
    for (const CarriedCorrection& carried : from)
      if (carried.run == run) items.push_back(carried.item);
  };
  gather(plan.carried);
  for (const MonthPlan& planned : months) gather(planned.carried);
  return items;
}

namespace {

void begin_month(World& world, Month month) {
  world.months.push_back(
      plan_month(world.input, world.city, world.plan.monthly, month, world.book));
  const MonthPlan& planned = world.months.back();
  for (const PlannedExcuse& excuse : planned.excuses) schedule_excuse(world, excuse);
  std::vector<UnitIndex> settled = planned.settled_by_correction;
  if (month == world.options.to)
    for (const UnitIndex office : world.plan.settled_by_correction)
      if (std::find(settled.begin(), settled.end(), office) == settled.end())
        settled.push_back(office);
  for (const UnitIndex office : settled)
    schedule_run(world, {world.unit(office).id, month, RunKind::correction, 1}, office,
                 settling_dates(world.input));
  if (month == world.options.to) return;  // its corrections are the end
  world.at(first_day(month + 1), 0, [&world, month] { begin_month(world, month + 1); });
  // The next month's runs have carried its corrections by then.
  world.at(first_day(month + 3), 0, [&world] {
    const MonthPlan& over = world.months.front();
    world.emitter.hand_on(over.first_item, over.end_item);
    world.months.pop_front();
  });
}

}  // namespace

void schedule_months(World& world) {
  world.at(first_day(world.options.from), 0, [&world] { begin_month(world, world.options.from); });
}

World::Approver World::approver_of(PersonIndex p, Date day) const {
  const Posting* posting = person(p).posting_on(day);
  RUNUT_CHECK(posting != nullptr, "a report is of a day of service");
  for (const PlannedDelegation* const delegation : granted)
    if (delegation->from == posting->appraiser && delegation->days.contains(today()))
      return {{act(delegation->to, Role::appraiser), person(delegation->from).id}, delegation};
  return {{act(posting->appraiser, Role::appraiser), {}}, nullptr};
}

}  // namespace runut::simulation
