// A writer that goes on whatever happens, and remembers what it was told about each command.
#pragma once

#include <map>
#include <set>
#include <string>

#include "../test_encoding.h"
#include "log/event_log.h"

namespace runut::testing_log {

class SteadyWriter {
 public:
  SteadyWriter(EventLog& log, std::uint64_t first_command) : log_(log), number_(first_command) {}

  // False when another writer has the log.
  bool take_over(Millis max_wait) {
    const auto taken = log_.take_over(takeover_on, max_wait);
    if (!taken) return false;
    for (const Verdict& verdict : taken->verdicts) {
      (verdict.fate == Fate::done ? done : never).insert(verdict.command);
      in_doubt.erase(verdict.command);
    }
    head_ = taken->head;
    return true;
  }

  // Hands over up to `count` commits of one to three events and takes in what has settled.
  void write(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      Head after = head_;
      Commit commit =
          chain(after, command_id(number_), std::vector<std::string>(1 + number_ % 3, "w"));
      if (!log_.append(std::move(commit))) break;
      head_ = after;
      ++number_;
    }
    take_in(Millis{20});
  }

  void take_in(Millis max_wait) {
    for (const Settled& settled : log_.settle(max_wait)) {
      if (std::holds_alternative<Appended>(settled.outcome)) done.insert(settled.command);
      if (std::holds_alternative<Conflict>(settled.outcome)) never.insert(settled.command);
      if (std::holds_alternative<Unknown>(settled.outcome)) {
        in_doubt.insert(settled.command);
        ++unknowns;
      }
    }
  }

  void finish(Millis max_wait) {
    const auto deadline = std::chrono::steady_clock::now() + max_wait;
    while (log_.in_flight() > 0 && std::chrono::steady_clock::now() < deadline)
      take_in(Millis{100});
  }

  std::set<CommandId> done, never, in_doubt;
  std::size_t unknowns = 0;

 private:
  EventLog& log_;
  std::uint64_t number_;
  Head head_;
};

// Commands of a history, each with the number of commits it has there.
inline std::map<CommandId, std::size_t> commands_of(const EventLog& log) {
  std::map<CommandId, std::size_t> times;
  Sequence from{1};
  while (true) {
    const auto batch = log.read(from);
    if (!batch || batch->empty()) return times;
    for (const EventView& event : batch->events) {
      const auto header = read_header(event.bytes);
      if (header && header->commit_index == 0) ++times[header->command];
    }
    from = next(batch->events.back().sequence);
  }
}

}  // namespace runut::testing_log
