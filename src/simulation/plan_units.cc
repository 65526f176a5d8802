#include <algorithm>

#include "simulation/planner.h"

namespace runut::simulation {

// Of a division that no story has touched; empty otherwise.
std::vector<PersonIndex> Planner::free_members(UnitIndex unit) const {
  std::vector<PersonIndex> members;
  for (PersonIndex p = 0; p < city_.people.size(); ++p) {
    const Person& person = city_.people[p];
    if (person.postings.back().unit != unit) continue;
    if (person.reserved || person.postings.size() != 1) return {};
    members.push_back(p);
  }
  return members;
}

// With so many people at most, the smallest first.
std::vector<UnitIndex> Planner::divisions_up_to(std::size_t size_most) const {
  std::vector<std::size_t> sizes(city_.units.size());
  for (const Person& person : city_.people) ++sizes[person.postings.back().unit];
  std::vector<UnitIndex> out;
  for (UnitIndex u = 1; u < city_.units.size(); ++u)
    if (sizes[u] > 0 && sizes[u] <= size_most && is_ordinary_division(u)) out.push_back(u);
  std::stable_sort(out.begin(), out.end(),
                   [&](UnitIndex a, UnitIndex b) { return sizes[a] < sizes[b]; });
  return out;
}

bool Planner::is_ordinary_division(UnitIndex u) const {
  const Unit& unit = city_.units[u];
  return !unit.paying && unit.parent != nobody && u != city_.heroine_unit && u != city_.tie_unit &&
         !is_story_office(unit.paying_unit) && !unit.moved && !unit.last_day;
}

// Another of the same office that stays as it is; nobody when there is none.
UnitIndex Planner::beside(UnitIndex u) const {
  for (UnitIndex other = 1; other < city_.units.size(); ++other)
    if (other != u && city_.units[other].parent == city_.units[u].parent &&
        is_ordinary_division(other))
      return other;
  return nobody;
}

void Planner::plan_unit_changes(Month from) {
  from_ = from;
  to_ = std::min(from + 11, in_.to);
  merge_division(month_at(2));
  move_division(month_at(4));
}

void Planner::move_division(Month month) {
  for (const UnitIndex u : divisions_up_to(25)) {
    const UnitIndex above = beside(u);
    const std::vector<PersonIndex> members = free_members(u);
    if (above == nobody || members.empty()) continue;
    const Date from = first_day(month);
    city_.units[u].moved = {from, above};
    for (const PersonIndex p : members) city_.people[p].reserved = true;
    const ItemIndex item =
        add_item("unit_move", nobody, month, from, "a division is put below another of its office",
                 {{"parent_before", to_string(city_.units[city_.units[u].parent].id)},
                  {"parent_after", to_string(city_.units[above].id)}});
    book_.at(item).unit = city_.units[u].id;
    plan_.units.push_back({.unit = u, .item = item});
    return;
  }
}

// Everybody goes to another division of the office, or to the office itself, on the first of the
// month: staff as they are, under its head; who headed anything as a functional post of the class.
void Planner::merge_division(Month month) {
  for (const UnitIndex u : divisions_up_to(12)) {
    const UnitIndex other = beside(u);
    if (free_members(u).empty()) continue;
    return merge(u, other == nobody ? city_.units[u].parent : other, first_day(month));
  }
}

void Planner::merge(UnitIndex u, UnitIndex into, Date from) {
  const PersonIndex head = city_.units[into].head;
  PlannedUnit closed{.unit = u, .people = free_members(u)};
  for (const PersonIndex p : closed.people) {
    Person& person = city_.people[p];
    Posting next = person.postings[0];
    person.postings[0].until = from - 1;
    next.unit = into;
    next.from = from;
    next.appraiser = head;
    next.superior = city_.people[head].postings[0].appraiser;
    if (next.echelon != Echelon::staff) {
      next.post = "Analis Kebijakan Ahli Madya";
      next.echelon = Echelon::staff;
      next.kind = PositionKind::functional;
    }
    person.postings.push_back(std::move(next));
    person.reserved = true;
  }
  city_.units[u].last_day = from - 1;
  closed.item = add_item("unit_merge", nobody, month_of(from), from,
                         "a division is merged into another of its office and closed",
                         {{"last_day", to_string(from - 1)},
                          {"into", to_string(city_.units[into].id)},
                          {"people", std::to_string(closed.people.size())}});
  book_.at(closed.item).unit = city_.units[u].id;
  plan_.units.push_back(std::move(closed));
}

}  // namespace runut::simulation
