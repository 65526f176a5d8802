#include "log/kafka_copy.h"

#include <pthread.h>

#include <algorithm>
#include <iterator>

#include "log/kafka_place.h"

namespace runut {

KafkaCopy::KafkaCopy(FrameStore frames, Stored stored)
    : frames_(std::move(frames)),
      stored_(std::move(stored)),
      last_(frames_.head_at_opening().sequence),
      thread_([this] { run(); }) {}

KafkaCopy::~KafkaCopy() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void KafkaCopy::keep(std::vector<FrameBuilder>& frames, std::vector<FrameBuilder>& spare,
                     const Head& head, Offset next) {
  {
    const std::lock_guard lock(mutex_);
    if (!waiting_.empty()) return;
    waiting_.swap(frames);
    std::move(spare_.begin(), spare_.end(), std::back_inserter(spare));
    spare_.clear();
    head_ = head;
    next_ = next;
  }
  changed_.notify_one();
}

void KafkaCopy::run() {
  pthread_setname_np(pthread_self(), "runut-copy");
  std::vector<FrameBuilder> frames;
  StoreBatch batch;
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    frames.swap(waiting_);
    const Head head = head_;
    const Offset next_offset = next_;
    lock.unlock();
    frames_.stage(batch, next(last_), frames);
    stage_place(batch, frames_.meta(), next_offset, head.sequence);
    const Status written = frames_.store()->write(batch, Durability::buffered);
    if (!written) return stored_(fail(written.error()));
    batch.clear();
    last_ = head.sequence;
    stored_(head);
    lock.lock();
    // They were emptied when they were staged.
    std::move(frames.begin(), frames.end(), std::back_inserter(spare_));
    frames.clear();
  }
}

}  // namespace runut
