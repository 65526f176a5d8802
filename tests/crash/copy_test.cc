// `runut copy` from directory to directory, ended in its middle by a system call that fails and by
// one that kills: what is there is whole, and run again it goes on to the same bytes.
#include <fmt/format.h>

#include "crash/ledger_reader.h"
#include "run_binary/commands.h"
#include "run_binary/run_binary.h"

namespace runut::testing {
namespace {

// Six times as many commits (three a person) as a log has in flight: the copy is made durable in as
// many steps at least.
constexpr unsigned people_to_copy = 20'000;

struct Ending {
  const char* inject;
  int exit;
};

class InterruptedCopy : public ::testing::TestWithParam<Ending> {
 protected:
  void SetUp() override {
    const std::string file =
        directory_.write("commands.ndjson", CommandFile().town(people_to_copy).text());
    const Ran ran = run({"import", "--data", source_, file});
    ASSERT_EQ(ran.exit, 0) << ran.err;
  }
  // One event as the log shows it. The chain in it stands for the stored bytes of all before it.
  [[nodiscard]] static std::string event_of(const std::string& data, std::uint64_t sequence) {
    const std::string at = std::to_string(sequence);
    return run({"log", "--data", data, "--json", "--from", at, "--to", at}).out;
  }

  TemporaryDirectory directory_;
  const std::string source_ = directory_ / "data";
};

TEST_P(InterruptedCopy, GoesOnToTheSameBytes) {
  ASSERT_EQ(run({"--version"}, traced("trace=none")).exit, 0) << "strace cannot trace here";
  const std::uint64_t all = read_ledger(source_ + "/kota-uji").events;
  const std::string last = event_of(source_, all);
  ASSERT_EQ(lines_of(last).size(), 1U);
  unsigned amid = 0;
  // From before anything is stored until after the last of it.
  for (unsigned when = 2; when <= 16; when += when < 6 ? 4 : 1) {
    const std::string target = directory_ / fmt::format("copy-{}", when);
    const Arguments copy{"copy", "--from", source_, "--to", target};
    const Ran ended = run(copy, traced(fmt::format("inject={}:when={}+", GetParam().inject, when)));
    if (ended.exit == 0) break;  // it does not call that often
    EXPECT_EQ(ended.exit, GetParam().exit) << "call " << when << ": " << ended.err;
    const LedgerContents part = read_ledger(target + "/kota-uji");  // whole commits, or none
    if (HasFailure()) return;
    if (part.events > 0 && part.events < all) ++amid;
    if (part.events > 0) {
      EXPECT_EQ(event_of(target, part.events), event_of(source_, part.events))
          << "call " << when << ": a beginning of the source";
    }
    const Ran rest = run(copy);
    ASSERT_EQ(rest.exit, 0) << "call " << when << ": " << rest.err;
    EXPECT_EQ(read_ledger(target + "/kota-uji").events, all) << "call " << when;
    EXPECT_EQ(event_of(target, all), last) << "call " << when;
  }
  EXPECT_GT(amid, 0U) << "it never ended in its middle";
}

INSTANTIATE_TEST_SUITE_P(ByAKill, InterruptedCopy,
                         ::testing::Values(Ending{"fdatasync:signal=KILL", 128 + 9}));
INSTANTIATE_TEST_SUITE_P(ByAFullDisk, InterruptedCopy,
                         ::testing::Values(Ending{"fdatasync:error=ENOSPC", 4}));

}  // namespace
}  // namespace runut::testing
