#include "instance/snapshot_log.h"

namespace runut {

Result<std::unique_ptr<SnapshotLog>> SnapshotLog::open(std::shared_ptr<Store> store) {
  RUNUT_ASSIGN(FrameStore frames, FrameStore::open(std::move(store)));
  return std::unique_ptr<SnapshotLog>(new SnapshotLog(std::move(frames)));
}

Result<EventBatch> SnapshotLog::read(Sequence from, ReadLimits limits) const {
  return frames_.read(from, head().sequence, limits);
}

Result<Head> SnapshotLog::wait_for(Sequence at_least, Millis) {
  if (head().sequence >= at_least) return head();
  return fail(ErrorCode::unavailable, "a log opened for reading does not grow");
}

Status SnapshotLog::writable() const {
  return fail(Error{ErrorCode::unavailable,
                    {},
                    "directory",
                    frames_.store()->directory(),
                    "this ledger was opened for reading only"});
}

Result<TakenOver> SnapshotLog::take_over(const BuildTakeover&, Millis) {
  return fail(writable().error());
}
Result<Head> SnapshotLog::begin_copy(Millis) {
  return fail(writable().error());
}
Status SnapshotLog::append(Commit&&) {
  return writable();
}
std::vector<Settled> SnapshotLog::settle(Millis) {
  return {};
}

}  // namespace runut
