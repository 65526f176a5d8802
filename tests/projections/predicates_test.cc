// Evaluations by predicate: what the person was shown, and their unit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projections/evaluations.h"
#include "tests/projections/events.h"
#include "tests/projections/map_rows.h"

namespace runut::testing_projections {
namespace {

const Period q3{month(2022, 7), 3};

TEST(PredicateRows, ShowTheExpectationsAndWhatStands) {
  Events given;
  given.add(WorkResultRated{siti, q3, {}, Expectation::above});     // 2
  given.add(BehaviourRated{siti, q3, {}, Expectation::below});      // 3
  given.add(EvaluationDelivered{siti, q3, Predicate::kurang, {}});  // 4
  const auto then = [&] {
    return **evaluations::find(fold_all(evaluations::projection, given), siti, q3);
  };
  ASSERT_EQ(then().results.size(), 1U);
  EXPECT_EQ(then().results[0].expectation, Expectation::above);
  EXPECT_EQ(then().behaviours[0].expectation, Expectation::below);
  EXPECT_EQ(then().predicate(), Predicate::kurang);
  EXPECT_FALSE(then().credit_hundredths());
  EvaluationCorrected corrected{siti, q3, {}, {}, given.decree()};
  corrected.expectations = Expectations{Expectation::above, Expectation::meets};
  corrected.predicate = Predicate::baik;
  corrected.credit_hundredths = 2'500;
  given.add(corrected, {.supersedes = Sequence{4}});
  EXPECT_EQ(then().predicate(), Predicate::baik);
  EXPECT_EQ(then().credit_hundredths(), 2'500U);
  EXPECT_EQ(then().delivered_predicate, Predicate::kurang);
  EXPECT_EQ(then().corrections[0].expectations->behaviour, Expectation::meets);
}

TEST(PredicateRows, KeepAUnitsPredicateAndItsClosing) {
  Events given;
  const auto set = [&](std::uint64_t unit, UnitPredicate predicate, Period period) {
    return given.add(UnitPredicateSet{UnitId{unit}, period, predicate, given.decree()});
  };
  set(3, UnitPredicate::kurang, q3);                     // 2
  const Sequence now = set(3, UnitPredicate::baik, q3);  // 3
  set(2, UnitPredicate::istimewa, q3);                   // 4
  set(2, UnitPredicate::baik, q3.following());           // 5
  const UnitEvaluationsClosed closed{UnitId{3},
                                     q3,
                                     UnitPredicate::baik,
                                     {{Predicate::kurang, 1}, {Predicate::baik, 9}},
                                     2,
                                     DistributionVerdict::deviates,
                                     {0}};
  const Sequence end = given.add(closed);
  const MapRows rows = fold_all(evaluations::projection, given);
  const auto units = *evaluations::units_in(rows, q3);
  ASSERT_EQ(units.size(), 2U);
  EXPECT_EQ(units[0].unit, UnitId{2});
  EXPECT_EQ(units[0].predicate, UnitPredicate::istimewa);
  EXPECT_FALSE(units[0].closed);
  EXPECT_EQ(units[1].predicate, UnitPredicate::baik);
  EXPECT_EQ(units[1].predicate_set, now);
  ASSERT_TRUE(units[1].closed);
  EXPECT_EQ(*units[1].closed, closed);
  EXPECT_EQ(units[1].closed_at, end);
}

}  // namespace
}  // namespace runut::testing_projections
