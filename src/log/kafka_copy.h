// A node's own copy of the log, stored by a thread of its own: while one part of the history is
// being written, the next is on its way to the brokers.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "log/frame_store.h"
#include "log/writer_session.h"

namespace runut {

class KafkaCopy {
 public:
  // The head that is stored, or why it cannot be; called by the storing thread. After an error
  // nothing more is stored.
  using Stored = std::function<void(const Result<Head>&)>;

  KafkaCopy(FrameStore frames, Stored stored);
  // Stores what was handed over.
  ~KafkaCopy();
  KafkaCopy(const KafkaCopy&) = delete;
  KafkaCopy& operator=(const KafkaCopy&) = delete;

  // Reading is thread-safe.
  [[nodiscard]] const FrameStore& frames() const { return frames_; }

  // Whole commits behind those handed over before, up to `head`, which the records before `next`
  // gave: events and place in one batch (R5). Not synced: what a crash of this machine loses is
  // read again from the brokers. Returns at once; `frames` is empty afterwards. Untouched while
  // something handed over before still waits: then its frames may as well become fuller. `spare`
  // gets what was handed over earlier back, empty: its memory is used again.
  void keep(std::vector<FrameBuilder>& frames, std::vector<FrameBuilder>& spare, const Head& head,
            Offset next);

 private:
  void run();

  FrameStore frames_;
  const Stored stored_;
  Sequence last_;  // the storing thread's own

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<FrameBuilder> waiting_;
  std::vector<FrameBuilder> spare_;
  Head head_;
  Offset next_;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace runut
