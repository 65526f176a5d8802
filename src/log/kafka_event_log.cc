#include "log/kafka_event_log.h"

#include "log/commit_check.h"
#include "log/kafka_place.h"
#include "log/kafka_pump.h"

namespace runut {

// The side of the pump that callers see: everything under its mutex, nothing that waits for
// brokers.

Result<ReadingPlace> KafkaPump::load_place(const FrameStore& frames, const std::string& topic) {
  RUNUT_TRY(claim_for_topic(frames, topic));
  RUNUT_ASSIGN(const auto next, stored_next(frames));
  return ReadingPlace{next.value_or(Offset{0}), frames.head_at_opening().leaf};
}

Head KafkaPump::head() const {
  const std::lock_guard lock(mutex_);
  return head_;
}

Result<Head> KafkaPump::wait_for(Sequence at_least, Millis max_wait) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, max_wait, [&] { return head_.sequence >= at_least || refused_; });
  if (head_.sequence >= at_least) return head_;
  if (refused_) return fail(*refused_);
  return fail(ErrorCode::unavailable, "the log did not reach that sequence in time");
}

Result<TakenOver> KafkaPump::take_over(const BuildTakeover* build, Millis max_wait) {
  std::unique_lock lock(mutex_);
  if (refused_) return fail(*refused_);
  request_ = Request{build, std::chrono::steady_clock::now() + max_wait, std::nullopt};
  wakeup_->wake();
  changed_.wait(lock, [&] { return request_->answer.has_value(); });
  Result<TakenOver> answer = std::move(*request_->answer);
  request_.reset();
  return answer;
}

Status KafkaPump::append(Commit&& commit) {
  RUNUT_TRY(check_commit_size(commit));
  const std::size_t bytes = commit_size(commit);
  // Read here, for the pump has more than enough to do; most commits are one event.
  const auto read = [&](const StoredEvent& event) {
    ProtocolRecord record{std::nullopt, event.leaf, event.bytes.size()};
    const Result<RecordHeader> header = options_.read_header(event.bytes);
    if (header && header->command == commit.command) record.header = *header;
    return record;
  };
  const ProtocolRecord first = read(commit.events.front());
  std::vector<ProtocolRecord> others;
  for (const StoredEvent& event : std::span(commit.events).subspan(1))
    others.push_back(read(event));
  {
    const std::lock_guard lock(mutex_);
    if (refused_) return fail(*refused_);
    RUNUT_TRY(writable_);
    if (in_flight_ >= options_.limits.commits ||
        (bytes_ > 0 && bytes_ + bytes > options_.limits.bytes))
      return fail(ErrorCode::exhausted, "too many commits are in flight");
    in_flight_ += 1;
    bytes_ += bytes;
    submitted_.commits.push_back(std::move(commit));
    submitted_.records.push_back(first);
    submitted_.records.insert(submitted_.records.end(), others.begin(), others.end());
  }
  wakeup_->wake();
  return {};
}

std::vector<Settled> KafkaPump::settle(Millis max_wait) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, max_wait, [&] { return !outcomes_.empty() || in_flight_ == 0; });
  std::vector<Settled> settled = std::exchange(outcomes_, {});
  in_flight_ -= settled.size();
  return settled;
}

std::size_t KafkaPump::in_flight() const {
  const std::lock_guard lock(mutex_);
  return in_flight_;
}

Status KafkaPump::writable() const {
  const std::lock_guard lock(mutex_);
  if (refused_) return fail(*refused_);
  return writable_;
}

void KafkaPump::step_down() {
  {
    const std::lock_guard lock(mutex_);
    step_down_ = true;
  }
  wakeup_->wake();
}

Result<std::unique_ptr<KafkaEventLog>> KafkaEventLog::open(std::shared_ptr<Store> store,
                                                           KafkaLogOptions options) {
  RUNUT_CHECK(options.read_header != nullptr, "the log needs to read headers");
  RUNUT_TRY(prepare_topic(options.address, options.tuning, options.create_topic));
  RUNUT_ASSIGN(FrameStore frames, FrameStore::open(std::move(store), FramePacking::quick));
  RUNUT_ASSIGN(const ReadingPlace place, KafkaPump::load_place(frames, options.address.topic));
  RUNUT_TRY(frames.mark_continuous(frames.head_at_opening().sequence));
  auto wakeup = std::make_shared<Wakeup>();
  RUNUT_ASSIGN(auto consumer, KafkaConsumer::create(options.address, options.tuning, wakeup));
  return std::unique_ptr<KafkaEventLog>(new KafkaEventLog(std::make_unique<KafkaPump>(
      std::move(frames), std::move(options), place, std::move(consumer), std::move(wakeup))));
}

KafkaEventLog::KafkaEventLog(std::unique_ptr<KafkaPump> pump) : pump_(std::move(pump)) {}
KafkaEventLog::~KafkaEventLog() = default;

const std::shared_ptr<Store>& KafkaEventLog::store() const {
  return pump_->frames().store();
}
Head KafkaEventLog::head() const {
  return pump_->head();
}
Result<EventBatch> KafkaEventLog::read(Sequence from, ReadLimits limits) const {
  return pump_->frames().read(from, pump_->head().sequence, limits);
}
Result<Head> KafkaEventLog::wait_for(Sequence at_least, Millis max_wait) {
  return pump_->wait_for(at_least, max_wait);
}
Result<TakenOver> KafkaEventLog::take_over(const BuildTakeover& build, Millis max_wait) {
  return pump_->take_over(&build, max_wait);
}
Result<Head> KafkaEventLog::begin_copy(Millis max_wait) {
  RUNUT_ASSIGN(const TakenOver taken, pump_->take_over(nullptr, max_wait));
  return taken.head;
}
Status KafkaEventLog::append(Commit&& commit) {
  return pump_->append(std::move(commit));
}
std::vector<Settled> KafkaEventLog::settle(Millis max_wait) {
  return pump_->settle(max_wait);
}
std::size_t KafkaEventLog::in_flight() const {
  return pump_->in_flight();
}
Status KafkaEventLog::writable() const {
  return pump_->writable();
}
void KafkaEventLog::step_down() {
  pump_->step_down();
}

}  // namespace runut
