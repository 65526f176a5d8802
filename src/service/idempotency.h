// Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): the same key and body get the first
// answer again, another body under the key is refused, and so is a second request while the first
// is on its way.
//
// What was recorded is known by its command id for ever (command_routes.h). This adds the answers
// themselves, refusals included, for as long as they are remembered: bounded, in memory. After a
// restart a refused request is decided again; nothing of it was recorded.
#pragma once

#include <chrono>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/bytes.h"
#include "base/result.h"
#include "http/message.h"

namespace runut::service {

struct IdempotencyLimits {
  std::size_t keys_max = 20'000;
  std::size_t answer_bytes_max = 4'096;  // a longer answer is not remembered, only its key
  std::chrono::hours kept{24};
};

// Thread-safe.
class IdempotencyKeys {
 public:
  using Clock = std::chrono::steady_clock;
  explicit IdempotencyKeys(IdempotencyLimits limits = {}) : limits_(limits) {}

  // Null: this is the first time; end() or abandon() must follow. The answer: of the first time.
  // rejected (idempotency.other_body), conflict (idempotency.in_flight).
  [[nodiscard]] Result<std::optional<http::Response>> begin(const std::string& key,
                                                            const Hash256& body,
                                                            Clock::time_point now);
  void end(const std::string& key, const http::Response& answer, Clock::time_point now);
  // No answer can be given: the next request begins anew.
  void abandon(const std::string& key);

 private:
  struct Entry {
    Hash256 body;
    bool in_flight = true;
    std::optional<http::Response> answer;
    Clock::time_point since;
    std::list<std::string>::iterator place;  // in order_
  };
  void forget_old(Clock::time_point now);

  const IdempotencyLimits limits_;
  std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;
  std::list<std::string> order_;  // answered keys, the oldest first
};

}  // namespace runut::service
