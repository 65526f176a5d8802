#include "simulation/narrative.h"
#include "simulation/world.h"

namespace runut::simulation {
namespace {

// A grade a step up within its roman number: III/a -> III/b; empty when there is none.
std::string next_grade(const std::string& grade) {
  if (grade.size() < 3 || grade[grade.size() - 2] != '/' || grade.back() >= 'd') return {};
  std::string next = grade;
  ++next.back();
  return next;
}

const PlannedIncident* incident_of(const World& world, IncidentKind kind, PersonIndex p) {
  for (const PlannedIncident& incident : world.plan.incidents)
    if (incident.kind == kind && incident.person == p) return &incident;
  return nullptr;
}

}  // namespace

void schedule_newcomers(World& world) {
  int minute = 8 * 60;
  for (const auto& [p, item] : world.plan.newcomers) {
    const Person& person = world.person(p);
    const Date from = person.postings[0].from;
    const Actor actor = world.act(world.registrar_of(p, from), Role::hr);
    Desk desk(world, person.joined, minute, 50);
    minute += 10;
    desk.then_for(item, actor, PersonRegistered{person.id}, full_name(person, world.chance));
    const IdentifierAssigned assigned{person.id, IdentifierKind::nip, Mac128{}, from};
    if (const auto* incident = incident_of(world, IncidentKind::malformed_nip, p))
      desk.then_for(incident->item, actor, assigned, identifier(person).substr(0, 17));
    desk.then_for(item, actor, assigned, identifier(person));
    desk.then_for(item, actor, StatusChanged{person.id, person.status, from});
    desk.then_for(item, actor, GradeChanged{person.id, person.grade, from});
    desk.then_for(item, actor, assignment_of(world, p, 0));
    desk.then_for(item, actor, appraiser_of(world, p, 0));
    SeededRandomness random = world.chance.of(Purpose::qualification, p);
    desk.then_for(item, actor, diploma_of(person), education_text(random));
  }
}

void schedule_moves(World& world) {
  int minute = 9 * 60;
  for (const auto& [p, item] : world.plan.moves) {
    const Posting& next = world.person(p).postings[1];
    const Actor actor = world.act(world.city.ranking_clerk, Role::hr);
    Desk desk(world, world.calendar.on_or_before(next.from - 3), minute++, 40);
    if (const auto* incident = incident_of(world, IncidentKind::overlapping_assignment, p))
      desk.then_for(incident->item, actor, assignment_of(world, p, 1));
    desk.then_for(item, actor, AssignmentEnded{world.person(p).id, 1, next.from - 1});
    desk.then_for(item, actor, assignment_of(world, p, 1));
    desk.then_for(item, actor, appraiser_of(world, p, 1));
  }
}

void schedule_unit_changes(World& world) {
  const Actor actor = world.act(world.city.ranking_clerk, Role::hr);
  for (const auto& [u, people, item] : world.plan.units) {
    const Unit& unit = world.unit(u);
    const Date from = unit.moved ? unit.moved->first : *unit.last_day + 1;
    Desk desk(world, world.calendar.on_or_before(from - 4), 9 * 60 + 30, 40);
    if (unit.moved)
      desk.then_for(item, actor, UnitMoved{unit.id, world.unit(unit.moved->second).id, from});
    for (const PersonIndex p : people) {
      desk.then_for(item, actor, AssignmentEnded{world.person(p).id, 1, from - 1});
      desk.then_for(item, actor, assignment_of(world, p, 1));
      desk.then_for(item, actor, appraiser_of(world, p, 1));
    }
    if (unit.last_day) desk.then_for(item, actor, UnitClosed{unit.id, *unit.last_day});
  }
}

void schedule_separations(World& world) {
  for (const auto& [p, item] : world.plan.separations) {
    const Person& person = world.person(p);
    Desk desk(world, world.calendar.after(*person.last_day), 8 * 60 + 5, 60);
    desk.then_for(item, world.act(world.registrar_of(p, *person.last_day), Role::hr),
                  PersonSeparated{person.id, *person.separation, *person.last_day});
  }
}

namespace {

void promote(World& world, Month april, std::uint64_t turn) {
  Desk desk(world, world.calendar.on_or_before(first_day(april) - 3), 10 * 60, 15);
  for (PersonIndex p = 2; p < world.city.people.size(); ++p) {
    const Person& person = world.person(p);
    SeededRandomness random = world.chance.of(Purpose::promotion, p);
    const std::string grade = next_grade(person.grade);
    const bool theirs = random.below(10'000) / 250 == turn;  // of the years, at most one
    if (person.reserved || person.clean || grade.empty() || !theirs) continue;
    desk.then_do(world.act(world.city.ranking_clerk, Role::hr),
                 GradeChanged{person.id, grade, first_day(april)});
  }
}

}  // namespace

// April's promotions: one in forty a year, of those whom no story reserves, and nobody twice.
void schedule_promotions(World& world) {
  const int first = year_of(world.options.from);
  for (int year = first; year <= year_of(world.options.to); ++year) {
    const Month april = month(year, 4);
    if (april <= world.options.from || april > world.options.to) continue;
    world.at(world.calendar.on_or_before(first_day(april) - 3), 9 * 60,
             [&world, april, turn = static_cast<std::uint64_t>(year - first)] {
               promote(world, april, turn);
             });
  }
}

}  // namespace runut::simulation
