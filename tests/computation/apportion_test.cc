#include "computation/apportion.h"

#include <gtest/gtest.h>

#include <numeric>
#include <tuple>

#include "tests/oracle/ranking.h"

namespace runut {
namespace {

const TierShares kediri{BasisPoints{1000}, BasisPoints{7500}, BasisPoints{1500}};

struct Row {
  std::int64_t n;
  TierCounts floor, half_up, largest;
};

TEST(TierCounts, AreTheRulebooksTableForOneToThirtyMembers) {
  const Row rows[] = {
      // n    floor        half_up      largest_remainder
      {1, {0, 1, 0}, {0, 1, 0}, {0, 1, 0}},     {2, {0, 2, 0}, {0, 2, 0}, {0, 2, 0}},
      {3, {0, 3, 0}, {0, 3, 0}, {0, 2, 1}},     {4, {0, 4, 0}, {0, 3, 1}, {0, 3, 1}},
      {5, {0, 5, 0}, {1, 3, 1}, {0, 4, 1}},     {6, {0, 6, 0}, {1, 4, 1}, {1, 4, 1}},
      {7, {0, 6, 1}, {1, 5, 1}, {1, 5, 1}},     {8, {0, 7, 1}, {1, 6, 1}, {1, 6, 1}},
      {9, {0, 8, 1}, {1, 7, 1}, {1, 7, 1}},     {10, {1, 8, 1}, {1, 7, 2}, {1, 8, 1}},
      {11, {1, 9, 1}, {1, 8, 2}, {1, 8, 2}},    {12, {1, 10, 1}, {1, 9, 2}, {1, 9, 2}},
      {13, {1, 11, 1}, {1, 10, 2}, {1, 10, 2}}, {14, {1, 11, 2}, {1, 11, 2}, {1, 11, 2}},
      {15, {1, 12, 2}, {2, 11, 2}, {2, 11, 2}}, {16, {1, 13, 2}, {2, 12, 2}, {2, 12, 2}},
      {17, {1, 14, 2}, {2, 12, 3}, {2, 13, 2}}, {18, {1, 15, 2}, {2, 13, 3}, {2, 13, 3}},
      {19, {1, 16, 2}, {2, 14, 3}, {2, 14, 3}}, {20, {2, 15, 3}, {2, 15, 3}, {2, 15, 3}},
      {21, {2, 16, 3}, {2, 16, 3}, {2, 16, 3}}, {22, {2, 17, 3}, {2, 17, 3}, {2, 17, 3}},
      {23, {2, 18, 3}, {2, 18, 3}, {2, 17, 4}}, {24, {2, 19, 3}, {2, 18, 4}, {2, 18, 4}},
      {25, {2, 20, 3}, {3, 18, 4}, {2, 19, 4}}, {26, {2, 21, 3}, {3, 19, 4}, {3, 19, 4}},
      {27, {2, 21, 4}, {3, 20, 4}, {3, 20, 4}}, {28, {2, 22, 4}, {3, 21, 4}, {3, 21, 4}},
      {29, {2, 23, 4}, {3, 22, 4}, {3, 22, 4}}, {30, {3, 23, 4}, {3, 22, 5}, {3, 23, 4}},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(tier_counts(row.n, kediri, TailRounding::floor), row.floor) << row.n;
    EXPECT_EQ(tier_counts(row.n, kediri, TailRounding::half_up), row.half_up) << row.n;
    EXPECT_EQ(tier_counts(row.n, kediri, TailRounding::largest_remainder), row.largest) << row.n;
  }
}

TEST(TierCounts, AreTheNaiveEvaluatorsForAnySharesAndSize) {
  oracle::Rules rules;
  for (const auto& [a, b] : {std::pair{1000, 1500},
                             {500, 500},
                             {2500, 2500},
                             {3333, 3334},
                             {6000, 4000},
                             {10000, 0},
                             {0, 10000},
                             {1, 9999}})
    for (const auto& [rounding, name] : {std::pair{TailRounding::floor, "floor"},
                                         {TailRounding::half_up, "half_up"},
                                         {TailRounding::largest_remainder, "largest_remainder"}})
      for (std::int64_t n = 0; n <= 200; ++n) {
        rules.share_above = a;
        rules.share_meets = 10'000 - a - b;
        rules.share_below = b;
        rules.tail_rounding = name;
        const oracle::TierCounts naive = oracle::tier_counts(oracle::View{}, rules, n);
        const TierCounts counts =
            tier_counts(n, {BasisPoints{a}, BasisPoints{10'000 - a - b}, BasisPoints{b}}, rounding);
        ASSERT_EQ(counts, (TierCounts{naive.above, naive.meets, naive.below}))
            << a << "/" << b << " of " << n << " by " << name;
      }
}

TEST(TierCounts, AlwaysSumToTheGroupAndStayWithinOneOfTheirShare) {
  for (const auto& [a, b] : {std::pair{1000, 1500},
                             {0, 0},
                             {10000, 0},
                             {0, 10000},
                             {5000, 5000},
                             {3333, 3333},
                             {4999, 5001}})
    for (std::int64_t n = 0; n <= 60; ++n)
      for (const TailRounding rounding :
           {TailRounding::floor, TailRounding::half_up, TailRounding::largest_remainder}) {
        const TierShares shares{BasisPoints{a}, BasisPoints{10000 - a - b}, BasisPoints{b}};
        const TierCounts counts = tier_counts(n, shares, rounding);
        EXPECT_EQ(counts.above + counts.meets + counts.below, n);
        EXPECT_GE(std::min({counts.above, counts.meets, counts.below}), 0);
        EXPECT_LE(std::abs(counts.above * 10000 - n * a), 10000);
        EXPECT_LE(std::abs(counts.below * 10000 - n * b), 10000);
      }
}

TEST(TierCounts, ReduceBelowFirstWhenBothTailsExceedTheGroup) {
  // Half of one member rounds up on both sides: one place only.
  const TierShares halves{BasisPoints{5000}, BasisPoints{0}, BasisPoints{5000}};
  EXPECT_EQ(tier_counts(1, halves, TailRounding::half_up), (TierCounts{1, 0, 0}));
  EXPECT_EQ(tier_counts(3, halves, TailRounding::half_up), (TierCounts{2, 0, 1}));
}

TEST(ShareOut, GivesTheWholeByFallingRemainderTheEarlierFirst) {
  using Parts = std::vector<std::int64_t>;
  EXPECT_EQ(share_out(100, {1, 1, 1}), (Parts{34, 33, 33}));
  EXPECT_EQ(share_out(-100, {1, 1, 1}), (Parts{-34, -33, -33}));
  EXPECT_EQ(share_out(10, {0, 3, 1}), (Parts{0, 8, 2}));
  EXPECT_EQ(share_out(7, {50, 100, 150}), (Parts{1, 2, 4}));
  EXPECT_EQ(share_out(0, {0, 0}), (Parts{0, 0}));
  EXPECT_EQ(share_out(0, {}), Parts{});
  const Parts many = share_out(999'999'999'999, {7, 11, 13, 17, 19});
  EXPECT_EQ(std::accumulate(many.begin(), many.end(), std::int64_t{0}), 999'999'999'999);
}

}  // namespace
}  // namespace runut
