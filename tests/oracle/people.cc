#include "tests/oracle/people.h"

#include <algorithm>

namespace runut::oracle {
namespace {

// Facts that hold from a date until a later one; of one date the highest sequence holds.
template <class P>
const P* latest_from(const std::vector<Recorded<P>>& facts, Date day) {
  const P* holds = nullptr;
  for (const auto& recorded : facts)
    if (recorded.fact->from <= day && (holds == nullptr || recorded.fact->from >= holds->from))
      holds = recorded.fact;
  return holds;
}

std::size_t weekday_index(Date day) {
  return static_cast<std::size_t>(weekday(day));
}

}  // namespace

std::vector<Assignment> assignments(const View& view, PersonId person) {
  const auto ends = view.of<AssignmentEnded>(person);
  const auto separations = view.of<PersonSeparated>(person);
  std::vector<Assignment> out;
  for (const auto& started : view.of<AssignmentStarted>(person)) {
    const AssignmentStarted& s = *started.fact;
    Assignment a{s.assignment, s.unit, s.post,
                 s.job_class,  s.role, s.tpp_eligible,
                 s.rankable,   s.from, s.until.value_or(open_end),
                 s.kind};
    for (const auto& ended : ends)
      if (ended.fact->assignment == a.number) a.until = ended.fact->last_day;
    if (!separations.empty()) a.until = std::min(a.until, separations.back().fact->last_day);
    if (a.from <= a.until) out.push_back(a);
  }
  return out;
}

std::optional<Assignment> assignment_on(const std::vector<Assignment>& all, Date day) {
  std::optional<Assignment> found;
  for (const Assignment& a : all)
    if (a.covers(day) && (!found || a.role == AssignmentRole::definitive)) found = a;
  return found;
}

std::optional<Assignment> assignment_near(const std::vector<Assignment>& all, Date day) {
  if (const auto today = assignment_on(all, day)) return today;
  std::optional<Assignment> next;
  std::optional<Assignment> previous;
  for (const Assignment& a : all) {
    if (a.from > day && (!next || a.from < next->from)) next = a;
    if (a.until < day && (!previous || a.until > previous->until)) previous = a;
  }
  return next ? next : previous;
}

std::optional<Assignment> paid_acting_role_on(const View& view, const Rules& rules, PersonId person,
                                              Date day) {
  if (!rules.acting_min_days) return std::nullopt;
  for (const auto& started : view.of<ActingRoleStarted>(person)) {
    const ActingRoleStarted& s = *started.fact;
    Assignment role;
    role.unit = s.unit;
    role.post = s.post;
    role.job_class = s.job_class;
    role.role = s.role;
    role.from = s.from;
    role.until = s.until.value_or(open_end);
    const Date planned = role.until;
    for (const auto& ended : view.of<ActingRoleEnded>(person))
      if (ended.fact->acting == s.acting) role.until = ended.fact->last_day;
    if (!role.covers(day)) continue;
    const Date last = view.with(Mutation::acting_ended_late_counts) ? planned : role.until;
    const bool long_enough = last - role.from + 1 >= *rules.acting_min_days;
    if (long_enough || view.with(Mutation::acting_min_days_ignored)) return role;
  }
  return std::nullopt;
}

std::optional<EmploymentStatus> status_on(const View& view, PersonId person, Date day) {
  const auto facts = view.of<StatusChanged>(person);
  const StatusChanged* holds = latest_from(facts, day);
  return holds == nullptr ? std::nullopt : std::optional(holds->status);
}

std::optional<std::string> grade_on(const View& view, PersonId person, Date day) {
  const auto facts = view.of<GradeChanged>(person);
  const GradeChanged* holds = latest_from(facts, day);
  return holds == nullptr ? std::nullopt : std::optional(holds->grade);
}

std::optional<LeaveKind> leave_on(const View& view, PersonId person, Date day) {
  for (const auto& leave : view.of<LeaveGranted>(person))
    if (leave.fact->from <= day && day <= leave.fact->until) return leave.fact->kind;
  return std::nullopt;
}

std::optional<PersonId> appraiser_on(const View& view, PersonId person, Date day) {
  const auto facts = view.of<AppraiserAssigned>(person);
  const AppraiserAssigned* holds = latest_from(facts, day);
  return holds == nullptr ? std::nullopt : std::optional(holds->appraiser);
}

std::vector<UnitId> upward(const View& view, UnitId unit, Date day) {
  if (view.with(Mutation::tree_of_creation)) day = Date{};
  const auto units = view.all<UnitCreated>();
  std::vector<UnitId> out;
  std::optional<UnitId> step = unit;
  while (step) {
    out.push_back(*step);
    RUNUT_CHECK(out.size() <= units.size() + 1, "the units form a cycle");
    const auto created = std::find_if(units.begin(), units.end(),
                                      [&](const auto& u) { return u.fact->unit == *step; });
    const UnitId child = *step;
    step = created == units.end() ? std::nullopt : created->fact->parent;
    // The last move by that day, of one day the later recorded, replaces the parent of creation.
    const UnitMoved* holds = nullptr;
    for (const auto& moved : view.all<UnitMoved>())
      if (moved.fact->unit == child && moved.fact->from <= day &&
          (holds == nullptr || holds->from <= moved.fact->from))
        holds = moved.fact;
    if (holds != nullptr) step = holds->parent;
  }
  return out;
}

std::optional<UnitId> paying_unit_of(const View& view, UnitId unit, Date day) {
  for (const UnitId step : upward(view, unit, day))
    for (const auto& created : view.all<UnitCreated>())
      if (created.fact->unit == step && created.fact->paying) return step;
  return std::nullopt;
}

bool is_holiday(const View& view, Date day) {
  if (view.with(Mutation::holidays_worked)) return false;
  for (const auto& holiday : view.all<HolidaySet>())
    if (holiday.fact->date == day) return true;
  return false;
}

bool is_closed(const View& view, UnitId unit, Month month) {
  for (const auto& closed : view.all<AttendanceMonthClosed>())
    if (closed.fact->unit == unit && closed.fact->month == month) return true;
  return false;
}

// 3.1: of the ScheduleSets of one unit that cover a day the highest sequence holds; a unit's own
// hides its ancestors' on the days that it covers; else the nearest ancestor's, else the
// document's.
std::optional<DayHours> hours_on(const View& view, const Rules& rules, UnitId unit, Date day) {
  const auto schedules = view.all<ScheduleSet>();
  std::vector<UnitId> units = upward(view, unit, day);
  if (view.with(Mutation::root_schedule_first)) std::reverse(units.begin(), units.end());
  for (const UnitId step : units) {
    const ScheduleSet* holds = nullptr;
    for (const auto& set : schedules)
      if (set.fact->unit == step && set.fact->from <= day &&
          day <= set.fact->until.value_or(open_end))
        holds = set.fact;
    if (holds == nullptr) continue;
    for (const DaySchedule& entry : holds->days)
      if (entry.weekday == weekday_index(day) + 1)
        return DayHours{entry.start, entry.end, entry.minutes.value};
    return std::nullopt;
  }
  return rules.schedule[weekday_index(day)];
}

}  // namespace runut::oracle
