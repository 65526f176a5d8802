// The embedded log: one directory, one process, no server. The default engine.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "log/event_log.h"
#include "log/frame_store.h"
#include "log/reader_rule.h"

namespace runut {

// One committer thread: whatever waits becomes one synced write, so that batches grow with the load
// and a lone commit waits for nobody. A commit is Appended when that write is on the disk.
//
// A directory that is a Kafka node's copy can be read, but not written: its topic decides.
//
// After a failed write every commit of it is Unknown and nothing more is accepted: the object must
// be made again, and its head then says what reached the disk.
class RocksdbEventLog final : public EventLog {
 public:
  // `store` must have been opened with log_families(); other layers may use it too, in families and
  // batches of their own. corrupt: the log's newest frames are damaged or missing.
  [[nodiscard]] static Result<std::unique_ptr<RocksdbEventLog>> open(std::shared_ptr<Store> store,
                                                                     ReadHeader read_header,
                                                                     AppendLimits limits = {});
  // Opens a store of its own with `families` beside the log's.
  [[nodiscard]] static Result<std::unique_ptr<RocksdbEventLog>> open(
      const std::string& directory, ReadHeader read_header,
      const std::vector<FamilyOptions>& families = {});
  // Commits what waits.
  ~RocksdbEventLog() override;

  [[nodiscard]] const std::shared_ptr<Store>& store() const { return frames_.store(); }

  [[nodiscard]] Head head() const override;
  [[nodiscard]] Result<EventBatch> read(Sequence from, ReadLimits limits = {}) const override;
  [[nodiscard]] Result<Head> wait_for(Sequence at_least, Millis max_wait) override;
  [[nodiscard]] Result<TakenOver> take_over(const BuildTakeover& build, Millis max_wait) override;
  [[nodiscard]] Result<Head> begin_copy(Millis max_wait) override;
  [[nodiscard]] Status append(Commit&& commit) override;
  [[nodiscard]] Result<std::size_t> append_all(std::span<Commit> commits) override;
  [[nodiscard]] std::vector<Settled> settle(Millis max_wait) override;
  void interrupt() override;
  [[nodiscard]] std::size_t in_flight() const override;
  [[nodiscard]] Status writable() const override;

 private:
  RocksdbEventLog(FrameStore frames, ReadHeader read_header, AppendLimits limits);
  [[nodiscard]] Status await_quiet(std::unique_lock<std::mutex>& lock, Millis max_wait);
  [[nodiscard]] Status enqueue(Commit& commit);
  void run();
  void commit_waiting(std::vector<Commit> waiting);

  FrameStore frames_;  // staging: the committer only
  const ReadHeader read_header_;
  const AppendLimits limits_;

  mutable std::mutex mutex_;
  std::condition_variable work_;     // for the committer
  std::condition_variable outcome_;  // for settle()
  std::condition_variable settled_;  // for everybody else
  Head head_;
  std::deque<Commit> waiting_;
  std::deque<Settled> outcomes_;
  std::size_t in_flight_ = 0;  // waiting, being written, or with an outcome not asked for
  std::size_t bytes_ = 0;      // waiting or being written
  bool taken_over_ = false;
  bool interrupted_ = false;      // the next settle() does not wait
  std::optional<Error> refused_;  // a commit was void, or the storage failed
  bool storage_failed_ = false;
  bool closing_ = false;
  std::thread committer_;
};

}  // namespace runut
