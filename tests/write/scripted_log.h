// A log to which things happen as a test says: each append meets the next happening of the script.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "log/memory_event_log.h"

namespace runut::testing {

enum class Happens : std::uint8_t {
  lands,         // Appended
  lost,          // Unknown, and never in the history
  unreported,    // Unknown, and in the history
  landing_late,  // Unknown, and reaches the log while the next takeover is under way: too late
  overtaken,     // another writer was first: Conflict
  full,          // refused as exhausted; tried again, it meets the next happening
};

class ScriptedLog final : public EventLog {
 public:
  ScriptedLog(std::shared_ptr<MemoryHistory> history, std::vector<std::string>& journal)
      : inner_(std::move(history)), journal_(journal) {}

  // Of the appends to come; when the script is over, everything lands.
  void script(std::deque<Happens> happenings) { script_ = std::move(happenings); }
  // How another writer is first.
  void on_overtaken(std::function<void()> rival) { rival_ = std::move(rival); }
  // So many takeovers fail, as when no broker answers.
  void fail_takeovers(unsigned count) { failing_takeovers_ = count; }
  // What is appended lands, and nobody is told before this is over.
  void hold(bool held) { held_ = held; }

  [[nodiscard]] Head head() const override { return inner_.head(); }
  [[nodiscard]] Result<EventBatch> read(Sequence from, ReadLimits limits = {}) const override {
    return inner_.read(from, limits);
  }
  [[nodiscard]] Result<Head> wait_for(Sequence at_least, Millis max_wait) override {
    return inner_.wait_for(at_least, max_wait);
  }
  [[nodiscard]] Result<TakenOver> take_over(const BuildTakeover& build, Millis max_wait) override;
  [[nodiscard]] Result<Head> begin_copy(Millis max_wait) override {
    return inner_.begin_copy(max_wait);
  }
  [[nodiscard]] Status append(Commit&& commit) override;
  [[nodiscard]] std::vector<Settled> settle(Millis max_wait) override;
  [[nodiscard]] std::size_t in_flight() const override { return inner_.in_flight(); }
  [[nodiscard]] Status writable() const override { return inner_.writable(); }

 private:
  MemoryEventLog inner_;
  std::vector<std::string>& journal_;
  std::deque<Happens> script_;
  std::function<void()> rival_;
  unsigned failing_takeovers_ = 0;
  bool held_ = false;
};

}  // namespace runut::testing
