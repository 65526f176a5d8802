#include "service/signed_heads.h"

#include <future>
#include <utility>

#include "codec/envelope_codec.h"

namespace runut::service {
namespace {

constexpr Millis stop_is_seen_within{20};

Result<SignedHeadPtr> open_head(std::string note, const Instance& instance) {
  auto checkpoint = open_checkpoint(note, instance.trust());
  if (!checkpoint)
    return fail(Error{ErrorCode::corrupt, "checkpoint.damaged", "directory",
                      instance.checkpoints().directory(), checkpoint.error().message});
  return std::make_shared<const SignedHead>(*std::move(checkpoint), std::move(note));
}

// Founding, and the lock of a run: their checkpoints stay for good, also where one that was signed
// for a receipt came first.
bool is_mark(const Instance& instance, std::uint64_t size) {
  const auto batch = instance.log().read(Sequence{size}, {.events = 1});
  if (!batch || batch->empty()) return true;
  const auto key = read_envelope_key(batch->events.front().bytes);
  return !key || key->type == EventType::AgencyFounded || key->type == EventType::TppRunLocked ||
         key->type == EventType::TppCorrectionPosted;
}

}  // namespace

SignedHeads::SignedHeads(const LedgerPorts& ledger, SignedHeadsOptions options)
    : ledger_(ledger),
      options_(options),
      thinning_(std::make_shared<Thinning>()),
      refresh_at_(Clock::now()) {
  thinning_->kept = options_.kept;
  thread_ = std::thread([this] { sign_for_waiting(); });
}

void SignedHeads::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  moved_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Status SignedHeads::refresh(Clock::time_point now) {
  RUNUT_ASSIGN(const std::vector<std::uint64_t> sizes, ledger_.instance.checkpoints().sizes());
  if (sizes.empty())
    return fail(Error{ErrorCode::not_found, "checkpoint.none", "agency",
                      ledger_.instance.place().agency, "no checkpoint was signed yet"});
  if (!last_ || last_->checkpoint.tree.size < sizes.back()) {
    RUNUT_ASSIGN(std::string note, ledger_.instance.checkpoints().read(sizes.back()));
    RUNUT_ASSIGN(last_, open_head(std::move(note), ledger_.instance));
  }
  refresh_at_ = now + options_.interval;
  return {};
}

Result<SignedHeadPtr> SignedHeads::last() {
  const std::lock_guard lock(mutex_);
  const Clock::time_point now = Clock::now();
  if (!last_ || now >= refresh_at_) RUNUT_TRY(refresh(now));
  return last_;
}

void SignedHeads::covering(Sequence sequence, Covered covered) {
  const auto found = last();
  if (found && (*found)->checkpoint.tree.size >= sequence.value) return covered(*found);
  if (!found && found.error().code != ErrorCode::not_found) return covered(fail(found.error()));
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && waiting_.size() < options_.waiting_max) {
      waiting_.push_back(std::move(covered));
      moved_.notify_all();
      return;
    }
  }
  // What waits now is told so by the thread; behind it nobody would be.
  if (stopped()) return covered(fail(ErrorCode::unavailable, "the service is stopping"));
  covered(fail(Error{ErrorCode::exhausted, "checkpoint.waiting", "waiting",
                     std::to_string(options_.waiting_max),
                     "as many as may wait for a checkpoint do already"}));
}

void SignedHeads::sign_for_waiting() {
  Clock::time_point not_before = Clock::now();
  std::unique_lock lock(mutex_);
  for (;;) {
    moved_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    moved_.wait_until(lock, not_before, [this] { return stopping_; });
    const bool ends = stopping_;
    const std::vector<Covered> waiting = std::exchange(waiting_, {});
    lock.unlock();
    // Each of them asked for what was durable then, so the head that is signed now covers it.
    const Result<SignedHeadPtr> head =
        ends ? fail(ErrorCode::unavailable, "the service is stopping") : sign();
    not_before = Clock::now() + options_.interval;
    if (head) {
      const std::lock_guard published(mutex_);
      if (!last_ || last_->checkpoint.tree.size < (*head)->checkpoint.tree.size) last_ = *head;
    }
    for (const Covered& covered : waiting) covered(head);
    if (ends) return;
    lock.lock();
  }
}

Result<SignedHeadPtr> SignedHeads::sign() {
  // The work alone holds the promise: forgotten, it breaks it.
  auto promise = std::make_shared<std::promise<Result<SignedHeadPtr>>>();
  auto future = promise->get_future();
  RUNUT_TRY(
      ledger_.in_writer([promise = std::move(promise), thinning = thinning_](Instance& instance) {
        promise->set_value(sign_in(instance, *thinning));
      }));
  const Clock::time_point until = Clock::now() + options_.signing_max;
  while (future.wait_for(stop_is_seen_within) != std::future_status::ready) {
    const std::lock_guard lock(mutex_);
    if (stopping_) return fail(ErrorCode::unavailable, "the service is stopping");
    if (Clock::now() >= until)
      return fail(ErrorCode::unavailable, "the writer is too busy to sign a checkpoint");
  }
  try {
    return future.get();
  } catch (const std::future_error&) {  // the writer has ended, and forgot what it was to do
    return fail(ErrorCode::unavailable, "the writer has ended");
  }
}

Result<SignedHeadPtr> SignedHeads::sign_in(Instance& instance, Thinning& thinning) {
  const CheckpointFiles& files = instance.checkpoints();
  RUNUT_ASSIGN(const std::vector<std::uint64_t> before, files.sizes());
  RUNUT_ASSIGN(std::string note, instance.sign_checkpoint());
  RUNUT_ASSIGN(SignedHeadPtr head, open_head(std::move(note), instance));
  const std::uint64_t size = head->checkpoint.tree.size;
  if (before.empty() || before.back() < size) thinning.sizes.push_back(size);
  while (thinning.sizes.size() > thinning.kept) {
    const std::uint64_t oldest = thinning.sizes.front();
    if (!is_mark(instance, oldest)) RUNUT_TRY(files.remove(oldest));
    thinning.sizes.pop_front();
  }
  return head;
}

}  // namespace runut::service
