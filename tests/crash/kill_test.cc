// kill -9 in a loop while importing: nothing acknowledged is lost, nothing is recorded twice, and
// importing again records the rest.
#include <fmt/format.h>

#include <chrono>
#include <random>
#include <set>
#include <thread>

#include "crash/ledger_reader.h"
#include "run_binary/commands.h"
#include "run_binary/run_binary.h"
#include "support/rounds.h"

namespace runut::testing {
namespace {

constexpr unsigned usual_rounds = 100;
constexpr unsigned people = 400;  // three commands each

// How a round ended, so that a test which kills too late or too early shows.
struct Tally {
  unsigned before_first = 0;  // killed before anything was acknowledged
  unsigned amid = 0;
  unsigned finished = 0;  // it was through before the kill
};

class KilledImport : public ::testing::Test {
 protected:
  void check_acknowledged(unsigned round) {
    const LedgerContents contents = read_ledger(data_ + "/kota-uji");
    for (const std::string& id : acknowledged_)
      ASSERT_TRUE(contents.commits.contains(id)) << "round " << round << " lost " << id;
    for (const auto& [id, count] : contents.commits)
      ASSERT_EQ(count, 1U) << "round " << round << ": " << id << " was recorded twice";
  }

  TemporaryDirectory directory_;
  const std::string data_ = directory_ / "data";
  std::set<std::string> acknowledged_;
};

TEST_F(KilledImport, LosesNothingThatItAcknowledged) {
  std::mt19937 random(20220815);
  CommandFile commands;
  const std::string file = directory_.write("commands.ndjson", commands.town(people).text());
  const std::size_t all = lines_of(commands.text()).size();
  Tally tally;
  const unsigned wanted_rounds = rounds(usual_rounds);
  for (unsigned round = 0; round < wanted_rounds; ++round) {
    const std::size_t known = acknowledged_.size();
    Running importing({"import", "--data", data_, file}, true, directory_ / "err");
    // Known commands are acknowledged again first; some rounds die before, some within, some
    // behind.
    const std::size_t wanted = random() % 8 == 0 ? 0 : known + random() % (all / 10);
    bool ended = false;
    for (std::size_t seen = 0; seen < wanted && !ended;) {
      const std::string id = importing.acknowledged();
      ended = id.empty();
      if (!ended) acknowledged_.insert(id);
      ++seen;
    }
    if (!ended) std::this_thread::sleep_for(std::chrono::microseconds(random() % 4'000));
    importing.kill();
    // What it had acknowledged before it died still lies in the pipe.
    const int exit = importing.wait();
    for (std::string id = importing.acknowledged(); !id.empty(); id = importing.acknowledged())
      acknowledged_.insert(id);
    ++(exit == 0                       ? tally.finished
       : acknowledged_.size() == known ? tally.before_first
                                       : tally.amid);
    check_acknowledged(round);
    if (HasFatalFailure()) return;
    if (acknowledged_.size() == all) {  // begin anew
      std::filesystem::remove_all(data_);
      std::filesystem::remove_all(data_ + ".keys");
      acknowledged_.clear();
    }
  }
  fmt::print("killed before the first acknowledgement {}, amid {}; finished {}\n",
             tally.before_first, tally.amid, tally.finished);
  EXPECT_GT(tally.amid, wanted_rounds / 4);

  const Ran rest = run({"import", "--data", data_, file});
  EXPECT_EQ(rest.exit, 0) << rest.err;
  const LedgerContents contents = read_ledger(data_ + "/kota-uji");
  EXPECT_EQ(contents.commits.size(), all);
  for (const auto& [id, count] : contents.commits) EXPECT_EQ(count, 1U) << id;
  const Ran verify = run({"verify", "--data", data_});
  EXPECT_EQ(verify.exit, 0) << verify.out << verify.err;
  const Ran rebuilt = run({"rebuild", "--data", data_});
  EXPECT_EQ(rebuilt.exit, 0) << rebuilt.out << rebuilt.err;
}

}  // namespace
}  // namespace runut::testing
