// A published group, cut again from what was published: the arithmetic of its places, and whose
// decision placed the tied.
#include <gtest/gtest.h>

#include <algorithm>

#include "computation/ranking.h"
#include "tests/computation/folded_facts.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing::s1;

// A group as published, best first; nobody's ratings are known, and nobody's are asked for.
class PublishedCut : public ::testing::Test {
 protected:
  PublishedCut() {
    document_.ranking.tiers = {BasisPoints{1000}, BasisPoints{7500}, BasisPoints{1500}};
    document_.ranking.tail_rounding = TailRounding::largest_remainder;
    document_.ranking.tie_keys = {TieKey::result, TieKey::behaviour, TieKey::discipline};
    group_.group = "U9";
    group_.frozen = Sequence{100};
    group_.published_at = Sequence{300};
  }
  void of(std::uint64_t members) {
    group_.members.clear();
    group_.placements.clear();
    for (std::uint64_t id = 1; id <= members; ++id) {
      group_.members.push_back({PersonId{id}, UnitId{9}, 7, Sequence{100 + id}});
      PlacementFact fact;
      fact.sequence = Sequence{300 + id};
      fact.placed.person = PersonId{id};
      fact.placed.period = s1;
      const Score score{static_cast<std::int64_t>(9'000 - 10 * id)};
      fact.placed.score = fact.placed.result = fact.placed.behaviour = score;
      fact.placed.discipline = whole;
      group_.placements.push_back(fact);
    }
  }
  PlacementFact& place(std::uint64_t person) { return group_.placements[person - 1]; }
  // The person has every key of the one before.
  void tied_with_the_one_before(std::uint64_t person) {
    RankingMemberPlaced& placed = place(person).placed;
    const RankingMemberPlaced& before = place(person - 1).placed;
    placed.score = before.score;
    placed.result = before.result;
    placed.behaviour = before.behaviour;
  }
  void found(std::uint64_t sequence, std::vector<PersonId> tied) {
    const Score score = place(tied.front().value).placed.score;
    group_.ties.push_back(
        {{s1, "U9", Cutoff::below, std::move(tied), 1, score}, Sequence{sequence}});
  }
  void decided(std::uint64_t sequence, PersonId chosen) {
    group_.resolutions.push_back({{s1, "U9", Cutoff::below, {chosen}, "", {}}, Sequence{sequence}});
  }
  GroupRanking cut(std::uint64_t shown = 1) {
    DerivationRecorder recorder;
    GroupRanking out =
        cut_published(facts_, group_, PersonId{shown},
                      Rules{&document_, Sequence{50}, date(2022, 8, 19), false}, recorder);
    auto roots = recorder.take();
    EXPECT_EQ(roots.size(), 1U);
    node_ = std::move(roots.front());
    return out;
  }
  [[nodiscard]] std::string formula(std::string_view tier) const {
    const Derivation* const node = node_.find(Quantity::tier_places, tier);
    return node == nullptr ? "none" : std::to_string(node->value) + " = " + node->note.formula;
  }

  testing::FoldedFacts facts_;
  Document document_;
  GroupFact group_;
  Derivation node_;
};

TEST_F(PublishedCut, ShowsTheArithmeticOfItsPlaces) {
  struct Row {
    std::uint64_t members;
    TailRounding rounding;
    const char* above;
    const char* meets;
    const char* below;
  };
  for (const Row& row : {
           Row{20, TailRounding::largest_remainder, "2 = 20 × 1.000 ÷ 10.000 = 2 sisa 0",
               "15 = 20 × 7.500 ÷ 10.000 = 15 sisa 0", "3 = 20 × 1.500 ÷ 10.000 = 3 sisa 0"},
           Row{15, TailRounding::largest_remainder, "2 = 15 × 1.000 ÷ 10.000 = 1 sisa 5.000; 1 + 1",
               "11 = 15 × 7.500 ÷ 10.000 = 11 sisa 2.500",
               "2 = 15 × 1.500 ÷ 10.000 = 2 sisa 2.500"},
           Row{7, TailRounding::floor, "0 = 7 × 1.000 ÷ 10.000 = 0 sisa 7.000", "6 = 7 − 0 − 1",
               "1 = 7 × 1.500 ÷ 10.000 = 1 sisa 500"},
           Row{10, TailRounding::half_up, "1 = 10 × 1.000 ÷ 10.000 = 1 sisa 0", "7 = 10 − 1 − 2",
               "2 = 10 × 1.500 ÷ 10.000 = 1 sisa 5.000; 1 + 1"},
       }) {
    document_.ranking.tail_rounding = row.rounding;
    of(row.members);
    (void)cut();
    EXPECT_EQ(node_.value, static_cast<std::int64_t>(row.members));
    EXPECT_EQ(formula("above"), row.above);
    EXPECT_EQ(formula("meets"), row.meets);
    EXPECT_EQ(formula("below"), row.below);
    EXPECT_EQ(node_.find(Quantity::tier_places)->note.tail_rounding, row.rounding);
  }
  // Both tails of a half, rounded up: the lower one gives way.
  document_.ranking.tiers = {BasisPoints{5000}, BasisPoints{0}, BasisPoints{5000}};
  of(1);
  (void)cut();
  EXPECT_EQ(formula("above"), "1 = 1 × 5.000 ÷ 10.000 = 0 sisa 5.000; 0 + 1");
  EXPECT_EQ(formula("below"), "0 = 1 × 5.000 ÷ 10.000 = 0 sisa 5.000");
}

TEST_F(PublishedCut, TellsOfOneMemberAlone) {
  of(20);
  (void)cut(18);
  EXPECT_EQ(node_.note.formula, "2 + 15 + 3");
  EXPECT_EQ(node_.note.events, std::vector{Sequence{100}});
  const auto places =
      std::count_if(node_.inputs.begin(), node_.inputs.end(),
                    [](const Derivation& input) { return input.quantity == Quantity::placement; });
  EXPECT_EQ(places, 1);
  const Derivation* const own = node_.find(Quantity::placement);
  EXPECT_EQ(own->note.detail, "P18");
  EXPECT_EQ(own->note.events, std::vector{Sequence{118}});
  const Derivation* const rank = own->find(Quantity::rank);
  EXPECT_EQ(rank->value, 18);
  EXPECT_EQ(rank->note.formula, "1 + 17");
  EXPECT_EQ(rank->note.events, std::vector{Sequence{318}});
  std::vector<Parameter> named;
  for (const AppliedRule& rule : node_.note.rules) named.push_back(rule.parameter);
  EXPECT_EQ(named,
            (std::vector{Parameter::group_scope, Parameter::minimum_size, Parameter::tie_keys}));
}

TEST_F(PublishedCut, ShowsDisciplineOnlyWhereItDecides) {
  of(10);
  (void)cut();
  EXPECT_NE(node_.find(Quantity::discipline_key), nullptr);
  document_.ranking.tie_keys = {TieKey::result};
  (void)cut();
  EXPECT_EQ(node_.find(Quantity::discipline_key), nullptr);
}

TEST_F(PublishedCut, NamesTheDecisionThatPlacedTheTied) {
  of(10);
  tied_with_the_one_before(10);
  found(200, {PersonId{9}, PersonId{10}});
  decided(210, PersonId{9});  // lapsed: the one placed below is the other
  decided(220, PersonId{10});
  for (PlacementFact& fact : group_.placements) fact.placed.tier = Tier::meets;
  place(1).placed.tier = Tier::above;
  place(10).placed.tier = Tier::below;
  const GroupRanking again = cut();
  EXPECT_TRUE(again.cut.open.empty());
  ASSERT_EQ(again.decided.size(), 1U);
  EXPECT_EQ(again.decided.front().found->sequence, Sequence{200});
  EXPECT_EQ(again.decided.front().resolved->sequence, Sequence{220});
  const Derivation* const tie = node_.find(Quantity::tie, "below");
  ASSERT_NE(tie, nullptr);
  EXPECT_EQ(tie->value, 2);
  EXPECT_EQ(tie->note.formula, "1 + 1");
  EXPECT_EQ(tie->note.events, (std::vector{Sequence{200}, Sequence{220}}));
}

// What was found about others than those who are tied now decides nothing.
TEST_F(PublishedCut, TakesNoDecisionAboutAnotherTie) {
  of(10);
  tied_with_the_one_before(10);
  found(200, {PersonId{8}, PersonId{9}});
  decided(220, PersonId{9});
  place(9).placed.tier = Tier::below;
  const GroupRanking again = cut();
  EXPECT_TRUE(again.decided.empty());
  EXPECT_EQ(again.cut.open.size(), 1U);
  EXPECT_FALSE(is_as_published(again.cut, group_));
}

}  // namespace
}  // namespace runut
