// L1: a writer that is never idle leaves no moment in which a takeover could stand on its head. It
// steps down for a takeover that lost the race, or nobody ever replaces it.
#include <gtest/gtest.h>

#include <deque>

#include "../log/test_encoding.h"
#include "log/writer_session.h"

namespace runut::simulation {
namespace {

using testing_log::command_id;
using Phase = WriterSession::Phase;
using std::chrono::milliseconds;

constexpr std::int64_t on_the_way =
    2;  // milliseconds from sending to landing, and from there to a reader

class Race {
 public:
  explicit Race(bool yields) : busy_(ReaderRule(), Offset{0}, options(yields)) {}

  // Milliseconds until the taker writes; none when it does not within a minute.
  std::optional<std::int64_t> until_taken() {
    busy_.begin();
    send_takeover(busy_);
    for (now_ = 1; now_ <= 60'000; ++now_) {
      while (!sent_.empty() && sent_.front().lands_at <= now_) {
        log_.push_back({now_, sent_.front().record});
        sent_.pop_front();
      }
      read(busy_, now_);
      read(taker_, now_ - on_the_way);
      if (busy_.phase() == Phase::writing) write();
      if (now_ > 100) take();
      if (taker_.phase() == Phase::writing) return now_ - 100;
    }
    return std::nullopt;
  }
  [[nodiscard]] unsigned tries() const { return tries_; }

 private:
  struct Landed {
    std::int64_t at;
    ProtocolRecord record;
  };
  struct Sent {
    std::int64_t lands_at;
    ProtocolRecord record;
  };

  static SessionOptions options(bool yields) {
    SessionOptions out;
    out.writer_rules.yield_to_void_takeover = yields;
    return out;
  }
  void read(WriterSession& session, std::int64_t landed_until) {
    for (auto next = static_cast<std::size_t>(session.next_unread().value);
         next < log_.size() && log_[next].at <= landed_until; ++next)
      (void)session.read(Offset{static_cast<std::int64_t>(next)}, log_[next].record);
  }
  ProtocolRecord record_on(Head& head, bool takeover) {
    const Head before = head;
    const Commit commit = testing_log::chain(head, command_id(++commands_), {"x"}, takeover);
    const StoredEvent& event = commit.events.front();
    return {RecordHeader{next(before.sequence), before.leaf, commit.command, 0, 1, takeover},
            event.leaf, event.bytes.size()};
  }
  void send(const ProtocolRecord& record) { sent_.push_back({now_ + on_the_way, record}); }
  void send_takeover(WriterSession& session) {
    Head head = session.head();
    const ProtocolRecord takeover = record_on(head, true);
    (void)session.send_takeover(takeover, milliseconds{now_});
    if (&session == &busy_) speculative_ = head;
    send(takeover);
  }
  // A commit every millisecond, several on their way at any time.
  void write() {
    const ProtocolRecord record = record_on(speculative_, false);
    (void)busy_.send({&record, 1}, milliseconds{now_});
    send(record);
  }
  void take() {
    if (taker_.phase() == Phase::follower || taker_.phase() == Phase::lost_race) taker_.begin();
    if (taker_.phase() != Phase::opening) return;
    ++tries_;
    send_takeover(taker_);
  }

  WriterSession busy_;
  WriterSession taker_{ReaderRule(), Offset{0}};
  Head speculative_;
  std::int64_t now_ = 0;
  std::deque<Sent> sent_;
  std::vector<Landed> log_;
  std::uint64_t commands_ = 0;
  unsigned tries_ = 0;
};

TEST(BusyWriter, IsReplacedBecauseItYieldsToATakeoverThatLostTheRace) {
  Race race(true);
  ASSERT_TRUE(race.until_taken().has_value());
  EXPECT_LT(race.tries(), 10U);
}

TEST(BusyWriter, IsNeverReplacedWithoutTheRule) {
  Race race(false);
  EXPECT_FALSE(race.until_taken().has_value());
  EXPECT_GT(race.tries(), 1'000U);
}

}  // namespace
}  // namespace runut::simulation
