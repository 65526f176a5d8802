// The log as others follow it: reads for any number of subscribers, and one thread that tells those
// who wait when there is more.
//
// A subscriber is a cursor: the sequence up to which it has seen everything. Read behind it, hand
// on, move it; at the head, wait (Waiter) and read again. Nothing is pushed and nothing queued, so
// a slow subscriber costs its cursor and the piece in its hands, one that comes back goes on where
// it was, and catching up and following live are the same reads: no gap and no duplicate between
// them. Nothing is shown of a commit before all of it is durable. A piece may end within a commit;
// each event says where in its commit it stands.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "feed/event_cache.h"
#include "feed/person_events.h"

namespace runut::feed {

struct FeedOptions {
  std::size_t cache_bytes_max = std::size_t{16} << 20;
  Millis tick{50};  // how late a waiter's time limit may be noticed
};

using WakeTime = std::chrono::steady_clock::time_point;

// Thread-safe. The log outlives it.
class Feed {
 public:
  // `source`: the log's origin. `people`: outlives this; without it whoever follows people has the
  // log looked through.
  Feed(EventLog& log, std::string source, FeedOptions options = {},
       const PersonEvents* people = nullptr);
  ~Feed();  // stop()
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  [[nodiscard]] Sequence head() const { return log_.head().sequence; }
  // Of events behind `after` up to the log's head. corrupt, unavailable: as EventLog::read, or an
  // event does not decode.
  [[nodiscard]] Result<Piece> read(const Filter& filter, Sequence after, PieceLimits limits = {});
  // not_found beyond the head.
  [[nodiscard]] Result<FoundEvent> event(Sequence sequence);
  [[nodiscard]] const EventCache& cache() const { return cache_; }
  [[nodiscard]] const std::string& source() const { return cache_.source(); }
  [[nodiscard]] std::size_t waiting() const;  // how many wait now

  // Wakes everyone who waits, for the last time. Nobody reads after the log's end: whoever serves
  // subscribers ends them before the feed.
  void stop();
  [[nodiscard]] bool stopped() const;

 private:
  friend class Waiter;
  struct Waiting;
  struct State;
  void follow();

  EventLog& log_;
  const FeedOptions options_;
  const PersonEvents* const people_;
  EventCache cache_;
  std::shared_ptr<State> state_;  // shared with waiters, which may outlive the feed
  std::thread follower_;
};

// One who waits for more than it has seen. One thread at a time.
class Waiter {
 public:
  // `wake` is called on the feed's thread, which it must not hold up; it may destroy the waiter.
  Waiter(Feed& feed, std::function<void()> wake);
  // `wake` has returned, or is what calls this; it will not be called again.
  ~Waiter();
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  // True: `wake` will be called once, when there is something behind `seen`, at `until`, or when
  // the feed stops. False: there is something already, as far as the feed knows, or
  // it has stopped; nobody will call.
  [[nodiscard]] bool wait(Sequence seen, WakeTime until);

 private:
  std::shared_ptr<Feed::State> state_;
  std::shared_ptr<Feed::Waiting> waiting_;
};

}  // namespace runut::feed
