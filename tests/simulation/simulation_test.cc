// RUNUT_SEED=n runs that one seed; a failure prints the seed that reproduces it. RUNUT_SEEDS=n runs
// n seeds of each scenario instead of the suite's few.
#include "simulation.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <string>

namespace runut::simulation {
namespace {

Report operator+(Report sum, const Report& other) {
  sum.records += other.records;
  sum.voids += other.voids;
  sum.takeovers += other.takeovers;
  sum.done += other.done;
  sum.not_done += other.not_done;
  sum.rejected += other.rejected;
  sum.crashes += other.crashes;
  sum.pauses += other.pauses;
  sum.refused += other.refused;
  return sum;
}

// Runs seeds first to last, or the one asked for.
Report run_seeds(std::uint64_t first, std::uint64_t last, const Scenario& scenario) {
  if (const char* wanted = std::getenv("RUNUT_SEED"))
    first = last = std::strtoull(wanted, nullptr, 10);
  if (const char* count = std::getenv("RUNUT_SEEDS"))
    last = first + std::strtoull(count, nullptr, 10) - 1;
  Report sum;
  for (std::uint64_t seed = first; seed <= last; ++seed) {
    const Report report = simulate(seed, Rules{}, scenario);
    EXPECT_EQ(report.breach, "") << "RUNUT_SEED=" << seed;
    sum = sum + report;
    if (::testing::Test::HasFailure()) break;
  }
  std::printf(
      "records %zu, void %zu, takeovers %zu, done %zu, not done %zu, rejected %zu, crashes %zu, "
      "pauses %zu, refused %zu\n",
      sum.records, sum.voids, sum.takeovers, sum.done, sum.not_done, sum.rejected, sum.crashes,
      sum.pauses, sum.refused);
  return sum;
}

void expect_trouble(const Report& sum) {
  EXPECT_GT(sum.voids, 0u);
  EXPECT_GT(sum.takeovers, 0u);
  EXPECT_GT(sum.done, 0u);
  EXPECT_GT(sum.not_done, 0u);
  EXPECT_GT(sum.rejected, 0u);
  EXPECT_GT(sum.crashes, 0u);
  EXPECT_GT(sum.pauses, 0u);
  EXPECT_EQ(sum.refused, 0u);
}

TEST(Simulation, TwoWritersHaveOneHistoryOnFiveHundredSeeds) {
  const Report sum = run_seeds(1, 500, Scenario{.nodes = 2});
  if (std::getenv("RUNUT_SEED") == nullptr) expect_trouble(sum);
}

TEST(Simulation, ThreeWritersHaveOneHistoryOnFiveHundredSeeds) {
  const Report sum = run_seeds(501, 1000, Scenario{.nodes = 3});
  if (std::getenv("RUNUT_SEED") == nullptr) expect_trouble(sum);
}

TEST(Simulation, NobodyServesASecondHistoryWhenTheBrokersLoseRecords) {
  const Report sum =
      run_seeds(1, 200, Scenario{.nodes = 3, .calm_until = 6'000, .brokers_lose_the_tail = true});
  if (std::getenv("RUNUT_SEED") == nullptr) {
    EXPECT_GT(sum.refused, 0u);
  }
}

TEST(Simulation, IsAFunctionOfTheSeed) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Report once = simulate(seed, Rules{}, Scenario{});
    const Report again = simulate(seed, Rules{}, Scenario{});
    EXPECT_EQ(once.records, again.records);
    EXPECT_EQ(once.voids, again.voids);
    EXPECT_EQ(once.takeovers, again.takeovers);
  }
}

// Each rule that is left out has a counterexample: with it broken, some seed breaks the invariant.
struct Counterexample {
  std::string name;
  std::string breach;  // part of the message that must appear
  std::function<void(Rules&)> break_rule;
  Scenario scenario{};
};

void PrintTo(const Counterexample& counterexample, std::ostream* out) {
  *out << counterexample.name;
}

class WithoutTheRule : public ::testing::TestWithParam<Counterexample> {};

TEST_P(WithoutTheRule, SomeSeedBreaksTheInvariant) {
  const Counterexample& counterexample = GetParam();
  Rules rules;
  counterexample.break_rule(rules);
  constexpr std::uint64_t seeds_max = 5'000;
  for (std::uint64_t seed = 1; seed <= seeds_max; ++seed) {
    const Report report = simulate(seed, rules, counterexample.scenario);
    if (report.breach.find(counterexample.breach) == std::string::npos) continue;
    std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), report.breach.c_str());
    EXPECT_EQ(simulate(seed, Rules{}, counterexample.scenario).breach, "")
        << "with the rule, the same seed is well";
    return;
  }
  ADD_FAILURE() << "no seed up to " << seeds_max << " shows what the rule is for";
}

using Reports = WriterRules::Reports;
using Settling = WriterRules::Settling;
constexpr const char* twice = "is applied";
constexpr const char* undone = "answered \"not done\" and is done";
constexpr const char* lost = "acknowledged and is lost";

INSTANTIATE_TEST_SUITE_P(
    Counterexamples, WithoutTheRule,
    ::testing::Values(
        Counterexample{"R4WholeCommits", "half a commit is visible",
                       [](Rules& rules) { rules.reader.whole_commits = false; }},
        Counterexample{"R3PreviousHash", twice,
                       [](Rules& rules) { rules.reader.previous_hash = false; }},
        Counterexample{"R3DiscardPending", "no progress",
                       [](Rules& rules) { rules.reader.discard_pending = false; },
                       Scenario{.calm_until = 10'000}},
        Counterexample{"W1ReadBack", undone,
                       [](Rules& rules) {
                         rules.writer.read_back_takeover = false;
                         rules.writer.settling = Settling::foreign_takeover;
                       }},
        Counterexample{"W3AnyReportTrusted", lost,
                       [](Rules& rules) { rules.writer.reports = Reports::trusted; }},
        Counterexample{
            "W3ContiguousReportTrusted", lost,
            [](Rules& rules) { rules.writer.reports = Reports::trusted_when_contiguous; }},
        Counterexample{"W5SettledAtOnce", undone,
                       [](Rules& rules) { rules.writer.settling = Settling::at_once; }},
        Counterexample{"W5SettledByReadingToTheEnd", undone,
                       [](Rules& rules) { rules.writer.settling = Settling::reading_to_the_end; }},
        Counterexample{"W7LookUp", twice, [](Rules& rules) { rules.look_up_commands = false; }},
        Counterexample{"W10RejectFromHistory", "rejected for what is not in the history",
                       [](Rules& rules) { rules.reject_from_history = false; }},
        Counterexample{"R5KeepPending", "two histories",
                       [](Rules& rules) { rules.keep_pending = false; }},
        Counterexample{"R6RecheckLastRead", "two histories",
                       [](Rules& rules) { rules.recheck_last_read = false; },
                       Scenario{.calm_until = 6'000, .brokers_lose_the_tail = true}}),
    [](const ::testing::TestParamInfo<Counterexample>& each) { return each.param.name; });

}  // namespace
}  // namespace runut::simulation
