// How many deliveries a second a thousand subscribers get out of one thread, and what they cost.
#include <gtest/gtest.h>

#include <condition_variable>
#include <deque>
#include <fstream>

#include "feed/event_stream.h"
#include "tests/feed/recorded_log.h"

namespace runut::feed {
namespace {

using namespace std::chrono_literals;

// A thread that asks streams as a server's network thread does: one piece, then the next stream.
class Network {
 public:
  Network(Feed& feed, std::size_t subscribers) : bytes_(subscribers) {
    for (std::size_t i = 0; i < subscribers; ++i) {
      streams_.push_back(std::make_unique<EventStream>(feed, Filter{}, feed.head()));
      streams_.back()->on_ready([this, i] { ready(i); });
      ready(i);
    }
    thread_ = std::thread([this] { run(); });
  }
  ~Network() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
    streams_.clear();
  }
  // Every subscriber got so many bytes.
  bool wait_for(std::size_t bytes) {
    std::unique_lock lock(mutex_);
    return progress_.wait_for(lock, 120s, [&] {
      return std::all_of(bytes_.begin(), bytes_.end(),
                         [&](std::size_t got) { return got >= bytes; });
    });
  }

 private:
  void ready(std::size_t stream) {
    const std::lock_guard lock(mutex_);
    queue_.push_back(stream);
    changed_.notify_one();
  }
  void run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      if (queue_.empty()) {
        progress_.notify_all();
        changed_.wait(lock);
        continue;
      }
      const std::size_t at = queue_.front();
      queue_.pop_front();
      lock.unlock();
      const auto piece = streams_[at]->next();
      lock.lock();
      if (!piece || piece->empty()) continue;
      bytes_[at] += piece->size();
      queue_.push_back(at);
    }
  }

  std::vector<std::unique_ptr<EventStream>> streams_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::condition_variable progress_;
  std::deque<std::size_t> queue_;
  std::vector<std::size_t> bytes_;
  bool stopping_ = false;
  std::thread thread_;
};

std::size_t resident_bytes() {
  std::ifstream in("/proc/self/statm");
  std::size_t size = 0;
  std::size_t resident = 0;
  in >> size >> resident;
  return resident * 4'096;
}

void fan_out(std::size_t subscribers, int days, bool told) {
  testing::EventBuilder ledger = testing::small_office(100);
  testing::RecordedLog log{ledger};
  for (int day = 0; day < days; ++day) testing::work_a_day(ledger, date(2022, 8, 1) + day, 100);
  const std::size_t before = log.events().size();
  const std::size_t events = ledger.events().size() - before;
  const std::size_t rewarmed = resident_bytes();
  Feed feed(log.log(), "kota-uji.example", {.tick = 5ms});
  Network network(feed, subscribers);
  ASSERT_TRUE(network.wait_for(1));
  const std::size_t connected = resident_bytes();
  const auto began = std::chrono::steady_clock::now();
  std::thread writer([&] {
    while (log.events().size() < ledger.events().size()) log.record(ledger, 20);
  });
  writer.join();
  // What one stream of the same events has; the first piece of each says when to come back.
  std::size_t bytes = std::string("retry: 2000\n\n").size();
  for (Sequence at{before}; at < feed.head();) {
    const auto piece = feed.read({}, at);
    ASSERT_TRUE(piece);
    for (const FoundEvent& event : piece->events)
      bytes += event.json->size() + 13 + std::to_string(event.sequence.value).size();
    at = piece->seen;
  }
  ASSERT_TRUE(network.wait_for(bytes));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  EXPECT_EQ(feed.head().value, before + events);
  if (!told) return;
  std::printf(
      "%zu subscribers x %zu events of %zu bytes: %.0f deliveries/s; resident MiB: %zu "
      "before, %zu connected, %zu after; cache %zu KiB, %llu events written as JSON\n",
      subscribers, events, bytes / events, static_cast<double>(subscribers * events) / took.count(),
      rewarmed >> 20, connected >> 20, resident_bytes() >> 20, feed.cache().bytes() >> 10,
      static_cast<unsigned long long>(feed.cache().encoded()));
}

TEST(FanOut, EverySubscriberGetsEveryEvent) {
  fan_out(50, 2, false);
}

// feed_test --gtest_also_run_disabled_tests --gtest_filter='FanOut.*'
TEST(FanOut, DISABLED_AThousandSubscribers) {
  fan_out(1'000, 60, true);
}

}  // namespace
}  // namespace runut::feed
