#include <algorithm>

#include "simulation/planner.h"

namespace runut::simulation {

Planner::Planner(const PlanInput& input, City& city, Planted& planted)
    : in_(input), city_(city), planted_(planted), random_(input.chance.of(Purpose::plan)) {
  months_ = input.to - input.from + 1;
  gather();
}

Plan Planner::make() {
  plan_newcomers();
  plan_moves();
  plan_separations();
  plan_incidents();
  plan_sanctions();
  plan_delegation();
  plan_late_approvals();
  plan_excuses();
  plan_ranking();
  std::sort(plan_.days.begin(), plan_.days.end(), [](const auto& a, const auto& b) {
    return std::pair(a.person, a.date) < std::pair(b.person, b.date);
  });
  return std::move(plan_);
}

void Planner::gather() {
  for (PersonIndex p = 0; p < city_.people.size(); ++p) {
    const Person& person = city_.people[p];
    const UnitIndex office = paying_unit(p);
    if (office == nobody || is_story_office(office) || person.appraises) continue;
    const Unit& unit = city_.units[office];
    if (person.status != EmploymentStatus::pns || p == unit.treasurer || p == unit.registrar ||
        person.postings[0].unit == city_.tie_unit || person.postings[0].echelon != Echelon::staff)
      continue;
    pool_.push_back(p);
  }
  for (std::size_t i = pool_.size(); i > 1; --i) std::swap(pool_[i - 1], pool_[random_.below(i)]);
}

UnitIndex Planner::paying_unit(PersonIndex p) const {
  return city_.units[city_.people[p].postings.back().unit].paying_unit;
}

bool Planner::is_story_office(UnitIndex office) const {
  return office == city_.units[city_.heroine_unit].paying_unit;
}

PersonIndex Planner::take() {
  RUNUT_CHECK(!pool_.empty(), "the city is too small for its stories");
  const PersonIndex p = pool_.back();
  pool_.pop_back();
  city_.people[p].reserved = true;
  city_.people[p].diligence = 10'000;
  return p;
}

std::uint32_t Planner::share(std::uint32_t divisor) const {
  return std::max<std::uint32_t>(static_cast<std::uint32_t>(city_.people.size()) / divisor, 1);
}

Month Planner::month_at(int offset) const {
  return in_.from + std::min(offset, months_ - 1);
}

Date Planner::working_day(Month month, int day_of_month) const {
  return in_.calendar.on_or_after(first_day(month) + (day_of_month - 1));
}

ItemIndex Planner::add_item(std::string kind, PersonIndex p, std::optional<Month> month,
                            std::optional<Date> date, std::string note,
                            std::vector<std::pair<std::string, std::string>> expected) {
  PlantedItem item;
  item.kind = std::move(kind);
  if (p != nobody) {
    item.person = city_.people[p].id;
    const Date day = date ? *date : month ? last_day(*month) : first_day(in_.from);
    const Posting* posting = city_.people[p].posting_on(day);
    if (posting == nullptr) posting = &city_.people[p].postings.back();
    item.unit = city_.units[posting->unit].id;
  }
  item.month = month;
  item.date = date;
  item.note = std::move(note);
  item.expected = std::move(expected);
  planted_.items.push_back(std::move(item));
  return planted_.items.size() - 1;
}

Plan make_plan(const PlanInput& input, City& city, Planted& planted) {
  return Planner(input, city, planted).make();
}

}  // namespace runut::simulation
