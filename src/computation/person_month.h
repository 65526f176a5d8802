// The days of one person's month: schedule, holidays, assignment, status and leave laid over each
// other (rulebook section 3.1, Schedule and Eligible working day). Everything else of a month is
// computed from this.
#pragma once

#include <optional>
#include <vector>

#include "computation/rules.h"

namespace runut {

struct PersonDay {
  Date day;
  // The day's own assignment; null when there is none.
  const AssignmentFact* assignment = nullptr;
  const LeaveFact* leave = nullptr;
  Sequence status_event;
  Sequence schedule_event;  // 0: the document's schedule, or none
  BasisPoints status_rate;  // of an active day
  BasisPoints leave_rate = whole;
  Minutes minutes;         // to report, of a working day
  std::int64_t start = 0;  // minutes of the local day, of a working day
  std::int64_t end = 0;
  bool working = false;   // scheduled and no holiday
  bool assigned = false;  // an assignment marked tpp_eligible covers the day
  bool active = false;    // assigned, and a status listed in status_bp

  [[nodiscard]] bool eligible() const { return working && active; }
  // Counted in required_minutes and in discipline.
  [[nodiscard]] bool required() const { return eligible() && leave == nullptr; }
};

struct PersonMonth {
  PersonId person;
  Month month;
  Rules rules;
  std::vector<PersonDay> days;  // every day of the month
  std::int64_t working_days = 0;
  std::int64_t eligible_days = 0;

  [[nodiscard]] const PersonDay* last_eligible() const;
};

// Rejected: leave.rate_missing (leave of a kind without leave_bp on an eligible day) and
// month.no_working_days (an active assignment in a month without any working day).
[[nodiscard]] Result<PersonMonth> person_month(const Facts& facts, PersonId person, Month month,
                                               const Rules& rules);

// The nearest unit upward marked `paying` from the unit of the last eligible day, or, without one,
// of the last assignment that began by the month's last day. Empty for somebody never assigned by
// then, and where no unit upward pays.
[[nodiscard]] std::optional<UnitId> paying_unit_of(const Facts& facts, const PersonMonth& month);

}  // namespace runut
