#include "computation/predicate.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace runut {
namespace {

using Bound = DistributionTerm::Bound;
using P = Predicate;

// Rows and columns below, meets, above.
constexpr Quadrant quadrant_6_2022 = {{{P::sangat_kurang, P::butuh_perbaikan, P::butuh_perbaikan},
                                       {P::kurang, P::baik, P::baik},
                                       {P::kurang, P::baik, P::sangat_baik}}};

const std::map<std::string, DistributionRow>& rows_3_2023() {
  static const std::map<std::string, DistributionRow> rows = {
      {"istimewa", {{{P::sangat_baik}, Bound::share_at_most, 7000}}},
      {"baik",
       {{{P::baik}, Bound::share_at_most, 7000},
        {{P::butuh_perbaikan, P::kurang}, Bound::persons_at_least, 1}}},
      {"butuh_perbaikan",
       {{{P::butuh_perbaikan}, Bound::share_at_least, 6000},
        {{P::sangat_baik}, Bound::share_at_most, 1000}}},
      {"kurang",
       {{{P::kurang}, Bound::share_at_least, 6000},
        {{P::butuh_perbaikan}, Bound::share_at_least, 1000},
        {{P::sangat_baik}, Bound::share_at_most, 1000}}},
      {"sangat_kurang",
       {{{P::sangat_kurang}, Bound::share_at_least, 6000},
        {{P::kurang, P::butuh_perbaikan}, Bound::share_at_least, 1000},
        {{P::sangat_baik}, Bound::share_at_most, 0}}}};
  return rows;
}

// The circular's rows once more, each as its own sentence in tenths, apart from the rows above.
bool satisfies(const std::string& unit, const PredicateCounts& counts) {
  const auto [sk, k, bp, b, sb] = counts;
  const std::int64_t n = sk + k + bp + b + sb;
  if (unit == "istimewa") return sb * 10 <= n * 7;
  if (unit == "baik") return b * 10 <= n * 7 && bp + k >= 1;
  if (unit == "butuh_perbaikan") return bp * 10 >= n * 6 && sb * 10 <= n;
  if (unit == "kurang") return k * 10 >= n * 6 && bp * 10 >= n && sb * 10 <= n;
  return sk * 10 >= n * 6 && (k + bp) * 10 >= n && sb == 0;
}

std::vector<PredicateCounts> splits(std::int64_t n) {
  std::vector<PredicateCounts> all;
  for (std::int64_t a = 0; a <= n; ++a)
    for (std::int64_t b = 0; a + b <= n; ++b)
      for (std::int64_t c = 0; a + b + c <= n; ++c)
        for (std::int64_t d = 0; a + b + c + d <= n; ++d)
          all.push_back({a, b, c, d, n - a - b - c - d});
  return all;
}

TEST(Predicate, IsReadFromTheQuadrant) {
  const auto of = [](Expectation result, Expectation behaviour) {
    return predicate_of(result, behaviour, quadrant_6_2022).value();
  };
  using enum Expectation;
  EXPECT_EQ(of(above, below), P::kurang);
  EXPECT_EQ(of(above, meets), P::baik);
  EXPECT_EQ(of(above, above), P::sangat_baik);
  EXPECT_EQ(of(meets, below), P::kurang);
  EXPECT_EQ(of(meets, meets), P::baik);
  EXPECT_EQ(of(meets, above), P::baik);
  EXPECT_EQ(of(below, below), P::sangat_kurang);
  EXPECT_EQ(of(below, meets), P::butuh_perbaikan);
  EXPECT_EQ(of(below, above), P::butuh_perbaikan);
}

TEST(Predicate, NeedsBothRatings) {
  const auto no_result =
      predicate_of(Expectation::unspecified, Expectation::meets, quadrant_6_2022);
  ASSERT_FALSE(no_result);
  EXPECT_EQ(no_result.error().rule, "predicate.rating_missing");
  EXPECT_EQ(no_result.error().field, "result");
  const auto no_behaviour =
      predicate_of(Expectation::meets, Expectation::unspecified, quadrant_6_2022);
  ASSERT_FALSE(no_behaviour);
  EXPECT_EQ(no_behaviour.error().field, "behaviour");
}

TEST(Distribution, AgreesWithTheCircularOnEverySplitAndKnowsTheInfeasible) {
  for (const auto& [unit, row] : rows_3_2023())
    for (std::int64_t n = 0; n <= 12; ++n) {
      bool some = false;
      for (const PredicateCounts& counts : splits(n)) some = some || satisfies(unit, counts);
      for (const PredicateCounts& counts : splits(n)) {
        const auto check = check_distribution(counts, row);
        ASSERT_TRUE(check);
        ASSERT_EQ(check->rated, n);
        ASSERT_EQ(check->broken.empty(), satisfies(unit, counts)) << unit << " of " << n;
        ASSERT_EQ(check->feasible, some) << unit << " of " << n;
        ASSERT_EQ(check->blocks(), some && !satisfies(unit, counts)) << unit << " of " << n;
      }
    }
}

// Kurang asks two people for 2 x 60 % = 1.2, so 2 K, and for 0.2, so 1 BP: three.
TEST(Distribution, OfTwoPeopleUnderKurangIsInfeasibleAndDoesNotBlock) {
  const auto check = check_distribution({0, 2, 0, 0, 0}, rows_3_2023().at("kurang"));
  ASSERT_TRUE(check);
  EXPECT_FALSE(check->feasible);
  EXPECT_EQ(check->broken, std::vector<std::size_t>{1});
  EXPECT_FALSE(check->blocks());
}

TEST(Distribution, ComparesSharesExactly) {
  const DistributionRow& istimewa = rows_3_2023().at("istimewa");
  EXPECT_TRUE(check_distribution({0, 0, 0, 3, 7}, istimewa)->broken.empty());  // 70 %
  // 7 001 of 10 001 are 70.003 %: no rounding lets them pass.
  EXPECT_TRUE(check_distribution({0, 0, 0, 3000, 7001}, istimewa)->blocks());
}

TEST(Distribution, KnowsARowThatNamesEveryPredicateAndHasTooFewPlaces) {
  const DistributionRow row = {
      {{P::sangat_kurang, P::kurang, P::butuh_perbaikan}, Bound::share_at_most, 0},
      {{P::baik, P::sangat_baik}, Bound::share_at_most, 5000}};
  EXPECT_FALSE(check_distribution({0, 0, 0, 4, 0}, row)->feasible);
}

TEST(Distribution, RejectsARowThatCannotBeMeant) {
  const auto rule = [](const DistributionRow& row) {
    const auto check = check_distribution({1, 0, 0, 0, 0}, row);
    return check ? std::string("accepted") : check.error().rule;
  };
  EXPECT_EQ(rule({{{P::baik}, Bound::share_at_most, 7000}, {{P::baik}, Bound::share_at_least, 1}}),
            "predicate.distribution_overlap");
  EXPECT_EQ(rule({{{P::baik}, Bound::share_at_most, 10'001}}), "predicate.distribution_value");
  EXPECT_EQ(rule({{{P::baik}, Bound::persons_at_least, -1}}), "predicate.distribution_value");
  EXPECT_EQ(rule({{{}, Bound::share_at_most, 1}}), "predicate.distribution_empty");
  EXPECT_EQ(rule({{{P::unspecified}, Bound::share_at_most, 1}}), "predicate.unknown");
  const auto negative = check_distribution({-1, 0, 0, 0, 2}, {});
  ASSERT_FALSE(negative);
  EXPECT_EQ(negative.error().rule, "predicate.count_negative");
}

constexpr CreditShares shares_3_2023 = {BasisPoints{2500}, BasisPoints{5000}, BasisPoints{7500},
                                        BasisPoints{10'000}, BasisPoints{15'000}};

// Coefficient 12.50 for 7 months, then 25.00 for 5: 87.50 + 125.00 = 212.50; by 12 17.7083...;
// 150 % of it 26.5625, which is 26.56. Rounding first would pay 17.71 x 1.5 = 26.57.
TEST(Credit, SumsThePostsOfTheYearBeforeTheOneRounding) {
  const std::vector<CreditMonths> year = {{Score{1250}, 7}, {Score{2500}, 5}};
  EXPECT_EQ(annual_credit(P::sangat_baik, year, shares_3_2023, Rounding::half_up)->value, 2656);
  EXPECT_EQ(annual_credit(P::sangat_baik, year, shares_3_2023, Rounding::up)->value, 2657);
}

TEST(Credit, OfAWholeYearIsThePredicatesShare) {
  const std::vector<CreditMonths> year = {{Score{1250}, 12}};
  const auto of = [&](P predicate) {
    return annual_credit(predicate, year, shares_3_2023, Rounding::half_up)->value;
  };
  EXPECT_EQ(of(P::sangat_baik), 1875);
  EXPECT_EQ(of(P::baik), 1250);
  EXPECT_EQ(of(P::butuh_perbaikan), 938);  // 9.375
  EXPECT_EQ(of(P::kurang), 625);
  EXPECT_EQ(of(P::sangat_kurang), 313);  // 3.125
}

TEST(Credit, RejectsAThirteenthMonthAndOverflow) {
  const auto long_year = annual_credit(P::baik, {{Score{1250}, 7}, {Score{1250}, 6}}, shares_3_2023,
                                       Rounding::half_up);
  ASSERT_FALSE(long_year);
  EXPECT_EQ(long_year.error().rule, "predicate.credit_months");
  EXPECT_FALSE(annual_credit(P::baik, {{Score{INT64_MAX}, 12}}, shares_3_2023, Rounding::half_up));
  EXPECT_FALSE(annual_credit(P::unspecified, {}, shares_3_2023, Rounding::half_up));
}

}  // namespace
}  // namespace runut
