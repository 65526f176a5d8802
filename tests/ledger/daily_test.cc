// Daily reports and who decides on them; schedules, holidays, attendance and excuses.
#include <gtest/gtest.h>

#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

const Date monday = date(2022, 8, 1);

template <class Decided>
Decided decided(std::uint64_t person, Date day, std::uint64_t id = 1) {
  return Decided{PersonId{person}, ReportId{id}, day};
}
// P11's report of Monday is submitted; today is Tuesday.
void submitted(Scene& s, std::int64_t minutes = 300, std::uint64_t id = 1) {
  if (s.today() < monday) s.at(monday, "16:00");
  s.given(employee(11), report(11, monday, minutes, id), says("narasi"));
}
void on_tuesday(Scene& s) {
  s.at(monday + 1);
}
Answer submits(Scene& s, DailyReportSubmitted body, std::optional<Sequence> supersedes = {}) {
  return s.when(employee(body.person.value), body, {.text = "narasi", .supersedes = supersedes});
}
DelegationGranted delegation(const Scene& s, std::uint64_t to, Date from, Date until) {
  return {PersonId{3}, PersonId{to}, from, until, s.decree()};
}
ScheduleSet schedule(std::vector<DaySchedule> days) {
  return {UnitId{3}, monday, monday + 6, std::move(days)};
}
AttendanceRecorded clocked(const Scene& s, std::uint64_t sequence, std::int64_t micros_later = 0) {
  return {PersonId{11}, Instant{s.now().micros + micros_later}, ClockDirection::in, 5, sequence};
}
AttendanceExcused excuse(std::uint64_t person, std::uint64_t id, Date day) {
  return {PersonId{person}, id, day};
}
void excused(Scene& s) {
  s.at(monday + 1);
  s.given(employee(11), excuse(11, 1, monday), says("ban bocor"));
}

}  // namespace

