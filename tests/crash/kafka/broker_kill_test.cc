// `runut import` goes on while the broker that it writes to is killed and started again.
#include <fmt/format.h>

#include <cstdlib>
#include <set>
#include <utility>

#include "cli/kafka/topic.h"
#include "crash/ledger_reader.h"
#include "support/rounds.h"

namespace runut::testing {
namespace {

// tools/kafka/broker VERB NUMBER of the fixture's three.
int broker(const std::string& verb, int number) {
  const char* given = std::getenv("RUNUT_KAFKA_DIRECTORY");
  const std::string directory = given != nullptr ? given : RUNUT_BINARY_DIR "/kafka/three";
  return std::system(fmt::format("{}/tools/kafka/broker {} {} --dir {} >/dev/null",
                                 RUNUT_SOURCE_DIR, verb, number, directory)
                         .c_str());
}

class BrokerKilled : public ::testing::Test {
 protected:
  ~BrokerKilled() override { heal(); }
  // Whoever leads the topic's partition; started again however the test ends, for others share it.
  void kill_leader(const Topic& topic) {
    const int leader = topic.leader();
    ASSERT_EQ(broker("kill", leader), 0);
    killed_ = leader;
  }
  void heal() {
    if (killed_ == 0) return;
    EXPECT_EQ(broker("start", std::exchange(killed_, 0)), 0);
  }

  TemporaryDirectory directory_;
  int killed_ = 0;
};

TEST_F(BrokerKilled, WhileImportingLosesNothingThatWasAcknowledged) {
  const Topic topic(brokers("bootstrap-3"));
  CommandFile commands;
  commands.town(10);
  std::set<std::string> acknowledged;
  Running importing({"import", "--data", directory_ / "data", "--log", topic.url(), "-"}, true,
                    directory_ / "err");
  std::string asked = commands.text();
  importing.feed(asked);
  std::size_t expected = lines_of(asked).size();
  const auto await_all = [&] {
    while (acknowledged.size() < expected) {
      const std::string id = importing.acknowledged();
      ASSERT_FALSE(id.empty()) << "it ended: " << read_file(directory_ / "err");
      acknowledged.insert(id);
    }
  };
  const auto feed = [&](unsigned count) {
    std::string text;
    for (unsigned i = 0; i < count; ++i)
      text += commands.line(
          {.command = "ChangeGrade",
           .data = fmt::format(R"({{"person":"P{}","grade":"III/b","from":"2020-01-01"}})",
                               1 + i % 10)});
    importing.feed(text);
    expected += count;
  };
  await_all();
  for (unsigned round = 0; round < rounds(1) && !HasFatalFailure(); ++round) {
    feed(1'000);
    kill_leader(topic);
    feed(1'000);
    await_all();
    heal();
    feed(1'000);
    await_all();
  }
  ASSERT_FALSE(HasFatalFailure());
  EXPECT_EQ(importing.wait(), 0) << read_file(directory_ / "err");

  const Ran copied =
      run({"copy", "--from", topic.url(), "--to", directory_ / "copy", "--agency", "kota-uji"});
  ASSERT_EQ(copied.exit, 0) << copied.err;
  EXPECT_EQ(log_of(directory_ / "copy"), log_of(directory_ / "data"));
  const LedgerContents contents = read_ledger(directory_ / "copy/kota-uji");
  EXPECT_EQ(contents.commits.size(), expected);
  for (const std::string& id : acknowledged)
    EXPECT_TRUE(contents.commits.contains(id)) << "lost " << id;
  for (const auto& [id, count] : contents.commits) EXPECT_EQ(count, 1U) << id;
}

}  // namespace
}  // namespace runut::testing
