#include "service/ledger.h"

#include <pthread.h>

namespace runut::service {
namespace {

// Submitted between two looks at what has become durable.
constexpr std::size_t batch_max = 512;
// The room that is kept for a queue; what a burst needed beyond is given back.
constexpr std::size_t room_kept = 4'096;
// While commands are on their way to the disk the writer waits for their answers. It is woken when
// so many have arrived meanwhile, or after so long, and decides them during the sync: they go with
// the next one. Waking it for each would cost more than deciding.
constexpr std::size_t gathered = 8;
constexpr Millis answer_wait{1};

Error ending() {
  return Error{ErrorCode::unavailable, "service.stopping", {}, {}, "the service is stopping"};
}

}  // namespace

Ledger::Ledger(std::unique_ptr<Instance> instance, const KeyStore& keys, LedgerLimits limits)
    : instance_(std::move(instance)), keys_(&keys), limits_(limits) {}

Result<std::unique_ptr<Ledger>> Ledger::open(InstanceOptions options, LedgerLimits limits) {
  const std::string agency = options.place.agency;
  RUNUT_ASSIGN(auto instance, Instance::open(std::move(options), Instance::Access::read_write));
  if (instance->founded() == nullptr)
    return fail(Error{ErrorCode::not_found, "agency.founded", "agency", agency,
                      "the ledger is empty; runut import founds it"});
  RUNUT_ASSIGN(const KeyStore* const keys, instance->keys());
  std::unique_ptr<Ledger> ledger(new Ledger(std::move(instance), *keys, limits));
  ledger->thread_ = std::thread([raw = ledger.get()] { raw->write(); });
  return ledger;
}

Ledger::~Ledger() {
  (void)stop(Millis{10'000});
  if (thread_.joinable()) thread_.join();
}

Status Ledger::submit(std::span<Submission> batch) {
  std::size_t bytes = 0;
  for (const Submission& submission : batch) bytes += submission.bytes;
  bool gathered_now = false;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return fail(ending());
    if (failure_) return fail(*failure_);
    const std::size_t waiting = queue_.size() + taken_;
    if (waiting + batch.size() > limits_.queued_max ||
        queued_bytes_ + taken_bytes_ + bytes > limits_.queued_bytes_max)
      return fail(Error{ErrorCode::exhausted, "service.queue_full", "queue",
                        std::to_string(waiting),
                        "commands arrive faster than they can be recorded"});
    queued_bytes_ += bytes;
    for (Submission& submission : batch) queue_.emplace_back(std::move(submission));
    gathered_now = settling_ && queue_.size() >= gathered;
    settling_ = settling_ && !gathered_now;
  }
  arrived_.notify_one();
  if (gathered_now) instance_->log().interrupt();
  return {};
}

Status Ledger::in_writer(Work work) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return fail(ending());
    queue_.emplace_back(std::move(work));
  }
  arrived_.notify_one();
  return {};
}

Status Ledger::accepting() const {
  const std::lock_guard lock(mutex_);
  if (stopping_) return fail(ending());
  return failure_ ? Status(fail(*failure_)) : Status{};
}

std::size_t Ledger::queued() const {
  const std::lock_guard lock(mutex_);
  return queue_.size() + taken_;
}

// False: there is nothing more to do, ever.
bool Ledger::take(std::vector<Waiting>& batch) {
  if (batch.capacity() > room_kept) batch = {};
  batch.clear();
  std::unique_lock lock(mutex_);
  settling_ = false;
  if (in_flight_.empty()) arrived_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
  batch.swap(queue_);
  taken_ = batch.size();
  taken_bytes_ = std::exchange(queued_bytes_, 0);
  return !batch.empty() || !in_flight_.empty() || !stopping_;
}

