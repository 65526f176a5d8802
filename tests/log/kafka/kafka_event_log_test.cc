// What only the Kafka engine has: foreign records, a topic that changed behind its back, copies.
#include "log/kafka_event_log.h"

#include <gtest/gtest.h>

#include <sstream>
#include <thread>

#include "delete_records.h"
#include "kafka_engine.h"
#include "log/copy_log.h"
#include "log/memory_event_log.h"
#include "log/rocksdb_event_log.h"
#include "steady_writer.h"

namespace runut::testing_log {
namespace {

constexpr Millis patience{30'000};

class KafkaEventLogTest : public ::testing::Test {
 protected:
  std::unique_ptr<KafkaEventLog> open(const KafkaNode& at) {
    auto log = at.open();
    EXPECT_TRUE(log.has_value()) << log.error().describe();
    return log ? std::move(*log) : nullptr;
  }
  // Anybody may write to a topic; these do.
  void send_foreign(const std::vector<Bytes>& records) {
    auto producer =
        KafkaProducer::create({bootstrap(), topic}, KafkaTuning{}, std::make_shared<Wakeup>());
    ASSERT_TRUE(producer.has_value());
    std::vector<KafkaProducer::Message> messages;
    for (const Bytes& record : records) messages.push_back({record, SentId{1}});
    (*producer)->send(messages, [](SentId, std::string_view why) { ADD_FAILURE() << why; });
    std::vector<Bytes> reported;
    for (int i = 0; i < 1'000 && reported.size() < records.size(); ++i) {
      (*producer)->poll([&](const DeliveryReport& report) {
        ASSERT_EQ(report.failure, "");
        reported.emplace_back(report.bytes);
      });
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    ASSERT_EQ(reported, records);
  }

  std::string topic = random_topic();
  KafkaNode node{bootstrap(), topic};
  KafkaNode other{bootstrap(), topic};
};

TEST_F(KafkaEventLogTest, GarbageOnTheTopicIsVoidForEveryReader) {
  const auto log = open(node);
  SteadyWriter writer(*log, 1);
  ASSERT_TRUE(writer.take_over(patience));
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 10; ++i) writer.write(20);
    send_foreign({"garbage", "", std::string(70'000, 'x'), "E"});
  }
  for (int i = 0; i < 10; ++i) writer.write(20);
  writer.finish(patience);
  EXPECT_TRUE(log->writable().has_value());
  EXPECT_EQ(writer.unknowns, 0u);
  const auto reader = open(other);
  ASSERT_TRUE(reader->wait_for(log->head().sequence, patience).has_value());
  EXPECT_EQ(reader->head(), log->head());
  EXPECT_EQ(commands_of(*reader).size(), writer.done.size() + 1);
}

TEST_F(KafkaEventLogTest, AVoidTakeoverOfAnotherMakesTheWriterStepDownWithoutLoss) {
  const auto log = open(node);
  SteadyWriter writer(*log, 1);
  ASSERT_TRUE(writer.take_over(patience));
  for (int i = 0; i < 10; ++i) writer.write(20);
  // Built on a head that the writer has left behind: it lost the race, and asks for the log.
  send_foreign({takeover_on(Head{})->events.front().bytes});
  for (int i = 0; i < 500 && log->writable(); ++i) writer.write(5);
  writer.finish(patience);
  EXPECT_EQ(log->writable().error().code, ErrorCode::conflict);
  EXPECT_EQ(writer.unknowns, 0u);
  for (const auto& [command, times] : commands_of(*log)) EXPECT_EQ(times, 1u);
  EXPECT_EQ(commands_of(*log).size(), writer.done.size() + 1);
  EXPECT_TRUE(writer.take_over(patience)) << "it may ask for the log in turn";
}

TEST_F(KafkaEventLogTest, ARecordOfANewerFormatStopsTheReaderByName) {
  const auto log = open(node);
  SteadyWriter writer(*log, 1);
  ASSERT_TRUE(writer.take_over(patience));
  send_foreign({"Future format"});
  const auto waited = log->wait_for(Sequence{1'000}, patience);
  ASSERT_FALSE(waited.has_value());
  EXPECT_EQ(waited.error().code, ErrorCode::unsupported);
  EXPECT_EQ(log->writable().error().code, ErrorCode::unsupported);
  EXPECT_TRUE(log->read(Sequence{1}).has_value()) << "what was folded is still served";
}

TEST_F(KafkaEventLogTest, CopiesThroughKafkaAndBackAreByteForByte) {
  MemoryEventLog source(read_header);
  SteadyWriter writer(source, 1);
  ASSERT_TRUE(writer.take_over(patience));
  for (int i = 0; i < 50; ++i) writer.write(20);
  const auto log = open(node);
  const auto there = copy_log(source, *log, read_header, patience);
  ASSERT_TRUE(there.has_value()) << there.error().describe();
  EXPECT_EQ(there->head, source.head());
  EXPECT_EQ(copy_log(source, *log, read_header, patience)->copied, 0u);

  const TemporaryDirectory directory;
  const auto back = RocksdbEventLog::open(directory.path(), read_header);
  ASSERT_TRUE(back.has_value());
  const auto reader = open(other);
  ASSERT_TRUE(reader->wait_for(source.head().sequence, patience).has_value());
  ASSERT_TRUE(copy_log(*reader, **back, read_header, patience).has_value());
  EXPECT_EQ((*back)->head(), source.head());

  SteadyWriter foreign(**back, 100'000);
  ASSERT_TRUE(foreign.take_over(patience));
  SteadyWriter own(*log, 200'000);
  ASSERT_TRUE(own.take_over(patience));
  EXPECT_EQ(copy_log(**back, *log, read_header, patience).error().code, ErrorCode::conflict);
}

TEST_F(KafkaEventLogTest, ADirectoryIsOfOneTopicAndNotWrittenWithoutIt) {
  {
    const auto log = open(node);
    SteadyWriter writer(*log, 1);
    ASSERT_TRUE(writer.take_over(patience));
  }
  const auto offline = RocksdbEventLog::open(node.directory(), read_header);
  ASSERT_TRUE(offline.has_value());
  EXPECT_EQ((*offline)->head().sequence, Sequence{1}) << "the copy can be read without brokers";
  EXPECT_EQ((*offline)->take_over(takeover_on, patience).error().code, ErrorCode::conflict);
}

TEST_F(KafkaEventLogTest, AMissingTopicIsSaidUnlessTheLedgerIsBeingFounded) {
  const auto log = node.open(false);
  ASSERT_FALSE(log.has_value());
  EXPECT_EQ(log.error().code, ErrorCode::not_found);
  EXPECT_EQ(log.error().value, topic);
}

// The brokers lost what this node has read: as if its directory had been of another topic.
class LostHistory : public KafkaEventLogTest {
 protected:
  // The last event that was written.
  std::uint64_t write(const KafkaNode& to, std::size_t rounds) {
    const auto log = open(to);
    SteadyWriter writer(*log, 1);
    EXPECT_TRUE(writer.take_over(patience));
    for (std::size_t i = 0; i < rounds; ++i) writer.write(10);
    writer.finish(patience);
    return log->head().sequence.value;
  }
  void move_to_topic(const KafkaNode& from, const std::string& name) {
    auto store = Store::open({.directory = from.directory(), .families = log_families()});
    ASSERT_TRUE(store.has_value());
    StoreBatch batch;
    batch.put(*(*store)->family("meta"), "kafka_topic", name);
    ASSERT_TRUE((*store)->write(batch, Durability::synced).has_value());
  }
  Error refusal(const KafkaNode& of, const std::string& name) {
    auto store = Store::open({.directory = of.directory(), .families = log_families()});
    EXPECT_TRUE(store.has_value());
    KafkaLogOptions options;
    options.address = {bootstrap(), name};
    options.read_header = read_header;
    const auto log = KafkaEventLog::open(std::move(*store), options);
    EXPECT_TRUE(log.has_value());
    const auto waited = (*log)->wait_for(Sequence{1'000'000}, patience);
    EXPECT_FALSE(waited.has_value());
    EXPECT_TRUE((*log)->read(Sequence{1}).has_value());
    EXPECT_FALSE((*log)->take_over(takeover_on, Millis{1'000}).has_value());
    return waited ? Error{} : waited.error();
  }
  // The refusal is of this range: no event is named that this node does not have, and none that
  // the topic no longer has is left out. What is known of offsets is where frames of the copy end,
  // so that it may begin some events early.
  static void expect_range(const Error& error, std::uint64_t first, std::uint64_t last) {
    EXPECT_EQ(error.code, ErrorCode::corrupt) << error.describe();
    EXPECT_EQ(error.field, "sequence");
    std::istringstream range(error.value);
    std::uint64_t from = 0;
    std::uint64_t until = 0;
    std::string to;
    ASSERT_TRUE(range >> from >> to >> until && range.eof()) << error.describe();
    EXPECT_EQ(to, "to");
    EXPECT_GE(from, 1U);
    EXPECT_LE(from, first) << error.describe();
    EXPECT_EQ(until, last) << error.describe();
  }
  std::string second_topic = random_topic();
  KafkaNode second{bootstrap(), second_topic};
};

TEST_F(LostHistory, AnotherRecordInItsPlaceIsNoticedAndNamed) {
  const std::uint64_t had = write(node, 3);
  write(second, 10);
  move_to_topic(node, second_topic);
  const Error error = refusal(node, second_topic);
  expect_range(error, had, had);
  EXPECT_TRUE(error.message.find("another record") != std::string::npos) << error.describe();
}

TEST_F(LostHistory, ALogThatEndsTooEarlyIsNoticedAndNamed) {
  const std::uint64_t had = write(node, 10);
  const std::uint64_t left = write(second, 1);
  ASSERT_LT(left, had);
  move_to_topic(node, second_topic);
  expect_range(refusal(node, second_topic), left + 1, had);
}

TEST_F(LostHistory, ALogThatBeginsTooLateIsNoticedAndNamed) {
  const std::uint64_t had = write(node, 3);
  const std::uint64_t written = write(other, 3);
  ASSERT_GT(written, had + 1);
  delete_records_before(node.address(), static_cast<std::int64_t>(had) + 1);
  const Error error = refusal(node, topic);
  expect_range(error, 1, had);
  EXPECT_TRUE(error.message.find("no longer has") != std::string::npos) << error.describe();
}

}  // namespace
}  // namespace runut::testing_log