const std::vector<Refusal>& daily_refusals() {
  static const std::vector<Refusal> rows = {
      // --- submitting
      {"person.unknown", nobody, "data.person", "P99",
       [](Scene& s) { return s.when(employee(11), report(99, monday), says("narasi")); }},
      {"authority.own_report", not_theirs, "actor.id", "P12",
       [](Scene& s) { return s.when(employee(12), report(11, monday), says("narasi")); }},
      {"authority.own_report", not_theirs, "actor.id", "system",
       [](Scene& s) { return s.when(hr(), report(11, monday), says("narasi")); }},
      {"report.id", no, "data.report", "R0",
       [](Scene& s) {
         s.at(monday);
         return submits(s, report(11, monday, 300, 0));
       }},
      {"report.minutes", no, "data.minutes", "0",
       [](Scene& s) {
         s.at(monday);
         return submits(s, report(11, monday, 0));
       }},
      {"report.minutes", no, "data.minutes", "1441",
       [](Scene& s) {
         s.at(monday);
         return submits(s, report(11, monday, 1'441));
       }},
      {"report.date_in_future", no, "data.date", "2022-08-02",
       [](Scene& s) {
         s.at(monday, "23:59");
         return submits(s, report(11, monday + 1));
       }},
      {"report.no_assignment", no, "data.date", "2019-12-31",
       [](Scene& s) { return submits(s, report(11, date(2019, 12, 31))); }},
      {"report.no_assignment", no, "data.date", "2022-08-01",
       [](Scene& s) {
         s.given(hr(), AssignmentEnded{PersonId{11}, 1, monday - 1});
         s.at(monday);
         return submits(s, report(11, monday));
       }},
      {"report.id_taken", no, "data.report", "R1",
       [](Scene& s) {
         submitted(s);
         return submits(s, report(11, monday));
       }},
      {"report.id_taken", no, "data.report", "R1",  // rejection is final
       [](Scene& s) {
         submitted(s);
         s.given(appraiser(3), decided<DailyReportRejected>(11, monday));
         return submits(s, report(11, monday));
       }},
      {"report.id_taken", no, "data.report", "R1",  // withdrawn is withdrawn
       [](Scene& s) {
         submitted(s);
         s.given(employee(11), decided<DailyReportWithdrawn>(11, monday));
         return submits(s, report(11, monday));
       }},
      {"report.id_taken", no, "data.report", "R2",  // superseding R1 under the id of another report
       [](Scene& s) {
         submitted(s);
         const Sequence first{s.events().size()};
         submitted(s, 60, 2);
         return submits(s, report(11, monday, 200, 2), first);
       }},
      {"report.day_minutes", no, "data.minutes", "1141",
       [](Scene& s) {
         submitted(s);
         return submits(s, report(11, monday, 1'141, 2));
       }},
      {"report.supersedes", no, "supersedes", "1",
       [](Scene& s) {
         submitted(s);
         return submits(s, report(11, monday, 200), Sequence{1});
       }},
      {"report.supersedes", no, "supersedes", "101",  // what was rejected does not stand
       [](Scene& s) {
         while (s.events().size() < 100) s.given(hr(), GradeChanged{PersonId{21}, "III/b", monday});
         submitted(s);
         EXPECT_EQ(s.events().size(), 101U);
         s.given(appraiser(3), decided<DailyReportRejected>(11, monday));
         return submits(s, report(11, monday, 200, 2), Sequence{101});
       }},
      // --- deciding
      {"report.unknown", nobody, "data.report", "R2",
       [](Scene& s) {
         submitted(s);
         return s.when(appraiser(3), approval(11, monday, 2));
       }},
      {"report.unknown", nobody, "data.report", "R1",  // of that day
       [](Scene& s) {
         submitted(s);
         return s.when(appraiser(3), approval(11, monday - 1));
       }},
      {"authority.self", not_theirs, "actor.id", "P11",
       [](Scene& s) {
         submitted(s);
         return s.when(appraiser(11), approval(11, monday));
       }},
      {"authority.self", not_theirs, "actor.id", "P11",  // a delegation changes nothing about it
       [](Scene& s) {
         s.given(appraiser(3), delegation(s, 11, monday, monday + 6));
         submitted(s);
         return s.when(delegate(11, 3), approval(11, monday));
       }},
      {"authority.not_appraiser", not_theirs, "actor.id", "P4",
       [](Scene& s) {
         submitted(s);
         return s.when(appraiser(4), approval(11, monday));
       }},
      {"authority.not_appraiser", not_theirs, "actor.id", "system",
       [](Scene& s) {
         submitted(s);
         return s.when(hr(), approval(11, monday));
       }},
      {"authority.not_appraiser", not_theirs, "actor.id", "P2",  // while the appraiser serves
       [](Scene& s) {
         submitted(s);
         return s.when(appraiser(2), approval(11, monday));
       }},
      {"authority.not_appraiser", not_theirs, "actor.id",
       "P4",  // of today, not of the report's day
       [](Scene& s) {
         submitted(s);
         on_tuesday(s);
         s.appraise(11, 4, 2, monday + 1);
         return s.when(appraiser(4), approval(11, monday));
       }},
      {"authority.delegation", not_theirs, "actor.on_behalf_of", "P3",
       [](Scene& s) {
         submitted(s);
         return s.when(delegate(12, 3), approval(11, monday));
       }},
      {"authority.delegation", not_theirs, "actor.on_behalf_of",
       "P3",  // it ended on the report's day
       [](Scene& s) {
         s.given(appraiser(3), delegation(s, 12, monday, monday));
         submitted(s);
         on_tuesday(s);
         return s.when(delegate(12, 3), approval(11, monday));
       }},
      {"authority.delegation", not_theirs, "actor.on_behalf_of", "P3",  // revoked
       [](Scene& s) {
         const Sequence granted = s.given(appraiser(3), delegation(s, 12, monday, monday + 6));
         s.given(appraiser(3), DelegationRevoked{PersonId{3}, PersonId{12}, granted, monday});
         submitted(s);
         on_tuesday(s);
         return s.when(delegate(12, 3), approval(11, monday));
       }},
      {"authority.delegation", not_theirs, "actor.on_behalf_of", "P4",  // another's delegation
       [](Scene& s) {
         s.given(hr(),
                 DelegationGranted{PersonId{4}, PersonId{12}, monday, monday + 6, s.decree()});
         submitted(s);
         return s.when(delegate(12, 4), approval(11, monday));
       }},
      {"authority.delegation", not_theirs, "actor.on_behalf_of",
       "P3",  // oneself is nobody's delegate
       [](Scene& s) {
         submitted(s);
         return s.when(delegate(3, 3), approval(11, monday));
       }},
      {"authority.not_appraiser", not_theirs, "actor.id", "P12",  // a delegation is named
       [](Scene& s) {
         s.given(appraiser(3), delegation(s, 12, monday, monday + 6));
         submitted(s);
         return s.when(appraiser(12), approval(11, monday));
       }},
      {"appraiser.none", no, "data.person", "P8",
       [](Scene& s) {
         s.at(monday);
         s.given(employee(8), report(8, monday), says("narasi"));
         return s.when(appraiser(2), approval(8, monday));
       }},
      {"report.already_decided", no, "data.report", "R1",
       [](Scene& s) {
         submitted(s);
         s.given(appraiser(3), approval(11, monday));
         return s.when(appraiser(3), decided<DailyReportRejected>(11, monday));
       }},
      {"report.already_decided", no, "data.report", "R1",
       [](Scene& s) {
         submitted(s);
         s.given(appraiser(3), decided<DailyReportReturned>(11, monday), says("perjelas"));
         return s.when(appraiser(3), approval(11, monday));
       }},
      {"report.already_decided", no, "data.report", "R1",
       [](Scene& s) {
         submitted(s);
         s.given(employee(11), decided<DailyReportWithdrawn>(11, monday));
         return s.when(appraiser(3), decided<DailyReportReturned>(11, monday));
       }},
      {"authority.own_report", not_theirs, "actor.id", "P3",
       [](Scene& s) {
         submitted(s);
         return s.when(appraiser(3), decided<DailyReportWithdrawn>(11, monday));
       }},
      {"report.unknown", nobody, "data.report", "R2",
       [](Scene& s) {
         submitted(s);
         return s.when(employee(11), decided<DailyReportWithdrawn>(11, monday, 2));
       }},
      {"report.already_decided", no, "data.report", "R1",  // withdrawal only before approval
       [](Scene& s) {
         submitted(s);
         s.given(appraiser(3), approval(11, monday));
         return s.when(employee(11), decided<DailyReportWithdrawn>(11, monday));
       }},
      // --- schedules and holidays
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) {
         return s.when(employee(11), schedule({{1, 450, 960, Minutes{300}}}));
       }},
      {"unit.unknown", nobody, "data.unit", "U7",
       [](Scene& s) {
         ScheduleSet body = schedule({{1, 450, 960, Minutes{300}}});
         body.unit = UnitId{7};
         return s.when(hr(), body);
       }},
      {"interval.reversed", no, "data.until", "2022-07-31",
       [](Scene& s) {
         ScheduleSet body = schedule({{1, 450, 960, Minutes{300}}});
         body.until = monday - 1;
         return s.when(hr(), body);
       }},
      {"schedule.days", no, "data.days", "0", [](Scene& s) { return s.when(hr(), schedule({})); }},
      {"schedule.weekday", no, "data.days[1].weekday", "1",
       [](Scene& s) {
         return s.when(hr(), schedule({{1, 450, 960, Minutes{300}}, {1, 450, 960, Minutes{300}}}));
       }},
      {"schedule.weekday", no, "data.days[0].weekday", "8",
       [](Scene& s) {
         return s.when(hr(), schedule({{8, 450, 960, Minutes{300}}}));
       }},
      {"schedule.hours", no, "data.days[0].end", "450",
       [](Scene& s) {
         return s.when(hr(), schedule({{1, 450, 450, Minutes{0}}}));
       }},
      {"schedule.minutes", no, "data.days[0].minutes", "511",
       [](Scene& s) {
         return s.when(hr(), schedule({{1, 450, 960, Minutes{511}}}));
       }},
      {"holiday.name", no, "data.name", "",
       [](Scene& s) {
         return s.when(hr(), HolidaySet{monday, HolidayKind::national, ""});
       }},
      {"holiday.set", no, "data.date", "2022-08-01",
       [](Scene& s) {
         s.given(hr(), HolidaySet{monday, HolidayKind::national, "Libur"});
         return s.when(hr(), HolidaySet{monday, HolidayKind::joint_leave, "Libur"});
       }},
      // --- attendance
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) { return s.when(employee(11), clocked(s, 1)); }},
      {"attendance.in_future", no, "data.at", "2022-08-01T02:00:00.000001Z",
       [](Scene& s) {
         s.at(monday);
         return s.when(devices(), clocked(s, 1, 1));
       }},
      {"attendance.duplicate", no, "data.device_sequence", "1",
       [](Scene& s) {
         s.given(devices(), clocked(s, 1));
         return s.when(devices(), clocked(s, 1));
       }},
      {"authority.own_excuse", not_theirs, "actor.id", "P12",
       [](Scene& s) { return s.when(employee(12), excuse(11, 1, monday), says("alasan")); }},
      {"excuse.date_in_future", no, "data.date", "2022-08-01",
       [](Scene& s) { return s.when(employee(11), excuse(11, 1, monday), says("alasan")); }},
      {"excuse.id_taken", no, "data.excuse", "1",
       [](Scene& s) {
         excused(s);
         return s.when(employee(11), excuse(11, 1, monday + 1), says("alasan"));
       }},
      {"excuse.unknown", nobody, "data.excuse", "2",
       [](Scene& s) {
         excused(s);
         return s.when(appraiser(3), ExcuseDecided{PersonId{11}, 2, monday, true});
       }},
      {"excuse.unknown", nobody, "data.excuse", "1",
       [](Scene& s) {
         excused(s);
         return s.when(appraiser(3), ExcuseDecided{PersonId{11}, 1, monday + 1, true});
       }},
      {"authority.self", not_theirs, "actor.id", "P11",
       [](Scene& s) {
         excused(s);
         return s.when(appraiser(11), ExcuseDecided{PersonId{11}, 1, monday, true});
       }},
      {"excuse.already_decided", no, "data.excuse", "1",
       [](Scene& s) {
         excused(s);
         s.given(appraiser(3), ExcuseDecided{PersonId{11}, 1, monday, false});
         return s.when(appraiser(3), ExcuseDecided{PersonId{11}, 1, monday, true});
       }},
      {"actor.role", not_theirs, "actor.role", "treasurer",
       [](Scene& s) {
         return s.when(person_as(9, Role::treasurer),
                       AttendanceMonthClosed{UnitId{3}, month(2022, 1)});
       }},
      {"unit.unknown", nobody, "data.unit", "U7",
       [](Scene& s) {
         return s.when(hr(), AttendanceMonthClosed{UnitId{7}, month(2021, 12)});
       }},
      {"attendance.month_not_over", no, "data.month", "2022-08",
       [](Scene& s) {
         s.at(date(2022, 8, 31), "23:59");
         return s.when(hr(), AttendanceMonthClosed{UnitId{3}, month(2022, 8)});
       }},
      {"attendance.month_closed", no, "data.month", "2022-01",
       [](Scene& s) {
         s.month_is_over(month(2022, 1));
         return s.when(hr(), AttendanceMonthClosed{UnitId{3}, month(2022, 1)});
       }},
  };
  return rows;
}

