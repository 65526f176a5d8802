// Groups, counts, order, ties and placements (rulebook section 3.4).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/oracle/play/city.h"
#include "tests/support/dates.h"

namespace runut::oracle {
namespace {

using runut::testing::s1;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr std::uint64_t boss = 100;

void boss_exists(City& city) {
  city.ledger.person(boss).registered();
}
void member(City& city, std::uint64_t id, std::uint64_t unit, std::int64_t result,
            std::int64_t behaviour, std::uint32_t job_class = 7) {
  city.ledger.person(id).hired({.unit = unit, .job_class = job_class, .appraiser = boss});
  city.ledger.person(id).evaluated(s1, boss, result, behaviour);
}
std::vector<std::uint64_t> ids(const std::vector<GroupMember>& members) {
  std::vector<std::uint64_t> out;
  for (const GroupMember& m : members) out.push_back(m.person.value);
  return out;
}
const RankedMember& of(const ExpectedGroup& group, std::uint64_t id) {
  for (const RankedMember& m : group.members)
    if (m.person == PersonId{id}) return m;
  RUNUT_CHECK(false, "not a member");
}

// --- counts
// ---------------------------------------------------------------------------------------

struct Counts {
  Number n;
  TierCounts floor, half_up, largest_remainder;
};
// Worked out with fractions: 10 / 75 / 15 % of n. The rulebook's own rows are 1, 3, 5, 7, 10,
// 15, 20.
const Counts counts_table[] = {
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

TEST(OracleCounts, AreTheRulebooksForOneToThirtyMembersInEachRounding) {
  const View view;
  Rules rules;
  rules.share_above = 1'000;
  rules.share_meets = 7'500;
  rules.share_below = 1'500;
  for (const Counts& row : counts_table) {
    rules.tail_rounding = "floor";
    EXPECT_EQ(tier_counts(view, rules, row.n), row.floor) << row.n;
    rules.tail_rounding = "half_up";
    EXPECT_EQ(tier_counts(view, rules, row.n), row.half_up) << row.n;
    rules.tail_rounding = "largest_remainder";
    EXPECT_EQ(tier_counts(view, rules, row.n), row.largest_remainder) << row.n;
  }
}

TEST(OracleCounts, ReduceBelowFirstWhereTheTailsOverlap) {
  Rules rules;
  rules.share_above = 5'000;
  rules.share_below = 5'000;
  rules.tail_rounding = "half_up";  // of 5: 2.5 and 2.5, so 3 and 3
  EXPECT_EQ(tier_counts(View{}, rules, 5), (TierCounts{3, 0, 2}));
}

TEST(OracleCounts, GiveEqualRemaindersToMeetsThenAboveThenBelow) {
  Rules rules;
  rules.tail_rounding = "largest_remainder";
  rules.share_above = 2'500;
  rules.share_meets = 2'500;
  rules.share_below = 5'000;  // of 2: 0.5 / 0.5 / 1
  EXPECT_EQ(tier_counts(View{}, rules, 2), (TierCounts{0, 1, 1}));
  rules.share_meets = 5'000;
  rules.share_below = 2'500;  // of 2: 0.5 / 1 / 0.5
  EXPECT_EQ(tier_counts(View{}, rules, 2), (TierCounts{1, 1, 0}));
}

// --- groups
// ---------------------------------------------------------------------------------------

TEST(OracleGroups, BelowTheMinimumJoinTheParentUnitJoinedMembersIncluded) {
  City city;
  boss_exists(city);
  city.ledger.unit(5).created({.parent = 3});
  city.ledger.unit(6).created({.parent = 4});
  for (const std::uint64_t id : {51u, 52u}) member(city, id, 5, 8'000, 8'000);       // 2 join U3
  member(city, 31, 3, 8'000, 8'000);                                                 // 3 join U2
  for (const std::uint64_t id : {21u, 22u}) member(city, id, 2, 8'000, 8'000);       // 5 stay
  for (const std::uint64_t id : {41u, 42u, 43u}) member(city, id, 4, 8'000, 8'000);  // 3 join U1
  for (const std::uint64_t id : {61u, 62u, 63u, 64u, 65u}) member(city, id, 6, 8'000, 8'000);
  const FrozenGroups groups =
      city.record.oracle().groups(s1, date(2022, 8, 10), city.ledger.head());
  ASSERT_THAT(groups.groups, SizeIs(3));
  EXPECT_THAT(ids(groups.groups.at("U2")), ElementsAre(21, 22, 31, 51, 52));
  EXPECT_THAT(ids(groups.groups.at("U6")), ElementsAre(61, 62, 63, 64, 65));
  EXPECT_THAT(ids(groups.groups.at("U1")), ElementsAre(41, 42, 43));  // at the root they stay
}

TEST(OracleGroups, OfUnitAndClassJoinTheSameClassAboveAndAppraisersTheirAppraisers) {
  testing::RegulationText by_class;
  by_class.set("group_scope", "\"unit_and_job_class\"").set("minimum_size", "2");
  City one(by_class);
  boss_exists(one);
  member(one, 31, 3, 8'000, 8'000, 7);
  member(one, 32, 3, 8'000, 8'000, 12);
  member(one, 21, 2, 8'000, 8'000, 7);
  const auto classes = one.record.oracle().groups(s1, date(2022, 8, 10), one.ledger.head()).groups;
  ASSERT_THAT(classes, SizeIs(2));
  EXPECT_THAT(ids(classes.at("U2/7")), ElementsAre(21, 31));
  EXPECT_THAT(ids(classes.at("U1/12")), ElementsAre(32));

  testing::RegulationText by_appraiser;
  by_appraiser.set("group_scope", "\"appraiser\"").set("minimum_size", "2");
  City two(by_appraiser);
  boss_exists(two);
  member(two, 21, 2, 8'000, 8'000);                           // appraised by the boss
  two.ledger.person(22).hired({.unit = 2, .appraiser = 21});  // alone under P21
  two.ledger.person(22).evaluated(s1, 21, 8'000, 8'000);
  const auto chains = two.record.oracle().groups(s1, date(2022, 8, 10), two.ledger.head()).groups;
  ASSERT_THAT(chains, SizeIs(1));
  EXPECT_THAT(ids(chains.at("P100")), ElementsAre(21, 22));
}

TEST(OracleGroups, LeaveOutWithTheReason) {
  City city;
  boss_exists(city);
  member(city, 21, 2, 8'000, 8'000);
  city.ledger.person(22).hired({.unit = 2, .appraiser = boss});
  city.ledger.person(22).ended(1, date(2022, 6, 29));
  city.ledger.person(23).registered();
  city.ledger.person(23).assigned(
      1, {.unit = 2, .role = AssignmentRole::plt, .from = date(2022, 1, 1)});
  city.ledger.person(24).registered();
  city.ledger.person(24).assigned(1, {.unit = 2, .rankable = false, .from = date(2022, 1, 1)});
  city.ledger.person(25).hired({.unit = 2, .appraiser = boss});
  city.ledger.person(26).hired({.unit = 2, .appraiser = boss});
  city.ledger.person(26).delivered(s1);
  city.ledger.person(27).hired({.unit = 2, .appraiser = boss});
  city.ledger.person(27).separated(date(2021, 12, 31));  // gone before the period: not listed
  const auto unranked =
      city.record.oracle().groups(s1, date(2022, 8, 10), city.ledger.head()).unranked;
  EXPECT_THAT(unranked, ElementsAre(Pair(PersonId{22}, UnrankedReason::no_assignment),
                                    Pair(PersonId{23}, UnrankedReason::not_definitive),
                                    Pair(PersonId{24}, UnrankedReason::not_rankable),
                                    Pair(PersonId{25}, UnrankedReason::not_delivered),
                                    Pair(PersonId{26}, UnrankedReason::not_rated)));
}

// --- order, tiers, ties
// ---------------------------------------------------------------------------

// Ten members 31 to 40 of U2, results 80.00 down to 71.00, behaviour 80.00: 1 above, 8 meet, 1
// below.
class OracleRanking : public ::testing::Test {
 protected:
  OracleRanking() {
    boss_exists(city);
    for (std::uint64_t i = 0; i < 10; ++i)
      member(city, 31 + i, 2, 8'000 - 100 * static_cast<std::int64_t>(i), 8'000);
    city.ledger.clock(date(2022, 8, 10));
  }
  void rate_again(std::uint64_t id, std::int64_t result, std::int64_t behaviour) {
    city.ledger.person(id).rated(s1, boss, result);
    city.ledger.person(id).behaved(s1, boss, std::vector<std::int64_t>(7, behaviour));
  }
  void resolve(Cutoff cutoff, std::vector<std::uint64_t> chosen) {
    TieResolved resolved{s1, "U2", cutoff, {}, "undian", city.ledger.decree()};
    for (const std::uint64_t id : chosen) resolved.chosen.push_back(PersonId{id});
    city.ledger.add(std::move(resolved));
  }
  ExpectedGroup ranked() {
    return city.record.oracle().ranking(s1, date(2022, 8, 10), city.ledger.head()).at(0);
  }
  City city;
};

TEST_F(OracleRanking, GoesByScoreAndCutsTheTails) {
  city.record.freeze(s1);
  const ExpectedGroup group = ranked();
  EXPECT_EQ(group.counts, (TierCounts{1, 8, 1}));
  EXPECT_EQ(group.members.front().person, PersonId{31});
  EXPECT_EQ(group.members.front().evaluation.score, 8'000);  // 0.7 x 80 + 0.3 x 80
  EXPECT_EQ(group.members.back().evaluation.score, 7'370);   // 0.7 x 71 + 0.3 x 80 = 73.70
  EXPECT_EQ(group.cutoff_above, 8'000);
  EXPECT_EQ(group.cutoff_below, 7'370);
  EXPECT_TRUE(city.record.publish(s1));
  EXPECT_THAT(disagreements(city.ledger), IsEmpty());
}

TEST_F(OracleRanking, ComparesTieKeysInOrderAndSharesRanks) {
  // 0.7 x 77 + 0.3 x 67 = 53.90 + 20.10 = 74.00 twice, and 74.00 from 74 and 74.
  rate_again(33, 7'700, 6'700);
  rate_again(34, 7'700, 6'700);
  rate_again(35, 7'400, 7'400);
  city.record.freeze(s1);
  const ExpectedGroup group = ranked();
  EXPECT_EQ(of(group, 33).evaluation.score, of(group, 35).evaluation.score);
  // Better: 31, 32 and 36 to 39 (behaviour 80, so 74.40 for 39's result of 72).
  EXPECT_EQ(of(group, 33).rank, 7);
  EXPECT_EQ(of(group, 34).rank, 7);
  EXPECT_EQ(of(group, 35).rank, 9);  // the higher result goes first; 40 has 73.70
  EXPECT_EQ(of(group, 40).rank, 10);
}

TEST_F(OracleRanking, StopsAtATiedCutoffUntilItIsResolved) {
  rate_again(32, 8'000, 8'000);  // equal to 31
  city.record.freeze(s1);
  EXPECT_FALSE(city.record.publish(s1));
  const ExpectedGroup tied = ranked();
  ASSERT_THAT(tied.unresolved, SizeIs(1));
  EXPECT_EQ(tied.unresolved[0].cutoff, Cutoff::above);
  EXPECT_THAT(tied.unresolved[0].members, ElementsAre(PersonId{31}, PersonId{32}));
  EXPECT_EQ(tied.unresolved[0].places, 1);

  resolve(Cutoff::above, {32});
  EXPECT_TRUE(city.record.publish(s1));
  const ExpectedGroup group = ranked();
  EXPECT_EQ(of(group, 31).tier, Tier::meets);
  EXPECT_EQ(of(group, 32).tier, Tier::above);
  EXPECT_EQ(of(group, 31).rank, 1);
  EXPECT_EQ(of(group, 32).rank, 1);
  EXPECT_THAT(disagreements(city.ledger), IsEmpty());
}

TEST_F(OracleRanking, LetsAResolutionLapseWhenAKeyOfTheGroupChanges) {
  rate_again(32, 8'000, 8'000);
  city.record.freeze(s1);
  resolve(Cutoff::above, {32});
  EXPECT_THAT(ranked().unresolved, IsEmpty());
  rate_again(38, 7'301, 8'000);  // somebody else's, far from the cut-off
  EXPECT_THAT(ranked().unresolved, SizeIs(1));
}

TEST_F(OracleRanking, NeedsAResolutionForEachCutoffThatATieSpans) {
  for (std::uint64_t id = 31; id <= 40; ++id) rate_again(id, 8'000, 8'000);
  city.record.freeze(s1);
  EXPECT_THAT(ranked().unresolved, SizeIs(2));
  resolve(Cutoff::above, {40});
  EXPECT_THAT(ranked().unresolved, ElementsAre(Field(&TiedCutoff::cutoff, Cutoff::below)));
  resolve(Cutoff::below, {31});
  const ExpectedGroup group = ranked();
  EXPECT_THAT(group.unresolved, IsEmpty());
  EXPECT_EQ(of(group, 40).tier, Tier::above);
  EXPECT_EQ(of(group, 31).tier, Tier::below);
  EXPECT_EQ(of(group, 35).tier, Tier::meets);
}

TEST_F(OracleRanking, CountsTheRatingOfTheLastAppraiserAlone) {
  city.ledger.person(101).registered();
  city.ledger.person(31).appraised_by(101, date(2022, 4, 1));
  city.record.freeze(s1);
  // 101 has not rated: the delivered evaluation has no rating that counts.
  EXPECT_THAT(city.record.oracle().groups(s1, date(2022, 8, 10), city.ledger.head()).unranked,
              ElementsAre(Pair(PersonId{31}, UnrankedReason::not_rated)));
  city.ledger.person(31).rated(s1, 101, 6'000);
  city.ledger.person(31).behaved(s1, 101, {6'000, 6'000, 6'000, 6'000, 6'000, 6'000, 6'003});
  city.record.freeze(s1);
  const Evaluation e = of(ranked(), 31).evaluation;
  EXPECT_EQ(e.behaviour, 6'000);  // 42 003 / 7 = 6 000.43
  EXPECT_EQ(e.score, 6'000);
}

// --- after an objection
// ---------------------------------------------------------------------------

TEST_F(OracleRanking, PlacesACorrectedPersonAgainstThePublishedKeysOfTheOthers) {
  city.record.freeze(s1);
  city.record.publish(s1);
  const auto placed = [&](std::int64_t result) {
    const EvaluationCorrected corrected{PersonId{40}, s1, Score{result},
                                        std::vector<Score>(7, Score{8'000}), Decree{}};
    return *city.record.oracle().placement(corrected, city.ledger.head());
  };
  EXPECT_EQ(placed(7'199).place, 10);
  EXPECT_EQ(placed(7'199).tier, Tier::below);
  EXPECT_EQ(placed(7'200).place, 9);  // equal to 39: nobody below is strictly better
  EXPECT_EQ(placed(7'200).tier, Tier::meets);
  EXPECT_EQ(placed(8'000).place, 1);  // equal to 31, who stays above too
  EXPECT_EQ(placed(8'000).tier, Tier::above);

  city.record.correct(PersonId{40}, s1, 7'200, 8'000);
  const View known = city.record.oracle().view(city.ledger.head());
  const Rules& rules = *known.rules_of(month(2022, 8));
  const auto adjustments = adjustments_in(known, rules, PersonId{40}, month(2022, 8));
  EXPECT_THAT(adjustments, ElementsAre(Field(&Adjustment::delta, 0)));
  EXPECT_THAT(disagreements(city.ledger), IsEmpty());
}

}  // namespace
}  // namespace runut::oracle
