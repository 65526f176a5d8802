// A log for reading only: the state of a directory at the moment of opening, which another process
// may go on writing.
#pragma once

#include "log/event_log.h"
#include "log/frame_store.h"

namespace runut {

// Everything that writes is refused with `unavailable`. Thread-safe.
class SnapshotLog final : public EventLog {
 public:
  [[nodiscard]] static Result<std::unique_ptr<SnapshotLog>> open(std::shared_ptr<Store> store);

  [[nodiscard]] Head head() const override { return frames_.head_at_opening(); }
  [[nodiscard]] Result<EventBatch> read(Sequence from, ReadLimits limits = {}) const override;
  [[nodiscard]] Result<Head> wait_for(Sequence at_least, Millis max_wait) override;
  [[nodiscard]] Result<TakenOver> take_over(const BuildTakeover& build, Millis max_wait) override;
  [[nodiscard]] Result<Head> begin_copy(Millis max_wait) override;
  [[nodiscard]] Status append(Commit&& commit) override;
  [[nodiscard]] std::vector<Settled> settle(Millis max_wait) override;
  [[nodiscard]] std::size_t in_flight() const override { return 0; }
  [[nodiscard]] Status writable() const override;

 private:
  explicit SnapshotLog(FrameStore frames) : frames_(std::move(frames)) {}
  FrameStore frames_;
};

}  // namespace runut
