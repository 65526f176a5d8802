// A writer that is frozen past its time-outs, replaced, and resumed beside the new one.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "kafka_engine.h"
#include "steady_writer.h"

namespace runut::testing_log {
namespace {

constexpr KafkaTuning impatient{.message_timeout_ms = 3'000};

// Tells each command that is done, and at the end those that never will be.
struct Told {
  std::uint64_t number = 0;
  bool done = false;
};

void tell(int pipe, const std::set<CommandId>& commands, bool done) {
  for (const CommandId& command : commands) {
    const Told told{read_u64(command.view().substr(8)), done};
    if (write(pipe, &told, sizeof told) != sizeof told) _exit(1);
  }
}

[[noreturn]] void write_until_superseded(const KafkaNode& node, int pipe) {
  auto log = node.open();
  if (!log) _exit(2);
  SteadyWriter writer(**log, 1'000'000);
  if (!writer.take_over(patience)) _exit(3);
  while ((*log)->writable()) {
    writer.write(50);
    tell(pipe, std::exchange(writer.done, {}), true);
  }
  writer.finish(patience);
  tell(pipe, writer.done, true);
  tell(pipe, writer.never, false);
  _exit(0);
}

// Named so that it runs before this process has threads of RocksDB, which a fork would lose.
TEST(ZombieDeathTest, AFrozenWriterThatResumesBesideANewOneChangesNothing) {
  const std::string topic = random_topic();
  const KafkaNode zombies(bootstrap(), topic, impatient);
  const KafkaNode successors(bootstrap(), topic, impatient);
  const KafkaNode readers(bootstrap(), topic, impatient);
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t zombie = fork();
  if (zombie == 0) {
    close(ends[0]);
    write_until_superseded(zombies, ends[1]);
  }
  close(ends[1]);
  Told told;
  std::vector<Told> all;
  while (all.size() < 500 && read(ends[0], &told, sizeof told) == sizeof told) all.push_back(told);
  ASSERT_EQ(all.size(), 500u) << "the first writer writes";
  ASSERT_EQ(kill(zombie, SIGSTOP), 0);

  auto successor = successors.open(false);
  ASSERT_TRUE(successor.has_value()) << successor.error().describe();
  SteadyWriter writer(**successor, 2'000'000);
  ASSERT_TRUE(writer.take_over(patience));
  const auto thawed = std::chrono::steady_clock::now() + std::chrono::milliseconds{4'000};
  while (std::chrono::steady_clock::now() < thawed) writer.write(20);
  ASSERT_EQ(kill(zombie, SIGCONT), 0);
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds{3'000};
  // The zombie's void takeover or records may make this one step down: then it takes over again.
  while (std::chrono::steady_clock::now() < end) {
    writer.write(20);
    if (!(*successor)->writable()) {
      writer.finish(patience);
      ASSERT_TRUE(writer.take_over(patience));
    }
  }
  writer.finish(patience);
  while (read(ends[0], &told, sizeof told) == sizeof told) all.push_back(told);
  int status = 0;
  ASSERT_EQ(waitpid(zombie, &status, 0), zombie);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "the zombie notices, and ends";

  auto reader = readers.open(false);
  ASSERT_TRUE(reader.has_value());
  ASSERT_TRUE((*reader)->wait_for((*successor)->head().sequence, patience).has_value());
  EXPECT_EQ((*reader)->head(), (*successor)->head());
  const auto history = commands_of(**reader);
  EXPECT_EQ(history, commands_of(**successor));
  std::size_t zombies_done = 0;
  for (const Told& each : all) {
    EXPECT_EQ(history.count(command_id(each.number)), each.done ? 1u : 0u) << each.number;
    zombies_done += static_cast<std::size_t>(each.done);
  }
  for (const CommandId& command : writer.done) EXPECT_EQ(history.count(command), 1u);
  for (const CommandId& command : writer.never) EXPECT_EQ(history.count(command), 0u);
  for (const auto& [command, times] : history) EXPECT_EQ(times, 1u) << to_string(command);
  EXPECT_GT(writer.done.size(), 100u);
  std::printf("the zombie did %zu, the successor %zu\n", zombies_done, writer.done.size());
}

}  // namespace
}  // namespace runut::testing_log
