// What a decision on a tie is asked again on: the facts as they were then must give the keys that
// they gave then, whatever kind of fact is added to the rulebook later.
#include "computation/earlier_facts.h"

#include <gtest/gtest.h>

#include <set>

#include "computation/ranking.h"
#include "tests/computation/random_office.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing::FoldedFacts;
using testing::RandomOffice;
using testing::s1;

// What can change a key, and some events between.
bool is_telling(const Event& event) {
  return std::holds_alternative<SurveyClosed>(event.payload) ||
         std::holds_alternative<BehaviourRated>(event.payload) ||
         std::holds_alternative<EvaluationCorrected>(event.payload) ||
         std::holds_alternative<TieResolved>(event.payload) || event.sequence.value % 400 == 0;
}

std::string key_of(const Facts& facts, PersonId person, const Rules& rules) {
  NullRecorder none;
  const auto ranked = compute_rank_key(facts, person, s1, rules, none);
  if (!ranked) return ranked.error().rule;
  const RankKey& key = ranked->key;
  return to_string(key.score) + " " + to_string(key.result) + " " + to_string(key.behaviour) + " " +
         std::to_string(key.discipline.value);
}

class EarlierFactsOfAnOffice : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(EarlierFactsOfAnOffice, GiveTheRankKeysThatWereKnownThen) {
  RandomOffice random(GetParam());
  random.live_until(month(2022, 8));
  const std::vector<Event>& events = random.office.ledger.events();
  const FoldedFacts now(events);
  const auto rules = ranking_rules(now, date(2022, 8, 15));
  ASSERT_TRUE(rules);
  std::set<std::string> seen;
  for (const Event& event : events) {
    if (event.sequence.value < events.size() / 4 || !is_telling(event)) continue;
    const FoldedFacts then(events, event.sequence);
    const EarlierFacts earlier(now, event.sequence);
    for (std::uint64_t id = 11; id < 23; ++id) {
      const std::string expected = key_of(then, PersonId{id}, *rules);
      ASSERT_EQ(key_of(earlier, PersonId{id}, *rules), expected)
          << "P" << id << " at " << event.sequence.value;
      seen.insert(expected);
    }
  }
  EXPECT_GT(seen.size(), 6U) << "hardly any key was there to compare";
}

INSTANTIATE_TEST_SUITE_P(Seeds, EarlierFactsOfAnOffice,
                         ::testing::Values<std::uint64_t>(1, 2, 3, 4, 5, 6));

}  // namespace
}  // namespace runut
