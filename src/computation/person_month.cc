#include "computation/person_month.h"

#include <fmt/format.h>

#include <algorithm>

namespace runut {
namespace {

// Start, end and minutes of the day by the schedule of `unit`; false on a free weekday.
bool schedule_day(const Facts& facts, const Rules& rules, UnitId unit, PersonDay& day) {
  const auto weekday_index = static_cast<std::size_t>(weekday(day.day));
  const DaySchedule* found = nullptr;
  if (const ScheduleFact* own = facts.agency().schedule(unit, day.day, facts.known_at())) {
    day.schedule_event = own->sequence;
    if (own->weekdays[weekday_index]) found = &*own->weekdays[weekday_index];
  } else {
    for (const DaySchedule& entry : rules->work.schedule)
      if (entry.weekday == weekday_index + 1) found = &entry;
  }
  if (found == nullptr) return false;
  day.minutes = found->minutes;
  day.start = found->start;
  day.end = found->end;
  return true;
}

Status price_day(const PersonFacts& person, const Rules& rules, PersonDay& day) {
  day.assigned = day.assignment != nullptr && day.assignment->tpp_eligible;
  day.leave = person.leave_on(day.day);
  if (const auto* status = person.status_on(day.day); day.assigned && status != nullptr) {
    const auto rate = rules->tpp.status_bp.find(status->value);
    day.active = rate != rules->tpp.status_bp.end();
    if (day.active) day.status_rate = rate->second;
    day.status_event = status->sequence;
  }
  if (!day.eligible() || day.leave == nullptr) return {};
  const auto rate = rules->tpp.leave_bp.find(day.leave->kind);
  if (rate == rules->tpp.leave_bp.end())
    return fail(
        Error{ErrorCode::rejected, "leave.rate_missing", "leave_bp",
              std::string(to_string(day.leave->kind)),
              fmt::format("{} prices no such leave on {}", rules->header.id, to_string(day.day))});
  day.leave_rate = rate->second;
  return {};
}

}  // namespace

const PersonDay* PersonMonth::last_eligible() const {
  const auto found =
      std::find_if(days.rbegin(), days.rend(), [](const PersonDay& day) { return day.eligible(); });
  return found == days.rend() ? nullptr : &*found;
}

Result<PersonMonth> person_month(const Facts& facts, PersonId id, Month month, const Rules& rules) {
  const PersonFacts& person = facts.person(id);
  PersonMonth out{id, month, rules, {}, 0, 0};
  out.days.reserve(31);
  bool ever_active = false;
  for (Date at = first_day(month); at <= last_day(month); at = at + 1) {
    PersonDay day;
    day.day = at;
    day.assignment = person.assignment_on(at);
    if (const AssignmentFact* near = person.assignment_near(at))
      day.working = schedule_day(facts, rules, near->unit, day) &&
                    !facts.agency().is_holiday(at, facts.known_at());
    RUNUT_TRY(price_day(person, rules, day));
    ever_active |= day.active;
    out.working_days += day.working ? 1 : 0;
    out.eligible_days += day.eligible() ? 1 : 0;
    out.days.push_back(day);
  }
  if (ever_active && out.working_days == 0)
    return fail(Error{ErrorCode::rejected, "month.no_working_days", "month", to_string(month),
                      "a month without working days is not paid"});
  return out;
}

std::optional<UnitId> paying_unit_of(const Facts& facts, const PersonMonth& month) {
  const AssignmentFact* assignment = nullptr;
  // Without an eligible day the tree is that of the month's last day.
  Date day = last_day(month.month);
  if (const PersonDay* last = month.last_eligible()) {
    assignment = last->assignment;
    day = last->day;
  } else {
    for (const AssignmentFact& fact : facts.person(month.person).assignments)
      if (fact.days.from <= last_day(month.month) && fact.days.from <= fact.days.until)
        assignment = &fact;
  }
  if (assignment == nullptr) return std::nullopt;
  return facts.agency().paying_unit(assignment->unit, day, facts.known_at());
}

}  // namespace runut
