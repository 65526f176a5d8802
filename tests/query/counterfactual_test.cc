// What would have avoided a cut, worked by hand: ten people, 10/75/15 gives one place above and one
// below; score = 70 % result + 30 % behaviour, then result, behaviour, discipline decide.
#include "query/counterfactual.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/computation/folded_facts.h"
#include "tests/support/dates.h"
#include "tests/support/event_builder.h"

namespace runut {
namespace {

using testing::s1;

struct Rated {
  std::int64_t result;
  std::vector<std::int64_t> values;
};
std::vector<std::int64_t> seven(std::int64_t value) {
  return std::vector<std::int64_t>(behaviour_values, value);
}

// Persons 2 to 9 are far above; the ninth and the tenth, persons 10 and 11, are the rows of a test.
class CutTest : public ::testing::Test {
 protected:
  void given(const Rated& ninth, const Rated& tenth) {
    testing::EventBuilder ledger;
    ledger.enact(testing::RegulationText());
    ledger.unit(1).created({.paying = true});
    ledger.person(1).hired({.unit = 1});
    for (std::uint64_t id = 2; id <= 11; ++id) ledger.person(id).hired({.unit = 1, .appraiser = 1});
    ledger.clock(date(2022, 7, 4));
    for (std::uint64_t id = 2; id <= 11; ++id) {
      const Rated rated = id == 11   ? tenth
                          : id == 10 ? ninth
                                     : Rated{12'000 - static_cast<std::int64_t>(id), seven(12'000)};
      ledger.person(id).rated(s1, 1, rated.result);
      ledger.person(id).behaved(s1, 1, rated.values);
      ledger.person(id).delivered(s1);
      place(PersonId{id}, rated);
    }
    facts_ = testing::FoldedFacts(ledger.events());
    rules_.emplace(ranking_rules(facts_, date(2022, 8, 1)).value());
  }
  [[nodiscard]] Avoidance by_result() const {
    return avoid_by_result({facts_, group_, PersonId{11}, s1, *rules_}).value();
  }
  [[nodiscard]] Avoidance by_behaviour() const {
    return avoid_by_behaviour({facts_, group_, PersonId{11}, s1, *rules_}).value();
  }

 private:
  void place(PersonId person, const Rated& rated) {
    PlacementFact fact;
    fact.placed.person = person;
    fact.placed.result = Score{rated.result};
    std::int64_t sum = 0;
    for (const std::int64_t value : rated.values) sum += value;
    fact.placed.behaviour = Score{(sum * 2 + 7) / 14};
    fact.placed.score = Score{(rated.result * 7 + fact.placed.behaviour.value * 3 + 5) / 10};
    fact.placed.discipline = whole;
    fact.placed.rank = static_cast<std::uint32_t>(group_.placements.size() + 1);
    fact.placed.tier = fact.placed.rank == 1    ? Tier::above
                       : fact.placed.rank == 10 ? Tier::below
                                                : Tier::meets;
    group_.placements.push_back(fact);
  }

  testing::FoldedFacts facts_;
  GroupFact group_;
  std::optional<Rules> rules_;
};

// Ninth: 0.7 x 78.50 + 0.3 x 80.00 = 78.95. With 78.50 the tenth has every key of the ninth: a tie.
TEST_F(CutTest, IsAvoidedByTheSmallestResultThatWinsAndNotByATie) {
  given({7'850, seven(8'000)}, {7'800, seven(8'000)});
  const Avoidance found = by_result();
  ASSERT_TRUE(found.possible);
  EXPECT_EQ(found.from, Score{7'800});
  EXPECT_EQ(found.to, Score{7'851});
  EXPECT_EQ(found.value, std::nullopt);
  EXPECT_EQ(found.cut_instead, std::vector<std::uint32_t>{9});
}

// 54.60 + 0.3 x 81.18 = 78.954, rounded 78.95: equal, and the lower result loses. 81.19
// gives 78.96: (6 x 80.00 + 88.30) / 7 = 81.19, with 88.29 it is 81.18.
TEST_F(CutTest, IsAvoidedByOneBehaviourValueApart) {
  given({7'850, seven(8'000)}, {7'800, seven(8'000)});
  const Avoidance found = by_behaviour();
  ASSERT_TRUE(found.possible);
  EXPECT_EQ(found.from, Score{8'000});
  EXPECT_EQ(found.to, Score{8'830});
  EXPECT_EQ(found.value, 0U);
  EXPECT_EQ(found.cut_instead, std::vector<std::uint32_t>{9});
}

TEST_F(CutTest, IsAvoidedByRaisingTheLowestValue) {
  given({7'850, seven(8'000)}, {7'800, {8'100, 8'100, 7'600, 8'100, 8'100, 8'000, 8'000}});
  EXPECT_EQ(by_behaviour().value, 2U);
  EXPECT_EQ(by_behaviour().from, Score{7'600});
}

// With the equal score of 78.95 the higher result wins by the first tie key: no tie, so it is
// enough.
TEST_F(CutTest, IsAvoidedByAnEqualScoreThatATieKeyDecides) {
  given({7'850, seven(8'000)}, {7'890, seven(7'800)});  // 55.23 + 23.40 = 78.63
  const Avoidance found = by_result();
  ASSERT_TRUE(found.possible);
  EXPECT_EQ(found.to, Score{7'935});  // 55.545 + 23.40 = 78.945, rounded 78.95
}

TEST_F(CutTest, IsNotAvoidedByAnythingUpTo120) {
  given({12'000, seven(12'000)}, {5'000, seven(5'000)});  // at most 84.00 + 15.00 = 99.00
  EXPECT_FALSE(by_result().possible);
  EXPECT_EQ(by_result().from, Score{5'000});
  EXPECT_FALSE(by_behaviour().possible);
}

TEST_F(CutTest, IsNotAvoidedByATieAt120) {
  given({12'000, seven(8'000)}, {11'999, seven(8'000)});
  EXPECT_FALSE(by_result().possible);
}

TEST_F(CutTest, IsAvoidedAt120Itself) {
  given({11'999, seven(8'000)}, {11'000, seven(8'000)});
  ASSERT_TRUE(by_result().possible);
  EXPECT_EQ(by_result().to, Score{12'000});
}

}  // namespace
}  // namespace runut
