// Deliveries to a server on this machine that does what servers do.
#include "feed/webhooks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>

#include <atomic>
#include <csignal>

#include "base/sha256.h"
#include "feed/webhook_admin.h"
#include "tests/feed/deliverer/story.h"
#include "tests/feed/local_server.h"
#include "tests/feed/recorded_log.h"
#include "tests/support/temporary_directory.h"

namespace runut::feed {
namespace {

using testing::Answering;
using testing::Arrived;
using testing::EventBuilder;
using testing::LocalServer;
using testing::RecordedLog;
using testing::TemporaryDirectory;
using namespace std::chrono_literals;

struct Delivering : ::testing::Test {
  // The webhook of a server that answers so.
  std::string hook(LocalServer::Handler handler, EndpointText text = {}) {
    server.emplace(std::move(handler));
    return hook_to(server->url("/hook"), std::move(text));
  }
  std::string hook_to(const std::string& url, EndpointText text = {}) {
    text.url = url;
    if (!text.from) text.from = "1";
    const auto added =
        add_endpoint({*store, chance, SystemClock().now(), feed.head()}, std::move(text));
    EXPECT_TRUE(added) << added.error().front().describe();
    return added ? added->endpoint.id : "";
  }
  void open() {
    auto opened = WebhookStore::open(directory / "webhooks", WebhookStore::Access::read_write);
    RUNUT_CHECK(opened.has_value(), "the store opens");
    store = std::move(*opened);
    webhooks.emplace(feed, store, quick());
  }
  void close() {
    webhooks.reset();
    store.reset();
  }
  void SetUp() override { open(); }
  void TearDown() override {
    close();
    server.reset();
  }

  [[nodiscard]] EndpointStatus status(const std::string& id) const {
    const auto found = store->find(id);
    EXPECT_TRUE(found);
    return found ? *found : EndpointStatus{};
  }
  template <class Condition>
  [[nodiscard]] static bool eventually(Condition condition) {
    const auto limit = std::chrono::steady_clock::now() + 20s;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > limit) return false;
      std::this_thread::sleep_for(1ms);
    }
    return true;
  }
  [[nodiscard]] bool caught_up(const std::string& id) const {
    return eventually([&] { return status(id).progress.cursor == feed.head(); });
  }
  [[nodiscard]] bool ends_as(const std::string& id, EndpointState state) const {
    return eventually([&] { return status(id).endpoint.state == state; });
  }
  [[nodiscard]] std::vector<std::uint64_t> sequences() const {
    std::vector<std::uint64_t> out;
    for (const Arrived& arrived : server->arrived())
      out.push_back(std::stoull(arrived.header("webhook-id").substr(9)));
    return out;
  }
  [[nodiscard]] std::vector<std::uint64_t> all() const {
    std::vector<std::uint64_t> out;
    for (const Event& event : log.events()) out.push_back(event.sequence.value);
    return out;
  }
  AdminContext context() { return {*store, chance, SystemClock().now(), feed.head()}; }

  EventBuilder ledger = testing::small_office(2);
  RecordedLog log{ledger};
  Feed feed{log.log(), "origin", {.tick = 5ms}};
  SystemRandomness chance;
  TemporaryDirectory directory;
  std::shared_ptr<WebhookStore> store;
  std::optional<LocalServer> server;
  std::optional<Webhooks> webhooks;
};

Answering fine(const Arrived&) {
  return {.status = 204};
}

TEST_F(Delivering, EveryEventOnceInOrderAndSigned) {
  const std::string id = hook(fine);
  ASSERT_TRUE(caught_up(id));
  EXPECT_EQ(sequences(), all());
  const Secret secret = status(id).endpoint.secrets.front();
  for (const Arrived& arrived : server->arrived()) {
    EXPECT_EQ(arrived.method + " " + arrived.target, "POST /hook");
    EXPECT_EQ(arrived.header("Content-Type"), "application/cloudevents+json");
    const std::string content = arrived.header("webhook-id") + "." +
                                arrived.header("webhook-timestamp") + "." + arrived.body;
    EXPECT_EQ(arrived.header("webhook-signature"),
              "v1," + to_base64(hmac_sha256(*secret_key(secret.text), content).view()));
    EXPECT_THAT(arrived.body,
                ::testing::HasSubstr("\"id\":\"" + arrived.header("webhook-id").substr(9) + "\""));
  }
  EXPECT_EQ(status(id).progress.delivered, all().size());
}

