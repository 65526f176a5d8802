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
  AuditReport audited() const {
    Auditor auditor;
    for (Event event : ledger_.events()) {
      // The builder's events come from no command; without an id none is decided again.
      event.command.bytes[15] = static_cast<std::uint8_t>(event.commit().value % 255 + 1);
      const Status added = auditor.add(std::move(event));
      EXPECT_TRUE(added.has_value()) << (added ? "" : added.error().describe());
    }
    auditor.finish();
    return auditor.report();
  }
  std::vector<Finding> found(Finding::Kind kind) const {
    std::vector<Finding> out;
    for (const Finding& finding : audited().findings)
      if (finding.kind == kind) out.push_back(finding);
    return out;
  }
  // All of one event: the builder's own events are nobody's, so that others are found too.
  std::vector<Finding> at(Sequence sequence) const {
    std::vector<Finding> out;
    for (const Finding& finding : audited().findings)
      if (finding.sequence == sequence) out.push_back(finding);
    return out;
  }

  static std::string said(const std::vector<Finding>& findings) {
    std::string out;
    for (const Finding& finding : findings)
      out += std::string(to_string(finding.kind)) + ": " + finding.detail + "\n";
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

TEST_F(AuditTest, AnApprovalByTheAppraiserAgrees) {
  approve(31, date(2022, 3, 1), "16:00", 100);
  decide_all(date(2022, 3, 1), 0, 0);
  EXPECT_EQ(said(at(ledger_.head())), "");
}

TEST_F(AuditTest, AnApprovalBySomebodyElseIsOneWithoutAuthority) {
  approve(31, date(2022, 3, 1), "16:00", 32);
  decide_all(date(2022, 3, 1), 0, 0);
  const auto breaches = at(ledger_.head());
  ASSERT_EQ(breaches.size(), 1U) << said(breaches);
  EXPECT_EQ(breaches[0].kind, Finding::Kind::authority);
  EXPECT_EQ(breaches[0].rule, "authority.not_appraiser");
  EXPECT_EQ(breaches[0].by, PersonId{32});
  EXPECT_EQ(breaches[0].subject, subject_of(PersonId{31}));
}

TEST_F(AuditTest, AnApprovalOfTheOwnReportIsSelfApproval) {
  approve(31, date(2022, 3, 1), "16:00", 31);
  decide_all(date(2022, 3, 1), 0, 0);
  const auto breaches = at(ledger_.head());
  ASSERT_EQ(breaches.size(), 1U) << said(breaches);
  EXPECT_EQ(breaches[0].kind, Finding::Kind::self_approval);
  EXPECT_EQ(breaches[0].rule, "authority.self");
  EXPECT_EQ(breaches[0].by, PersonId{31});
}

// An official: HR or the appraiser grants leave.
TEST_F(AuditTest, LeaveGrantedInAnotherRoleIsWithoutAuthority) {
  ledger_.clock(date(2022, 7, 4));
  const auto breaches = at(
      ledger_.add(LeaveGranted{PersonId{31}, LeaveKind::annual, date(2022, 8, 1), date(2022, 8, 2)},
                  {.actor = PersonId{100}}));
  ASSERT_EQ(breaches.size(), 1U) << said(breaches);
  EXPECT_EQ(breaches[0].kind, Finding::Kind::authority);
  EXPECT_EQ(breaches[0].rule, "actor.role");
}

// What the answers said is sealed; who answered as what, and how many did, is not.
TEST_F(AuditTest, ASurveyClosedOverOtherAnswersThanRecordedIsAMismatch) {
  const PersonId rated{31};
  const testing::EventOptions by_hr{.role = Role::hr};
  ledger_.clock(date(2022, 6, 1));
  EXPECT_EQ(said(at(ledger_.add(SurveyOpened{rated, s1}, by_hr))), "");
  EXPECT_EQ(said(at(ledger_.add(SurveyAnswered{rated, s1, SurveyRelation::peer},
                                {.actor = PersonId{32}}))),
            "");
  const auto stranger =
      at(ledger_.add(SurveyAnswered{rated, s1, SurveyRelation::superior}, {.actor = PersonId{33}}));
  ASSERT_EQ(stranger.size(), 1U) << said(stranger);
  EXPECT_EQ(stranger[0].kind, Finding::Kind::authority);
  EXPECT_EQ(stranger[0].rule, "authority.survey_relation");
  const auto closed =
      at(ledger_.add(SurveyClosed{rated, s1, {{SurveyRelation::peer, 60'000, 1}}}, by_hr));
  ASSERT_EQ(closed.size(), 1U) << said(closed);
  EXPECT_EQ(closed[0].kind, Finding::Kind::mismatch);
  EXPECT_EQ(closed[0].rule, "survey.sealed_answers");
}

TEST_F(AuditTest, ASurveyClosedOverTheAnswersThatAreRecordedAgrees) {
  const testing::EventOptions by_hr{.role = Role::hr};
  ledger_.clock(date(2022, 6, 1));
  ledger_.add(SurveyOpened{PersonId{31}, s1}, by_hr);
  ledger_.add(SurveyAnswered{PersonId{31}, s1, SurveyRelation::peer}, {.actor = PersonId{32}});
  ledger_.add(SurveyAnswered{PersonId{31}, s1, SurveyRelation::superior}, {.actor = PersonId{100}});
  EXPECT_EQ(said(at(ledger_.add(SurveyClosed{PersonId{31},
                                             s1,
                                             {{SurveyRelation::superior, 59'000, 1},
                                              {SurveyRelation::peer, 60'000, 1}}},
                                by_hr))),
            "");
}

TEST_F(AuditTest, APublicationByWhoFrozeItsGroupsBreachesTheSeparationOfDuties) {
  ledger_.person(1).assigned(1, {.unit = 1, .post = "Sekretaris Daerah", .from = date(2020, 1, 1)});
  ledger_.person(101).registered();
  ledger_.clock(date(2022, 8, 1));
  ledger_.add(RankingGroupFrozen{s1, "U1", 0}, {.actor = PersonId{100}});
  RankingPublished published;
  published.period = s1;
  published.group = "U1";
  published.decree = ledger_.decree();
  for (const Finding& finding : at(ledger_.add(published, {.actor = PersonId{101}})))
    EXPECT_NE(finding.kind, Finding::Kind::separation_of_duties) << "by somebody else";
  const auto breaches = at(ledger_.add(published, {.actor = PersonId{100}}));
  ASSERT_EQ(breaches.size(), 1U) << said(breaches);
  EXPECT_EQ(breaches[0].kind, Finding::Kind::separation_of_duties);
  ASSERT_TRUE(breaches[0].criterion.has_value());
  EXPECT_EQ(breaches[0].criterion->parameter, Parameter::separation_of_duties);
}

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

TEST_F(AuditTest, AUnitThatClosesWhenARunOfTheMonthIsComputedHasClosedLate) {
  ledger_.unit(2).created({.parent = 1});
  ledger_.person(50).hired({.unit = 2, .appraiser = 100});
  ledger_.clock(date(2022, 2, 7));
  ledger_.unit(1).closed_attendance(month(2022, 1));
  EXPECT_TRUE(found(Finding::Kind::late_closing).empty()) << "after the cut-off, and no run waits";
  TppRunComputed computed;
  computed.run = {UnitId{1}, month(2022, 1), RunKind::regular, 1};
  const Sequence first = ledger_.add(computed);
  ledger_.clock(date(2022, 2, 14));
  ledger_.unit(1).closed_attendance(month(2022, 2));
  EXPECT_TRUE(found(Finding::Kind::late_closing).empty()) << "of another month";
  ledger_.unit(2).closed_attendance(month(2022, 1));
  const auto late = found(Finding::Kind::late_closing);
  ASSERT_EQ(late.size(), 1U);
  EXPECT_EQ(late[0].subject, subject_of(UnitId{2}));
  EXPECT_EQ(late[0].month, month(2022, 1));
  EXPECT_EQ(late[0].events.front(), first);
  EXPECT_EQ(late[0].values.at(3), "U1/2022-01/regular/1");
  EXPECT_TRUE(late[0].criterion.has_value());
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

TEST_F(AuditTest, AUnitClosedAgainstItsPredicateIsOutsideItsDistribution) {
  UnitEvaluationsClosed closed{UnitId{2},
                               {month(2022, 7), 3},
                               UnitPredicate::baik,
                               {{Predicate::baik, 7}, {Predicate::sangat_baik, 1}},
                               0,
                               DistributionVerdict::deviates,
                               {0, 1}};
  ledger_.clock(date(2022, 10, 3));
  ledger_.add(closed);
  const auto outside = found(Finding::Kind::outside_distribution);
  ASSERT_EQ(outside.size(), 1U);
  EXPECT_EQ(finding_text(outside[0], Language::indonesian).condition,
            "U2, periode 2022-Q3, predikat baik: 8 pegawai dinilai, baik 7, sangat_baik 1");
  closed.verdict = DistributionVerdict::infeasible;
  ledger_.add(closed);
  EXPECT_EQ(found(Finding::Kind::outside_distribution).size(), 1U);
}

TEST_F(AuditTest, ASeniorPostIsOverdueWhenItsTermIsOverAndNobodyDecided) {
  const SeniorPostFilled filled{PersonId{31},    1, UnitId{1}, "Kepala Dinas", date(2017, 9, 1),
                                ledger_.decree()};
  ledger_.clock(date(2022, 8, 31));
  const Sequence since = ledger_.add(filled);
  ledger_.clock(date(2022, 9, 1));
  ledger_.holiday(date(2022, 12, 26));
  EXPECT_TRUE(found(Finding::Kind::overdue_senior_post).empty()) << "the last day of five years";
  ledger_.clock(date(2022, 9, 2));
  ledger_.holiday(date(2022, 12, 27));
  const auto overdue = found(Finding::Kind::overdue_senior_post);
  ASSERT_EQ(overdue.size(), 1U);
  EXPECT_EQ(overdue[0].sequence, since);
  EXPECT_EQ(overdue[0].subject, subject_of(PersonId{31}));
  EXPECT_EQ(overdue[0].month, month(2022, 9));
  EXPECT_TRUE(overdue[0].criterion.has_value());
  EXPECT_EQ(finding_text(overdue[0], Language::english).condition,
            "Kepala Dinas of U1 is held by P31 since 2017-09-01; its review was due on 2022-09-01 "
            "and nobody decided");
  SeniorPostReviewed reviewed{PersonId{31}, 1, date(2022, 9, 2), true, ledger_.decree()};
  ledger_.add(reviewed);
  EXPECT_EQ(found(Finding::Kind::overdue_senior_post).size(), 1U) << "heard is not decided";
  ledger_.add(SeniorPostExtended{PersonId{31}, 1, date(2027, 9, 1), ledger_.decree()});
  EXPECT_TRUE(found(Finding::Kind::overdue_senior_post).empty());
}

// Ten with one score: one place above and one below, whom the keys leave open.
class TiedTest : public AuditTest {
 protected:
  TiedTest() {
    ledger_.clock(date(2022, 7, 4));
    for (std::uint64_t id = 31; id <= 40; ++id) ledger_.person(id).evaluated(s1, 100, 9'000, 8'000);
    ledger_.clock(date(2022, 8, 1));
    ledger_.begin_commit();
    ledger_.add(RankingGroupFrozen{s1, "U1", 10});
    for (std::uint64_t id = 31; id <= 40; ++id) {
      RankingGroupMember member;
      member.person = PersonId{id};
      member.period = s1;
      member.group = "U1";
      member.unit = UnitId{1};
      member.job_class = 7;
      ledger_.add(member);
      tied_.push_back(PersonId{id});
    }
    ledger_.end_commit();
  }
  TieAtCutoffFound tie() const { return {s1, "U1", Cutoff::below, tied_, 1, Score{8'700}}; }
  std::vector<PersonId> tied_;
};

TEST_F(TiedTest, ATieThatTheRankingGivesAgrees) {
  for (const Finding& finding : at(ledger_.add(tie())))
    EXPECT_EQ(finding.kind, Finding::Kind::tie) << finding.detail;
}

TEST_F(TiedTest, ATieOfOtherMembersPlacesOrScoreIsAMismatch) {
  TieAtCutoffFound fewer = tie();
  fewer.members.pop_back();
  TieAtCutoffFound more_places = tie();
  more_places.places = 2;
  TieAtCutoffFound other_score = tie();
  other_score.score = Score{8'701};
  TieAtCutoffFound other_group = tie();
  other_group.group = "U2";
  for (const TieAtCutoffFound& wrong : {fewer, more_places, other_score, other_group}) {
    const auto findings = at(ledger_.add(wrong));
    ASSERT_EQ(findings.size(), 2U) << said(findings);
    EXPECT_EQ(findings[0].kind, Finding::Kind::mismatch) << said(findings);
    EXPECT_EQ(findings[1].kind, Finding::Kind::tie);
  }
}

// P31 and P32 placed, and paid for August.
class RankedTest : public AuditTest {
 protected:
  RankedTest() {
    ledger_.clock(date(2022, 8, 1));
    ledger_.add(RankingGroupFrozen{s1, "U1", 2});
    ledger_.begin_commit();
    RankingPublished published;
    published.period = s1;
    published.group = "U1";
    published.members = 2;
    published.below = 1;
    published.decree = ledger_.decree();
    published_ = ledger_.add(published);
    place(31, Tier::below);
    place(32, Tier::meets);
    ledger_.end_commit();
  }
  void place(std::uint64_t person, Tier tier) {
    RankingMemberPlaced placed;
    placed.person = PersonId{person};
    placed.period = s1;
    placed.group = "U1";
    placed.unit = UnitId{1};
    placed.tier = tier;
    ledger_.add(placed);
  }
  Sequence correct(std::uint64_t person) {
    EvaluationCorrected corrected;
    corrected.person = PersonId{person};
    corrected.period = s1;
    corrected.values.assign(behaviour_values, Score{8'000});
    corrected.decree = ledger_.decree("SK/9");
    return ledger_.add(corrected, {.actor = PersonId{1}});
  }
  // Computed with both of them in it, the second as left out.
  void compute() {
    TppRunComputed computed;
    computed.run = run_;
    ledger_.begin_commit();
    computed_ = ledger_.add(computed);
    for (const std::uint64_t id : {31U, 32U}) {
      TppPaymentComputed payment;
      payment.person = PersonId{id};
      payment.run = run_;
      if (id == 32) payment.left_out = LeftOutReason::no_eligible_day;
      ledger_.add(payment);
    }
    ledger_.end_commit();
  }
  Sequence lock() { return ledger_.add(TppRunLocked{run_, computed_, Rupiah{}, ledger_.decree()}); }

  RunId run_{UnitId{1}, month(2022, 8), RunKind::regular, 1};
  Sequence published_;
  Sequence computed_;
};

TEST_F(RankedTest, ARatingChangedAfterItsRunWasLockedNamesTheRun) {
  ledger_.clock(date(2022, 9, 6));
  compute();
  correct(31);
  EXPECT_TRUE(found(Finding::Kind::rating_after_lock).empty()) << "nothing is locked yet";
  compute();
  const Sequence locked = lock();
  correct(32);  // whom that run left out
  const Sequence changed = correct(31);
  const auto after = found(Finding::Kind::rating_after_lock);
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after[0].events, (std::vector{locked, changed}));
  EXPECT_EQ(after[0].values[1], to_string(run_));
  EXPECT_EQ(after[0].values[2], "SK/9, P1 (Sekretaris Daerah)");
}

TEST_F(RankedTest, ARatingChangedAfterAReopeningIsNone) {
  ledger_.clock(date(2022, 9, 6));
  compute();
  lock();
  TppRunReopened reopened;
  reopened.run = run_;
  ledger_.add(reopened);
  correct(31);
  EXPECT_TRUE(found(Finding::Kind::rating_after_lock).empty());
}

TEST_F(RankedTest, ACorrectionThatMovesOneMemberNamesTheDifferenceInCounts) {
  correct(31);
  EXPECT_TRUE(found(Finding::Kind::counts_after_correction).empty()) << "the tier stays";
  ledger_.begin_commit();
  const Sequence corrected = correct(31);
  TppAdjustmentDecided adjustment;
  adjustment.person = PersonId{31};
  adjustment.cause = AdjustmentCause::ranking;
  adjustment.period = s1;
  adjustment.months = {month(2022, 8)};
  ledger_.add(adjustment, {.causation = corrected});
  ledger_.end_commit();
  const auto differs = found(Finding::Kind::counts_after_correction);
  ASSERT_EQ(differs.size(), 1U);
  EXPECT_EQ(differs[0].values, (std::vector<std::string>{"U1", "2", "0", "0", "0", "1"}));
  EXPECT_EQ(differs[0].events, (std::vector{published_, corrected}));
}

// Quarters are rated by predicate and pay for the quarter after; P31's August is locked.
class PredicatePaidTest : public AuditTest {
 protected:
  PredicatePaidTest() {
    ledger_.clock(date(2022, 7, 1));
    ledger_.amend(testing::RegulationText("../kota-denpasar/2022-07.json")
                      .id("kota-uji-2")
                      .effective(date(2022, 7, 1))
                      .set("predicate_bp", R"({"sangat_baik":500,"baik":0,"butuh_perbaikan":-200,)"
                                           R"("kurang":-500,"sangat_kurang":-1000})"),
                  "kota-uji");
    ledger_.clock(date(2022, 9, 6));
    TppRunComputed computed;
    computed.run = run_;
    ledger_.begin_commit();
    const Sequence at = ledger_.add(computed);
    TppPaymentComputed payment;
    payment.person = PersonId{31};
    payment.run = run_;
    ledger_.add(payment);
    ledger_.end_commit();
    locked_ = ledger_.add(TppRunLocked{run_, at, Rupiah{}, ledger_.decree()});
  }
  Sequence correct(std::uint64_t person, Period period) {
    EvaluationCorrected corrected;
    corrected.person = PersonId{person};
    corrected.period = period;
    corrected.decree = ledger_.decree("SK/9");
    corrected.expectations = Expectations{Expectation::meets, Expectation::meets};
    corrected.predicate = Predicate::baik;
    return ledger_.add(corrected, {.actor = PersonId{1}});
  }

  RunId run_{UnitId{1}, month(2022, 8), RunKind::regular, 1};
  Sequence locked_;
};

TEST_F(PredicatePaidTest, APredicateChangedAfterTheRunItPaysByWasLockedNamesTheRun) {
  correct(31, {month(2022, 1), 3});  // pays April to June, by a document without predicates
  correct(32, {month(2022, 4), 3});  // whom nothing is locked for
  EXPECT_TRUE(found(Finding::Kind::rating_after_lock).empty());
  const Sequence changed = correct(31, {month(2022, 4), 3});
  const auto after = found(Finding::Kind::rating_after_lock);
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after[0].events, (std::vector{locked_, changed}));
  EXPECT_EQ(after[0].values[1], to_string(run_));
}

TEST(KindOfRefusal, FollowsTheRuleThatSaysNo) {
  const auto kind = [](ErrorCode code, const char* rule) {
    return kind_of_refusal(Error{code, rule, {}, {}, {}});
  };
  EXPECT_EQ(kind(ErrorCode::unauthorised, "authority.self"), Finding::Kind::self_approval);
  EXPECT_EQ(kind(ErrorCode::unauthorised, "tie.own_case"), Finding::Kind::self_approval);
  EXPECT_EQ(kind(ErrorCode::unauthorised, "authority.separation"),
            Finding::Kind::separation_of_duties);
  EXPECT_EQ(kind(ErrorCode::unauthorised, "authority.not_appraiser"), Finding::Kind::authority);
  EXPECT_EQ(kind(ErrorCode::unauthorised, "ranking.signatory"), Finding::Kind::authority);
  EXPECT_EQ(kind(ErrorCode::rejected, "report.date_in_future"), Finding::Kind::mismatch);
}

// A kind without words would not compile; one whose words name a value that is not there aborts.
TEST_F(RankedTest, EveryFindingIsSaidInBothLanguages) {
  ledger_.clock(date(2022, 9, 6));
  compute();
  lock();
  correct(31);
  const AuditReport report = audited();
  for (const Language language : {Language::indonesian, Language::english})
    for (const Finding& finding : report.findings) {
      const FindingText text = finding_text(finding, language);
      for (const std::string& said :
           {text.title, text.condition, text.criterion, text.cause, text.effect}) {
        EXPECT_FALSE(said.empty()) << to_string(finding.kind);
        EXPECT_EQ(said.find('{'), std::string::npos) << said;
      }
    }
  const std::string html = to_html(audit_page(report, {}));
  EXPECT_NE(html.find("SK/9"), std::string::npos);
}

}  // namespace
}  // namespace runut
