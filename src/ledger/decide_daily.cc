// Daily reports and attendance.
#include <algorithm>

#include "ledger/rules.h"

namespace runut::rules {
namespace {

const MonthFacts& month_facts(const Case& at, PersonId person, Date day) {
  return at.context.facts.month(person, month_of(day));
}

const ReportFact* current(const MonthFacts& month, ReportId report, Date day) {
  for (auto fact = month.reports.rbegin(); fact != month.reports.rend(); ++fact)
    if (fact->report == report && fact->date == day) return &*fact;
  return nullptr;
}

std::string_view name_of(ReportState state) {
  switch (state) {
    case ReportState::submitted: return "submitted";
    case ReportState::approved: return "approved";
    case ReportState::returned: return "returned";
    case ReportState::rejected: return "rejected";
    case ReportState::withdrawn: return "withdrawn";
    case ReportState::superseded: return "superseded";
  }
  return "submitted";
}

// What the three decisions of an appraiser share.
template <class Body>
Decided decide_report(const Case& at, const Body& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  const ReportFact* const report =
      current(month_facts(at, body.person, body.date), body.report, body.date);
  if (report == nullptr)
    return unknown("report.unknown", "data.report", to_string(body.report),
                   "no such report of " + to_string(body.person) + " on " + to_string(body.date));
  RUNUT_ASSIGN(const auto delegation, at.require_appraiser(body.person, body.date));
  if (report->state != ReportState::submitted)
    return reject("report.already_decided", "data.report", to_string(body.report),
                  "it is " + std::string(name_of(report->state)) + " since sequence " +
                      std::to_string(report->decided.value));
  return at.one(body, body.date, delegation);
}

}  // namespace

Decided decide_one(const Case& at, const DailyReportSubmitted& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_self(body.person, "authority.own_report"));
  if (body.report == ReportId{})
    return reject("report.id", "data.report", to_string(body.report), "ids begin at 1");
  if (body.minutes.value < 1 || body.minutes.value > 1440)
    return reject("report.minutes", "data.minutes", std::to_string(body.minutes.value),
                  "a report has 1 to 1440 minutes");
  if (body.date > at.today())
    return reject("report.date_in_future", "data.date", to_string(body.date),
                  "today is " + to_string(at.today()));
  if (at.person(body.person).assignment_on(body.date) == nullptr)
    return reject("report.no_assignment", "data.date", to_string(body.date),
                  "no assignment is active on that day");

  const MonthFacts& month = month_facts(at, body.person, body.date);
  const ReportFact* const before = current(month, body.report, body.date);
  const ReportFact* replaced =
      before != nullptr && before->state == ReportState::returned ? before : nullptr;
  if (at.command.supersedes) {
    for (const ReportFact& fact : month.reports)
      if (fact.submitted == *at.command.supersedes && fact.date == body.date &&
          (fact.state == ReportState::submitted || fact.state == ReportState::approved))
        replaced = &fact;
    if (replaced == nullptr || replaced->submitted != *at.command.supersedes)
      return reject("report.supersedes", "supersedes", std::to_string(at.command.supersedes->value),
                    "not a standing report of that person and day");
  }
  if (before != nullptr && before != replaced)
    return reject("report.id_taken", "data.report", to_string(body.report),
                  "that report is " + std::string(name_of(before->state)) +
                      "; only a returned one is submitted again");
  std::int64_t minutes = body.minutes.value;
  for (const ReportFact& fact : month.reports)
    if (fact.date == body.date && &fact != replaced &&
        (fact.state == ReportState::submitted || fact.state == ReportState::approved))
      minutes += fact.minutes.value;
  if (minutes > 1440)
    return reject("report.day_minutes", "data.minutes", std::to_string(body.minutes.value),
                  "with the day's other reports more than 1440 minutes");
  return at.one(body, body.date);
}

Decided decide_one(const Case& at, const DailyReportApproved& body) {
  return decide_report(at, body);
}
Decided decide_one(const Case& at, const DailyReportReturned& body) {
  return decide_report(at, body);
}
Decided decide_one(const Case& at, const DailyReportRejected& body) {
  return decide_report(at, body);
}

Decided decide_one(const Case& at, const DailyReportWithdrawn& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_self(body.person, "authority.own_report"));
  const ReportFact* const report =
      current(month_facts(at, body.person, body.date), body.report, body.date);
  if (report == nullptr)
    return unknown("report.unknown", "data.report", to_string(body.report),
                   "no such report on that day");
  if (report->state != ReportState::submitted && report->state != ReportState::returned)
    return reject("report.already_decided", "data.report", to_string(body.report),
                  "it is " + std::string(name_of(report->state)) + ": too late to withdraw");
  return at.one(body, body.date);
}

