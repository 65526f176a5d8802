// One simulation in progress. Each part of the city's life is a file of its own that puts its tasks
// on the agenda: founding, planning, daily work, attendance and leave, pay, ranking,
// incidents.
#pragma once

#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include "simulation/agenda.h"
#include "simulation/emitter.h"
#include "simulation/plan_month.h"

namespace runut::simulation {

struct World {
  const SimulateOptions& options;
  const Setting& setting;
  const PlanInput& input;
  const WorkCalendar& calendar;
  const Chance& chance;
  const City& city;
  const Plan& plan;
  PlantedBook& book;
  Agenda agenda;
  Emitter emitter;
  std::deque<MonthPlan> months{};  // begun, and not yet over; never moved meanwhile
  std::vector<const PlannedDelegation*> granted{};        // so far
  std::vector<std::shared_ptr<const void>> keep_alive{};  // stories whose tasks are on the agenda

  // A command belongs to a planted item.
  void note(ItemIndex item, CommandId id) { emitter.note(item, id); }

  [[nodiscard]] const PlannedDay* planned_day(PersonIndex p, Date day) const;
  // Every planted correction that this run carries.
  [[nodiscard]] std::vector<ItemIndex> carried_by(const RunId& run) const;

  [[nodiscard]] const Person& person(PersonIndex p) const { return city.people[p]; }
  [[nodiscard]] const Unit& unit(UnitIndex u) const { return city.units[u]; }
  [[nodiscard]] Actor act(PersonIndex p, Role role) const { return person_actor(person(p), role); }
  [[nodiscard]] Decree decree(std::string number, Date date, PersonIndex signatory,
                              std::string office) const {
    return make_decree({std::move(number), date, person(signatory).id, std::move(office)});
  }
  // Whoever keeps the roster of the person's unit on the day.
  [[nodiscard]] PersonIndex registrar_of(PersonIndex p, Date day) const;
  // Who approves now what was done on `day`: the appraiser or, meanwhile, the appraiser's delegate.
  struct Approver {
    Acting acting;
    const PlannedDelegation* delegation = nullptr;
  };
  [[nodiscard]] Approver approver_of(PersonIndex p, Date day) const;
  [[nodiscard]] Date today() const {
    return local_date(agenda.now(), calendar.utc_offset_minutes());
  }
  void at(Date day, int minute, Agenda::Script script) {
    agenda.add(calendar.at(day, minute), std::move(script));
  }
};

// One sitting at a desk: entries one after the other, each at its own time.
class Desk {
 public:
  Desk(World& world, Date day, int minute, int seconds_apart)
      : world_(world), at_(world.calendar.at(day, minute)), seconds_apart_(seconds_apart) {}

  void then(Agenda::Script script) {
    world_.agenda.add(at_, std::move(script));
    at_.micros += seconds_apart_ * 1'000'000LL;
  }
  // Says `body` for the planted item, acting as `actor`.
  void then_for(ItemIndex item, Actor actor, CommandBody body, std::string text = {}) {
    then([&world = world_, item, actor = std::move(actor), body = std::move(body),
          text = std::move(text)] { world.emitter.emit_for(item, actor, body, text); });
  }
  void then_do(Actor actor, CommandBody body, std::string text = {}) {
    then([&world = world_, actor = std::move(actor), body = std::move(body),
          text = std::move(text)] { world.emitter.emit(actor, body, text); });
  }

 private:
  World& world_;
  Instant at_;
  int seconds_apart_;
};

// Written before the agenda starts; the roster is recorded on the day `founded`.
void found_ledger(World& world, Date founded);
// The rest goes through the agenda.
void schedule_regulations(World& world, Date founded);
void schedule_newcomers(World& world);
void schedule_moves(World& world);
void schedule_unit_changes(World& world);
void schedule_separations(World& world);
void schedule_promotions(World& world);
void schedule_pay(World& world);
void schedule_ranking(World& world);
void schedule_incidents(World& world);
void schedule_feedback(World& world);
void schedule_surveys(World& world);
void schedule_predicates(World& world);
void schedule_careers(World& world);
// What the person says to an evaluation that is delivered on that day.
void schedule_evaluation_answer(World& world, PersonIndex p, Period period, Date delivered);
// What is planned month by month: each month when it begins.
void schedule_months(World& world);
void schedule_excuse(World& world, const PlannedExcuse& excuse);

// The run's commands, at the dates' usual hours; `number` of the kind within the month.
void schedule_run(World& world, RunId run, UnitIndex office, const PayDates& dates);

// Of the founding.
[[nodiscard]] QualificationGained diploma_of(const Person& person);

[[nodiscard]] AssignmentStarted assignment_of(const World& world, PersonIndex p,
                                              std::size_t posting);
[[nodiscard]] AppraiserAssigned appraiser_of(const World& world, PersonIndex p,
                                             std::size_t posting);

}  // namespace runut::simulation
