// One simulated node: a reader that at times writes, with a disk that survives its crashes.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "log/writer_session.h"
#include "world.h"

namespace runut::simulation {

class Node {
 public:
  Node(World& world, const Rules& rules, std::size_t index);

  void poll();                       // reads, decides, answers; schedules itself again
  void request(std::size_t client);  // a client's command arrives
  void crash_and_restart();
  void pause_until(std::int64_t time);
  void want_to_write(bool wanted) { wants_to_write_ = wanted; }

  [[nodiscard]] const std::vector<LogRecord>& history() const { return history_; }
  [[nodiscard]] bool refused() const { return refused_; }
  [[nodiscard]] bool paused() const { return world_.now < paused_until_; }

 private:
  // What a crash leaves: the state as of a move of the head (or, with full_state, of any record).
  struct Saved {
    std::size_t history_size = 0;
    Bytes reader;
    std::vector<LogRecord> pending;
    Offset next_unread;
    Hash256 last_read;
  };

  void start();
  void fetch();
  void judged(const LogRecord& record, const std::optional<Judged>& judged,
              std::uint64_t head_before);
  void save(bool head_moved);
  [[nodiscard]] bool last_read_is_still_there();
  void advance();
  void take_over();
  void decide_waiting();
  void decide(std::size_t client);
  void send(std::vector<LogRecord> records, SentId first);
  void answer_settled();
  [[nodiscard]] bool in_history(CommandId command) const { return done_.count(command) != 0; }
  [[nodiscard]] std::size_t client_of(CommandId command) const;
  // Runs `action` when this incarnation of the node can: later when paused, never after a crash.
  void deliver(std::int64_t at, std::function<void()> action);

  World& world_;
  const Rules& rules_;
  const std::size_t index_;
  const bool full_state_;  // keeps the pending commit on disk instead of reading it again

  // On disk.
  std::vector<LogRecord> history_;
  std::deque<Saved> saved_;

  // In memory.
  std::uint64_t incarnation_ = 0;
  std::optional<WriterSession> session_;
  std::vector<LogRecord> pending_;
  Hash256 last_read_;
  std::set<CommandId> done_;                   // commands of history_
  std::map<std::uint64_t, CommandId> tokens_;  // tokens of history_
  std::uint64_t known_leadership_ = 0;
  bool fetching_ = false;
  bool refused_ = false;
  bool wants_to_write_ = false;
  std::int64_t paused_until_ = 0;
  std::int64_t back_off_until_ = 0;
  std::int64_t last_landing_ = 0;
  std::size_t known_end_ = 0;
  Head speculative_;
  std::set<CommandId> in_flight_;
  std::map<std::uint64_t, CommandId> speculative_tokens_;
  std::vector<std::size_t> waiting_;
};

}  // namespace runut::simulation
