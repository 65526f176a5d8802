// Plans and the cascade.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projections/plans.h"
#include "tests/projections/map_rows.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing::s1;
using testing_projections::Events;
using testing_projections::fold_all;
using testing_projections::MapRows;
using testing_projections::siti;

TEST(Plans, AreWhatTheirEventsMadeOfThem) {
  Events given;
  given.add(PlanDrafted{siti, s1, {{1, std::nullopt}}}, {.recorded = date(2021, 12, 20)});
  given.add(PlanDrafted{siti, s1, {{1, 7}, {2, std::nullopt}}});
  EXPECT_EQ((*plans::find(fold_all(plans::projection, given), siti, s1))->state,
            plans::State::drafted);
  given.add(PlanSubmitted{siti, s1});
  given.add(PlanReturned{siti, s1});
  EXPECT_EQ((*plans::find(fold_all(plans::projection, given), siti, s1))->state,
            plans::State::returned);
  given.add(PlanSubmitted{siti, s1});
  const Sequence approved = given.add(PlanApproved{siti, s1}, {.recorded = first_day(s1)});
  given.add(ExpectationClarified{siti, s1});
  const Sequence revised = given.add(PlanRevised{siti, s1, {{1, 7}, {2, 8}, {3, std::nullopt}}},
                                     {.recorded = first_day(s1) + 40});
  const MapRows rows = fold_all(plans::projection, given);
  const auto plan = *plans::find(rows, siti, s1);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->state, plans::State::revised);
  EXPECT_EQ(plan->changed, revised);
  EXPECT_EQ(plan->results, 3U);
  EXPECT_EQ(plan->linked, 2U);
  EXPECT_EQ(plan->clarified, 1U);
  EXPECT_EQ(plan->approved, approved);
  EXPECT_EQ(plan->approved_on, first_day(s1));
  EXPECT_TRUE(plan->is_on_time());
  EXPECT_THAT(*plans::persons_in(rows, s1), ::testing::ElementsAre(siti));
  EXPECT_FALSE(plans::find(rows, PersonId{18}, s1)->has_value());
}

TEST(Plans, ApprovedAfterThePeriodsFirstDayAreLate) {
  Events given;
  given.add(PlanSubmitted{siti, s1});
  EXPECT_FALSE((*plans::find(fold_all(plans::projection, given), siti, s1))->is_on_time());
  given.add(PlanApproved{siti, s1}, {.recorded = first_day(s1) + 1});
  EXPECT_FALSE((*plans::find(fold_all(plans::projection, given), siti, s1))->is_on_time());
}

TEST(Indicators, KeepWhatTheyServe) {
  Events given;
  given.add(IndicatorDefined{UnitId{1}, 1, s1, "Indeks kepuasan", "85 %"});
  const Sequence second = given.add(IndicatorDefined{UnitId{2}, 2, s1, "Waktu layanan", "3 hari"});
  given.add(IndicatorCascaded{UnitId{2}, 2, 1});
  const auto all = *plans::indicators(fold_all(plans::projection, given));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].indicator, 1U);
  EXPECT_FALSE(all[0].superior);
  EXPECT_EQ(all[1].unit, UnitId{2});
  EXPECT_EQ(all[1].period, s1);
  EXPECT_EQ(all[1].defined, second);
  EXPECT_EQ(all[1].superior, 1U);
}

}  // namespace
}  // namespace runut
