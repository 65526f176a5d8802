#include "computation/tiers.h"

#include <gtest/gtest.h>

#include <string>

#include "computation/groups.h"

namespace runut {
namespace {

RankingRules kediri_rules() {
  RankingRules rules;
  rules.enabled = true;
  rules.tiers = {BasisPoints{1000}, BasisPoints{7500}, BasisPoints{1500}};
  rules.tail_rounding = TailRounding::largest_remainder;
  rules.tie_keys = {TieKey::result, TieKey::behaviour, TieKey::discipline};
  return rules;
}

RankedMember member(std::uint64_t person, std::int64_t score, std::int64_t discipline = 10'000) {
  return {PersonId{person}, {Score{score}, Score{score}, Score{score}, BasisPoints{discipline}}};
}

// "P3:1:above P1:2:meets ..." as placed.
std::string shown(const TierCut& cut) {
  std::string out;
  for (const PlacedMember& m : cut.members)
    out += (out.empty() ? "P" : " P") + std::to_string(m.person.value) + ":" +
           std::to_string(m.rank) + ":" +
           (m.tier == Tier::unspecified ? "?" : std::string(to_string(m.tier)));
  return out;
}

TEST(Tiers, AreCutByScoreThenTieKeysNeverByArrival) {
  const std::vector<RankedMember> seven = {member(1, 8000), member(2, 9000), member(3, 7000),
                                           member(4, 8500), member(5, 8000), member(6, 8000, 9000),
                                           member(7, 6000)};
  const TierCut cut = cut_tiers(seven, kediri_rules());
  EXPECT_EQ(shown(cut),
            "P2:1:above P4:2:meets P1:3:meets P5:3:meets P6:5:meets P3:6:meets P7:7:below");
  EXPECT_TRUE(cut.ties.empty());
  EXPECT_EQ(cut.cutoff_above, Score{9000});
  EXPECT_EQ(cut.cutoff_below, Score{6000});
  std::vector<RankedMember> reversed(seven.rbegin(), seven.rend());
  EXPECT_EQ(shown(cut_tiers(reversed, kediri_rules())), shown(cut));
}

TEST(Tiers, UseOnlyTheTieKeysThatTheRegulationLists) {
  RankingRules rules = kediri_rules();
  const RankedMember a{PersonId{1}, {Score{8000}, Score{7000}, Score{9000}, BasisPoints{1}}};
  const RankedMember b{PersonId{2}, {Score{8000}, Score{8000}, Score{7000}, BasisPoints{2}}};
  EXPECT_LT(compare_keys(a.key, b.key, rules.tie_keys), 0);
  rules.tie_keys = {TieKey::behaviour};
  EXPECT_GT(compare_keys(a.key, b.key, rules.tie_keys), 0);
  rules.tie_keys = {TieKey::discipline};
  EXPECT_LT(compare_keys(a.key, b.key, rules.tie_keys), 0);
  rules.tie_keys = {};
  EXPECT_EQ(compare_keys(a.key, b.key, rules.tie_keys), 0);
}

TEST(Tiers, StopAtATieOverACutoffUntilSomebodyDecides) {
  // 7 members: 1 above, 5 meets, 1 below. The two lowest are equal.
  const std::vector<RankedMember> seven = {member(1, 9000), member(2, 8000), member(3, 8100),
                                           member(4, 8200), member(5, 8300), member(6, 7000),
                                           member(7, 7000)};
  const TierCut open = cut_tiers(seven, kediri_rules());
  ASSERT_EQ(open.open.size(), 1u);
  EXPECT_EQ(open.open[0], (Tie{Cutoff::below, {PersonId{6}, PersonId{7}}, 1, Score{7000}}));
  EXPECT_EQ(shown(open), "P1:1:above P5:2:meets P4:3:meets P3:4:meets P2:5:meets P6:6:? P7:6:?");

  const TierCut settled = cut_tiers(seven, kediri_rules(), {{Cutoff::below, {PersonId{7}}}});
  EXPECT_TRUE(settled.open.empty());
  EXPECT_EQ(settled.ties.size(), 1u);
  EXPECT_EQ(shown(settled),
            "P1:1:above P5:2:meets P4:3:meets P3:4:meets P2:5:meets P6:6:meets P7:6:below");
}

TEST(Tiers, IgnoreAChoiceThatIsNotExactlyThePlacesOfTheTiedMembers) {
  const std::vector<RankedMember> seven = {member(1, 9000), member(2, 8000), member(3, 8100),
                                           member(4, 8200), member(5, 8300), member(6, 7000),
                                           member(7, 7000)};
  const std::vector<TieChoice> wrong[] = {
      {{Cutoff::below, {}}},
      {{Cutoff::below, {PersonId{6}, PersonId{7}}}},
      {{Cutoff::below, {PersonId{2}}}},
      {{Cutoff::above, {PersonId{6}}}},
  };
  for (const auto& choices : wrong)
    EXPECT_EQ(cut_tiers(seven, kediri_rules(), choices).open.size(), 1u);
}

TEST(Tiers, NeedOneDecisionForEachCutoffThatOneTieCrosses) {
  std::vector<RankedMember> seven;
  for (std::uint64_t i = 1; i <= 7; ++i) seven.push_back(member(i, 8000));
  const TierCut open = cut_tiers(seven, kediri_rules());
  ASSERT_EQ(open.open.size(), 2u);
  EXPECT_EQ(open.open[0].cutoff, Cutoff::above);
  EXPECT_EQ(open.open[1].cutoff, Cutoff::below);
  EXPECT_EQ(open.open[0].members.size(), 7u);

  const TieChoice up{Cutoff::above, {PersonId{4}}};
  EXPECT_EQ(cut_tiers(seven, kediri_rules(), {up}).open.size(), 1u);
  // Nobody ends in two tiers.
  EXPECT_EQ(cut_tiers(seven, kediri_rules(), {up, {Cutoff::below, {PersonId{4}}}}).open.size(), 1u);
  const TierCut cut = cut_tiers(seven, kediri_rules(), {up, {Cutoff::below, {PersonId{1}}}});
  EXPECT_EQ(shown(cut),
            "P1:1:below P2:1:meets P3:1:meets P4:1:above P5:1:meets P6:1:meets P7:1:meets");
}

TEST(Tiers, HaveNoCutoffWhereATierHoldsNobodyOrEverybody) {
  // n = 2: 0/2/0. Equal keys, but nothing to divide.
  const TierCut two = cut_tiers({member(1, 8000), member(2, 8000)}, kediri_rules());
  EXPECT_TRUE(two.ties.empty());
  EXPECT_EQ(two.cutoff_above, std::nullopt);
  EXPECT_EQ(two.cutoff_below, std::nullopt);
  RankingRules all_above = kediri_rules();
  all_above.tiers = {BasisPoints{10000}, BasisPoints{0}, BasisPoints{0}};
  const TierCut everybody = cut_tiers({member(1, 8000), member(2, 8000)}, all_above);
  EXPECT_TRUE(everybody.ties.empty());
  EXPECT_EQ(shown(everybody), "P1:1:above P2:1:above");
  EXPECT_TRUE(cut_tiers({}, kediri_rules()).members.empty());
}

TEST(PlaceAlone, MovesTheCorrectedMemberOnly) {
  const std::vector<RankedMember> others = {member(1, 9000), member(2, 8000), member(3, 8100),
                                            member(4, 8200), member(5, 8300), member(6, 7000)};
  const TierCounts counts{1, 5, 1};
  const auto tier_at = [&](std::int64_t score) {
    const PlacedMember placed = place_alone(member(7, score), others, kediri_rules(), counts);
    return std::to_string(placed.rank) + std::string(to_string(placed.tier));
  };
  EXPECT_EQ(tier_at(6999), "7below");
  EXPECT_EQ(tier_at(7000), "6meets");  // level with the sixth: no strictly better one
  EXPECT_EQ(tier_at(8999), "2meets");
  EXPECT_EQ(tier_at(9000), "1above");
}

GroupMember in(std::uint64_t person, std::uint64_t unit, std::uint32_t job_class = 7,
               std::uint64_t appraiser = 100) {
  return {PersonId{person}, UnitId{unit}, job_class, PersonId{appraiser}};
}

// "U1:1,2 U2:3" by key.
std::string shown(RankingScope scope, const std::map<GroupKey, std::vector<GroupMember>>& groups) {
  std::string out;
  for (const auto& [key, members] : groups) {
    out += (out.empty() ? "" : " ") + group_name(scope, key) + ":";
    for (const GroupMember& m : members)
      out += (&m == &members.front() ? "" : ",") + std::to_string(m.person.value);
  }
  return out;
}

// 1 is the root, 2 and 3 below it, 4 below 2, 5 below 4.
const Parents tree = {{2, 1}, {3, 1}, {4, 2}, {5, 4}};

TEST(Groups, JoinTheParentsWhileTooSmallFromTheDeepestUp) {
  const std::vector<GroupMember> members = {in(1, 1), in(2, 2), in(3, 3), in(4, 3),
                                            in(5, 3), in(6, 4), in(7, 5), in(8, 5)};
  const auto at = [&](std::int64_t minimum) {
    return shown(RankingScope::unit, form_groups(RankingScope::unit, members, tree, minimum));
  };
  EXPECT_EQ(at(1), "U1:1 U2:2 U3:3,4,5 U4:6 U5:7,8");
  // U5 has two and stays; U4 with one joins U2, which then has two; U2 stays; U1 is the root.
  EXPECT_EQ(at(2), "U1:1 U2:2,6 U3:3,4,5 U5:7,8");
  EXPECT_EQ(at(3), "U1:1,2 U3:3,4,5 U4:6,7,8");
  EXPECT_EQ(at(4), "U1:1,3,4,5 U2:2,6,7,8");
  EXPECT_EQ(at(5), "U1:1,2,3,4,5,6,7,8");
  EXPECT_EQ(at(50), "U1:1,2,3,4,5,6,7,8");
}

TEST(Groups, MayComeIntoBeingAtAParentWithoutMembersOfItsOwn) {
  const std::vector<GroupMember> members = {in(1, 5), in(2, 4)};
  EXPECT_EQ(shown(RankingScope::unit, form_groups(RankingScope::unit, members, tree, 2)), "U4:1,2");
  const std::vector<GroupMember> apart = {in(1, 5), in(2, 3)};
  EXPECT_EQ(shown(RankingScope::unit, form_groups(RankingScope::unit, apart, tree, 2)), "U1:1,2");
}

TEST(Groups, OfUnitAndClassJoinTheSameClass) {
  const std::vector<GroupMember> members = {in(1, 2, 7), in(2, 2, 8), in(3, 1, 7), in(4, 1, 8),
                                            in(5, 2, 8)};
  const auto scope = RankingScope::unit_and_job_class;
  EXPECT_EQ(shown(scope, form_groups(scope, members, tree, 2)), "U1/7:1,3 U1/8:4 U2/8:2,5");
}

TEST(Groups, OfAppraisersJoinTheAppraisersOwnAppraiser) {
  const Parents chain = {{100, 200}, {101, 200}};
  const std::vector<GroupMember> members = {in(1, 1, 7, 100), in(2, 1, 7, 101), in(3, 1, 7, 101)};
  const auto scope = RankingScope::appraiser;
  EXPECT_EQ(shown(scope, form_groups(scope, members, chain, 2)), "P101:2,3 P200:1");
}

TEST(Groups, OfClassesAndOfTheAgencyNeverPool) {
  const std::vector<GroupMember> members = {in(1, 1, 7), in(2, 2, 8)};
  EXPECT_EQ(shown(RankingScope::job_class, form_groups(RankingScope::job_class, members, tree, 5)),
            "C7:1 C8:2");
  EXPECT_EQ(shown(RankingScope::agency, form_groups(RankingScope::agency, members, tree, 5)),
            "AGENCY:1,2");
}

TEST(Groups, SurviveACycleOfHolders) {
  const Parents cycle = {{100, 101}, {101, 100}};
  const std::vector<GroupMember> members = {in(1, 1, 7, 100), in(2, 1, 7, 101)};
  EXPECT_EQ(form_groups(RankingScope::appraiser, members, cycle, 5).size(), 2u);
}

}  // namespace
}  // namespace runut
