// kill -9 at random points: what was acknowledged stays, and a commit is whole or not there.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <map>

#include "log/reader_rule.h"
#include "log/rocksdb_event_log.h"
#include "test_encoding.h"
#include "tests/support/rounds.h"
#include "tests/support/temporary_directory.h"

namespace runut::testing_log {

using testing::rounds;
using testing::TemporaryDirectory;
namespace {

// What a writer tells its parent for each acknowledged commit.
struct Acknowledged {
  std::uint64_t sequence = 0;
  std::array<std::uint8_t, 32> leaf{};
};

// RocksDB's threads do not survive a fork, so this process never opens a store: children do.
template <class Work>
pid_t child(Work work) {
  const pid_t pid = fork();
  if (pid == 0) {
    work();
    _exit(0);
  }
  return pid;
}

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  _exit(1);
}

std::unique_ptr<RocksdbEventLog> open_or_give_up(const std::string& directory) {
  // Small buffers, so that flushes and compactions are hit as well.
  StoreOptions options{.directory = directory, .families = log_families()};
  options.write_buffer_bytes = 128 << 10;
  auto store = Store::open(options);
  if (!store) give_up(store.error().describe());
  auto log = RocksdbEventLog::open(std::shared_ptr<Store>(std::move(*store)), read_header);
  if (!log) give_up(log.error().describe());
  return std::move(*log);
}

void write_until_killed(const std::string& directory, int pipe, std::uint64_t seed) {
  const auto log = open_or_give_up(directory);
  SeededRandomness chance(seed);
  auto taken = log->take_over(takeover_on, Millis{5'000});
  if (!taken) give_up(taken.error().describe());
  Head head = taken->head;
  while (true) {
    for (std::uint64_t i = chance.below(20); i > 0; --i) {
      const std::vector<std::string> texts(1 + chance.below(4),
                                           std::string(chance.below(3'000), 'x'));
      Head after = head;
      if (log->append(chain(after, chance.draw<CommandId>(), texts))) head = after;
    }
    for (const Settled& settled : log->settle(Millis{100})) {
      const Appended* appended = std::get_if<Appended>(&settled.outcome);
      if (appended == nullptr) give_up("a commit was not appended");
      Acknowledged line{appended->head.sequence.value, appended->head.leaf.bytes};
      if (write(pipe, &line, sizeof line) != sizeof line) give_up("the parent is gone");
    }
  }
}

void verify(const std::string& directory, const std::vector<Acknowledged>& acknowledged) {
  const auto log = open_or_give_up(directory);
  std::map<std::uint64_t, Hash256> leaves;
  ReaderRule rule;
  Sequence from{1};
  while (from <= log->head().sequence) {
    const auto batch = log->read(from);
    if (!batch) give_up(batch.error().describe());
    for (const EventView& event : batch->events) {
      const auto header = read_header(event.bytes);
      if (!header || leaf_hash(event.bytes) != event.leaf) give_up("an event is damaged");
      if (rule.judge(*header, event.leaf, event.bytes.size()) == Judgement::void_record)
        give_up("an event does not belong to the history");
      leaves[event.sequence.value] = event.leaf;
    }
    from = next(batch->events.back().sequence);
  }
  if (rule.pending() || rule.head() != log->head()) give_up("half a commit is visible");
  for (const Acknowledged& each : acknowledged) {
    const auto found = leaves.find(each.sequence);
    if (found == leaves.end() || found->second.bytes != each.leaf)
      give_up("acknowledged event " + std::to_string(each.sequence) + " is lost");
  }
}

bool succeeded(pid_t pid) {
  int status = 0;
  return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// Named so that it runs first: its children are forked before this process has threads of RocksDB.
TEST(CrashDeathTest, AHundredKillsLoseNothingThatWasAcknowledged) {
  const unsigned wanted_rounds = rounds(100);
  std::size_t total = 0;
  std::size_t before_first = 0;
  std::unique_ptr<TemporaryDirectory> directory;
  std::vector<Acknowledged> acknowledged;
  for (unsigned round = 0; round < wanted_rounds; ++round) {
    if (round % 10 == 0) {
      directory = std::make_unique<TemporaryDirectory>();
      acknowledged.clear();
    }
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t writer = child([&] {
      close(ends[0]);
      write_until_killed(directory->path(), ends[1], round);
    });
    close(ends[1]);
    // Most are killed some time after the first acknowledgement, a few at any time at all.
    SeededRandomness chance(1'000 + round);
    if (chance.below(10) != 0) {
      pollfd first{ends[0], POLLIN, 0};
      ASSERT_EQ(::poll(&first, 1, 10'000), 1);
    }
    usleep(static_cast<useconds_t>(chance.below(30'000)));
    ASSERT_EQ(kill(writer, SIGKILL), 0);
    int status = 0;
    ASSERT_EQ(waitpid(writer, &status, 0), writer);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself";
    const std::size_t known = acknowledged.size();
    Acknowledged line;
    while (read(ends[0], &line, sizeof line) == sizeof line) acknowledged.push_back(line);
    close(ends[0]);
    total += acknowledged.size() - known;
    before_first += static_cast<std::size_t>(acknowledged.size() == known);
    ASSERT_TRUE(succeeded(child([&] { verify(directory->path(), acknowledged); })))
        << "round " << round;
  }
  EXPECT_GT(total, wanted_rounds) << "the writers have written";
  std::printf("%zu acknowledged commits, %zu kills before the first\n", total, before_first);
}

}  // namespace
}  // namespace runut::testing_log
