#include "log/rocksdb_event_log.h"

#include <pthread.h>

#include <utility>

#include "log/commit_check.h"
#include "log/kafka_place.h"

namespace runut {
namespace {
// One synced write takes at most this much, so that the first of many commits is not kept waiting.
constexpr std::size_t write_bytes_max = 8 * 1024 * 1024;
}  // namespace

Result<std::unique_ptr<RocksdbEventLog>> RocksdbEventLog::open(std::shared_ptr<Store> store,
                                                               ReadHeader read_header,
                                                               AppendLimits limits) {
  RUNUT_ASSIGN(FrameStore frames, FrameStore::open(std::move(store)));
  RUNUT_TRY(frames.mark_continuous(frames.head_at_opening().sequence));
  return std::unique_ptr<RocksdbEventLog>(
      new RocksdbEventLog(std::move(frames), read_header, limits));
}

Result<std::unique_ptr<RocksdbEventLog>> RocksdbEventLog::open(
    const std::string& directory, ReadHeader read_header,
    const std::vector<FamilyOptions>& families) {
  StoreOptions options{.directory = directory, .families = log_families()};
  options.families.insert(options.families.end(), families.begin(), families.end());
  RUNUT_ASSIGN(std::shared_ptr<Store> store, Store::open(std::move(options)));
  return open(std::move(store), read_header);
}

RocksdbEventLog::RocksdbEventLog(FrameStore frames, ReadHeader read_header, AppendLimits limits)
    : frames_(std::move(frames)),
      read_header_(read_header),
      limits_(limits),
      head_(frames_.head_at_opening()),
      committer_([this] { run(); }) {}

RocksdbEventLog::~RocksdbEventLog() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  work_.notify_all();
  committer_.join();
  if (!storage_failed_) (void)frames_.mark_continuous(head_.sequence);
}

Head RocksdbEventLog::head() const {
  const std::lock_guard lock(mutex_);
  return head_;
}

Result<EventBatch> RocksdbEventLog::read(Sequence from, ReadLimits limits) const {
  return frames_.read(from, head().sequence, limits);
}

Result<Head> RocksdbEventLog::wait_for(Sequence at_least, Millis max_wait) {
  std::unique_lock lock(mutex_);
  if (!settled_.wait_for(lock, max_wait, [&] { return head_.sequence >= at_least; }))
    return fail(ErrorCode::unavailable, "the log did not reach that sequence in time");
  return head_;
}

Status RocksdbEventLog::writable() const {
  const std::lock_guard lock(mutex_);
  if (refused_) return fail(*refused_);
  if (!taken_over_) return fail(ErrorCode::conflict, "this log was not taken over yet");
  return {};
}

std::size_t RocksdbEventLog::in_flight() const {
  const std::lock_guard lock(mutex_);
  return in_flight_;
}

// Until nothing waits and nothing is being written.
Status RocksdbEventLog::await_quiet(std::unique_lock<std::mutex>& lock, Millis max_wait) {
  RUNUT_ASSIGN(const bool copy, is_copy_of_topic(frames_));
  if (copy)
    return fail(Error{ErrorCode::conflict,
                      {},
                      "directory",
                      frames_.store()->directory(),
                      "this directory is a copy of a Kafka topic; write through Kafka"});
  if (!settled_.wait_for(lock, max_wait, [&] { return waiting_.empty() && bytes_ == 0; }))
    return fail(ErrorCode::unavailable, "what is in flight was not written in time");
  if (storage_failed_) return fail(*refused_);
  return {};
}

Result<Head> RocksdbEventLog::begin_copy(Millis max_wait) {
  std::unique_lock lock(mutex_);
  RUNUT_TRY(await_quiet(lock, max_wait));
  refused_.reset();
  taken_over_ = true;
  return head_;
}

Result<TakenOver> RocksdbEventLog::take_over(const BuildTakeover& build, Millis max_wait) {
  std::unique_lock lock(mutex_);
  RUNUT_TRY(await_quiet(lock, max_wait));
  // Only this thread appends, so the head stays; building may read this very log.
  const Head head = head_;
  lock.unlock();
  RUNUT_ASSIGN(Commit takeover, build(head));
  RUNUT_TRY(check_commit_size(takeover));
  const auto after = chained_head(takeover, head, read_header_);
  if (!after) return fail(ErrorCode::internal, "the takeover event is not chained on the head");
  // Nobody else can write here (the directory is locked), so what is on the disk is read back.
  std::vector<Commit> alone;
  alone.push_back(std::move(takeover));
  lock.lock();
  refused_.reset();
  const CommandId command = alone.front().command;
  bytes_ += commit_size(alone.front());
  in_flight_ += 1;
  lock.unlock();
  commit_waiting(std::move(alone));
  lock.lock();
  RUNUT_CHECK(!outcomes_.empty() && outcomes_.back().command == command, "the takeover is settled");
  outcomes_.pop_back();
  in_flight_ -= 1;
  if (refused_) return fail(*refused_);
  taken_over_ = true;
  return TakenOver{head_, {}};
}

