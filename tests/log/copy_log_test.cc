#include "log/copy_log.h"

#include <gtest/gtest.h>

#include "log/memory_event_log.h"
#include "log/rocksdb_event_log.h"
#include "test_encoding.h"
#include "tests/support/temporary_directory.h"

namespace runut::testing_log {

using testing::TemporaryDirectory;
namespace {

void append(EventLog& log, std::uint64_t commits) {
  Head head = log.take_over(takeover_on, patience)->head;
  for (std::uint64_t i = 0; i < commits; ++i)
    ASSERT_TRUE(log.append(chain(head, command_id(i), {"a", "b", "c"})).has_value());
  while (log.in_flight() > 0) (void)log.settle(patience);
}

std::vector<std::string> bytes_of(const EventLog& log) {
  std::vector<std::string> all;
  const EventBatch batch = *log.read(Sequence{1}, {.events = 1'000'000, .bytes = 1 << 30});
  for (const EventView& event : batch.events) all.emplace_back(event.bytes);
  return all;
}

class CopyLog : public ::testing::Test {
 protected:
  MemoryEventLog source{read_header};
  TemporaryDirectory directory;
  std::unique_ptr<RocksdbEventLog> target =
      std::move(*RocksdbEventLog::open(directory.path(), read_header));
};

TEST_F(CopyLog, IsByteForByte) {
  append(source, 100);
  const auto report = copy_log(source, *target, read_header, patience);
  ASSERT_TRUE(report.has_value()) << report.error().describe();
  EXPECT_EQ(report->from, Sequence{1});
  EXPECT_EQ(report->copied, 301u);
  EXPECT_EQ(report->head, source.head());
  EXPECT_EQ(bytes_of(*target), bytes_of(source));
}

TEST_F(CopyLog, ResumesWhereItWasAndDoesNothingTwice) {
  append(source, 10);
  ASSERT_TRUE(copy_log(source, *target, read_header, patience).has_value());
  append(source, 10);
  const auto second = copy_log(source, *target, read_header, patience);
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->from, Sequence{32});
  EXPECT_EQ(second->copied, 31u);
  EXPECT_EQ(copy_log(source, *target, read_header, patience)->copied, 0u);
  EXPECT_EQ(bytes_of(*target), bytes_of(source));
}

TEST_F(CopyLog, RefusesATargetWithAnotherHistory) {
  append(source, 10);
  append(*target, 3);
  const auto before = bytes_of(*target);
  const auto report = copy_log(source, *target, read_header, patience);
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, ErrorCode::conflict);
  EXPECT_EQ(bytes_of(*target), before);
}

TEST_F(CopyLog, RefusesATargetThatIsAhead) {
  append(source, 10);
  ASSERT_TRUE(copy_log(source, *target, read_header, patience).has_value());
  append(*target, 1);
  EXPECT_EQ(copy_log(source, *target, read_header, patience).error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace runut::testing_log
