// Three brokers, of which the one that matters dies while a writer writes.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <string>

#include "../kafka/kafka_engine.h"
#include "../kafka/steady_writer.h"
#include "log/kafka_client.h"

namespace runut::testing_log {
namespace {

constexpr Millis outage_patience{60'000};

int broker(const std::string& verb, int number) {
  const char* directory = std::getenv("RUNUT_KAFKA_DIRECTORY");
  const std::string where = directory != nullptr ? std::string(directory)
                                                 : std::string(RUNUT_BINARY_DIR) + "/kafka/three";
  const std::string command = std::string(RUNUT_SOURCE_DIR) + "/tools/kafka/broker " + verb + " " +
                              std::to_string(number) + " --dir " + where + " >/dev/null";
  return std::system(command.c_str());
}

// Heals the broker however the test ends: others share the cluster.
class Hurt {
 public:
  Hurt(const std::string& verb, std::string cure, int number)
      : cure_(std::move(cure)), number_(number) {
    EXPECT_EQ(broker(verb, number), 0);
  }
  ~Hurt() { heal(); }
  void heal() {
    if (cure_.empty()) return;
    EXPECT_EQ(broker(std::exchange(cure_, {}), number_), 0);
  }

 private:
  std::string cure_;
  int number_;
};

class BrokerLoss : public ::testing::Test {
 protected:
  std::unique_ptr<KafkaEventLog> open(const KafkaNode& node) {
    auto log = node.open();
    EXPECT_TRUE(log.has_value()) << log.error().describe();
    return log ? std::move(*log) : nullptr;
  }
  // Writes until `acknowledged` more commands are done, taking over again whenever in doubt.
  void write_on(EventLog& log, SteadyWriter& writer, std::size_t acknowledged) {
    const std::size_t goal = writer.done.size() + acknowledged;
    const auto deadline = std::chrono::steady_clock::now() + outage_patience;
    while (writer.done.size() < goal && std::chrono::steady_clock::now() < deadline) {
      if (log.writable()) {
        writer.write(20);
      } else {
        writer.finish(Millis{1'000});
        (void)writer.take_over(Millis{5'000});
      }
    }
    EXPECT_GE(writer.done.size(), goal) << "writing goes on";
  }
  void expect_one_history(EventLog& log, SteadyWriter& writer) {
    writer.finish(outage_patience);
    if (!writer.in_doubt.empty()) {
      EXPECT_TRUE(writer.take_over(outage_patience));
    }
    const auto reader = open(reading);
    ASSERT_TRUE(reader->wait_for(log.head().sequence, outage_patience).has_value());
    EXPECT_EQ(reader->head(), log.head());
    const auto history = commands_of(*reader);
    EXPECT_EQ(history, commands_of(log));
    for (const auto& [command, times] : history) EXPECT_EQ(times, 1u) << to_string(command);
    for (const CommandId& command : writer.done) EXPECT_EQ(history.count(command), 1u);
    for (const CommandId& command : writer.never) EXPECT_EQ(history.count(command), 0u);
    EXPECT_TRUE(writer.in_doubt.empty());
    std::printf("done %zu, never %zu, unknown for a while %zu\n", writer.done.size(),
                writer.never.size(), writer.unknowns);
  }

  KafkaTuning impatient{.message_timeout_ms = 5'000};
  KafkaNode writing{bootstrap("bootstrap-3"), random_topic(), impatient};
  KafkaNode reading{bootstrap("bootstrap-3"), writing.address().topic, impatient};
};

TEST_F(BrokerLoss, TheLeaderIsKilledAndStartedAgainWhileWriting) {
  const auto log = open(writing);
  SteadyWriter writer(*log, 1);
  ASSERT_TRUE(writer.take_over(outage_patience));
  write_on(*log, writer, 500);
  const auto leader = partition_leader(writing.address(), impatient);
  ASSERT_TRUE(leader.has_value()) << leader.error().describe();
  Hurt killed("kill", "start", *leader);
  write_on(*log, writer, 500);
  killed.heal();
  write_on(*log, writer, 500);
  expect_one_history(*log, writer);
}

TEST_F(BrokerLoss, TheLeaderFreezesPastEveryTimeOutAndComesBack) {
  const auto log = open(writing);
  SteadyWriter writer(*log, 1);
  ASSERT_TRUE(writer.take_over(outage_patience));
  write_on(*log, writer, 500);
  const auto leader = partition_leader(writing.address(), impatient);
  ASSERT_TRUE(leader.has_value()) << leader.error().describe();
  Hurt frozen("pause", "resume", *leader);
  // Frozen while records are on their way: some of them still land when it resumes.
  const auto thaw = std::chrono::steady_clock::now() + std::chrono::milliseconds{6'000};
  while (std::chrono::steady_clock::now() < thaw) writer.write(20);
  frozen.heal();
  write_on(*log, writer, 500);
  expect_one_history(*log, writer);
}

}  // namespace
}  // namespace runut::testing_log