Decided decide_one(const Case& at, const ScheduleSet& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_unit(body.unit, "data.unit"));
  if (body.until && *body.until < body.from)
    return reject("interval.reversed", "data.until", to_string(*body.until), "before data.from");
  if (body.days.empty() || body.days.size() > 7)
    return reject("schedule.days", "data.days", std::to_string(body.days.size()),
                  "1 to 7 weekdays");
  std::uint32_t seen = 0;
  for (std::size_t i = 0; i < body.days.size(); ++i) {
    const DaySchedule& day = body.days[i];
    const std::string path = "data.days[" + std::to_string(i) + "]";
    if (day.weekday < 1 || day.weekday > 7 || (seen & (1U << day.weekday)) != 0)
      return reject("schedule.weekday", path + ".weekday", std::to_string(day.weekday),
                    "1 (Monday) to 7 (Sunday), each once");
    seen |= 1U << day.weekday;
    if (day.end > 1440 || day.start >= day.end)
      return reject("schedule.hours", path + ".end", std::to_string(day.end),
                    "start before end, within the day");
    if (day.minutes.value < 0 || day.minutes.value > day.end - day.start)
      return reject("schedule.minutes", path + ".minutes", std::to_string(day.minutes.value),
                    "from 0 to the length of the day's schedule");
  }
  return at.one(body, body.from);
}

Decided decide_one(const Case& at, const HolidaySet& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  if (body.name.empty() || body.name.size() > 200)
    return reject("holiday.name", "data.name", body.name, "1 to 200 bytes");
  if (at.agency().is_holiday(body.date, at.known_at()))
    return reject("holiday.set", "data.date", to_string(body.date), "set already");
  return at.one(body, body.date);
}

Decided decide_one(const Case& at, const AttendanceRecorded& body) {
  RUNUT_TRY(at.require_role({Role::integrator, Role::hr}));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  if (body.at > at.action_time())
    return reject("attendance.in_future", "data.at", to_string(body.at),
                  "later than its recording");
  const Date day = local_date(body.at, at.offset());
  for (const ClockFact& fact : month_facts(at, body.person, day).clocks)
    if (fact.device == body.device && fact.device_sequence == body.device_sequence)
      return reject("attendance.duplicate", "data.device_sequence",
                    std::to_string(body.device_sequence),
                    "device " + std::to_string(body.device) + " sent it before");
  return at.one(body, day);
}

Decided decide_one(const Case& at, const AttendanceExcused& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_self(body.person, "authority.own_excuse"));
  if (body.date > at.today())
    return reject("excuse.date_in_future", "data.date", to_string(body.date),
                  "today is " + to_string(at.today()));
  for (const ExcuseFact& fact : month_facts(at, body.person, body.date).excuses)
    if (fact.excuse == body.excuse)
      return reject("excuse.id_taken", "data.excuse", std::to_string(body.excuse), "filed before");
  return at.one(body, body.date);
}

Decided decide_one(const Case& at, const ExcuseDecided& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  const auto& excuses = month_facts(at, body.person, body.date).excuses;
  const auto found = std::find_if(excuses.begin(), excuses.end(), [&](const ExcuseFact& fact) {
    return fact.excuse == body.excuse && fact.date == body.date;
  });
  if (found == excuses.end())
    return unknown("excuse.unknown", "data.excuse", std::to_string(body.excuse),
                   "no such excuse on that day");
  RUNUT_ASSIGN(const auto delegation, at.require_appraiser(body.person, body.date));
  if (found->decided)
    return reject("excuse.already_decided", "data.excuse", std::to_string(body.excuse),
                  "decided by sequence " + std::to_string(found->decided->value));
  return at.one(body, body.date, delegation);
}

Decided decide_one(const Case& at, const AttendanceMonthClosed& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_unit(body.unit, "data.unit"));
  if (at.today() <= last_day(body.month))
    return reject("attendance.month_not_over", "data.month", to_string(body.month),
                  "today is " + to_string(at.today()));
  if (at.agency().is_closed(body.unit, body.month, at.known_at()))
    return reject("attendance.month_closed", "data.month", to_string(body.month), "closed already");
  return at.one(body, last_day(body.month));
}

}  // namespace runut::rules
