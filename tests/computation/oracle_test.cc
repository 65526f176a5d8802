// Random months, computed by the engine and audited by the naive evaluator of the rulebook, to the
// rupiah.
#include "tests/oracle/oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "tests/computation/random_office.h"

namespace runut {
namespace {

using testing::RandomOffice;

void expect_agreement(RandomOffice random, std::size_t payments_min = 80) {
  random.live_until(month(2022, 8));
  oracle::Oracle oracle;
  std::size_t payments = 0;
  for (const Event& event : random.office.ledger.events()) {
    oracle.apply(event);
    payments += std::holds_alternative<TppPaymentComputed>(event.payload) ? 1u : 0u;
  }
  EXPECT_GE(payments, payments_min);
  const std::vector<std::string> differences = oracle.disagreements();
  EXPECT_TRUE(differences.empty()) << differences.size() << " differences";
  for (std::size_t i = 0; i < differences.size() && i < 12; ++i) ADD_FAILURE() << differences[i];
}

class RandomMonths : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomMonths, AgreeWithTheRulebookToTheRupiah) {
  expect_agreement(RandomOffice(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomMonths, ::testing::Range<std::uint64_t>(1, 4));
INSTANTIATE_TEST_SUITE_P(OtherSeeds, RandomMonths, ::testing::Range<std::uint64_t>(4, 13));

// The cities that rank nobody: numeric until June, the predicate regime from July.
class RandomMonthsOfAPack
    : public ::testing::TestWithParam<std::tuple<std::string, std::uint64_t>> {};

TEST_P(RandomMonthsOfAPack, AgreeWithTheRulebookToTheRupiah) {
  const auto& [pack, seed] = GetParam();
  expect_agreement(RandomOffice(seed, {.first = "../" + pack + "/2021.json",
                                       .from_july = "../" + pack + "/2022-07.json",
                                       .ranked = false}));
}

INSTANTIATE_TEST_SUITE_P(Packs, RandomMonthsOfAPack,
                         ::testing::Combine(::testing::Values("kota-yogyakarta", "kota-denpasar"),
                                            ::testing::Range<std::uint64_t>(1, 4)));

// RUNUT_SEEDS more of them, 2 by default, so that a soak can look where the suite does not.
TEST(Comparison, AgreesOnOtherSeedsToo) {
  const char* const wanted = std::getenv("RUNUT_SEEDS");
  const std::uint64_t seeds = wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : 2;
  ASSERT_GT(seeds, 0U);
  for (std::uint64_t seed = 100; seed < 100 + seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    expect_agreement(RandomOffice(seed), 40);
    if (HasFailure()) return;
  }
}

// What the comparison above would not notice, it would not notice in the engine either.
TEST(Comparison, NoticesAtLeastTwentyMistakesOfTheRulebook) {
  std::vector<std::vector<Event>> ledgers;
  for (const std::uint64_t seed : {5u, 9u}) {
    RandomOffice random(seed);
    random.live_until(month(2022, 8));
    ledgers.push_back(random.office.ledger.events());
  }
  std::size_t noticed = 0;
  std::string missed;
  for (const oracle::MutationRow& row : oracle::mutation_table) {
    const bool shows = std::any_of(ledgers.begin(), ledgers.end(), [&](const auto& events) {
      oracle::Oracle mutated(row.mutation);
      // The first is enough: the rest of the ledger would only take time.
      return std::any_of(events.begin(), events.end(), [&](const Event& event) {
        mutated.apply(event);
        return !mutated.disagreements().empty();
      });
    });
    if (shows) {
      ++noticed;
    } else {
      missed += " " + std::string(row.name);
    }
  }
  EXPECT_GE(noticed, 20u) << "not noticed:" << missed;
  RecordProperty("noticed", static_cast<int>(noticed));
  RecordProperty("missed", missed);
}

}  // namespace
}  // namespace runut
