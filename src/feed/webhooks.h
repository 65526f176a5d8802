// Delivers events to the endpoints of a webhook store.
//
// Each endpoint has one ordered queue, which is its cursor in the log. An event is delivered when
// the endpoint answered 2xx; only then the cursor moves, durably, and the next one goes out. So
// every event comes at least once and in order. It comes twice when this process ends between the
// answer and the cursor, or when an answer is lost: webhook-id is then the same, and by it the
// endpoint knows. An event put aside (OnFailure::park) comes out of order when it is delivered
// again.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "feed/feed.h"
#include "feed/webhook_store.h"
#include "http/client.h"

namespace runut::feed {

struct WebhookOptions {
  std::string agency;  // webhook-id is AGENCY-SEQUENCE
  unsigned threads = 4;
  // An event that failed so often is put aside or stops the queue: after some 13 hours.
  std::uint32_t attempts_max = 20;
  // The first wait; each is twice the one before, up to the longest, less up to a half of it by
  // chance. What Retry-After asks for is kept, up to the longest.
  Millis backoff_first{5'000};
  Millis backoff_max{3'600'000};
  bool allow_http = false;  // beyond loopback: for tests in a closed network
  http::ClientOptions client{.total_max = Millis{10'000}, .body_bytes_max = 64 * 1024};
};

// Thread-safe. Threads end with it; a delivery under way is waited for. The feed outlives it.
class Webhooks {
 public:
  Webhooks(Feed& feed, std::shared_ptr<WebhookStore> store, WebhookOptions options);
  ~Webhooks();
  Webhooks(const Webhooks&) = delete;
  Webhooks& operator=(const Webhooks&) = delete;

  [[nodiscard]] WebhookStore& store() { return *store_; }
  [[nodiscard]] const WebhookOptions& options() const { return options_; }
  void stop();

 private:
  struct Queue;
  struct Attempt;
  void work();
  void poke(const std::string& id);
  [[nodiscard]] std::shared_ptr<Queue> next_due(WakeTime& until);
  [[nodiscard]] WakeTime go_on(Queue& queue);
  [[nodiscard]] Result<WakeTime> deliver_piece(Queue& queue);
  [[nodiscard]] Result<WakeTime> deliver_parked(Queue& queue, const ParkedEvent& event);
  [[nodiscard]] Result<WakeTime> gave_up(Queue& queue, Sequence sequence, const Attempt& attempt);
  [[nodiscard]] Attempt attempt(Queue& queue, const Endpoint& endpoint, Sequence sequence,
                                const std::string& json);
  [[nodiscard]] Status end_with(const std::string& id, EndpointState state, std::string reason);
  [[nodiscard]] Millis backoff(std::uint32_t attempts, std::optional<Millis> asked);

  Feed& feed_;
  const std::shared_ptr<WebhookStore> store_;
  const WebhookOptions options_;
  SystemClock clock_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  SeededRandomness jitter_;
  std::map<std::string, std::shared_ptr<Queue>> queues_;
  std::vector<std::thread> threads_;
};

// One signed request to an endpoint; the answer's status, or why there is none. With its options
// every connection is checked: link-local and special addresses are never asked, and without TLS
// nothing but loopback, whatever the name resolves to by then.
[[nodiscard]] http::ClientOptions guarded(http::ClientOptions client, const std::string& url,
                                          bool allow_http);
[[nodiscard]] Result<http::ClientResponse> send_signed(http::Client& client,
                                                       const Endpoint& endpoint,
                                                       const std::string& id, Instant now,
                                                       const std::string& body);
// A CloudEvent of the type id.runut.WebhookPing, sent once, whatever the endpoint's state.
[[nodiscard]] Result<http::ClientResponse> ping(const Endpoint& endpoint, std::string_view source,
                                                const WebhookOptions& options);

}  // namespace runut::feed
