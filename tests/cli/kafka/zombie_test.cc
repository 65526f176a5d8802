// Two imports into one topic, of which one is frozen past its time-outs and goes on beside the
// other.
#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <set>
#include <thread>

#include "cli/kafka/topic.h"
#include "crash/ledger_reader.h"

namespace runut::testing {
namespace {

constexpr unsigned people = 40;
constexpr std::chrono::seconds past_every_time_out{33};  // a record is given up after 30

class Zombie : public ::testing::Test {
 protected:
  Zombie() { std::signal(SIGPIPE, SIG_IGN); }  // who has stepped down reads no further
  // A founded ledger on the topic, and a second node with the same keys.
  void given_two_nodes() {
    const std::string file = directory_.write("town.ndjson", commands_.town(people).text());
    const Ran ran = run({"import", "--data", directory_ / "first", "--log", topic_.url(), file});
    ASSERT_EQ(ran.exit, 0) << ran.err;
    std::filesystem::copy(directory_ / "first.keys", directory_ / "second.keys",
                          std::filesystem::copy_options::recursive);
  }
  [[nodiscard]] Arguments importing(const std::string& data) const {
    return {"import",     "--data",   directory_ / data, "--log",
            topic_.url(), "--agency", "kota-uji",        "-"};
  }
  // Changes of grade: each is a command of its own and needs no key.
  std::string some_commands(unsigned count) {
    std::string text;
    for (unsigned i = 0; i < count; ++i)
      text += commands_.line(
          {.command = "ChangeGrade",
           .data = fmt::format(R"({{"person":"P{}","grade":"III/b","from":"2020-01-01"}})",
                               1 + i % people)});
    return text;
  }
  void await_acknowledged(Running& node, std::set<std::string>& acknowledged, std::size_t count) {
    const std::size_t goal = acknowledged.size() + count;
    while (acknowledged.size() < goal) {
      const std::string id = node.acknowledged();
      ASSERT_FALSE(id.empty()) << "it ended: " << read_file(directory_ / "first.err")
                               << read_file(directory_ / "second.err");
      acknowledged.insert(id);
    }
  }
  static int end_of(Running& node, std::set<std::string>& acknowledged) {
    const int exit = node.wait();
    for (std::string id = node.acknowledged(); !id.empty(); id = node.acknowledged())
      acknowledged.insert(id);
    return exit;
  }

  TemporaryDirectory directory_;
  Topic topic_;
  CommandFile commands_;
};

TEST_F(Zombie, FrozenPastItsTimeOutsChangesNothingThatWasAcknowledged) {
  given_two_nodes();
  std::set<std::string> acknowledged;
  Running first(importing("first"), true, directory_ / "first.err");
  first.feed(some_commands(300));
  await_acknowledged(first, acknowledged, 300);
  // Frozen while its next commands are on their way.
  first.feed(some_commands(200));
  first.signal(SIGSTOP);

  Running second(importing("second"), true, directory_ / "second.err");
  second.feed(some_commands(300));
  await_acknowledged(second, acknowledged, 300);
  std::this_thread::sleep_for(past_every_time_out);
  first.signal(SIGCONT);
  // Both go on. Whoever loses the log steps down; what it acknowledged stays, and the rest can be
  // asked for again.
  for (int round = 0; round < 10; ++round) {
    first.feed(some_commands(50));
    second.feed(some_commands(50));
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  const int first_exit = end_of(first, acknowledged);
  const int second_exit = end_of(second, acknowledged);
  fmt::print("the zombie ended with {}, the other with {}; {} acknowledged\n", first_exit,
             second_exit, acknowledged.size());
  EXPECT_TRUE(first_exit == 0 || first_exit == 4) << read_file(directory_ / "first.err");
  EXPECT_TRUE(second_exit == 0 || second_exit == 4) << read_file(directory_ / "second.err");

  // A third reader, which knows nothing but the topic, and the two nodes have one history.
  for (const std::string data : {"first", "second"})
    EXPECT_EQ(
        run({"verify", "--data", directory_ / data, "--log", topic_.url(), "--agency", "kota-uji"})
            .exit,
        0);
  const Ran copied =
      run({"copy", "--from", topic_.url(), "--to", directory_ / "copy", "--agency", "kota-uji"});
  ASSERT_EQ(copied.exit, 0) << copied.err;
  EXPECT_EQ(log_of(directory_ / "first"), log_of(directory_ / "copy"));
  EXPECT_EQ(log_of(directory_ / "second"), log_of(directory_ / "copy"));
  const LedgerContents contents = read_ledger(directory_ / "copy/kota-uji");
  for (const std::string& id : acknowledged)
    EXPECT_TRUE(contents.commits.contains(id)) << "lost " << id;
  for (const auto& [id, count] : contents.commits) EXPECT_EQ(count, 1U) << id;
}

}  // namespace
}  // namespace runut::testing
