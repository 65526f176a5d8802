#include "log/kafka_copy.h"

#include <pthread.h>

#include <iterator>
#include <span>

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

void KafkaCopy::keep(std::vector<StoredEvent>& events, const Head& head, Offset next) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) {
      waiting_.swap(events);
    } else {
      std::move(events.begin(), events.end(), std::back_inserter(waiting_));
    }
    head_ = head;
    next_ = next;
  }
  events.clear();
  changed_.notify_one();
}

std::size_t KafkaCopy::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

void KafkaCopy::run() {
  pthread_setname_np(pthread_self(), "runut-copy");
  std::vector<StoredEvent> events;
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    events.swap(waiting_);
    const Head head = head_;
    const Offset next_offset = next_;
    lock.unlock();
    StoreBatch batch;
    frames_.stage(batch, next(last_), std::span<const StoredEvent>(events));
    stage_place(batch, frames_.meta(), next_offset, head.sequence);
    const Status written = frames_.store()->write(batch, Durability::buffered);
    if (!written) return stored_(fail(written.error()));
    last_ = head.sequence;
    stored_(head);
    events.clear();
    lock.lock();
  }
}

}  // namespace runut
