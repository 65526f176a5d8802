// Reports, attendance and evaluations.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projections/attendance.h"
#include "projections/evaluations.h"
#include "projections/reports.h"
#include "tests/projections/map_rows.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using reports::State;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::s1;
using testing_projections::Events;
using testing_projections::fold_all;
using testing_projections::MapRows;
using testing_projections::siti;
using testing_projections::wib;

const Date monday = date(2022, 8, 15);

DailyReportSubmitted report(std::uint64_t id, Date day, std::int64_t minutes) {
  return {siti, ReportId{id}, day, Minutes{minutes}};
}

// --- reports
// ---------------------------------------------------------------------------------------

TEST(Reports, AreWhatTheirLastDecisionMadeThem) {
  Events given;
  for (std::uint64_t id = 1; id <= 5; ++id) given.add(report(id, monday, 300));  // 2..6
  given.add(DailyReportApproved{siti, ReportId{1}, monday});                     // 7
  given.add(DailyReportReturned{siti, ReportId{2}, monday});
  given.add(DailyReportRejected{siti, ReportId{3}, monday});
  given.add(DailyReportWithdrawn{siti, ReportId{4}, monday});
  const auto then = *reports::of_person(fold_all(reports::projection, given), siti, monday, monday);
  ASSERT_EQ(then.size(), 5U);
  const State expected[] = {State::approved, State::returned, State::rejected, State::withdrawn,
                            State::submitted};
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(then[i].report, ReportId{i + 1});
    EXPECT_EQ(then[i].state, expected[i]) << "report " << i + 1;
    EXPECT_EQ(then[i].minutes, Minutes{300});
    EXPECT_EQ(then[i].submitted, Sequence{i + 2});
  }
  EXPECT_EQ(then[0].decided, Sequence{7});
  EXPECT_EQ(then[0].decided_by, 1U);
  EXPECT_EQ(then[4].decided, std::nullopt);
}

TEST(Reports, AReturnedReportIsSupersededByItsResubmission) {
  Events given;
  given.add(report(1, monday, 300));
  given.add(DailyReportReturned{siti, ReportId{1}, monday});
  given.add(report(1, monday, 240));
  given.add(DailyReportApproved{siti, ReportId{1}, monday});
  const auto then = *reports::of_person(fold_all(reports::projection, given), siti, monday, monday);
  ASSERT_EQ(then.size(), 2U);
  EXPECT_EQ(then[0].state, State::superseded);
  EXPECT_EQ(then[1].state, State::approved);
  EXPECT_EQ(then[1].minutes, Minutes{240});
}

TEST(Reports, ASupersedingReportVoidsTheApprovalOfTheOneItNames) {
  Events given;
  const Sequence first = given.add(report(1, monday, 300));
  given.add(DailyReportApproved{siti, ReportId{1}, monday});
  given.add(report(2, monday, 180), {.supersedes = first});
  const auto then = *reports::of_person(fold_all(reports::projection, given), siti, monday, monday);
  ASSERT_EQ(then.size(), 2U);
  EXPECT_EQ(then[0].state, State::superseded);
  EXPECT_EQ(then[1].state, State::submitted);
}

TEST(Reports, AreListedByDateWithinTheDatesAskedFor) {
  Events given;
  given.add(report(3, monday + 2, 30));
  given.add(report(1, monday, 10));
  given.add(report(2, monday + 1, 20));
  given.add(DailyReportSubmitted{PersonId{18}, ReportId{9}, monday, Minutes{99}});
  const MapRows rows = fold_all(reports::projection, given);
  const auto minutes = [&](Date first, Date last) {
    std::vector<std::int64_t> out;
    const auto listed = *reports::of_person(rows, siti, first, last);
    for (const auto& one : listed) out.push_back(one.minutes.value);
    return out;
  };
  EXPECT_THAT(minutes(monday, monday + 2), ElementsAre(10, 20, 30));
  EXPECT_THAT(minutes(monday, monday + 1), ElementsAre(10, 20));
  EXPECT_THAT(minutes(monday + 1, monday + 1), ElementsAre(20));
  EXPECT_THAT(minutes(monday + 3, monday + 9), IsEmpty());
}

// --- attendance
// ------------------------------------------------------------------------------------

AttendanceRecorded clock(Date day, int minute, ClockDirection direction, std::uint64_t number) {
  return {siti, Instant{start_of(day, wib).micros + minute * 60'000'000LL}, direction, 1, number};
}

TEST(Attendance, TakesTheFirstInAndTheLastOutOfTheLocalDay) {
  Events given;
  given.add(clock(monday, 16 * 60, ClockDirection::out, 1));     // 2
  given.add(clock(monday, 7 * 60 + 30, ClockDirection::in, 2));  // 3
  given.add(clock(monday, 12 * 60, ClockDirection::out, 3));
  given.add(clock(monday, 13 * 60, ClockDirection::in, 4));
  given.add(clock(monday + 1, 0, ClockDirection::in, 5));  // 6: 00:00 local, 17:00 UTC before
  const auto then =
      *attendance::days_of(fold_all(attendance::projection, given), siti, monday, monday + 5);
  ASSERT_EQ(then.size(), 2U);
  EXPECT_EQ(then[0].date, monday);
  EXPECT_EQ(then[0].clocks, 4U);
  EXPECT_EQ(then[0].first_in->sequence, Sequence{3});
  EXPECT_EQ(local_minute(then[0].first_in->at, wib), 7 * 60 + 30);
  EXPECT_EQ(then[0].last_out->sequence, Sequence{2});
  EXPECT_EQ(then[1].date, monday + 1);
  EXPECT_EQ(then[1].first_in->sequence, Sequence{6});
  EXPECT_EQ(then[1].last_out, std::nullopt);
}

