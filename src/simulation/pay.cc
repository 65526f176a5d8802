#include <fmt/format.h>

#include "codec/command_json.h"
#include "simulation/world.h"

namespace runut::simulation {
namespace {

// "TPP/DISKOMINFO/202208/R1"
std::string paper_number(const World& world, const RunId& run, UnitIndex office) {
  return fmt::format("TPP/{}/{:04}{:02}/{}{}", world.unit(office).code, year_of(run.month),
                     month_of_year(run.month), run.kind == RunKind::regular ? 'R' : 'K',
                     run.number);
}

// Notes the command at every planted correction that this run carries.
void note_carried(World& world, const RunId& run, CommandId id) {
  for (const ItemIndex item : world.carried_by(run)) world.note(item, id);
}

void emit_step(World& world, const RunId& run, const Actor& actor, CommandBody body) {
  note_carried(world, run, world.emitter.emit(actor, std::move(body)));
}

const PlannedClosing* late_closing(const World& world, Month month, UnitIndex office) {
  for (const PlannedClosing& closing : world.plan.closings)
    if (closing.month == month && world.unit(closing.unit).paying_unit == office) return &closing;
  return nullptr;
}

// Each unit closes its month: those of one office one after the other, by its registrar.
void close_attendance(World& world, Month month, Date day) {
  std::int64_t seconds = 0;
  for (UnitIndex unit = 0; unit < world.city.units.size(); ++unit) {
    if (!world.unit(unit).is_open_on(first_day(month))) continue;
    const UnitIndex office = world.unit(unit).paying_unit;
    const PersonIndex registrar =
        office == nobody ? world.city.ranking_clerk : world.unit(office).registrar;
    const Instant at = world.calendar.at(day, 9 * 60, (seconds += 7) * 1'000'000);
    if (const PlannedClosing* const late = late_closing(world, month, office);
        late != nullptr && late->unit == unit) {
      Desk desk(world, late_pay_dates(world.input, month).closed, 9 * 60, 7);
      desk.then_for(late->item, world.act(registrar, Role::hr),
                    AttendanceMonthClosed{world.unit(unit).id, month});
      continue;
    }
    world.agenda.add(at, [&world, unit, month, registrar] {
      world.emitter.emit(world.act(registrar, Role::hr),
                         AttendanceMonthClosed{world.unit(unit).id, month});
    });
  }
}

// Once more, on the afternoon of the lock.
void schedule_reopening(World& world, const PlannedReopening& reopening, UnitIndex office,
                        Date day) {
  const Unit& unit = world.unit(office);
  const auto signed_by_head = [&](std::string_view what) {
    return world.decree(fmt::format("{}/{}", what, paper_number(world, reopening.run, office)), day,
                        unit.head, unit.head_office);
  };
  Desk desk(world, day, 15 * 60, 600);
  const Actor head = world.act(unit.head, Role::official);
  desk.then_for(reopening.item, head, TppRunReopened{reopening.run, signed_by_head("BUKA")});
  desk.then_for(reopening.item, world.act(unit.treasurer, Role::treasurer),
                ComputeTppRun{reopening.run});
  desk.then_for(reopening.item, head, LockTppRun{reopening.run, signed_by_head("SK-2")});
}

// When even a run that waited is confirmed.
void schedule_return(World& world, const PlannedReturn& returned) {
  const UnitIndex office = world.unit(world.person(returned.person).postings[0].unit).paying_unit;
  Desk desk(world, world.calendar.on_or_after(first_day(returned.run.month + 1) + 24), 13 * 60, 60);
  desk.then_for(returned.item, world.act(world.unit(office).treasurer, Role::treasurer),
                PaymentReturned{world.person(returned.person).id, returned.run, locked_amount,
                                "rekening penerima tidak aktif"});
}

void schedule_month(World& world, Month month);

void begin_pay(World& world, Month month) {
  const PayDates dates = pay_dates(world.input, month);
  close_attendance(world, month, dates.closed);
  for (UnitIndex office = 0; office < world.city.units.size(); ++office) {
    if (!world.unit(office).paying) continue;
    const RunId run{world.unit(office).id, month, RunKind::regular, 1};
    if (const PlannedClosing* const late = late_closing(world, month, office)) {
      Desk desk(world, dates.computed, 9 * 60 + 50, 60);  // others have computed theirs by then
      desk.then_for(late->refused, world.act(world.unit(office).treasurer, Role::treasurer),
                    ComputeTppRun{run});
      schedule_run(world, run, office, late_pay_dates(world.input, month));
      continue;
    }
    schedule_run(world, run, office, dates);
    if (world.plan.reopening && world.plan.reopening->run == run)
      schedule_reopening(world, *world.plan.reopening, office, dates.locked);
  }
  if (month < world.options.to) schedule_month(world, month + 1);
}

void schedule_month(World& world, Month month) {
  world.at(last_day(month) + 1, 0, [&world, month] { begin_pay(world, month); });
}

}  // namespace

void schedule_run(World& world, RunId run, UnitIndex office, const PayDates& dates) {
  const auto seconds = static_cast<std::int64_t>(office) * 23;
  const auto at = [&](Date day, int hour, Agenda::Script script) {
    world.agenda.add(world.calendar.at(day, hour * 60, seconds * 1'000'000), std::move(script));
  };
  at(dates.computed, 9, [&world, run, office] {
    emit_step(world, run, world.act(world.unit(office).treasurer, Role::treasurer),
              ComputeTppRun{run});
  });
  // The head signs and locks: never whoever computed.
  at(dates.locked, 10, [&world, run, office, day = dates.locked] {
    const Unit& unit = world.unit(office);
    emit_step(world, run, world.act(unit.head, Role::official),
              LockTppRun{run, world.decree("SK/" + paper_number(world, run, office), day, unit.head,
                                           unit.head_office)});
  });
  at(dates.ordered, 10, [&world, run, office, day = dates.ordered] {
    const Unit& unit = world.unit(office);
    const std::string number = paper_number(world, run, office);
    // A simulation does not compute, so it cannot know the amount.
    emit_step(world, run, world.act(unit.treasurer, Role::treasurer),
              PaymentOrdered{run, locked_amount, "SPP/" + number, "SPM/" + number, "SP2D/" + number,
                             world.decree("SPM/" + number, day, unit.head, unit.head_office)});
  });
  at(dates.confirmed, 14, [&world, run, office] {
    emit_step(world, run, world.act(world.unit(office).treasurer, Role::treasurer),
              PaymentConfirmed{run, "BANK/" + paper_number(world, run, office)});
  });
}

void schedule_pay(World& world) {
  for (const PlannedReturn& returned : world.plan.returns) schedule_return(world, returned);
  schedule_month(world, world.options.from);
}

}  // namespace runut::simulation
