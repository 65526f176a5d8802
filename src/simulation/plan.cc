#include <algorithm>

#include "simulation/planner.h"

namespace runut::simulation {

Planner::Planner(const PlanInput& input, City& city, PlantedBook& book)
    : in_(input),
      city_(city),
      book_(book),
      random_(input.chance.of(Purpose::plan)),
      from_(input.from),
      to_(input.to) {
  gather();
}

Result<Plan> Planner::make() {
  // A small city has room for one year of these.
  for (Month from = in_.from; from <= in_.to; from = from + 12)
    if (from == in_.from || city_.people.size() >= 250) plan_unit_changes(from);
  if (city_.people.size() >= 150)
    for (Month from = in_.from; from <= in_.to; from = from + 12) plan_burst(from);
  choose_monthly_people();
  plan_reopening();
  for (Month from = in_.from; from <= in_.to; from = from + 12)
    plan_year(from, std::min(from + 11, in_.to));
  plan_ranking();
  for (Month from = in_.from; from <= in_.to; from = from + 12)
    plan_later(from, std::min(from + 11, in_.to));
  plan_tenures();
  for (from_ = in_.from; from_ <= in_.to; from_ = from_ + 12) {
    to_ = std::min(from_ + 11, in_.to);
    plan_acting();
    plan_ongoing();
  }
  plan_predicates();
  if (lacks_people_)
    return fail(Error{ErrorCode::invalid_input, "simulation.people", "people",
                      std::to_string(city_.people.size() - 1),
                      "the city is too small for the stories of so many months"});
  std::sort(plan_.days.begin(), plan_.days.end(), [](const auto& a, const auto& b) {
    return std::pair(a.person, a.date) < std::pair(b.person, b.date);
  });
  return std::move(plan_);
}

void Planner::plan_year(Month from, Month to) {
  from_ = from;
  to_ = to;
  plan_newcomers();
  plan_moves();
  plan_separations();
  plan_incidents();
  plan_sanctions();
  plan_delegation();
  plan_plans();
}

void Planner::choose_monthly_people() {
  const auto choose = [&](std::vector<PersonIndex>& people, std::uint32_t count) {
    for (; count > 0; --count) people.push_back(take());
  };
  MonthlyPeople& monthly = plan_.monthly;
  monthly.late_a_month = share(150);
  monthly.excused_timely = share(100);
  monthly.excused_late = share(150);
  choose(monthly.approved_late, monthly.late_a_month * 2);
  monthly.excused_filed_late = share(400);
  choose(monthly.excused,
         monthly.excused_timely + monthly.excused_late + monthly.excused_filed_late + share(300));
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
  while (!pool_.empty() && city_.people[pool_.back()].reserved) pool_.pop_back();
  if (pool_.empty()) {
    lacks_people_ = true;
    return City::secretary;
  }
  const PersonIndex p = pool_.back();
  pool_.pop_back();
  city_.people[p].reserved = true;
  city_.people[p].diligence = 10'000;
  return p;
}

std::size_t Planner::spare() const {
  return static_cast<std::size_t>(std::count_if(
      pool_.begin(), pool_.end(), [&](PersonIndex p) { return !city_.people[p].reserved; }));
}

std::uint32_t Planner::share(std::uint32_t divisor) const {
  return std::max<std::uint32_t>(static_cast<std::uint32_t>(city_.people.size()) / divisor, 1);
}

Month Planner::month_at(int offset) const {
  return std::min(from_ + offset, to_);
}

Date Planner::working_day(Month month, int day_of_month) const {
  return in_.calendar.on_or_after(first_day(month) + (day_of_month - 1));
}

ItemIndex Planner::add_item(std::string kind, PersonIndex p, std::optional<Month> month,
                            std::optional<Date> date, std::string note,
                            std::vector<std::pair<std::string, std::string>> expected) {
  const auto about = p == nobody ? std::nullopt : std::optional(p);
  return book_.add(planted_item(city_, in_.from,
                                {.kind = std::move(kind),
                                 .person = about,
                                 .month = month,
                                 .date = date,
                                 .note = std::move(note),
                                 .expected = std::move(expected)}));
}

PlantedItem planted_item(const City& city, Month first, PlantedStory story) {
  PlantedItem item;
  item.kind = std::move(story.kind);
  if (story.person) {
    const Person& person = city.people[*story.person];
    item.person = person.id;
    const Date day = story.date    ? *story.date
                     : story.month ? last_day(*story.month)
                                   : first_day(first);
    const Posting* posting = person.posting_on(day);
    if (posting == nullptr) posting = &person.postings.back();
    item.unit = city.units[posting->unit].id;
  }
  item.month = story.month;
  item.date = story.date;
  item.note = std::move(story.note);
  item.expected = std::move(story.expected);
  return item;
}

Result<Plan> make_plan(const PlanInput& input, City& city, PlantedBook& book) {
  return Planner(input, city, book).make();
}

}  // namespace runut::simulation
