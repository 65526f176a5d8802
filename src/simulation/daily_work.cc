#include "simulation/daily_work.h"

#include <algorithm>

#include "simulation/narrative.h"

namespace runut::simulation {
namespace {

constexpr std::int64_t minute_micros = 60'000'000;
constexpr std::int64_t hour_micros = 60 * minute_micros;

// Chances of 10 000, for whoever no story reserves.
constexpr std::uint64_t absent = 25;
constexpr std::uint64_t missing_out = 60;
constexpr std::uint64_t early = 130;
constexpr std::uint64_t no_report = 120;
constexpr std::uint64_t returned = 200;
constexpr std::uint64_t rejected = 25;
constexpr std::uint64_t withdrawn = 20;
constexpr std::uint64_t never_decided = 8;
constexpr std::uint64_t annual_leave = 3'000;  // a quarter
constexpr std::uint64_t sick_leave = 600;

}  // namespace

ReportId report_id(Date day, int number) {
  const YearMonthDay ymd = civil(day);
  const auto digits =
      static_cast<std::uint64_t>(std::int64_t{ymd.year} * 10'000 + ymd.month * 100 + ymd.day);
  return ReportId{digits * 10 + static_cast<std::uint64_t>(number)};
}

DailyWork::DailyWork(World& world)
    : world_(world),
      leaves_(world.city.people.size()),
      device_sequences_(world.city.units.size()) {}

void DailyWork::start() {
  const Date first = first_day(world_.options.from);
  world_.at(first, 0, [this, first] { begin_day(first); });
}

void DailyWork::begin_day(Date day) {
  const YearMonthDay ymd = civil(day);
  const Month month = month_of(day);
  if (day == first_day(world_.options.from) || (ymd.day == 1 && month.index % 3 == 0))
    begin_quarter(month - month.index % 3);
  for (PersonIndex p = 1; p < world_.city.people.size(); ++p) begin_person_day(p, day);
  if (day < last_day(world_.options.to)) world_.at(day + 1, 0, [this, day] { begin_day(day + 1); });
}

// At most one spell of leave a quarter, inside it, so that leave never overlaps leave.
void DailyWork::begin_quarter(Month first) {
  const Date begins = first_day(first);
  const int length = last_day(first + 2) - begins;
  for (PersonIndex p = 1; p < world_.city.people.size(); ++p) {
    const Person& person = world_.person(p);
    leaves_[p] = Leave{};
    if (person.reserved || person.clean) continue;
    SeededRandomness random = world_.chance.of(Purpose::leave, p, begins);
    const bool annual = happens(random, annual_leave);
    if (!annual && !happens(random, sick_leave)) continue;
    const int days = static_cast<int>(annual ? between(random, 1, 5) : between(random, 1, 3));
    const Date from = begins + static_cast<int>(between(random, 6, length - 6));
    if (from < first_day(world_.options.from) + 6 || from + days > last_day(world_.options.to))
      continue;
    leaves_[p] = {{from, from + (days - 1)}, annual ? LeaveKind::annual : LeaveKind::sick};
    const Date asked =
        annual ? std::max(world_.calendar.on_or_before(from - 3), world_.today()) : from;
    const auto minute = static_cast<int>(annual ? between(random, 8 * 60, 15 * 60)
                                                : between(random, 6 * 60, 7 * 60));
    world_.agenda.add(Task{.at = world_.calendar.at(asked, minute),
                           .person = p,
                           .date = from,
                           .kind = TaskKind::leave});
  }
}

bool DailyWork::on_leave(PersonIndex p, Date day) const {
  if (leaves_[p].days.contains(day)) return true;
  if (!world_.person(p).reserved) return false;
  return std::any_of(world_.plan.delegations.begin(), world_.plan.delegations.end(),
                     [&](const auto& away) { return away.from == p && away.days.contains(day); });
}

void DailyWork::begin_person_day(PersonIndex p, Date day) {
  const Person& person = world_.person(p);
  const Posting* posting = person.posting_on(day);
  if (posting == nullptr || !posting->eligible) return;
  const auto schedule = world_.calendar.day(world_.unit(posting->unit).week, day);
  if (!schedule || on_leave(p, day)) return;
  SeededRandomness random = world_.chance.of(Purpose::attendance, p, day);
  const bool by_chance = !person.reserved && !person.clean;
  if (by_chance && happens(random, absent)) return;
  const PlannedDay* planned =
      person.reserved || person.clean ? world_.planned_day(p, day) : nullptr;

  const auto start = static_cast<int>(schedule->start);
  const auto end = static_cast<int>(schedule->end);
  int in = start - static_cast<int>(between(random, 1, 28));
  if (planned != nullptr && planned->late_minutes) {
    in = start + *planned->late_minutes;
  } else if (!person.clean && happens(random, static_cast<std::uint64_t>(person.lateness))) {
    in = start + static_cast<int>(happens(random, 8'500) ? between(random, 1, 30)
                                                         : between(random, 31, 100));
  }
  int out = end + static_cast<int>(between(random, 1, 50));
  if (by_chance && happens(random, early)) out = end - static_cast<int>(between(random, 2, 45));
  const auto at = [&](int minute) {
    return world_.calendar.at(day, minute, between(random, 0, minute_micros - 1));
  };
  world_.agenda.add(Task{.at = at(in), .person = p, .date = day, .kind = TaskKind::clock_in});
  if (!by_chance || !happens(random, missing_out))
    world_.agenda.add(Task{.at = at(out), .person = p, .date = day, .kind = TaskKind::clock_out});

  if (by_chance && happens(random, no_report)) return;
  std::int64_t minutes = schedule->minutes.value * person.diligence / 10'000;
  if (!person.clean) minutes = minutes * between(random, 9'400, 10'600) / 10'000 / 5 * 5;
  if (planned != nullptr && planned->report_minutes) minutes = *planned->report_minutes;
  const int written = std::min<int>(out + static_cast<int>(between(random, 2, 240)), 23 * 60 + 30);
  world_.agenda.add(Task{.at = at(written),
                         .person = p,
                         .date = day,
                         .detail = static_cast<std::uint32_t>(minutes),
                         .kind = TaskKind::submit});
}

void DailyWork::perform(const Task& task) {
  const Actor actor = world_.act(task.person, Role::employee);
  const PersonId person = world_.person(task.person).id;
  const ReportId report = report_id(task.date, task.number);
  switch (task.kind) {
    case TaskKind::clock_in: return clock(task, ClockDirection::in);
    case TaskKind::clock_out: return clock(task, ClockDirection::out);
    case TaskKind::submit:
    case TaskKind::resubmit:
    case TaskKind::replace: return submit(task);
    case TaskKind::withdraw:
      world_.emitter.emit(actor, DailyReportWithdrawn{person, report, task.date});
      return follow(task, TaskKind::replace, Instant{task.at.micros + 15 * minute_micros}, 2);
    case TaskKind::approve: return approve(task);
    case TaskKind::return_:
    case TaskKind::reject: return approve(task);
    case TaskKind::leave: return grant_leave(task);
    case TaskKind::script: RUNUT_CHECK(false, "scripts are run by the agenda");
  }
}

void DailyWork::clock(const Task& task, ClockDirection direction) {
  const UnitIndex unit = world_.person(task.person).posting_on(task.date)->unit;
  world_.emitter.emit(system_actor(SystemActor::devices, Role::integrator),
                      AttendanceRecorded{world_.person(task.person).id, task.at, direction,
                                         world_.unit(unit).id.value, ++device_sequences_[unit]});
}

void DailyWork::follow(const Task& task, TaskKind kind, Instant at, std::uint8_t number) {
  Task next = task;
  next.kind = kind;
  next.at = at;
  next.number = number;
  world_.agenda.add(next);
}

// Some time within the next office days, always between a little after now and the deadline.
Instant DailyWork::decision_time(const Task& task, SeededRandomness& random,
                                 Instant deadline) const {
  const Instant soonest{task.at.micros + 5 * minute_micros};
  const Date day = world_.calendar.after(world_.today(), 1 + static_cast<int>(random.below(2)));
  const Instant usual =
      world_.calendar.at(day, static_cast<int>(between(random, 7 * 60 + 45, 15 * 60 + 45)),
                         between(random, 0, minute_micros - 1));
  if (soonest <= usual && usual < deadline) return usual;
  // The office days end too late: from home, before the deadline.
  return Instant{soonest.micros +
                 (deadline.micros - soonest.micros) / 1'000 * between(random, 50, 950)};
}

void DailyWork::submit(const Task& task) {
  const Person& person = world_.person(task.person);
  const auto version = static_cast<std::uint64_t>(task.kind);
  SeededRandomness random =
      world_.chance.of(Purpose::narrative, task.person + (version << 32), task.date);
  const PlannedDay* planned =
      person.reserved ? world_.planned_day(task.person, task.date) : nullptr;
  const CommandId id =
      world_.emitter.emit(world_.act(task.person, Role::employee),
                          DailyReportSubmitted{person.id, report_id(task.date, task.number),
                                               task.date, Minutes{task.detail}},
                          report_text(random));
  if (planned != nullptr && planned->item) world_.note(*planned->item, id);
  if (planned != nullptr && planned->approved_at)
    return follow(task, TaskKind::approve, *planned->approved_at, task.number);

  const Instant deadline{cutoff_of(world_.input, month_of(task.date)).micros - 10 * minute_micros};
  const bool first = task.kind == TaskKind::submit && !person.reserved && !person.clean;
  if (first && happens(random, never_decided)) return;
  if (first && happens(random, withdrawn))
    return follow(task, TaskKind::withdraw, Instant{task.at.micros + 10 * minute_micros},
                  task.number);
  if (first && happens(random, rejected))
    return follow(task, TaskKind::reject, decision_time(task, random, deadline), task.number);
  if (first && happens(random, returned)) {
    // Leaves time to write it again and to approve that.
    const Instant back{deadline.micros - 36 * hour_micros};
    return follow(task, TaskKind::return_, decision_time(task, random, back), task.number);
  }
  follow(task, TaskKind::approve, decision_time(task, random, deadline), task.number);
}

void DailyWork::approve(const Task& task) {
  const Person& person = world_.person(task.person);
  const ReportId report = report_id(task.date, task.number);
  const auto [acting, delegation] = world_.approver_of(task.person, task.date);
  if (task.kind == TaskKind::approve) {
    const CommandId id =
        world_.emitter.emit(acting, DailyReportApproved{person.id, report, task.date});
    const PlannedDay* planned =
        person.reserved ? world_.planned_day(task.person, task.date) : nullptr;
    if (planned != nullptr && planned->item) world_.note(*planned->item, id);
    if (delegation != nullptr) world_.note(delegation->item, id);
    return;
  }
  SeededRandomness random = world_.chance.of(Purpose::decision, task.person, task.date);
  if (task.kind == TaskKind::reject) {
    world_.emitter.emit(acting, DailyReportRejected{person.id, report, task.date},
                        return_text(random));
    return;
  }
  world_.emitter.emit(acting, DailyReportReturned{person.id, report, task.date},
                      return_text(random));
  follow(task, TaskKind::resubmit,
         Instant{task.at.micros + between(random, 20 * minute_micros, 8 * hour_micros)},
         task.number);
}

void DailyWork::grant_leave(const Task& task) {
  const Person& person = world_.person(task.person);
  const Leave& leave = leaves_[task.person];
  // Somebody who serves on each of its days.
  if (!person.serves_on(leave.days.from) || !person.serves_on(leave.days.until)) return;
  world_.emitter.emit(world_.act(world_.registrar_of(task.person, task.date), Role::hr),
                      LeaveGranted{person.id, leave.kind, leave.days.from, leave.days.until});
}

}  // namespace runut::simulation