void Ledger::write() {
  pthread_setname_np(pthread_self(), "runut-write");
  for (std::vector<Waiting> batch; take(batch);) {
    for (Waiting& waiting : batch) {
      if (taken_-- % batch_max == 0) settle(Millis{0});
      if (auto* submission = std::get_if<Submission>(&waiting)) {
        taken_bytes_ -= submission->bytes;
        begin(*submission);
        continue;
      }
      while (!in_flight_.empty()) settle(Millis{1});
      std::get<Work>(waiting)(*instance_);
    }
    settle(may_wait() ? answer_wait : Millis{0});
  }
  const std::lock_guard lock(mutex_);
  has_ended_ = true;
  ended_.notify_all();
}

// For answers: not while there is something to decide.
bool Ledger::may_wait() {
  const std::lock_guard lock(mutex_);
  return settling_ = queue_.size() < gathered;
}

void Ledger::begin(Submission& submission) {
  if (submission.attempts)
    if (const Status may = submission.attempts->may_try(); !may)
      return submission.answered(Answer{
          .command = submission.command.id, .first = {}, .rejection = may.error(), .known_at = {}});
  const auto ticket = instance_->submit(std::move(submission.command), submission.digest);
  if (ticket) {
    const Error* const refusal = instance_->refusal_of_last();
    if (refusal != nullptr && refusal->code == ErrorCode::unauthorised && submission.attempts)
      submission.attempts->note_refused();
    in_flight_.push_back(std::move(submission.answered));
    return;
  }
  // What is in flight may still be answered: then drain() says what is wrong.
  if (in_flight_.empty()) fail_all(ticket.error());
  submission.answered(fail(ticket.error()));
}

void Ledger::settle(Millis max_wait) {
  if (in_flight_.empty()) return;
  auto answers = instance_->drain(max_wait);
  if (!answers) return fail_all(answers.error());
  for (Answer& answer : *answers) {
    RUNUT_CHECK(!in_flight_.empty(), "each answer has its command");
    Answered answered = std::move(in_flight_.front());
    in_flight_.pop_front();
    answered(std::move(answer));
  }
}

// Nothing more will be answered by this session of the writer.
void Ledger::fail_all(const Error& error) {
  if (error.rule == "log.taken_over") {
    const std::lock_guard lock(mutex_);
    failure_ = error;
  } else {
    instance_->end_session();
  }
  for (Answered& answered : std::exchange(in_flight_, {})) answered(fail(error));
}

Status Ledger::wait_for(Sequence sequence, Millis max_wait) const {
  return instance_->projector()->wait_for(sequence, max_wait);
}

Result<std::shared_ptr<const Explainer>> Ledger::explainer() const {
  const std::lock_guard lock(explaining_);
  const Sequence known = instance_->projector()->position();
  if (explainer_ && explained_at_ == known) return explainer_;
  RUNUT_ASSIGN(const EventBatch last, instance_->log().read(known, {.events = 1}));
  if (last.empty()) return fail(ErrorCode::corrupt, "the log ends before its views");
  const Explainer::Head head{known, last.events.front().leaf};
  RUNUT_ASSIGN(Explainer opened, explainer_ ? explainer_->moved_to(head)
                                            : Explainer::open(instance_->history(), head));
  explainer_ = std::make_shared<const Explainer>(std::move(opened));
  explained_at_ = known;
  return explainer_;
}

Result<std::unique_ptr<LoadedFacts>> Ledger::facts() const {
  RUNUT_ASSIGN(const auto known, explainer());
  return std::make_unique<LoadedFacts>(instance_->history(), known->shared_agency(),
                                       known->head().sequence);
}

Date Ledger::today() const {
  return local_date(SystemClock().now(), instance_->founded()->utc_offset_minutes);
}

Status Ledger::stop(Millis max_wait) {
  std::unique_lock lock(mutex_);
  const bool first = !stopping_;
  stopping_ = true;
  arrived_.notify_all();
  const bool all = ended_.wait_for(lock, max_wait, [&] { return has_ended_; });
  lock.unlock();
  if (!all)
    return fail(Error{ErrorCode::unavailable, "service.drain", "commands", std::to_string(queued()),
                      "not every command could be answered in time"});
  return first ? instance_->close() : Status{};
}

}  // namespace runut::service
