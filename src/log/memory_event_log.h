// The log in memory: for tests and what-ifs. Several objects may share one history, so that tests
// have rivals; faults are injected one append at a time.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

#include "log/event_log.h"
#include "log/reader_rule.h"

namespace runut {

// The history that MemoryEventLog objects share. Thread-safe.
class MemoryHistory {
 public:
  explicit MemoryHistory(ReadHeader read_header) : read_header_(read_header) {}

  // Judges and, when it counts, stores; false when the commit is void.
  [[nodiscard]] bool offer(const Commit& commit);
  [[nodiscard]] Head head() const;
  [[nodiscard]] Result<EventBatch> read(Sequence from, ReadLimits limits) const;
  [[nodiscard]] Result<Head> wait_for(Sequence at_least, Millis max_wait);
  [[nodiscard]] bool contains(Sequence sequence, const Hash256& leaf) const;

 private:
  ReadHeader read_header_;
  mutable std::mutex mutex_;
  std::condition_variable moved_;
  ReaderRule rule_;
  std::vector<std::shared_ptr<const Bytes>> events_;
  std::vector<Hash256> leaves_;
};

// What happens to the next append.
enum class MemoryFault : std::uint8_t {
  none,
  lost,          // never lands, reported Unknown
  unreported,    // lands, reported Unknown
  landing_late,  // reported Unknown, lands while the next takeover is under way
};

class MemoryEventLog final : public EventLog {
 public:
  explicit MemoryEventLog(std::shared_ptr<MemoryHistory> history, AppendLimits limits = {})
      : history_(std::move(history)), limits_(limits) {}
  explicit MemoryEventLog(ReadHeader read_header)
      : MemoryEventLog(std::make_shared<MemoryHistory>(read_header)) {}

  // Applies to the next append (not to takeovers), once.
  void inject(MemoryFault fault) { fault_ = fault; }

  [[nodiscard]] Head head() const override { return history_->head(); }
  [[nodiscard]] Result<EventBatch> read(Sequence from, ReadLimits limits = {}) const override;
  [[nodiscard]] Result<Head> wait_for(Sequence at_least, Millis max_wait) override;
  [[nodiscard]] Result<TakenOver> take_over(const BuildTakeover& build, Millis max_wait) override;
  [[nodiscard]] Result<Head> begin_copy(Millis max_wait) override;
  [[nodiscard]] Status append(Commit&& commit) override;
  [[nodiscard]] std::vector<Settled> settle(Millis max_wait) override;
  [[nodiscard]] std::size_t in_flight() const override { return outcomes_.size(); }
  [[nodiscard]] Status writable() const override;

 private:
  struct Unsettled {
    CommandId command;
    Head last;
  };

  std::shared_ptr<MemoryHistory> history_;
  AppendLimits limits_;
  MemoryFault fault_ = MemoryFault::none;
  Status writable_ = fail(ErrorCode::conflict, "this log was not taken over yet");
  Head expected_;  // of the writer's own speculation
  std::deque<Settled> outcomes_;
  std::vector<Unsettled> unsettled_;
  std::deque<Commit> late_;
};

}  // namespace runut
