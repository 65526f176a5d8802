#include "feed/webhooks.h"

#include <algorithm>
#include <charconv>

namespace runut::feed {
namespace {

constexpr WakeTime never = WakeTime::max();
// What a thread does for one endpoint before others have their turn.
constexpr PieceLimits turn{.events = 16, .bytes = 256 * 1024, .looked_at = 4'096};

WakeTime at_once() {
  return std::chrono::steady_clock::now();
}

// In seconds; the form with a date is not read.
std::optional<Millis> retry_after(const http::ClientResponse& answer) {
  const auto text = answer.header("Retry-After");
  std::uint32_t seconds = 0;
  if (!text) return std::nullopt;
  const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  if (failure != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return std::chrono::seconds(seconds);
}

}  // namespace

struct Webhooks::Queue {
  explicit Queue(std::string name) : id(std::move(name)) {}
  const std::string id;
  // Guarded by the mutex of Webhooks.
  WakeTime due{};
  bool running = false;
  bool poked = false;  // while it ran
  // Of whoever runs it.
  std::string url;
  std::unique_ptr<http::Client> client;
  std::optional<Waiter> waiter;
};

struct Webhooks::Attempt {
  enum class End : std::uint8_t { delivered, gone, failed };
  End end = End::failed;
  std::string reason{};
  std::optional<Millis> asked{};  // how long the endpoint wants to be left alone
};

Webhooks::Webhooks(Feed& feed, std::shared_ptr<WebhookStore> store, WebhookOptions options)
    : feed_(feed),
      store_(std::move(store)),
      options_(std::move(options)),
      jitter_(SystemRandomness().draw<Uuid>().bytes[0] * std::uint64_t{0x9E3779B97F4A7C15}) {
  for (const EndpointStatus& status : store_->list())
    queues_.emplace(status.endpoint.id, std::make_shared<Queue>(status.endpoint.id));
  store_->on_change([this](const std::string& id) { poke(id); });
  for (unsigned i = 0; i < std::max(1U, options_.threads); ++i)
    threads_.emplace_back([this] { work(); });
}

Webhooks::~Webhooks() {
  stop();
}

void Webhooks::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  store_->on_change(nullptr);
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  // Outside of the lock: a queue's waiter may just be waking it.
  std::map<std::string, std::shared_ptr<Queue>> ended;
  {
    const std::lock_guard lock(mutex_);
    ended.swap(queues_);
  }
}

void Webhooks::poke(const std::string& id) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    std::shared_ptr<Queue>& queue = queues_[id];
    if (!queue) queue = std::make_shared<Queue>(id);
    if (queue->running)
      queue->poked = true;
    else
      queue->due = at_once();
  }
  changed_.notify_one();
}

// The one that is due first; otherwise when the next one will be.
std::shared_ptr<Webhooks::Queue> Webhooks::next_due(WakeTime& until) {
  std::shared_ptr<Queue> first;
  for (const auto& [id, queue] : queues_)
    if (!queue->running && (!first || queue->due < first->due)) first = queue;
  until = first ? first->due : never;
  return until <= std::chrono::steady_clock::now() ? first : nullptr;
}

void Webhooks::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    WakeTime until = never;
    std::shared_ptr<Queue> queue = next_due(until);
    if (!queue) {
      if (until == never)
        changed_.wait(lock);
      else
        changed_.wait_until(lock, until);
      continue;
    }
    queue->running = true;
    lock.unlock();
    const WakeTime due = go_on(*queue);
    lock.lock();
    queue->running = false;
    queue->due = std::exchange(queue->poked, false) ? at_once() : due;
    const bool removed = queue->due == never && !store_->find(queue->id);
    if (removed) queues_.erase(queue->id);
    changed_.notify_one();
    // Outside of the lock: its waiter may just be waking it.
    lock.unlock();
    queue.reset();
    lock.lock();
  }
}

WakeTime Webhooks::go_on(Queue& queue) {
  const auto status = store_->find(queue.id);
  if (!status || status->endpoint.state != EndpointState::active) return never;
  if (queue.url != status->endpoint.url) {
    queue.url = status->endpoint.url;
    queue.client =
        std::make_unique<http::Client>(guarded(options_.client, queue.url, options_.allow_http));
  }
  const std::optional<ParkedEvent> again = store_->to_replay(queue.id);
  const auto due = again ? deliver_parked(queue, *again) : deliver_piece(queue);
  // The log or the store cannot be read or written: what is not delivered stays where it is.
  if (!due) return at_once() + backoff(1, std::nullopt);
  return *due;
}

