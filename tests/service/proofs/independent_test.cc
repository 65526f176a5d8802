// What the routes serve, verified by a program that shares nothing with this one.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>

#include "tests/service/proofs/mirror.h"

namespace runut::testing {
namespace {

struct Judged {
  int status = -1;
  std::string said;
};
Judged judge(const TemporaryDirectory& mirrored, const std::string& options = {}) {
  const std::string command = std::string(RUNUT_PYTHON) + " " + RUNUT_SOURCE_DIR +
                              "/tests/service/proofs/independent.py " + mirrored.path() + " " +
                              options + " 2>&1";
  Judged judged;
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> block{};
  for (std::size_t got = 0; (got = fread(block.data(), 1, block.size(), pipe)) > 0;)
    judged.said.append(block.data(), got);
  judged.status = WEXITSTATUS(pclose(pipe));
  return judged;
}

TEST(IndependentVerifier, FindsThatEverythingHoldsAtEachBoundary) {
  LiveLedger ledger({.interval = Millis{0}});
  const std::string founding = ledger.get("log/checkpoint").body;
  for (const std::uint64_t size : {255U, 256U, 257U, 513U}) {
    ledger.grow_to(size);
    (void)ledger.sign();
    const TemporaryDirectory mirrored;
    mirror(ledger, mirrored, founding, {1, 2, 100, size - 1, size});
    const Judged judged = judge(mirrored);
    EXPECT_EQ(judged.status, 0) << judged.said;
    EXPECT_EQ(judged.said, std::to_string(size) + " entries, 5 receipts hold\n");
  }
}

TEST(IndependentVerifier, FindsEachByteThatIsAnotherOne) {
  LiveLedger ledger({.interval = Millis{0}});
  const std::string founding = ledger.get("log/checkpoint").body;
  ledger.grow_to(259);
  (void)ledger.sign();
  const TemporaryDirectory mirrored;
  mirror(ledger, mirrored, founding, {7, 258});
  const Judged judged = judge(mirrored, "--flip");
  EXPECT_EQ(judged.status, 0) << judged.said;
}

TEST(IndependentVerifier, FollowsAThirdLevelOfTiles) {
  LiveLedger ledger({.interval = Millis{0}});
  const std::string founding = ledger.get("log/checkpoint").body;
  ledger.grow_to(65'536 + 300);
  (void)ledger.sign();
  EXPECT_EQ(ledger.get("log/tile/2/000.p/1").status, 200U);
  EXPECT_EQ(ledger.get("log/tile/1/000").status, 200U);
  EXPECT_EQ(ledger.get("log/tile/1/001.p/1").status, 200U);
  EXPECT_EQ(ledger.get("log/tile/0/257.p/44").status, 200U);
  const TemporaryDirectory mirrored;
  mirror(ledger, mirrored, founding, {1, 65'536, 65'537, 65'836});
  const Judged judged = judge(mirrored);
  EXPECT_EQ(judged.status, 0) << judged.said;
}

}  // namespace
}  // namespace runut::testing
