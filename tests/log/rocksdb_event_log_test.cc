// What only the embedded engine has: a directory, a lock, a disk that fills up.
#include "log/rocksdb_event_log.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include "test_encoding.h"
#include "tests/support/temporary_directory.h"

namespace runut::testing_log {

using testing::TemporaryDirectory;
namespace {

std::unique_ptr<RocksdbEventLog> open(const std::string& directory) {
  auto log = RocksdbEventLog::open(directory, read_header);
  EXPECT_TRUE(log.has_value()) << log.error().describe();
  return log ? std::move(*log) : nullptr;
}

void append(RocksdbEventLog& log, std::size_t commits, std::size_t bytes) {
  Head head = log.take_over(takeover_on, patience)->head;
  for (std::size_t i = 0; i < commits; ++i)
    ASSERT_TRUE(log.append(chain(head, command_id(i), {std::string(bytes, 'a')})).has_value());
  while (log.in_flight() > 0)
    for (const Settled& settled : log.settle(patience))
      ASSERT_TRUE(std::holds_alternative<Appended>(settled.outcome));
}

// Named so that it runs before this process has threads of RocksDB, which a fork would lose.
TEST(RocksdbLockDeathTest, ASecondProcessOnTheDirectoryIsRefusedByName) {
  const TemporaryDirectory directory;
  const pid_t other = fork();
  // Forked before this process has any RocksDB thread.
  if (other == 0) {
    const auto log = RocksdbEventLog::open(directory.path(), read_header);
    std::FILE* mark = std::fopen((directory.path() + "/.ready").c_str(), "w");
    if (mark != nullptr) std::fclose(mark);
    while (true) pause();
  }
  for (int i = 0; i < 500 && !std::filesystem::exists(directory.path() + "/.ready"); ++i)
    usleep(10'000);
  const auto second = RocksdbEventLog::open(directory.path(), read_header);
  kill(other, SIGKILL);
  waitpid(other, nullptr, 0);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
  EXPECT_NE(second.error().describe().find(directory.path()), std::string::npos);
  EXPECT_NE(second.error().message.find("another process"), std::string::npos);
  EXPECT_TRUE(RocksdbEventLog::open(directory.path(), read_header).has_value());
}

TEST(RocksdbEventLog, AFullDiskIsSaidAndLosesNothing) {
  const TemporaryDirectory directory;
  std::signal(SIGXFSZ, SIG_IGN);
  Head known;
  {
    const auto log = open(directory.path());
    append(*log, 20, 1'000);
    known = log->head();
    const rlimit full{64 << 10, RLIM_INFINITY};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);
    Head head = known;
    std::size_t unknown = 0;
    for (std::uint64_t i = 0; i < 200; ++i) {
      Head after = head;
      std::string text(2'000, '\0');  // random: what compresses would not fill the disk
      SystemRandomness().fill(text.data(), text.size());
      if (!log->append(chain(after, command_id(1'000 + i), {text}))) break;
      head = after;
      for (const Settled& settled : log->settle(patience)) {
        if (const auto* appended = std::get_if<Appended>(&settled.outcome)) known = appended->head;
        unknown += static_cast<std::size_t>(std::holds_alternative<Unknown>(settled.outcome));
      }
    }
    EXPECT_EQ(unknown, 1u);
    EXPECT_FALSE(log->writable().has_value());
    EXPECT_FALSE(log->take_over(takeover_on, patience).has_value()) << "refused until opened again";
    EXPECT_EQ(log->head(), known);
    EXPECT_TRUE(log->read(Sequence{1}).has_value()) << "reading goes on";
  }
  const rlimit roomy{RLIM_INFINITY, RLIM_INFINITY};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &roomy), 0);
  const auto log = open(directory.path());
  EXPECT_GE(log->head().sequence, known.sequence);
  EXPECT_EQ(log->read(known.sequence)->events.front().leaf, known.leaf);
  append(*log, 5, 100);
}

TEST(RocksdbEventLog, OtherLayersKeepFamiliesOfTheirOwnBesideIt) {
  const TemporaryDirectory directory;
  const auto log = RocksdbEventLog::open(directory.path(), read_header, {{"by_subject"}});
  ASSERT_TRUE(log.has_value()) << log.error().describe();
  append(**log, 3, 10);
  Store& store = *(*log)->store();
  const auto view = store.create_family({"view_2"});
  ASSERT_TRUE(view.has_value());
  StoreBatch batch;
  batch.put(*store.family("by_subject"), "P1", "1");
  batch.put(*view, "position", "3");
  ASSERT_TRUE(store.write(batch, Durability::buffered).has_value());
  EXPECT_EQ(**store.get(*view, "position"), "3");
  ASSERT_TRUE(store.drop_family("view_2").has_value());
  EXPECT_FALSE(store.family("view_2").has_value());
}

TEST(RocksdbEventLog, ACheckpointOpensAsTheLogItWas) {
  const TemporaryDirectory directory;
  const TemporaryDirectory parent;
  const auto log = open(directory.path());
  append(*log, 50, 500);
  const Head head = log->head();
  ASSERT_TRUE(log->store()->checkpoint(parent.path() + "/copy").has_value());
  append(*log, 10, 500);
  EXPECT_EQ(open(parent.path() + "/copy")->head(), head);
}

TEST(RocksdbEventLog, MissingFramesBehindTheLastMarkAreNoticedAtOpening) {
  const TemporaryDirectory directory;
  append(*open(directory.path()), 300, 1'000);
  {
    // What a lost part of the write-ahead log looks like: a frame in the middle is gone.
    auto store = Store::open({.directory = directory.path(), .families = log_families()});
    ASSERT_TRUE(store.has_value());
    StoreBatch batch;
    StoreIterator frame = (*store)->iterate(*(*store)->family("log"));
    frame.seek_to_first();
    frame.next();
    ASSERT_TRUE(frame.valid());
    batch.erase(*(*store)->family("log"), frame.key());
    batch.erase(*(*store)->family("meta"), "continuous");
    ASSERT_TRUE((*store)->write(batch, Durability::synced).has_value());
  }
  const auto log = RocksdbEventLog::open(directory.path(), read_header);
  ASSERT_FALSE(log.has_value());
  EXPECT_EQ(log.error().code, ErrorCode::corrupt);
  EXPECT_EQ(log.error().field, "sequence");
}

// A reader beside a writer: what its manifest names may just have been replaced.
TEST(StoreFiles, AReaderWaitsForOneThatIsBeingReplacedAndNamesOneThatIsGone) {
  const TemporaryDirectory directory;
  { ASSERT_TRUE(Store::open({.directory = directory.path(), .families = log_families()})); }
  std::filesystem::path manifest;
  for (const auto& entry : std::filesystem::directory_iterator(directory.path()))
    if (entry.path().filename().string().starts_with("MANIFEST-")) manifest = entry.path();
  const std::string away = directory / "away";
  const StoreOptions reading{
      .directory = directory.path(), .families = log_families(), .access = StoreAccess::read_only};

  std::filesystem::rename(manifest, away);
  const auto gone = Store::open(reading);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, ErrorCode::corrupt) << gone.error().describe();

  std::thread writer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds{70});
    std::filesystem::rename(away, manifest);
  });
  const auto found = Store::open(reading);
  writer.join();
  EXPECT_TRUE(found) << found.error().describe();
}

}  // namespace
}  // namespace runut::testing_log
