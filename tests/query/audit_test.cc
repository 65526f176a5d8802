// What the audit finds beside mismatches: each kind where it is due, and not a step before.
#include "query/audit.h"

#include <gtest/gtest.h>

#include "query/audit_page.h"
#include "tests/support/dates.h"
#include "tests/support/event_builder.h"

namespace runut {
namespace {

using testing::s1;

// One unit with a registrar's work left to the system; P31..P45 appraised by P100.
class AuditTest : public ::testing::Test {
 protected:
  AuditTest() {
    ledger_.enact(testing::RegulationText());
    ledger_.unit(1).created({.paying = true});
    ledger_.person(1).registered();
    ledger_.person(100).registered();
    for (std::uint64_t id = 31; id <= 45; ++id)
      ledger_.person(id).hired({.unit = 1, .appraiser = 100});
  }

  void approve(std::uint64_t person, Date day, std::string_view time, std::uint64_t by) {
    ledger_.clock(day, time);
    ledger_.person(person).reported(day, 300, {.actor = PersonId{person}});
    reports_.push_back({PersonId{person}, day, by});
  }
  // All that was reported, `seconds` apart.
  void decide_all(Date day, int minute, int seconds) {
    for (std::size_t i = 0; i < reports_.size(); ++i) {
      const int at = static_cast<int>(i) * seconds;
      const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
      ledger_.clock(day, "20:" + two(minute + at / 60) + ":" + two(at % 60));
      const auto& [person, date, by] = reports_[i];
      DailyReportApproved approved;
      approved.person = person;
      approved.date = date;
      approved.report = report_of(person, date);
      ledger_.add(approved, {.occurred_on = date, .actor = PersonId{by}});
    }
  }
  ReportId report_of(PersonId person, Date date) const {
    for (const Event& event : ledger_.events())
      if (const auto* const of = std::get_if<DailyReportSubmitted>(&event.payload))
        if (of->person == person && of->date == date) return of->report;
    ADD_FAILURE() << "no report of " << to_string(person);
    return {};
  }
  std::vector<Finding> found(Finding::Kind kind) {
    Auditor auditor;
    for (const Event& event : ledger_.events()) {
      const Status added = auditor.add(event);
      EXPECT_TRUE(added.has_value()) << (added ? "" : added.error().describe());
    }
    auditor.finish();
    std::vector<Finding> out;
    for (const Finding& finding : auditor.report().findings)
      if (finding.kind == kind) out.push_back(finding);
    return out;
  }

