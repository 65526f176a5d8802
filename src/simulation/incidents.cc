#include <fmt/format.h>

#include "base/sha256.h"
#include "codec/command_json.h"
#include "simulation/daily_work.h"
#include "simulation/narrative.h"
#include "simulation/planning.h"
#include "simulation/world.h"

namespace runut::simulation {
namespace {

const char* const secretary_office = "Sekretaris Daerah";

void schedule_incident(World& world, const PlannedIncident& incident) {
  const PersonId person = world.person(incident.person).id;
  const Date day = incident.date;
  const DailyReportApproved approval{person, report_id(day, 1), day};
  const auto morning_after = [&](int minute, PersonIndex actor, Role role) {
    Desk desk(world, world.calendar.after(day), minute, 60);
    desk.then_for(incident.item, world.act(actor, role), approval);
  };
  switch (incident.kind) {
    case IncidentKind::colleague_approves:
      return morning_after(8 * 60 + 12, incident.actor, Role::appraiser);
    case IncidentKind::self_approves:
      return morning_after(8 * 60 + 3, incident.person, Role::employee);
    case IncidentKind::second_decision:
      return morning_after(14 * 60 + 20, incident.actor, Role::appraiser);
    case IncidentKind::future_report: {
      const Date tomorrow = day + 1;
      SeededRandomness random = world.chance.of(Purpose::incident, incident.person, day);
      Desk desk(world, day, 16 * 60 + 40, 60);
      return desk.then_for(
          incident.item, world.act(incident.person, Role::employee),
          DailyReportSubmitted{person, report_id(tomorrow, 1), tomorrow, Minutes{300}},
          report_text(random));
    }
    case IncidentKind::overlapping_leave: {
      Desk desk(world, day, 9 * 60 + 30, 60);
      return desk.then_for(incident.item,
                           world.act(world.registrar_of(incident.person, day), Role::hr),
                           LeaveGranted{person, LeaveKind::sick, day, day + 1});
    }
    case IncidentKind::computer_locks: {
      const UnitIndex office =
          world.unit(world.person(incident.person).posting_on(day)->unit).paying_unit;
      const Unit& unit = world.unit(office);
      const RunId run{unit.id, month_of(day) - 1, RunKind::regular,
                      1};  // locked in the month after
      Desk desk(world, day, 8 * 60 + 30, 60);
      return desk.then_for(
          incident.item, world.act(incident.person, Role::treasurer),
          LockTppRun{run, world.decree("SK/TANPA-WENANG/1", day, unit.head, unit.head_office)});
    }
    case IncidentKind::own_plan:
    case IncidentKind::others_plan: {
      const Role role = incident.kind == IncidentKind::own_plan ? Role::employee : Role::appraiser;
      Desk desk(world, day, 9 * 60 + 10, 60);
      return desk.then_for(incident.item, world.act(incident.actor, role),
                           PlanApproved{person, Period{month_of(day), 12}});
    }
    case IncidentKind::indicator_cycle: {
      const int year = civil(day).year;
      const UnitIndex office = 1;  // its first indicator serves the city's second
      Desk desk(world, day, 9 * 60 + 15, 60);
      return desk.then_for(incident.item, world.act(incident.actor, Role::hr),
                           IndicatorCascaded{world.unit(0).id, indicator_id(year, 0, 1),
                                             indicator_id(year, office, 0)});
    }
    case IncidentKind::feedback_by_colleague: {
      SeededRandomness random = world.chance.of(Purpose::incident, incident.person, day);
      Desk desk(world, day, 11 * 60 + 25, 60);
      return desk.then_for(incident.item, world.act(incident.actor, Role::appraiser),
                           FeedbackGiven{person, world.setting.evaluated_period(month_of(day))},
                           feedback_text(random));
    }
    case IncidentKind::dialogue_tomorrow: {
      const Date tomorrow = day + 1;
      const Period period = world.setting.evaluated_period(month_of(tomorrow));
      Desk desk(world, day, 15 * 60 + 30, 60);
      return desk.then_for(incident.item, world.act(incident.actor, Role::appraiser),
                           DialogueHeld{person, period, tomorrow});
    }
    case IncidentKind::certified_twice: {
      const Actor registrar = world.act(world.registrar_of(incident.person, day), Role::hr);
      const CertificationGranted once{
          person,       "Pelayanan publik dasar",
          "LAN RI",     day - 20,
          std::nullopt, sha256({to_string(person), "\n", to_string(day)})};
      Desk desk(world, day, 9 * 60 + 25, 60);
      desk.then_do(registrar, once);
      return desk.then_for(incident.item, registrar, once);
    }
    case IncidentKind::rated_before_unit: {
      const Period period = world.plan.predicate_periods.front();
      Desk desk(world, day, 8 * 60 + 20, 60);
      return desk.then_for(incident.item, world.act(incident.actor, Role::appraiser),
                           WorkResultRated{person, period, unscored, Expectation::meets});
    }
    case IncidentKind::survey_by_outsider:
    case IncidentKind::survey_answered_twice: return;  // beside the survey's answers
    case IncidentKind::malformed_nip:
    case IncidentKind::overlapping_assignment: return;  // beside the newcomer's and mover's entries
  }
}

void schedule_delegation(World& world, const PlannedDelegation& delegation) {
  const PersonId from = world.person(delegation.from).id;
  const Date asked = world.calendar.on_or_before(delegation.days.from - 3);
  Desk desk(world, asked, 10 * 60 + 15, 300);
  desk.then_for(delegation.item, world.act(world.registrar_of(delegation.from, asked), Role::hr),
                LeaveGranted{from, LeaveKind::annual, delegation.days.from, delegation.days.until});
  desk.then([&world, &delegation, asked, from] {
    const PersonIndex granting = delegation.from;
    world.emitter.emit_for(
        delegation.item, world.act(granting, Role::appraiser),
        DelegationGranted{from, world.person(delegation.to).id, delegation.days.from,
                          delegation.days.until,
                          world.decree(fmt::format("ST/800/77/{}", civil(asked).year), asked,
                                       granting, world.person(granting).postings[0].post)});
    world.granted.push_back(&delegation);
  });
}

void schedule_sanction(World& world, const PlannedSanction& sanction) {
  const Actor actor = world.act(world.city.ranking_publisher, Role::official);
  const auto decree = [&](Date day, std::string_view number) {
    return world.decree(fmt::format("{}/{}", number, civil(day).year), day, City::secretary,
                        secretary_office);
  };
  switch (sanction.kind) {
    case SanctionKind::disciplinary: {
      const Date effective = world.calendar.on_or_after(first_day(sanction.month - 1) + 13);
      Desk desk(world, effective, 11 * 60, 60);
      desk.then_for(
          sanction.item, actor,
          DisciplinarySanctionImposed{
              world.person(sanction.person).id, effective, sanction.month, sanction.months,
              decree(effective, fmt::format("SK HUKDIS/{}", sanction.person))});
      if (!sanction.cancelled_from) return;
      const Date decided = world.calendar.on_or_before(first_day(*sanction.cancelled_from) - 4);
      Desk later(world, decided, 11 * 60 + 20, 60);
      return later.then_for(
          sanction.item, actor,
          DisciplinarySanctionCancelled{
              world.person(sanction.person).id, the_one_that_stands, *sanction.cancelled_from,
              decree(decided, fmt::format("SK BATAL/{}", sanction.person))});
    }
    case SanctionKind::personal: {
      const Date day = world.calendar.on_or_after(first_day(sanction.month));
      const Month half = sanction.month - sanction.month.index % 6;
      Desk desk(world, day, 11 * 60 + 5, 60);
      return desk.then_for(sanction.item, actor,
                           DecidePersonalSanction{world.person(sanction.person).id,
                                                  Period{half - 6, 6},
                                                  {sanction.month},
                                                  decree(day, "SK SANKSI/5")});
    }
    case SanctionKind::unit: {
      const Date day = world.calendar.on_or_after(first_day(sanction.month));
      Desk desk(world, day, 11 * 60 + 10, 60);
      return desk.then_for(sanction.item, actor,
                           UnitSanctionImposed{world.unit(sanction.unit).id, sanction.month,
                                               sanction.month, decree(day, "SK SANKSI/6")});
    }
  }
}

void schedule_found_leave(World& world, const PlannedLeave& leave) {
  const PayDates paid = pay_dates(world.input, month_of(leave.date));
  // Told before the next month's run, which takes back what was paid too much.
  Desk desk(world, world.calendar.after(paid.confirmed, 3), 10 * 60 + 30, 60);
  desk.then_for(
      leave.item, world.act(world.registrar_of(leave.person, leave.date), Role::hr),
      LeaveGranted{world.person(leave.person).id, LeaveKind::unpaid, leave.date, leave.date});
}

}  // namespace

void schedule_excuse(World& world, const PlannedExcuse& excuse) {
  const PersonId person = world.person(excuse.person).id;
  const YearMonthDay ymd = civil(excuse.date);
  const auto id =
      static_cast<std::uint64_t>(std::int64_t{ymd.year} * 10'000 + ymd.month * 100 + ymd.day);
  SeededRandomness random = world.chance.of(Purpose::incident, excuse.person, excuse.date);
  const int minute = static_cast<int>(between(random, 10 * 60, 15 * 60));
  Desk desk(world, excuse.filed, minute, 60);
  desk.then_for(excuse.item, world.act(excuse.person, Role::employee),
                AttendanceExcused{person, id, excuse.date}, excuse_text(random));
  world.agenda.add(excuse.decided_at, [&world, &excuse, person, id] {
    world.emitter.emit_for(
        excuse.item, world.approver_of(excuse.person, excuse.date).acting,
        ExcuseDecided{person, id, excuse.date, excuse.story != ExcuseStory::denied});
  });
}

void schedule_incidents(World& world) {
  for (const auto& incident : world.plan.incidents) schedule_incident(world, incident);
  for (const auto& delegation : world.plan.delegations) schedule_delegation(world, delegation);
  for (const auto& sanction : world.plan.sanctions) schedule_sanction(world, sanction);
  for (const auto& leave : world.plan.leaves) schedule_found_leave(world, leave);
}

}  // namespace runut::simulation
