// Tables of rulebook sections 3.1 and 3.2: one day's discipline, bands, scores.
#include "computation/work.h"

#include <gtest/gtest.h>

#include "computation/score.h"
#include "tests/computation/office.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing::august;
using testing::Office;

WorkRules kediri_work() {
  WorkRules rules;
  const auto band = [](std::int64_t from, std::optional<std::int64_t> until, std::int64_t bp) {
    return Band{Minutes{from}, until ? std::optional(Minutes{*until}) : std::nullopt,
                BasisPoints{bp}};
  };
  rules.late = {band(0, 1, 0), band(1, 31, 50), band(31, 61, 100), band(61, 91, 125),
                band(91, std::nullopt, 150)};
  rules.early = rules.late;
  rules.missing_in = BasisPoints{150};
  rules.missing_out = BasisPoints{150};
  rules.absent = BasisPoints{300};
  return rules;
}

TEST(Bands, HoldTheirFirstMinuteAndNotTheirLast) {
  const WorkRules rules = kediri_work();
  const std::pair<std::int64_t, std::int64_t> rows[] = {{0, 0},    {1, 50},   {30, 50},
                                                        {31, 100}, {60, 100}, {61, 125},
                                                        {90, 125}, {91, 150}, {1'439, 150}};
  for (const auto& [minutes, bp] : rows)
    EXPECT_EQ(band_deduction(rules.late, minutes), BasisPoints{bp}) << minutes;
}

TEST(Day, DeductsTheInSideAndTheOutSide) {
  const WorkRules rules = kediri_work();
  constexpr std::int64_t start = 450, end = 960;
  struct Row {
    DayAttendance seen;
    bool closed;
    std::int64_t in, out, absent;
  };
  const Row rows[] = {
      {{450, 960}, true, 0, 0, 0},
      {{400, 1'000}, true, 0, 0, 0},
      {{451, 960}, true, 50, 0, 0},
      {{450, 959}, true, 0, 50, 0},
      {{541, 869}, true, 150, 150, 0},
      {{std::nullopt, 960}, true, 150, 0, 0},
      {{450, std::nullopt}, true, 0, 150, 0},
      {{481, std::nullopt}, false, 100, 150, 0},
      {{}, true, 0, 0, 300},
      {{}, false, 0, 0, 0},
  };
  for (const Row& row : rows) {
    const DayDeduction got = day_deduction(rules, start, end, row.seen, row.closed);
    EXPECT_EQ(got.in, BasisPoints{row.in});
    EXPECT_EQ(got.out, BasisPoints{row.out});
    EXPECT_EQ(got.absent, BasisPoints{row.absent});
  }
}

MonthWork work_of(Office& office, std::uint64_t person,
                  Counting counting = Counting::until_cutoff) {
  const auto facts = office.facts();
  const auto rules = payment_rules(facts, august);
  const auto days = person_month(facts, PersonId{person}, august, *rules);
  NullRecorder none;
  return *compute_work(facts, *days, counting, none);
}

TEST(Month, CountsApprovalsBeforeTheCutoffAndExactlyThenIsLate) {
  Office office;
  office.ledger.person(17).hired({.unit = 3});
  for (const int day : {1, 2, 3}) office.ledger.person(17).reported(date(2022, 8, day), 300);
  office.ledger.clock(date(2022, 9, 3), "23:59:59");
  office.ledger.person(17).approved(date(2022, 8, 1));
  office.ledger.clock(date(2022, 9, 4), "00:00");
  office.ledger.person(17).approved(date(2022, 8, 2));
  EXPECT_EQ(work_of(office, 17).approved, Minutes{300});
  EXPECT_EQ(work_of(office, 17, Counting::as_known).approved, Minutes{600});
}

TEST(Month, CountsReportsOfDaysOffButNotOfLeaveNorOfOthersDays) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .from = date(2022, 8, 3)});
  office.ledger.person(17).on_leave(LeaveKind::annual, date(2022, 8, 8), date(2022, 8, 8));
  for (const int day : {2, 3, 6, 8}) office.reports(17, date(2022, 8, day), 100);  // 6: a Saturday
  const MonthWork work = work_of(office, 17);
  EXPECT_EQ(work.approved, Minutes{200});
  EXPECT_EQ(work.required, Minutes{(22 - 2 - 1) * 300});
}

TEST(Month, OfNothingButLeaveIsFullyProductive) {
  Office office;
  office.ledger.person(17).hired({.unit = 3});
  office.ledger.person(17).on_leave(LeaveKind::maternity, date(2022, 8, 1), date(2022, 8, 31));
  const MonthWork work = work_of(office, 17);
  EXPECT_EQ(work.required, Minutes{0});
  EXPECT_EQ(work.productivity, whole);
  EXPECT_EQ(work.discipline, whole);
}

TEST(Month, TakesTheNearestScheduleOfTheHighestSequence) {
  Office office;
  office.ledger.person(17).hired({.unit = 3});
  const auto required = [&] { return work_of(office, 17).required.value; };
  EXPECT_EQ(required(), 22 * 300);  // the document's
  office.ledger.unit(1).scheduled(date(2022, 8, 1), date(2022, 8, 5), "08:00", "15:00", 270);
  EXPECT_EQ(required(), 17 * 300 + 5 * 270);  // an ancestor's
  office.ledger.unit(3).scheduled(date(2022, 8, 1), date(2022, 8, 2), "08:00", "15:00", 200);
  EXPECT_EQ(required(), 17 * 300 + 3 * 270 + 2 * 200);  // its own hides it on its days
  office.ledger.unit(3).scheduled(date(2022, 8, 2), date(2022, 8, 2), "08:00", "15:00", 100);
  EXPECT_EQ(required(), 17 * 300 + 3 * 270 + 200 + 100);
}

TEST(Month, TakesTheScheduleOfEachDaysParent) {
  Office office;
  office.ledger.person(17).hired({.unit = 3});
  office.ledger.unit(2).scheduled(date(2022, 8, 1), date(2022, 8, 5), "08:00", "15:00", 270);
  office.ledger.unit(4).scheduled(date(2022, 8, 1), date(2022, 8, 5), "08:00", "15:00", 200);
  office.ledger.unit(3).moved(4, date(2022, 8, 3));
  EXPECT_EQ(work_of(office, 17).required.value, 17 * 300 + 2 * 270 + 3 * 200);
}

TEST(Score, IsWeightedAndRoundedAtEachStep) {
  const auto half_up = Rounding::half_up;
  std::array<Score, behaviour_values> values{};
  values.fill(Score{8'000});
  values[0] = Score{8'004};
  EXPECT_EQ(*behaviour_mean(values, half_up), Score{8'001});  // 56 004 / 7 = 8 000.57
  const ScoreWeights weights{BasisPoints{7'000}, BasisPoints{3'000}};
  // 0.7 x 87.55 + 0.3 x 90.00 = 61.285 + 27 = 88.285 -> 88.29
  EXPECT_EQ(*weighted_score(Score{8'755}, Score{9'000}, weights, half_up), Score{8'829});
  EXPECT_EQ(*weighted_score(Score{8'755}, Score{9'000}, weights, Rounding::half_even),
            Score{8'828});
}

TEST(Score, FallsIntoBandsAndTheBestNeedsAnInnovation) {
  const NumericBandFloors floors{Score{11'000}, Score{9'000}, Score{7'000}, Score{5'000}};
  const std::tuple<std::int64_t, bool, NumericBand> rows[] = {
      {12'000, true, NumericBand::sangat_baik}, {11'000, true, NumericBand::sangat_baik},
      {11'500, false, NumericBand::baik},       {10'999, true, NumericBand::baik},
      {9'000, false, NumericBand::baik},        {8'999, false, NumericBand::cukup},
      {7'000, false, NumericBand::cukup},       {6'999, false, NumericBand::kurang},
      {5'000, false, NumericBand::kurang},      {4'999, true, NumericBand::sangat_kurang}};
  for (const auto& [score, innovation, band] : rows)
    EXPECT_EQ(band_of(Score{score}, floors, innovation), band) << score;
}

TEST(Score, OfSeveralAssignmentsIsTheLastAppraisersOrWeighedByDays) {
  using testing::RegulationText;
  const Period period{month(2022, 1), 6};
  for (const bool by_days : {false, true}) {
    Office office(RegulationText().set("several_assignments", by_days ? "\"days\"" : "\"last\""));
    office.ledger.person(17).hired({.unit = 3, .appraiser = 50});
    office.ledger.clock(date(2022, 4, 1));
    office.ledger.person(17).ended(1, date(2022, 4, 10));                          // 100 days
    office.ledger.person(17).assigned(2, {.unit = 4, .from = date(2022, 4, 11)});  // 81 days
    office.ledger.person(17).appraised_by(60, date(2022, 4, 11));
    office.ledger.clock(date(2022, 7, 1));
    office.ledger.person(17).rated(period, 50, 9'000);
    office.ledger.person(17).behaved(period, 50, std::vector<std::int64_t>(7, 9'000));
    office.ledger.person(17).rated(period, 60, 8'000);
    office.ledger.person(17).behaved(period, 60, std::vector<std::int64_t>(7, 8'000));
    const auto facts = office.facts();
    const auto rules = ranking_rules(facts, date(2022, 7, 1));
    NullRecorder none;
    const auto rated = compute_score(facts, PersonId{17}, period, *rules, none);
    ASSERT_TRUE(rated && *rated);
    // (9 000 x 100 + 8 000 x 81) / 181 = 8 552.486
    EXPECT_EQ((*rated)->result, Score{by_days ? 8'552 : 8'000});
    EXPECT_EQ((*rated)->score, Score{by_days ? 8'552 : 8'000});
  }
}

}  // namespace
}  // namespace runut