TEST_F(Delivering, WhatComesLaterIsDeliveredWhenItComes) {
  const std::string id = hook(fine, {.types = {{"DailyReportApproved"}}, .from = "now"});
  for (int day = 1; day <= 3; ++day) {
    testing::work_a_day(ledger, date(2022, 8, day), 2);
    log.record(ledger);
    ASSERT_TRUE(server->wait_for(static_cast<std::size_t>(day)));
  }
  ASSERT_TRUE(caught_up(id));
  EXPECT_EQ(server->arrived().size(), 3U);
}

TEST_F(Delivering, AfterAFailureTheSameEventComesAgainUnderTheSameId) {
  std::atomic<int> requests{0};
  const std::string id = hook([&](const Arrived&) -> Answering {
    switch (requests++) {
      case 2: return {.status = 500};
      case 3: return {.delay = 2s};      // longer than it waits
      case 4: return {.hang_up = true};  // it may have been taken all the same
      case 6: return {.status = 302, .headers = {{"Location", "/elsewhere"}}};
      default: return {.status = 200};
    }
  });
  ASSERT_TRUE(caught_up(id));
  std::vector<std::uint64_t> expected = all();
  // A request whose kept connection was cut without an answer goes out at once on a new one.
  std::vector<std::uint64_t> got = sequences();
  const std::size_t extra = got.size() - expected.size();
  EXPECT_GE(extra, 4U);
  got.erase(std::unique(got.begin(), got.end()), got.end());
  EXPECT_EQ(got, expected);
}

TEST_F(Delivering, TheQueueStopsAtWhatFailsTooOftenAndGoesOnWhenItIsAsked) {
  std::atomic<bool> broken{true};
  const std::string id = hook([&](const Arrived& arrived) -> Answering {
    return {.status = broken && arrived.header("webhook-id") == "kota-uji-3" ? 503U : 200U};
  });
  ASSERT_TRUE(ends_as(id, EndpointState::stopped));
  EXPECT_EQ(sequences(), (std::vector<std::uint64_t>{1, 2, 3, 3, 3, 3}));
  EXPECT_EQ(status(id).progress.cursor, Sequence{2});
  EXPECT_EQ(status(id).endpoint.reason, "event 3 failed 4 times: it answered 503");
  broken = false;
  ASSERT_TRUE(change_endpoint(context(), id, {.state = "active"}));
  ASSERT_TRUE(caught_up(id));
  EXPECT_EQ(sequences().size(), all().size() + 4);
}

TEST_F(Delivering, OrPutsItAsideAndBringsItAgainWhenItIsAsked) {
  std::atomic<bool> broken{true};
  const std::string id = hook(
      [&](const Arrived& arrived) -> Answering {
        return {.status = broken && arrived.header("webhook-id") == "kota-uji-3" ? 500U : 200U};
      },
      {.on_failure = "park"});
  ASSERT_TRUE(caught_up(id));
  const auto parked = store->parked(id);
  ASSERT_TRUE(parked);
  ASSERT_EQ(parked->size(), 1U);
  EXPECT_EQ(parked->front().sequence, Sequence{3});
  EXPECT_EQ(parked->front().reason, "it answered 500");
  EXPECT_EQ(parked->front().attempts, 4U);

  // Still broken: it stays where it is, and holds up nothing.
  const std::size_t before = server->arrived().size();
  ASSERT_EQ(store->replay(id, std::nullopt), 1U);
  ASSERT_TRUE(server->wait_for(before + 1));
  ASSERT_TRUE(eventually([&] { return !store->to_replay(id); }));
  EXPECT_EQ(store->parked(id)->size(), 1U);

  broken = false;
  EXPECT_EQ(store->replay(id, Sequence{4}).error().rule, "webhook.not_parked");
  ASSERT_EQ(store->replay(id, Sequence{3}), 1U);
  ASSERT_TRUE(eventually([&] { return store->parked(id)->empty(); }));
  EXPECT_EQ(sequences().back(), 3U);
  EXPECT_EQ(status(id).progress.cursor, feed.head());
}

