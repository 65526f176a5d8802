// Which views were approved to say something else.
#include "projections/promotions.h"

#include <gtest/gtest.h>

#include "tests/projections/map_rows.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing_projections::Events;
using testing_projections::fold_all;
using testing_projections::MapRows;

TEST(PromotionsView, KnowsEveryApprovalInItsOrder) {
  Events given;
  const ProjectionPromoted first{"payments", Sequence{1}, {}, {}, 3, given.decree()};
  ProjectionPromoted second = first;
  second.projection = "rankings";
  given.add(first);                                                          // 2
  given.add(HolidaySet{date(2022, 8, 17), HolidayKind::national, "Libur"});  // 3
  given.add(second, {.recorded = date(2023, 1, 2)});                         // 4
  const MapRows rows = fold_all(promotions::projection, given);
  const auto found = promotions::all(rows);
  ASSERT_TRUE(found) << found.error().describe();
  ASSERT_EQ(found->size(), 2U);
  EXPECT_EQ((*found)[0].sequence, Sequence{2});
  EXPECT_EQ((*found)[0].promoted, first);
  EXPECT_EQ((*found)[1].sequence, Sequence{4});
  EXPECT_EQ((*found)[1].promoted, second);
  EXPECT_LT((*found)[0].recorded_at, (*found)[1].recorded_at);
}

}  // namespace
}  // namespace runut