Status RocksdbEventLog::append(Commit&& commit) {
  return append_all({&commit, 1}).map([](std::size_t) {});
}

// The committer is woken once they are all there: woken by the first, it would sync that one alone.
Result<std::size_t> RocksdbEventLog::append_all(std::span<Commit> commits) {
  std::size_t taken = 0;
  Status enqueued;
  {
    const std::lock_guard lock(mutex_);
    while (taken < commits.size() && (enqueued = enqueue(commits[taken]))) ++taken;
  }
  if (taken > 0) work_.notify_one();
  if (!enqueued && taken == 0) return fail(enqueued.error());
  return taken;
}

// The caller holds mutex_.
Status RocksdbEventLog::enqueue(Commit& commit) {
  RUNUT_TRY(check_commit_size(commit));
  const std::size_t bytes = commit_size(commit);
  if (refused_) return fail(*refused_);
  if (!taken_over_) return fail(ErrorCode::conflict, "this log was not taken over yet");
  if (in_flight_ >= limits_.commits || (bytes_ > 0 && bytes_ + bytes > limits_.bytes))
    return fail(ErrorCode::exhausted, "too many commits are in flight");
  in_flight_ += 1;
  bytes_ += bytes;
  waiting_.push_back(std::move(commit));
  return {};
}

std::vector<Settled> RocksdbEventLog::settle(Millis max_wait) {
  std::unique_lock lock(mutex_);
  outcome_.wait_for(lock, max_wait,
                    [&] { return !outcomes_.empty() || in_flight_ == 0 || interrupted_; });
  interrupted_ = false;
  std::vector<Settled> settled(std::make_move_iterator(outcomes_.begin()),
                               std::make_move_iterator(outcomes_.end()));
  outcomes_.clear();
  in_flight_ -= settled.size();
  return settled;
}

void RocksdbEventLog::interrupt() {
  {
    const std::lock_guard lock(mutex_);
    interrupted_ = true;
  }
  outcome_.notify_all();
}

void RocksdbEventLog::run() {
  pthread_setname_np(pthread_self(), "runut-log");
  std::unique_lock lock(mutex_);
  while (true) {
    work_.wait(lock, [&] { return closing_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    std::vector<Commit> batch;
    std::size_t bytes = 0;
    while (!waiting_.empty() && bytes < write_bytes_max) {
      bytes += commit_size(waiting_.front());
      batch.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    lock.unlock();
    commit_waiting(std::move(batch));
    lock.lock();
  }
}

// Called by one thread at a time: the committer, or a takeover while nothing waits.
void RocksdbEventLog::commit_waiting(std::vector<Commit> waiting) {
  std::size_t bytes = 0;
  for (const Commit& commit : waiting) bytes += commit_size(commit);
  Head before;
  bool refused = false;
  {
    const std::lock_guard lock(mutex_);
    before = head_;
    refused = refused_.has_value();
  }

  std::vector<Head> heads;
  Head head = before;
  if (!refused) {
    for (const Commit& commit : waiting) {
      const auto after = chained_head(commit, head, read_header_);
      if (!after) break;  // whatever follows is chained on this one: void as well
      head = *after;
      heads.push_back(head);
    }
  }
  Status written;
  if (!heads.empty()) {
    StoreBatch batch;
    frames_.stage(batch, next(before.sequence), {waiting.data(), heads.size()});
    written = frames_.store()->write(batch, Durability::synced);
  }

  {
    const std::lock_guard lock(mutex_);
    if (written) head_ = head;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      Outcome outcome = Conflict{head_};
      if (i < heads.size())
        outcome = written ? Outcome(Appended{heads[i]}) : Outcome(Unknown{written.error().message});
      outcomes_.push_back({waiting[i].command, std::move(outcome)});
    }
    bytes_ -= bytes;
    if (!written) {
      storage_failed_ = true;
      refused_ = written.error();
    } else if (heads.size() < waiting.size() && !refused_) {
      refused_ = Error{
          ErrorCode::conflict, {}, {}, {}, "a commit was not chained on the head; take over again"};
    }
  }
  outcome_.notify_all();
  settled_.notify_all();
}

}  // namespace runut
