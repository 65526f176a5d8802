// Random months, computed by the engine and audited by the naive evaluator of the rulebook, to the
// rupiah.
#include "tests/oracle/oracle.h"

#include <gtest/gtest.h>

#include "tests/computation/random_office.h"

namespace runut {
namespace {

using testing::RandomOffice;

class RandomMonths : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomMonths, AgreeWithTheRulebookToTheRupiah) {
  RandomOffice random(GetParam());
  random.live_until(month(2022, 8));
  oracle::Oracle oracle;
  std::size_t payments = 0;
  for (const Event& event : random.office.ledger.events()) {
    oracle.apply(event);
    payments += std::holds_alternative<TppPaymentComputed>(event.payload) ? 1u : 0u;
  }
  EXPECT_GE(payments, 80u);
  const std::vector<std::string> differences = oracle.disagreements();
  EXPECT_TRUE(differences.empty()) << differences.size() << " differences";
  for (std::size_t i = 0; i < differences.size() && i < 12; ++i) ADD_FAILURE() << differences[i];
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomMonths, ::testing::Range<std::uint64_t>(1, 13));

}  // namespace
}  // namespace runut