TEST_F(Delivering, AnEndpointThatIsGoneIsAskedNoMore) {
  const std::string id = hook([](const Arrived&) { return Answering{.status = 410}; });
  ASSERT_TRUE(ends_as(id, EndpointState::gone));
  testing::work_a_day(ledger, date(2022, 8, 1), 2);
  log.record(ledger);
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(server->arrived().size(), 1U);
}

TEST_F(Delivering, OneThatIsPausedOrRemovedGetsNothing) {
  const std::string id = hook(fine);
  ASSERT_TRUE(caught_up(id));
  ASSERT_TRUE(change_endpoint(context(), id, {.state = "paused"}));
  const std::string other = hook_to(server->url("/other"), {.from = "now"});
  ASSERT_TRUE(store->remove(other));
  const std::size_t before = server->arrived().size();
  testing::work_a_day(ledger, date(2022, 8, 1), 2);
  log.record(ledger);
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(server->arrived().size(), before);
  ASSERT_TRUE(change_endpoint(context(), id, {.state = "active"}));
  ASSERT_TRUE(caught_up(id));
  EXPECT_EQ(sequences(), all());
}

TEST_F(Delivering, AfterARestartNothingIsSentAgain) {
  const std::string id = hook(fine);
  ASSERT_TRUE(caught_up(id));
  close();
  testing::work_a_day(ledger, date(2022, 8, 1), 2);
  log.record(ledger);
  open();
  ASSERT_TRUE(caught_up(id));
  EXPECT_EQ(sequences(), all());
}

TEST_F(Delivering, OneThatIsSlowDoesNotHoldUpAnother) {
  const std::string slow = hook([](const Arrived& arrived) -> Answering {
    return {.delay = arrived.target == "/hook" ? 5'000ms : 0ms};
  });
  const std::string other = hook_to(server->url("/other"));
  EXPECT_TRUE(caught_up(other));
  EXPECT_LT(status(slow).progress.cursor, feed.head());
}

// --- killed between the answer and the cursor ---

// The program of tests/feed/deliverer; ends by itself when all is delivered.
pid_t spawn_deliverer(std::string directory) {
  std::string program = RUNUT_BINARY_DIR "/runut_test_deliverer";
  char* const argv[] = {program.data(), directory.data(), nullptr};
  pid_t pid = 0;
  EXPECT_EQ(posix_spawn(&pid, program.c_str(), nullptr, nullptr, argv, environ), 0);
  return pid;
}

TEST(WebhooksKilled, AtLeastOnceAndInOrder) {
  const TemporaryDirectory directory;
  const std::string place = directory / "webhooks";
  const RecordedLog log{long_story()};
  SeededRandomness chance(11);
  std::atomic<pid_t> child{0};
  std::atomic<std::uint64_t> until_killed{0};
  const LocalServer server([&](const Arrived&) -> Answering {
    if (until_killed.fetch_sub(1) != 1) return {.status = 200};
    // It was taken, and whoever sent it will never know.
    kill(child, SIGKILL);
    return {.hang_up = true};
  });
  {
    auto store = WebhookStore::open(place, WebhookStore::Access::read_write);
    ASSERT_TRUE(store);
    ASSERT_TRUE(add_endpoint({**store, chance, Instant{}, Sequence{log.events().size()}},
                             {.url = server.url(), .from = "1"}));
  }
  int kills = 0;
  for (int round = 0; round < 60; ++round) {
    until_killed = 3 + chance.below(14);
    child = spawn_deliverer(place);
    int ended = 0;
    ASSERT_EQ(waitpid(child, &ended, 0), child);
    if (!WIFSIGNALED(ended)) {
      EXPECT_EQ(WEXITSTATUS(ended), 0);
      break;
    }
    ++kills;
  }
  EXPECT_GE(kills, 3);
  std::vector<std::uint64_t> got;
  for (const Arrived& arrived : server.arrived())
    got.push_back(std::stoull(arrived.header("webhook-id").substr(9)));
  EXPECT_GE(got.size(), log.events().size() + static_cast<std::size_t>(kills));
  got.erase(std::unique(got.begin(), got.end()), got.end());
  std::vector<std::uint64_t> all;
  for (const Event& event : log.events()) all.push_back(event.sequence.value);
  EXPECT_EQ(got, all);
}

}  // namespace
}  // namespace runut::feed
