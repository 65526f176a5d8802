#include "feed/feed.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "base/clock.h"
#include "tests/feed/recorded_log.h"

namespace runut::feed {
namespace {

using testing::EventBuilder;
using testing::RecordedLog;
using namespace std::chrono_literals;

constexpr auto patience = 20s;

Filter any_filter(SeededRandomness& chance, int people) {
  Filter filter;
  if (chance.below(3) == 0)
    filter.types = {EventType::DailyReportSubmitted, EventType::DailyReportApproved};
  if (chance.below(3) == 0) filter.units = {UnitId{1 + chance.below(2)}};
  if (chance.below(2) == 0)
    filter.persons = {PersonId{1 + chance.below(static_cast<std::uint64_t>(people))}};
  return filter;
}

EventBuilder twelve_days(int people) {
  EventBuilder out = testing::small_office(people);
  for (int day = 1; day <= 12; ++day) testing::work_a_day(out, date(2022, 8, day), people);
  return out;
}

std::vector<std::uint64_t> expected(const RecordedLog& log, const Filter& filter) {
  std::vector<std::uint64_t> out;
  for (const Event& event : log.events())
    if (matches(filter, keys_of(event))) out.push_back(event.sequence.value);
  return out;
}

// A subscriber that reads pieces of any size and is cut off at any point: whatever it got and kept
// moves its cursor, the rest is lost with the connection.
TEST(Feed, WhoeverIsCutOffAndComesBackMissesNothingAndGetsNothingTwice) {
  constexpr int people = 5;
  RecordedLog log(twelve_days(people));
  // So small a cache that blocks are dropped and read again.
  Feed feed(log.log(), "origin", {.cache_bytes_max = 40'000});
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    SeededRandomness chance(seed);
    const Filter filter = any_filter(chance, people);
    std::vector<std::uint64_t> got;
    Sequence cursor;
    while (cursor < feed.head()) {
      const PieceLimits limits{1 + chance.below(20), 1 + chance.below(20'000),
                               1 + chance.below(100)};
      const auto piece = feed.read(filter, cursor, limits);
      ASSERT_TRUE(piece) << piece.error().describe();
      ASSERT_GT(piece->seen, cursor);
      ASSERT_LE(piece->events.size(), limits.events);
      const std::size_t kept = chance.below(piece->events.size() + 1);
      for (std::size_t i = 0; i < kept; ++i) got.push_back(piece->events[i].sequence.value);
      if (kept == piece->events.size())
        cursor = piece->seen;  // as a heartbeat tells it
      else if (kept > 0)
        cursor = piece->events[kept - 1].sequence;
    }
    ASSERT_EQ(got, expected(log, filter));
  }
  EXPECT_LE(feed.cache().bytes(), 40'000U + 64 * 3'000U);
}

// What an index would say, as far as it has folded.
class KnownUpTo final : public PersonEvents {
 public:
  KnownUpTo(const RecordedLog& log, Sequence known) : log_(log), known_(known) {}
  [[nodiscard]] Sequence known() const override { return known_; }
  [[nodiscard]] Result<std::vector<Sequence>> find(std::span<const PersonId> people, Sequence after,
                                                   Sequence until,
                                                   std::size_t most) const override {
    std::vector<Sequence> out;
    for (const Event& event : log_.events())
      for (const PersonId person : people)
        if (event.subject == subject_of(person) && event.sequence > after &&
            event.sequence <= until && out.size() < most)
          out.push_back(event.sequence);
    return out;
  }

 private:
  const RecordedLog& log_;
  const Sequence known_;
};

TEST(Feed, WhoFollowsPeopleGetsTheSameByTheirIndexHoweverFarItHasFolded) {
  constexpr int people = 4;
  RecordedLog log(twelve_days(people));
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    SeededRandomness chance(seed);
    Filter filter = any_filter(chance, people);
    filter.persons = {PersonId{1 + chance.below(2)}, PersonId{3}};
    const KnownUpTo index(log, Sequence{chance.below(log.events().size() + 1)});
    Feed feed(log.log(), "origin", {}, &index);
    std::vector<std::uint64_t> got;
    for (Sequence at; at < feed.head();) {
      const PieceLimits limits{1 + chance.below(9), 1 + chance.below(20'000), 1 + chance.below(30)};
      const auto piece = feed.read(filter, at, limits);
      ASSERT_TRUE(piece) << piece.error().describe();
      ASSERT_GT(piece->seen, at);
      ASSERT_LE(piece->events.size(), limits.events);
      for (const FoundEvent& event : piece->events) got.push_back(event.sequence.value);
      at = piece->seen;
    }
    ASSERT_EQ(got, expected(log, filter));
  }
}

TEST(Feed, CatchingUpWithAPersonReadsThatPersonsEventsAlone) {
  constexpr int people = 60;
  RecordedLog log(twelve_days(people));
  const KnownUpTo index(log, Sequence{log.events().size()});
  Feed feed(log.log(), "origin", {}, &index);
  const Filter filter{.persons = {PersonId{7}}};
  const auto piece = feed.read(filter, Sequence{0}, {.looked_at = 40});
  ASSERT_TRUE(piece) << piece.error().describe();
  EXPECT_EQ(piece->events.size(), expected(log, filter).size());
  EXPECT_EQ(piece->seen, feed.head());
  EXPECT_EQ(feed.cache().bytes(), 0U) << "the log was looked through";
  EXPECT_EQ(feed.cache().encoded(), piece->events.size());
}

TEST(Feed, AFilterByPersonGivesDenseVersions) {
  EventBuilder ledger = testing::small_office(3);
  testing::work_a_day(ledger, date(2022, 8, 1), 3);
  RecordedLog log;
  log.record(ledger);
  Feed feed(log.log(), "origin");
  const auto piece = feed.read({.persons = {PersonId{2}}}, Sequence{0});
  ASSERT_TRUE(piece);
  std::uint32_t version = 0;
  for (const FoundEvent& event : piece->events)
    EXPECT_EQ(log.events()[event.sequence.value - 1].subject_version, ++version);
  EXPECT_GT(version, 5U);
}

TEST(Feed, WritesEachEventAsJsonOnceHoweverManyTakeIt) {
  EventBuilder ledger = testing::small_office(4);
  RecordedLog log;
  log.record(ledger);
  Feed feed(log.log(), "origin");
  std::vector<std::thread> readers;
  std::atomic<std::size_t> events{0};
  for (int i = 0; i < 8; ++i)
    readers.emplace_back([&] {
      for (Sequence at; at < feed.head();) {
        const auto piece = feed.read({}, at, {.events = 7});
        if (!piece) return;
        events += piece->events.size();
        at = piece->seen;
      }
    });
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(events.load(), 8 * ledger.events().size());
  EXPECT_EQ(feed.cache().encoded(), ledger.events().size());
}

// A subscriber as a connection is one: it reads until there is nothing, waits, reads again.
class Follower {
 public:
  Follower(Feed& feed, Filter filter) : feed_(feed), filter_(std::move(filter)) {}
  void begin() {
    waiter_.emplace(feed_, [this] { go_on(); });
    go_on();
  }
  [[nodiscard]] std::vector<std::uint64_t> got() const {
    const std::lock_guard lock(mutex_);
    return got_;
  }

 private:
  void go_on() {
    do {
      const auto piece = feed_.read(filter_, seen_, {.events = 3});
      if (!piece) return;
      seen_ = piece->seen;
      const std::lock_guard lock(mutex_);
      for (const FoundEvent& event : piece->events) got_.push_back(event.sequence.value);
    } while (seen_ < feed_.head() || !waiter_->wait(seen_, std::chrono::steady_clock::now() + 1h));
  }

  Feed& feed_;
  const Filter filter_;
  Sequence seen_;
  mutable std::mutex mutex_;
  std::vector<std::uint64_t> got_;
  std::optional<Waiter> waiter_;
};

TEST(Feed, CatchingUpGoesOverIntoFollowingWithoutAGapWhileEventsAreAppended) {
  constexpr int people = 4;
  EventBuilder ledger = testing::small_office(people);
  for (int day = 1; day <= 20; ++day) testing::work_a_day(ledger, date(2022, 8, day), people);
  RecordedLog log;
  log.record(ledger, 10);
  std::vector<std::unique_ptr<Follower>> followers;
  std::vector<Filter> filters;
  {
    Feed feed(log.log(), "origin", {.tick = 5ms});
    SeededRandomness chance(3);
    std::thread writer([&] {
      while (log.events().size() < ledger.events().size()) log.record(ledger, 1);
    });
    for (int i = 0; i < 40; ++i) {
      filters.push_back(any_filter(chance, people));
      followers.push_back(std::make_unique<Follower>(feed, filters.back()));
      followers.back()->begin();
    }
    writer.join();
    for (std::size_t i = 0; i < followers.size(); ++i) {
      const auto all = expected(log, filters[i]);
      const auto limit = std::chrono::steady_clock::now() + patience;
      while (followers[i]->got().size() < all.size() && std::chrono::steady_clock::now() < limit)
        std::this_thread::sleep_for(1ms);
      EXPECT_EQ(followers[i]->got(), all) << i;
    }
    followers.clear();
  }
}

struct Waiting : ::testing::Test {
  static WakeTime later() { return std::chrono::steady_clock::now() + 1h; }
  EventBuilder ledger = testing::small_office(1);
  RecordedLog log{ledger};
  Feed feed{log.log(), "origin", {.tick = 5ms}};
};

TEST_F(Waiting, NobodyWaitsForWhatIsThere) {
  Waiter waiter(feed, [] { ADD_FAILURE() << "nobody waits"; });
  EXPECT_FALSE(waiter.wait(Sequence{feed.head().value - 1}, later()));
  EXPECT_EQ(feed.waiting(), 0U);
}

TEST_F(Waiting, IsWokenOnceByTheNextCommit) {
  std::atomic<int> woken{0};
  Waiter waiter(feed, [&] { ++woken; });
  ASSERT_TRUE(waiter.wait(feed.head(), later()));
  for (int day = 1; day <= 3; ++day) {
    testing::work_a_day(ledger, date(2022, 8, day), 1);
    log.record(ledger);
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_EQ(woken.load(), 1);
}

TEST_F(Waiting, IsWokenAtItsTimeLimit) {
  std::promise<void> woken;
  Waiter waiter(feed, [&] { woken.set_value(); });
  ASSERT_TRUE(waiter.wait(feed.head(), std::chrono::steady_clock::now() + 10ms));
  EXPECT_EQ(woken.get_future().wait_for(patience), std::future_status::ready);
}

TEST_F(Waiting, MayDestroyItselfWhenItIsWoken) {
  std::promise<void> gone;
  std::optional<Waiter> waiter;
  waiter.emplace(feed, [&] {
    waiter.reset();
    gone.set_value();
  });
  ASSERT_TRUE(waiter->wait(feed.head(), std::chrono::steady_clock::now() + 10ms));
  EXPECT_EQ(gone.get_future().wait_for(patience), std::future_status::ready);
}

TEST_F(Waiting, IsNotWokenOnceItIsGone) {
  for (int round = 0; round < 200; ++round) {
    auto alive = std::make_unique<std::atomic<int>>(0);
    auto waiter = std::make_unique<Waiter>(feed, [&alive] { ++*alive; });
    (void)waiter->wait(feed.head(), std::chrono::steady_clock::now() + 5ms);
    if (round % 2 == 0) std::this_thread::sleep_for(5ms);
    waiter.reset();
    alive.reset();  // a call from here on would be seen by the sanitizers
  }
  EXPECT_EQ(feed.waiting(), 0U);
}

TEST_F(Waiting, IsWokenByTheEndOfTheFeedAndNobodyWaitsAfterIt) {
  std::atomic<int> woken{0};
  Waiter waiter(feed, [&] { ++woken; });
  ASSERT_TRUE(waiter.wait(feed.head(), later()));
  feed.stop();
  EXPECT_EQ(woken.load(), 1);
  EXPECT_FALSE(waiter.wait(feed.head(), later()));
}

TEST_F(Waiting, TwoThousandWaitWithoutAThread) {
  std::atomic<int> woken{0};
  std::vector<std::unique_ptr<Waiter>> waiters;
  for (int i = 0; i < 2'000; ++i) {
    waiters.push_back(std::make_unique<Waiter>(feed, [&] { ++woken; }));
    ASSERT_TRUE(waiters.back()->wait(feed.head(), later()));
  }
  EXPECT_EQ(feed.waiting(), 2'000U);
  testing::work_a_day(ledger, date(2022, 8, 1), 1);
  log.record(ledger);
  const auto limit = std::chrono::steady_clock::now() + patience;
  while (woken.load() < 2'000 && std::chrono::steady_clock::now() < limit)
    std::this_thread::sleep_for(1ms);
  EXPECT_EQ(woken.load(), 2'000);
}

// Counted by the log, which does not look into what it keeps, and no event all the same.
Bytes damaged(const Bytes& bytes) {
  for (std::size_t at = bytes.size(); at-- > 0;) {
    Bytes other = bytes;
    other[at] = static_cast<char>(other[at] ^ 0x55);
    if (read_record_header(other) == read_record_header(bytes) && !decode_event(other))
      return other;
  }
  ADD_FAILURE() << "no byte is of the payload alone";
  return bytes;
}

TEST(FeedDamage, WhatStandsBeforeItIsGivenOut) {
  RecordedLog whole;
  whole.record(testing::small_office(1), 3);
  const auto history = std::make_shared<MemoryHistory>(read_record_header);
  const auto batch = whole.log().read(Sequence{1});
  ASSERT_TRUE(batch);
  ASSERT_EQ(batch->size(), 4U);  // the document's header and section are one commit
  for (const std::size_t i : {0U, 3U}) {
    Event event = whole.events()[i];
    event.sequence = Sequence{i == 0 ? 1U : 2U};
    event.previous = history->head().leaf;
    Bytes bytes = *encode_event(event);
    if (i == 3) bytes = damaged(bytes);
    ASSERT_TRUE(history->offer({event.command, {{bytes, leaf_hash(bytes)}}}));
  }
  MemoryEventLog log(history);
  Feed feed(log, "origin");
  const auto piece = feed.read({}, Sequence{0});
  ASSERT_TRUE(piece) << piece.error().describe();
  EXPECT_EQ(piece->seen, Sequence{1});
  EXPECT_FALSE(feed.read({}, Sequence{1}));
}

}  // namespace
}  // namespace runut::feed
