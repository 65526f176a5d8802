// Daily work and attendance.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "domain/events_ledger.h"

namespace runut {

// Sealed text: the narrative. A returned report is resubmitted under its id.
struct DailyReportSubmitted {
  PersonId person;
  ReportId report;
  Date date;        // the day that was worked; must equal the envelope's occurred_on
  Minutes minutes;  // 1..1440
  RUNUT_FIELDS(DailyReportSubmitted, person, report, date, minutes)
};

// The decisions repeat the report's date: a month's facts are found without looking for the report.
struct DailyReportApproved {
  PersonId person;
  ReportId report;
  Date date;
  RUNUT_FIELDS(DailyReportApproved, person, report, date)
};

struct DailyReportReturned {
  PersonId person;
  ReportId report;
  Date date;
  RUNUT_FIELDS(DailyReportReturned, person, report, date)
};

struct DailyReportRejected {
  PersonId person;
  ReportId report;
  Date date;
  RUNUT_FIELDS(DailyReportRejected, person, report, date)
};

struct DailyReportWithdrawn {
  PersonId person;
  ReportId report;
  Date date;
  RUNUT_FIELDS(DailyReportWithdrawn, person, report, date)
};

// One weekday of a schedule; a weekday without an entry is free.
struct DaySchedule {
  std::uint32_t weekday = 1;  // ISO 8601: 1 = Monday .. 7 = Sunday
  std::uint32_t start = 0;    // minute of the local day
  std::uint32_t end = 0;
  Minutes minutes;  // to report on such a day
  RUNUT_FIELDS(DaySchedule, weekday, start, end, minutes)
};

struct ScheduleSet {
  UnitId unit;
  Date from;
  std::optional<Date> until;
  std::vector<DaySchedule> days;
  RUNUT_FIELDS(ScheduleSet, unit, from, until, days)
};

struct HolidaySet {
  Date date;
  HolidayKind kind{};
  std::string name;
  RUNUT_FIELDS(HolidaySet, date, kind, name)
};

struct AttendanceRecorded {
  PersonId person;
  Instant at;
  ClockDirection direction{};
  std::uint64_t device = 0;
  std::uint64_t device_sequence = 0;  // unique within the device
  RUNUT_FIELDS(AttendanceRecorded, person, at, direction, device, device_sequence)
};

// Asks that a day's deductions be cancelled. Sealed text: the grounds.
struct AttendanceExcused {
  PersonId person;
  std::uint64_t excuse = 0;  // unique within the person
  Date date;
  RUNUT_FIELDS(AttendanceExcused, person, excuse, date)
};

struct ExcuseDecided {
  PersonId person;
  std::uint64_t excuse = 0;
  Date date;  // of the excused day
  bool approved = false;
  RUNUT_FIELDS(ExcuseDecided, person, excuse, date, approved)
};

struct AttendanceMonthClosed {
  UnitId unit;
  Month month;
  RUNUT_FIELDS(AttendanceMonthClosed, unit, month)
};

}  // namespace runut