const std::vector<Acceptance>& daily_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"a report of today", "DailyReportSubmitted",
       [](Scene& s) {
         s.at(monday);
         return submits(s, report(11, monday));
       }},
      {"a late report: no fact is refused because of its month", "DailyReportSubmitted",
       [](Scene& s) {
         s.at(date(2022, 12, 1));
         return submits(s, report(11, monday));
       }},
      {"a report of a locked month", "DailyReportSubmitted",
       [](Scene& s) {
         s.month_is_over(month(2022, 1));
         s.compute(regular_run(2, month(2022, 1)));
         s.lock(regular_run(2, month(2022, 1)));
         return submits(s, report(11, date(2022, 1, 31)));
       }},
      {"a day has 1440 minutes", "DailyReportSubmitted",
       [](Scene& s) {
         submitted(s);
         return submits(s, report(11, monday, 1'140, 2));
       }},
      {"the same id on another day is another report", "DailyReportSubmitted",
       [](Scene& s) {
         submitted(s);
         on_tuesday(s);
         return submits(s, report(11, monday + 1));
       }},
      {"a returned report is submitted again under its id", "DailyReportSubmitted",
       [](Scene& s) {
         submitted(s);
         s.given(appraiser(3), decided<DailyReportReturned>(11, monday), says("perjelas"));
         return submits(s, report(11, monday, 240));
       }},
      {"an approved report is superseded", "DailyReportSubmitted",
       [](Scene& s) {
         submitted(s);
         const Sequence first{s.events().size()};
         s.given(appraiser(3), approval(11, monday));
         return submits(s, report(11, monday, 240), first);
       }},
      {"superseded under an id of its own", "DailyReportSubmitted",
       [](Scene& s) {
         submitted(s, 1'440);
         return submits(s, report(11, monday, 1'440, 2), Sequence{s.events().size()});
       }},
      {"the appraiser approves", "DailyReportApproved",
       [](Scene& s) {
         submitted(s);
         return s.when(appraiser(3), approval(11, monday));
       }},
      {"the appraiser of the report's date approves, whoever came after", "DailyReportApproved",
       [](Scene& s) {
         submitted(s);
         on_tuesday(s);
         s.appraise(11, 4, 2, monday + 1);
         return s.when(appraiser(3), approval(11, monday));
       }},
      {"a delegate approves on a day of the delegation", "DailyReportApproved",
       [](Scene& s) {
         submitted(s);
         on_tuesday(s);
         s.given(appraiser(3), delegation(s, 12, monday + 1, monday + 6));
         return s.when(delegate(12, 3), approval(11, monday));
       }},
      {"the superior approves once the appraiser has separated", "DailyReportApproved",
       [](Scene& s) {
         submitted(s);
         s.given(hr(), PersonSeparated{PersonId{3}, SeparationCause::retired, monday});
         on_tuesday(s);
         return s.when(appraiser(2), approval(11, monday));
       }},
      {"returned, with or without a word", "DailyReportReturned",
       [](Scene& s) {
         submitted(s);
         return s.when(appraiser(3), decided<DailyReportReturned>(11, monday));
       }},
      {"rejected", "DailyReportRejected",
       [](Scene& s) {
         submitted(s);
         return s.when(appraiser(3), decided<DailyReportRejected>(11, monday), says("bukan tugas"));
       }},
      {"withdrawn after a return", "DailyReportWithdrawn",
       [](Scene& s) {
         submitted(s);
         s.given(appraiser(3), decided<DailyReportReturned>(11, monday));
         return s.when(employee(11), decided<DailyReportWithdrawn>(11, monday));
       }},
      {"a schedule", "ScheduleSet",
       [](Scene& s) {
         return s.when(hr(), schedule({{1, 480, 900, Minutes{270}}}));
       }},
      {"a holiday", "HolidaySet",
       [](Scene& s) {
         return s.when(hr(), HolidaySet{monday, HolidayKind::national, "Libur"});
       }},
      {"a clock record", "AttendanceRecorded",
       [](Scene& s) { return s.when(devices(), clocked(s, 1)); }},
      {"an excuse after the month was closed", "AttendanceExcused",
       [](Scene& s) {
         s.month_is_over(month(2022, 1));
         return s.when(employee(11), excuse(11, 1, date(2022, 1, 10)), says("alasan"));
       }},
      {"an excuse decided by a delegate", "ExcuseDecided",
       [](Scene& s) {
         excused(s);
         s.given(appraiser(3), delegation(s, 12, monday + 1, monday + 6));
         return s.when(delegate(12, 3), ExcuseDecided{PersonId{11}, 1, monday, true});
       }},
      {"a month is closed on the day after its last", "AttendanceMonthClosed",
       [](Scene& s) {
         s.at(date(2022, 9, 1), "00:00");
         return s.when(hr(), AttendanceMonthClosed{UnitId{3}, month(2022, 8)});
       }},
  };
  return rows;
}

namespace {

TEST(DailyWork, IsRefusedByRuleFieldAndValue) {
  expect_refused(daily_refusals());
}
TEST(DailyWork, IsAcceptedWithTheseEvents) {
  expect_accepted(daily_acceptances());
}

const MonthFacts& august(const Scene& s) {
  return s.facts().month(PersonId{11}, month(2022, 8));
}

TEST(DailyWork, DecisionsMeanTheReportOfTheirDay) {
  Scene s = Scene::of_a_city();
  submitted(s);
  on_tuesday(s);
  s.given(employee(11), report(11, monday + 1), says("narasi"));
  s.given(appraiser(3), approval(11, monday));
  ASSERT_EQ(august(s).reports.size(), 2U);
  EXPECT_EQ(august(s).reports[0].state, ReportState::approved);
  EXPECT_EQ(august(s).reports[1].state, ReportState::submitted);
}

TEST(DailyWork, AReturnConcernsTheReportOfItsDay) {
  Scene s = Scene::of_a_city();
  submitted(s);
  on_tuesday(s);
  s.given(employee(11), report(11, monday + 1), says("narasi"));
  s.given(appraiser(3), DailyReportReturned{PersonId{11}, ReportId{1}, monday});
  s.given(employee(11), report(11, monday, 240), says("narasi"));
  ASSERT_EQ(august(s).reports.size(), 3U);
  EXPECT_EQ(august(s).reports[0].state, ReportState::superseded);
  EXPECT_EQ(august(s).reports[1].state, ReportState::submitted);
  EXPECT_EQ(august(s).reports[2].state, ReportState::submitted);
}

TEST(DailyWork, SupersedingVoidsTheApproval) {
  Scene s = Scene::of_a_city();
  submitted(s);
  const Sequence first{s.events().size()};
  s.given(appraiser(3), approval(11, monday));
  s.given(employee(11), report(11, monday, 240), {.text = "narasi", .supersedes = first});
  ASSERT_EQ(august(s).reports.size(), 2U);
  EXPECT_EQ(august(s).reports[0].state, ReportState::superseded);
  EXPECT_EQ(august(s).reports[1].state, ReportState::submitted);
  s.given(appraiser(3), approval(11, monday));
  EXPECT_EQ(august(s).reports[1].state, ReportState::approved);
}

TEST(Delegation, IsNamedByThePersonAndRecordedByItsSequence) {
  Scene s = Scene::of_a_city();
  const Sequence earlier = s.given(appraiser(3), delegation(s, 12, monday - 7, monday - 1));
  const Sequence now = s.given(appraiser(3), delegation(s, 12, monday, monday + 6));
  submitted(s);
  const Sequence approved = s.given(delegate(12, 3), approval(11, monday));
  EXPECT_EQ(s.events()[approved.value - 1].actor.on_behalf_of, now);
  EXPECT_NE(now, earlier);
  // The appraiser's own decisions name none.
  s.given(employee(11), report(11, monday, 60, 2), says("narasi"));
  const Sequence own = s.given(appraiser(3), approval(11, monday, 2));
  EXPECT_EQ(s.events()[own.value - 1].actor.on_behalf_of, std::nullopt);
}

}  // namespace
}  // namespace runut::testing