Result<WakeTime> Webhooks::deliver_piece(Queue& queue) {
  RUNUT_ASSIGN(const EndpointStatus before, store_->find(queue.id));
  RUNUT_ASSIGN(const Piece piece, feed_.read(before.endpoint.filter, before.progress.cursor, turn));
  for (const FoundEvent& event : piece.events) {
    // Paused, changed or removed meanwhile.
    RUNUT_ASSIGN(const EndpointStatus status, store_->find(queue.id));
    if (!(status.endpoint == before.endpoint)) return at_once();
    const Attempt made = attempt(queue, status.endpoint, event.sequence, *event.json);
    if (made.end != Attempt::End::delivered) return gave_up(queue, event.sequence, made);
    RUNUT_TRY(store_->delivered(queue.id, event.sequence, clock_.now()));
    const std::lock_guard lock(mutex_);
    if (stopping_) return never;
  }
  RUNUT_TRY(store_->passed_over(queue.id, piece.seen));
  if (piece.seen < feed_.head()) return at_once();
  if (!queue.waiter) queue.waiter.emplace(feed_, [this, id = queue.id] { poke(id); });
  return queue.waiter->wait(piece.seen, never) || feed_.stopped() ? never : at_once();
}

Result<WakeTime> Webhooks::gave_up(Queue& queue, Sequence sequence, const Attempt& made) {
  const Instant now = clock_.now();
  RUNUT_ASSIGN(const std::uint32_t attempts, store_->failed(queue.id, made.reason, now));
  if (made.end == Attempt::End::gone) {
    RUNUT_TRY(end_with(queue.id, EndpointState::gone, made.reason));
    return never;
  }
  if (attempts < options_.attempts_max) return at_once() + backoff(attempts, made.asked);
  RUNUT_ASSIGN(const EndpointStatus status, store_->find(queue.id));
  if (status.endpoint.on_failure == OnFailure::park) {
    RUNUT_TRY(store_->park(queue.id, {sequence, made.reason, attempts, now}));
    return at_once();
  }
  RUNUT_TRY(end_with(queue.id, EndpointState::stopped,
                     "event " + std::to_string(sequence.value) + " failed " +
                         std::to_string(attempts) + " times: " + made.reason));
  return never;
}

Result<WakeTime> Webhooks::deliver_parked(Queue& queue, const ParkedEvent& event) {
  RUNUT_ASSIGN(const EndpointStatus status, store_->find(queue.id));
  RUNUT_ASSIGN(const FoundEvent found, feed_.event(event.sequence));
  const Attempt made = attempt(queue, status.endpoint, event.sequence, *found.json);
  if (made.end == Attempt::End::delivered) {
    RUNUT_TRY(store_->parked_delivered(queue.id, event.sequence, clock_.now()));
    return at_once();
  }
  ParkedEvent after = event;
  after.reason = made.reason;
  ++after.attempts;
  after.again = false;
  RUNUT_TRY(store_->parked_failed(queue.id, after));
  if (made.end == Attempt::End::gone) {
    RUNUT_TRY(end_with(queue.id, EndpointState::gone, made.reason));
    return never;
  }
  return at_once();
}

Webhooks::Attempt Webhooks::attempt(Queue& queue, const Endpoint& endpoint, Sequence sequence,
                                    const std::string& json) {
  const std::string id = options_.agency + "-" + std::to_string(sequence.value);
  const auto answer = send_signed(*queue.client, endpoint, id, clock_.now(), json);
  if (!answer) return {Attempt::End::failed, answer.error().describe()};
  if (answer->status >= 200 && answer->status < 300) return {Attempt::End::delivered};
  std::string reason = "it answered " + std::to_string(answer->status);
  if (answer->status == 410) return {Attempt::End::gone, std::move(reason)};
  if (answer->status >= 300 && answer->status < 400) reason += ": redirects are not followed";
  return {Attempt::End::failed, std::move(reason), retry_after(*answer)};
}

// Unless somebody changed its state meanwhile.
Status Webhooks::end_with(const std::string& id, EndpointState state, std::string reason) {
  const auto ended = store_->change(id, [&](Endpoint& endpoint) -> Status {
    if (endpoint.state != EndpointState::active) return {};
    endpoint.state = state;
    endpoint.reason = std::move(reason);
    return {};
  });
  return ended ? Status{} : fail(ended.error());
}

Millis Webhooks::backoff(std::uint32_t attempts, std::optional<Millis> asked) {
  Millis wait = options_.backoff_first;
  for (std::uint32_t i = 1; i < attempts && wait < options_.backoff_max; ++i) wait *= 2;
  wait = std::min(wait, options_.backoff_max);
  {
    const std::lock_guard lock(mutex_);
    wait -= Millis{jitter_.below(static_cast<std::uint64_t>(wait.count()) / 2 + 1)};
  }
  return asked ? std::max(wait, std::min(*asked, options_.backoff_max)) : wait;
}

}  // namespace runut::feed
