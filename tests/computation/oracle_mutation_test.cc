// The comparison of engine and naive evaluator can fail: ledgers of the engine's own recording
// agree with the evaluator, and each mistake planted in the evaluator makes some of them disagree.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "tests/computation/engine_recording.h"
#include "tests/oracle/play/telling_cities.h"

namespace runut {
namespace {

using ::testing::IsEmpty;

std::vector<std::string> disagreements(const std::vector<Event>& events,
                                       oracle::Mutation mutation) {
  oracle::Oracle evaluator(mutation);
  for (const Event& event : events) evaluator.apply(event);
  return evaluator.disagreements();
}

TEST(EngineAgainstTheNaiveEvaluator, AgreesAndEveryPlantedMistakeIsNoticed) {
  std::vector<std::vector<Event>> ledgers;
  for (const auto& city : oracle::telling_cities()) {
    const auto recording = testing::recorded_by_engine(city->ledger.events());
    EXPECT_THAT(recording.differences, IsEmpty());
    EXPECT_GE(recording.decisions, 2u);
    EXPECT_THAT(disagreements(recording.events, oracle::Mutation::none), IsEmpty());
    ledgers.push_back(recording.events);
  }
  ASSERT_GE(std::size(oracle::mutation_table), 20u);
  for (const oracle::MutationRow& row : oracle::mutation_table) {
    const bool noticed = std::any_of(ledgers.rbegin(), ledgers.rend(), [&](const auto& events) {
      return !disagreements(events, row.mutation).empty();
    });
    EXPECT_TRUE(noticed) << row.name << ": " << row.mistake;
  }
}

}  // namespace
}  // namespace runut
