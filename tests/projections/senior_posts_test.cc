// Tenures in senior posts.
#include "projections/senior_posts.h"

#include <gtest/gtest.h>

#include "tests/projections/map_rows.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing_projections::Events;
using testing_projections::fold_all;
using testing_projections::MapRows;
using testing_projections::siti;

TEST(SeniorPostTenures, KeepReviewsExtensionsAndTheEndOfEach) {
  Events given;
  const PersonId budi{4};
  given.add(SeniorPostFilled{siti, 1, UnitId{2}, "Kepala Dinas", date(2017, 9, 4), given.decree()});
  given.add(SeniorPostFilled{budi, 1, UnitId{4}, "Kepala Badan", date(2020, 1, 1), given.decree()});
  given.add(SeniorPostReviewed{siti, 1, date(2022, 8, 1), false, given.decree()});  // 4
  given.add(SeniorPostReviewed{siti, 1, date(2022, 9, 1), true, given.decree()});   // 5
  given.add(SeniorPostExtended{siti, 1, date(2025, 9, 4), given.decree()});         // 6
  given.add(SeniorPostEnded{siti, 1, SeniorPostEndCause::retired, date(2022, 12, 31),
                            given.decree()});  // 7
  given.add(SeniorPostFilled{siti, 2, UnitId{3}, "Kepala Biro", date(2023, 1, 1), given.decree()});
  const MapRows rows = fold_all(senior_posts::projection, given);
  const auto all = *senior_posts::all(rows);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].person, budi);
  EXPECT_TRUE(all[0].reviews.empty());
  const auto own = *senior_posts::of_person(rows, siti);
  ASSERT_EQ(own.size(), 2U);
  EXPECT_EQ(own[0].unit, UnitId{2});
  EXPECT_EQ(own[0].post, "Kepala Dinas");
  EXPECT_EQ(own[0].from, date(2017, 9, 4));
  EXPECT_EQ(own[0].filled, Sequence{2});
  ASSERT_EQ(own[0].reviews.size(), 2U);
  EXPECT_FALSE(own[0].reviews[0].passed);
  EXPECT_TRUE(own[0].reviews[1].passed);
  EXPECT_EQ(own[0].reviews[1].sequence, Sequence{5});
  ASSERT_EQ(own[0].extensions.size(), 1U);
  EXPECT_EQ(own[0].extensions[0].until, date(2025, 9, 4));
  ASSERT_TRUE(own[0].ended);
  EXPECT_EQ(own[0].ended->cause, SeniorPostEndCause::retired);
  EXPECT_EQ(own[0].ended->last_day, date(2022, 12, 31));
  EXPECT_EQ(own[1].tenure, 2U);
  EXPECT_FALSE(own[1].ended);
}

}  // namespace
}  // namespace runut
