// Each planted mistake of the oracle is noticed on at least one of a few ledgers. The ledgers are
// recorded by the true oracle, which agrees with all of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/oracle/play/telling_cities.h"

namespace runut::oracle {
namespace {

using ::testing::IsEmpty;

TEST(OracleMutation, NoneOfTheOracleAgreesWithWhatItRecorded) {
  for (const auto& city : telling_cities()) EXPECT_THAT(disagreements(city->ledger), IsEmpty());
}

// One test, so that the ledgers are recorded once.
TEST(OracleMutation, EveryPlantedMistakeIsNoticed) {
  EXPECT_GE(std::size(mutation_table), 20u);
  for (const MutationRow& row : mutation_table) {
    const bool noticed = std::any_of(
        telling_cities().rbegin(), telling_cities().rend(),
        [&](const auto& city) { return !disagreements(city->ledger, row.mutation).empty(); });
    EXPECT_TRUE(noticed) << row.name << ": " << row.mistake;
  }
}

}  // namespace
}  // namespace runut::oracle
