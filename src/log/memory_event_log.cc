#include "log/memory_event_log.h"

#include <algorithm>

#include "log/commit_check.h"

namespace runut {

bool MemoryHistory::offer(const Commit& commit) {
  const std::lock_guard lock(mutex_);
  const auto after = chained_head(commit, rule_.head(), read_header_);
  if (!after) return false;
  for (const StoredEvent& event : commit.events) {
    events_.push_back(std::make_shared<const Bytes>(event.bytes));
    leaves_.push_back(event.leaf);
  }
  rule_ = ReaderRule(*after);
  moved_.notify_all();
  return true;
}

Head MemoryHistory::head() const {
  const std::lock_guard lock(mutex_);
  return rule_.head();
}

bool MemoryHistory::contains(Sequence sequence, const Hash256& leaf) const {
  const std::lock_guard lock(mutex_);
  return sequence.value >= 1 && sequence.value <= leaves_.size() &&
         leaves_[sequence.value - 1] == leaf;
}

Result<EventBatch> MemoryHistory::read(Sequence from, ReadLimits limits) const {
  if (from.value == 0)
    return fail(Error{ErrorCode::invalid_input, {}, "from", "0", "sequences start at 1"});
  const std::lock_guard lock(mutex_);
  EventBatch batch;
  std::size_t bytes = 0;
  for (std::size_t i = from.value - 1; i < events_.size() && batch.size() < limits.events; ++i) {
    bytes += events_[i]->size();
    if (!batch.empty() && bytes > limits.bytes) break;
    batch.events.push_back({Sequence{i + 1}, *events_[i], leaves_[i]});
    batch.buffers.push_back(events_[i]);
  }
  return batch;
}

Result<Head> MemoryHistory::wait_for(Sequence at_least, Millis max_wait) {
  std::unique_lock lock(mutex_);
  if (!moved_.wait_for(lock, max_wait, [&] { return rule_.head().sequence >= at_least; }))
    return fail(ErrorCode::unavailable, "the log did not reach that sequence in time");
  return rule_.head();
}

Result<EventBatch> MemoryEventLog::read(Sequence from, ReadLimits limits) const {
  return history_->read(from, limits);
}

Result<Head> MemoryEventLog::wait_for(Sequence at_least, Millis max_wait) {
  return history_->wait_for(at_least, max_wait);
}

Status MemoryEventLog::writable() const {
  return writable_;
}

Result<TakenOver> MemoryEventLog::take_over(const BuildTakeover& build, Millis) {
  while (true) {
    RUNUT_ASSIGN(const Commit takeover, build(history_->head()));
    RUNUT_TRY(check_commit_size(takeover));
    // A request that was given up lands now, ahead of the takeover: its place is gone, so it is
    // built again on the new head.
    for (; !late_.empty(); late_.pop_front()) (void)history_->offer(late_.front());
    if (!history_->offer(takeover)) continue;
    TakenOver taken{history_->head(), {}};
    for (const Unsettled& unsettled : unsettled_) {
      const bool done = history_->contains(unsettled.last.sequence, unsettled.last.leaf);
      taken.verdicts.push_back({unsettled.command, done ? Fate::done : Fate::never});
    }
    unsettled_.clear();
    expected_ = taken.head;
    writable_ = {};
    return taken;
  }
}

Result<Head> MemoryEventLog::begin_copy(Millis) {
  unsettled_.clear();
  expected_ = history_->head();
  writable_ = {};
  return expected_;
}

Status MemoryEventLog::append(Commit&& commit) {
  RUNUT_TRY(check_commit_size(commit));
  RUNUT_TRY(writable_);
  if (outcomes_.size() >= limits_.commits)
    return fail(ErrorCode::exhausted, "too many commits are in flight");
  const MemoryFault fault = std::exchange(fault_, MemoryFault::none);
  const Head last{Sequence{expected_.sequence.value + commit.events.size()},
                  commit.events.back().leaf};
  if (fault == MemoryFault::none) {
    if (history_->offer(commit)) {
      expected_ = history_->head();
      outcomes_.push_back({commit.command, Appended{expected_}});
    } else {
      writable_ = fail(ErrorCode::conflict, "another writer has moved the head");
      outcomes_.push_back({commit.command, Conflict{history_->head()}});
    }
    return {};
  }
  unsettled_.push_back({commit.command, last});
  outcomes_.push_back({commit.command, Unknown{"injected"}});
  writable_ = fail(ErrorCode::unavailable, "an append has an unknown outcome");
  if (fault == MemoryFault::unreported) (void)history_->offer(commit);
  if (fault == MemoryFault::landing_late) late_.push_back(std::move(commit));
  return {};
}

std::vector<Settled> MemoryEventLog::settle(Millis) {
  std::vector<Settled> settled(outcomes_.begin(), outcomes_.end());
  outcomes_.clear();
  return settled;
}

}  // namespace runut