  struct Reported {
    PersonId person;
    Date date;
    std::uint64_t by;
  };
  testing::EventBuilder ledger_;
  std::vector<Reported> reports_;
};

TEST_F(AuditTest, TenApprovalsWithinAMinuteAreABurst) {
  for (std::uint64_t id = 31; id <= 40; ++id) approve(id, date(2022, 3, 1), "16:00", 100);
  decide_all(date(2022, 3, 1), 0, 6);  // the tenth 54 seconds after the first
  const auto bursts = found(Finding::Kind::approval_burst);
  ASSERT_EQ(bursts.size(), 1U);
  EXPECT_EQ(bursts[0].by, PersonId{100});
  EXPECT_EQ(bursts[0].events.size(), 10U);
  EXPECT_EQ(bursts[0].values[3], "10") << "people";
  EXPECT_EQ(bursts[0].month, month(2022, 3));
}

TEST_F(AuditTest, TenApprovalsThatTakeAMinuteAreNone) {
  for (std::uint64_t id = 31; id <= 40; ++id) approve(id, date(2022, 3, 1), "16:00", 100);
  decide_all(date(2022, 3, 1), 0, 7);  // the tenth 63 seconds after the first
  EXPECT_TRUE(found(Finding::Kind::approval_burst).empty());
}

TEST_F(AuditTest, NineApprovalsAtOnceAreNone) {
  for (std::uint64_t id = 31; id <= 39; ++id) approve(id, date(2022, 3, 1), "16:00", 100);
  decide_all(date(2022, 3, 1), 0, 1);
  EXPECT_TRUE(found(Finding::Kind::approval_burst).empty());
}

TEST_F(AuditTest, ABurstIsOneFindingHoweverLongItLasts) {
  for (std::uint64_t id = 31; id <= 45; ++id) approve(id, date(2022, 3, 1), "16:00", 100);
  decide_all(date(2022, 3, 1), 0, 6);  // fifteen in 84 seconds
  const auto bursts = found(Finding::Kind::approval_burst);
  ASSERT_EQ(bursts.size(), 1U);
  EXPECT_EQ(bursts[0].events.size(), 15U);
}

TEST_F(AuditTest, AnObjectionIsOverdueOnTheFifteenthDayAndNotBefore) {
  ledger_.clock(date(2022, 7, 4));
  ledger_.add(EvaluationDelivered{PersonId{31}, s1});
  const Sequence filed = ledger_.add(ObjectionFiled{PersonId{31}, s1}, {.actor = PersonId{31}});
  ledger_.clock(date(2022, 7, 18));
  ledger_.holiday(date(2022, 12, 26));
  EXPECT_TRUE(found(Finding::Kind::overdue_objection).empty());
  ledger_.clock(date(2022, 7, 19));
  ledger_.holiday(date(2022, 12, 27));
  const auto overdue = found(Finding::Kind::overdue_objection);
  ASSERT_EQ(overdue.size(), 1U);
  EXPECT_EQ(overdue[0].sequence, filed);
  ASSERT_TRUE(overdue[0].criterion.has_value());
  ObjectionDecided decided;
  decided.person = PersonId{31};
  decided.period = s1;
  ledger_.add(decided);
  EXPECT_TRUE(found(Finding::Kind::overdue_objection).empty()) << "decided late, but decided";
  EXPECT_EQ(found(Finding::Kind::late_objection).size(), 1U);
}

TEST_F(AuditTest, AMonthNobodyClosedIsAGapOnceItsCutOffHasPassed) {
  ledger_.unit(2).created({.parent = 1});
  ledger_.person(50).hired({.unit = 2, .appraiser = 100});
  ledger_.unit(3).created({.parent = 1});  // without people: nothing to close
  ledger_.clock(date(2022, 2, 1));
  ledger_.unit(1).closed_attendance(month(2022, 1));
  EXPECT_TRUE(found(Finding::Kind::attendance_gap).empty()) << "unit 2 may still close";
  ledger_.clock(date(2022, 2, 28));
  ledger_.holiday(date(2022, 12, 26));
  auto gaps = found(Finding::Kind::attendance_gap);
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps[0].subject, subject_of(UnitId{2}));
  EXPECT_EQ(gaps[0].month, month(2022, 1));
  EXPECT_EQ(gaps[0].values[2], "1") << "people";
  ledger_.unit(2).closed_attendance(month(2022, 1));
  EXPECT_TRUE(found(Finding::Kind::attendance_gap).empty());
}

TEST_F(AuditTest, AGroupPublishedWithOtherTiersThanItsSharesGiveIsOutsideItsQuota) {
  RankingPublished published;
  published.period = s1;
  published.group = "U1";
  published.members = 10;
  published.above = 5;
  published.below = 0;
  published.decree = ledger_.decree();
  ledger_.clock(date(2022, 8, 1));
  ledger_.add(published);
  const auto outside = found(Finding::Kind::outside_quota);
  ASSERT_EQ(outside.size(), 1U);
  EXPECT_EQ(outside[0].values[2], "5");
  published.above = static_cast<std::uint32_t>(std::stoul(outside[0].values[4]));
  published.below = static_cast<std::uint32_t>(std::stoul(outside[0].values[5]));
  ledger_.add(published);
  EXPECT_EQ(found(Finding::Kind::outside_quota).size(), 1U);
}

TEST_F(AuditTest, ARatingChangedAfterItsRunWasLockedNamesTheRun) {
  const RunId run{UnitId{1}, month(2022, 8), RunKind::regular, 1};
  ledger_.clock(date(2022, 8, 1));
  TppAdjustmentDecided adjustment;
  adjustment.person = PersonId{31};
  adjustment.cause = AdjustmentCause::ranking;
  adjustment.period = s1;
  adjustment.months = {month(2022, 8)};
  ledger_.add(adjustment);
  EvaluationCorrected corrected;
  corrected.person = PersonId{31};
  corrected.period = s1;
  corrected.values.assign(behaviour_values, Score{8'000});
  corrected.decree = ledger_.decree("SK/9");
  ledger_.add(corrected, {.actor = PersonId{1}});
  EXPECT_TRUE(found(Finding::Kind::rating_after_lock).empty()) << "nothing is locked yet";
  TppRunComputed computed;
  computed.run = run;
  ledger_.clock(date(2022, 9, 6));
  const Sequence at = ledger_.add(computed);
  const Sequence locked = ledger_.add(TppRunLocked{run, at, Rupiah{}, ledger_.decree()});
  corrected.person = PersonId{32};  // whom no ranking pays
  ledger_.add(corrected, {.actor = PersonId{1}});
  corrected.person = PersonId{31};
  const Sequence changed = ledger_.add(corrected, {.actor = PersonId{1}});
  const auto after = found(Finding::Kind::rating_after_lock);
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after[0].events, (std::vector{locked, changed}));
  EXPECT_EQ(after[0].values[1], to_string(run));
  EXPECT_EQ(after[0].values[2], "SK/9, P1 (Sekretaris Daerah)");
}

TEST(KindOfRefusal, FollowsTheRuleThatSaysNo) {
  EXPECT_EQ(kind_of_refusal("authority.self"), Finding::Kind::self_approval);
  EXPECT_EQ(kind_of_refusal("authority.separation"), Finding::Kind::separation_of_duties);
  EXPECT_EQ(kind_of_refusal("authority.not_appraiser"), Finding::Kind::authority);
  EXPECT_EQ(kind_of_refusal("report.date_in_future"), Finding::Kind::mismatch);
}

}  // namespace
}  // namespace runut
