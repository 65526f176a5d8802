// Any sequence of commands: what was live is what a replay gives, money is conserved, a refusal
// changes nothing, one seed tells one story.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "computation/laws.h"
#include "computation/laws/bundles_hold_the_evidence.h"
#include "computation/laws/cascade_is_a_forest.h"
#include "tests/computation/folded_facts.h"
#include "tests/ledger/random_commands.h"

namespace runut::testing {
namespace {

constexpr std::uint64_t seeds = 12;
constexpr std::size_t commands_each = 700;

struct Tally {
  std::size_t accepted = 0;
  std::size_t refused = 0;
  std::map<EventType, std::size_t> events;
};

void count(const RandomCommands& story, Tally& tally) {
  tally.accepted += story.accepted();
  tally.refused += story.refused();
  for (const Event& event : story.scene().events()) ++tally.events[event.type()];
}

// Every run's payments are lawful and sum to it; a posted correction is the difference that it
// says.
void expect_conserved(const std::vector<Event>& events) {
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (const auto* posted = std::get_if<TppCorrectionPosted>(&events[i].payload)) {
      EXPECT_EQ(posted->amount.value, posted->recomputed.value - posted->settled.value);
    }
    const auto* run = std::get_if<TppRunComputed>(&events[i].payload);
    if (run == nullptr) continue;
    std::vector<TppPaymentComputed> payments;
    for (std::size_t at = i + 1; at < events.size() && events[at].commit() == events[i].commit();
         ++at)
      payments.push_back(std::get<TppPaymentComputed>(events[at].payload));
    const Status lawful = laws::check_run(*run, payments);
    EXPECT_TRUE(lawful) << lawful.error().describe();
  }
}

TEST(AnyCommands, LeaveFactsThatAReplayGivesAndConserveMoney) {
  Tally tally;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomCommands story(seed);
    story.play(commands_each);
    story.scene().expect_live_is_replayed();
    expect_conserved(story.scene().events());
    const Facts& facts = story.scene().facts();
    const Status forest = laws::cascade_is_a_forest(facts.agency(), facts.known_at());
    EXPECT_TRUE(forest) << forest.error().describe();
    const Status bundles = laws::bundles_hold_the_evidence(facts.agency());
    EXPECT_TRUE(bundles) << bundles.error().describe();
    count(story, tally);
    if (::testing::Test::HasFailure()) return;
  }
  const std::size_t all = tally.accepted + tally.refused;
  std::printf("%zu commands, %zu accepted (%zu %%)\n", all, tally.accepted,
              tally.accepted * 100 / all);
  EXPECT_GE(tally.accepted * 2, all) << "at least half are accepted";
  EXPECT_GE(tally.refused * 20, all) << "and enough are not";
  for (const auto& row : EnumNames<EventType>::table) {
    if (row.value == EventType::WriterTookOver) continue;  // the writer's own
    const std::size_t times = tally.events[row.value];
    std::printf("%-30s %6zu\n", std::string(row.name).c_str(), times);
    EXPECT_GT(times, 0U) << row.name << " never happens";
  }
}

TEST(AnyCommands, TellOneStoryASeed) {
  RandomCommands once(5);
  RandomCommands again(5);
  once.play(300);
  again.play(300);
  EXPECT_TRUE(once.scene().events() == again.scene().events());
  RandomCommands other(6);
  other.play(300);
  EXPECT_FALSE(once.scene().events() == other.scene().events());
}

TEST(AnyCommands, GiveTheSameFactsAtEveryPastSequence) {
  RandomCommands story(3);
  story.play(400);
  const auto& events = story.scene().events();
  // The agency's facts are kept whole: asked at a past sequence they answer like a fold up to it.
  for (std::uint64_t at = 50; at < events.size(); at += 97) {
    const FoldedFacts past(events, Sequence{at});
    const AgencyFacts& whole = story.scene().facts().agency();
    for (const auto& [id, unit] : whole.units)
      EXPECT_EQ(whole.unit(id, Sequence{at}) != nullptr, past.agency().units.contains(id));
    for (const auto& [id, run] : whole.runs) {
      const auto found = past.agency().runs.find(id);
      const auto* then =
          found == past.agency().runs.end() ? nullptr : found->second.lock(Sequence{at});
      const auto* now = run.lock(Sequence{at});
      ASSERT_EQ(then == nullptr, now == nullptr) << to_string(id) << " at " << at;
      if (now != nullptr) {
        EXPECT_EQ(now->sequence, then->sequence);
      }
    }
  }
}

}  // namespace
}  // namespace runut::testing
