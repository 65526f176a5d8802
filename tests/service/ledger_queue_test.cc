// What waits for a ledger's writer is bounded, whether it still queues or the writer has taken it.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "codec/command_json.h"
#include "run_binary/commands.h"
#include "service/ledger.h"
#include "tests/support/temporary_directory.h"

namespace runut::service {
namespace {

using runut::testing::CommandFile;
using runut::testing::TemporaryDirectory;

class LedgerQueue : public ::testing::Test {
 protected:
  LedgerQueue() {
    InstanceOptions options;
    options.place = *place_of(directory_ / "data", directory_ / "keys", "kota-uji");
    options.create = true;
    const auto founding = *Instance::open(options, Instance::Access::read_write);
    std::string town = commands_.town().text();
    for (std::size_t end; (end = town.find('\n')) != town.npos; town.erase(0, end + 1))
      EXPECT_TRUE(founding->submit(*parse_command(town.substr(0, end))));
    EXPECT_TRUE(founding->drain_all());
    EXPECT_TRUE(founding->close());
    options.create = false;
    place_ = options;
  }

  void open(LedgerLimits limits) { ledger_ = *Ledger::open(place_, limits); }

  // Each of so many bytes.
  Status submit(std::size_t count, std::size_t bytes) {
    std::vector<Ledger::Submission> batch;
    for (std::size_t i = 0; i < count; ++i)
      batch.push_back({*parse_command(commands_.line(
                           {.command = "RegisterPerson",
                            .data = R"({"person":"P)" + std::to_string(++person_) + R"("})",
                            .text = "Pegawai"})),
                       std::nullopt, bytes, [this](const Result<Answer>& answer) {
                         EXPECT_TRUE(answer && !answer->rejection);
                         ++answered_;
                       }});
    return ledger_->submit(batch);
  }

  // The writer takes up nothing further until it is let go.
  struct Held {
    std::promise<void> go;
    std::future<void> begun;
  };
  Held hold() {
    Held held;
    auto begun = std::make_shared<std::promise<void>>();
    held.begun = begun->get_future();
    EXPECT_TRUE(ledger_->in_writer([begun, until = held.go.get_future().share()](Instance&) {
      begun->set_value();
      until.wait();
    }));
    return held;
  }

  static void expect_full(const Status& status, const std::string& waiting) {
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::exhausted);
    EXPECT_EQ(status.error().rule, "service.queue_full");
    EXPECT_EQ(status.error().value, waiting);
  }

  void expect_answered(std::size_t count) {
    ASSERT_TRUE(ledger_->stop(Millis{10'000}));
    EXPECT_EQ(answered_, count);
  }

  TemporaryDirectory directory_;
  CommandFile commands_;
  InstanceOptions place_;
  unsigned person_ = 100;
  std::atomic<std::size_t> answered_{0};
  std::unique_ptr<Ledger> ledger_;
};

TEST_F(LedgerQueue, TakesAllOrNothingUpToItsLimit) {
  open({.queued_max = 4});
  Held writer = hold();
  writer.begun.wait();
  EXPECT_TRUE(submit(3, 10));
  expect_full(submit(2, 10), "3");
  EXPECT_TRUE(submit(1, 10));
  expect_full(submit(1, 10), "4");
  EXPECT_EQ(ledger_->queued(), 4U);
  writer.go.set_value();
  expect_answered(4);
}

TEST_F(LedgerQueue, CountsWhatTheWriterHasTakenAndNotBegun) {
  open({.queued_max = 4, .queued_bytes_max = 1'000});
  Held first = hold();
  first.begun.wait();
  // Taken together, and begun one after the other.
  Held second = hold();
  EXPECT_TRUE(submit(2, 300));
  first.go.set_value();
  second.begun.wait();
  EXPECT_EQ(ledger_->queued(), 2U);
  expect_full(submit(3, 10), "2");
  expect_full(submit(1, 500), "2");
  EXPECT_TRUE(submit(1, 400));
  second.go.set_value();
  expect_answered(3);
  EXPECT_EQ(ledger_->queued(), 0U);
}

TEST_F(LedgerQueue, HasRoomAgainWhenWhatWaitedIsAnswered) {
  open({.queued_max = 2'000, .queued_bytes_max = 1'000'000});
  for (int round = 0; round < 3; ++round) {
    Held writer = hold();
    writer.begun.wait();
    EXPECT_TRUE(submit(2'000, 500));
    expect_full(submit(1, 0), "2000");
    writer.go.set_value();
    while (answered_ < 2'000U * static_cast<unsigned>(round + 1)) std::this_thread::yield();
  }
  expect_answered(6'000);
}

}  // namespace
}  // namespace runut::service