TEST(Attendance, KeepsExcusesWithTheirDecisions) {
  Events given;
  given.add(AttendanceExcused{siti, 1, monday});     // 2
  given.add(AttendanceExcused{siti, 2, monday});     // 3
  given.add(ExcuseDecided{siti, 2, monday, true});   // 4
  given.add(ExcuseDecided{siti, 1, monday, false});  // 5
  const auto then =
      *attendance::days_of(fold_all(attendance::projection, given), siti, monday, monday);
  ASSERT_EQ(then.size(), 1U);
  EXPECT_EQ(then[0].clocks, 0U);
  ASSERT_EQ(then[0].excuses.size(), 2U);
  EXPECT_EQ(then[0].excuses[0].filed, Sequence{2});
  EXPECT_EQ(then[0].excuses[0].decided, Sequence{5});
  EXPECT_FALSE(then[0].excuses[0].approved);
  EXPECT_TRUE(then[0].excuses[1].approved);
}

TEST(Attendance, ListsWhichUnitsHaveClosedAMonth) {
  Events given;
  given.add(AttendanceMonthClosed{UnitId{3}, month(2022, 8)});  // 2
  given.add(AttendanceMonthClosed{UnitId{1}, month(2022, 8)});  // 3
  given.add(AttendanceMonthClosed{UnitId{2}, month(2022, 9)});
  const auto then =
      *attendance::closings_of(fold_all(attendance::projection, given), month(2022, 8));
  ASSERT_EQ(then.size(), 2U);
  EXPECT_EQ(then[0].unit, UnitId{1});
  EXPECT_EQ(then[0].sequence, Sequence{3});
  EXPECT_EQ(then[1].unit, UnitId{3});
}

// --- evaluations
// -----------------------------------------------------------------------------------

TEST(Evaluations, KeepEveryStepOfARatingAndItsObjection) {
  Events given;
  const std::vector<Score> seven(behaviour_values, Score{8'800});
  given.add(WorkResultRated{siti, s1, Score{8'500}});           // 2
  given.add(BehaviourRated{siti, s1, seven});                   // 3
  given.add(WorkResultRated{siti, s1, Score{8'600}});           // 4
  given.add(InnovationRecognised{siti, s1, given.decree()});    // 5
  given.add(EvaluationDelivered{siti, s1});                     // 6
  given.add(ObjectionFiled{siti, s1});                          // 7
  given.add(ExplanationRequested{siti, s1});                    // 8
  given.add(ExplanationGiven{siti, s1});                        // 9
  given.add(ObjectionDecided{siti, s1, true, given.decree()});  // 10
  given.add(EvaluationCorrected{siti, s1, Score{9'000}, seven, given.decree()},
            {.supersedes = Sequence{6}});  // 11
  given.add(EvaluationRefused{siti, s1});  // 12
  const MapRows rows = fold_all(evaluations::projection, given);
  const auto then = *evaluations::find(rows, siti, s1);
  ASSERT_TRUE(then);
  ASSERT_TRUE(then->reply);
  EXPECT_FALSE(then->reply->acknowledged);
  EXPECT_EQ(then->reply->sequence, Sequence{12});
  EXPECT_TRUE(then->is_answered());
  ASSERT_EQ(then->results.size(), 2U);
  EXPECT_EQ(then->results[1].result, Score{8'600});
  EXPECT_EQ(then->results[1].sequence, Sequence{4});
  ASSERT_EQ(then->behaviours.size(), 1U);
  EXPECT_EQ(then->behaviours[0].values, seven);
  EXPECT_EQ(then->innovation, Sequence{5});
  EXPECT_EQ(then->delivered, Sequence{6});
  ASSERT_EQ(then->objections.size(), 1U);
  EXPECT_EQ(then->objections[0].filed, Sequence{7});
  EXPECT_EQ(then->objections[0].requested, Sequence{8});
  EXPECT_EQ(then->objections[0].explained, Sequence{9});
  EXPECT_EQ(then->objections[0].decided, Sequence{10});
  EXPECT_TRUE(then->objections[0].upheld);
  ASSERT_EQ(then->corrections.size(), 1U);
  EXPECT_EQ(then->corrections[0].result, Score{9'000});
  EXPECT_EQ(then->corrections[0].supersedes, Sequence{6});
}

TEST(Evaluations, WaitForAnAnswerToTheirCorrection) {
  Events given;
  given.add(EvaluationDelivered{siti, s1});
  const auto is_answered = [&] {
    return (*evaluations::find(fold_all(evaluations::projection, given), siti, s1))->is_answered();
  };
  EXPECT_FALSE(is_answered());
  given.add(EvaluationAcknowledged{siti, s1});
  EXPECT_TRUE(is_answered());
  given.add(EvaluationCorrected{siti, s1, Score{9'000}, std::vector<Score>(7), given.decree()});
  EXPECT_FALSE(is_answered());
}

TEST(Evaluations, AreKeptApartByPersonAndPeriod) {
  Events given;
  const Period s2 = s1.following();
  given.add(WorkResultRated{siti, s1, Score{1}});
  given.add(WorkResultRated{siti, s2, Score{2}});
  given.add(WorkResultRated{PersonId{5}, s1, Score{3}});
  given.add(EvaluationDelivered{PersonId{5}, s1});
  const MapRows rows = fold_all(evaluations::projection, given);
  EXPECT_THAT(*evaluations::persons_in(rows, s1), ElementsAre(PersonId{5}, siti));
  EXPECT_THAT(*evaluations::persons_in(rows, s2), ElementsAre(siti));
  EXPECT_EQ((*evaluations::find(rows, siti, s2))->results[0].result, Score{2});
  EXPECT_FALSE(evaluations::find(rows, PersonId{5}, s2)->has_value());
}

}  // namespace
}  // namespace runut
