#include "service/idempotency.h"

namespace runut::service {

Result<std::optional<http::Response>> IdempotencyKeys::begin(const std::string& key,
                                                             const Hash256& body,
                                                             Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  forget_old(now);
  const auto [at, is_new] = entries_.try_emplace(key);
  Entry& entry = at->second;
  if (is_new) {
    entry.body = body;
    entry.place = order_.end();
    return std::optional<http::Response>{};
  }
  if (entry.body != body)
    return fail(Error{ErrorCode::rejected, "idempotency.other_body", "Idempotency-Key", key,
                      "this key was used with another body"});
  if (entry.in_flight)
    return fail(Error{ErrorCode::conflict, "idempotency.in_flight", "Idempotency-Key", key,
                      "the first request with this key is still on its way"});
  if (entry.answer) return entry.answer;
  // Too long an answer to be kept: it is made again, from what was recorded.
  order_.erase(entry.place);
  entry.place = order_.end();
  entry.in_flight = true;
  return std::optional<http::Response>{};
}

void IdempotencyKeys::end(const std::string& key, const http::Response& answer,
                          Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  const auto at = entries_.find(key);
  if (at == entries_.end()) return;
  Entry& entry = at->second;
  entry.in_flight = false;
  if (answer.body.size() <= limits_.answer_bytes_max) entry.answer = answer;
  entry.since = now;
  entry.place = order_.insert(order_.end(), key);
}

void IdempotencyKeys::abandon(const std::string& key) {
  const std::lock_guard lock(mutex_);
  entries_.erase(key);
}

void IdempotencyKeys::forget_old(Clock::time_point now) {
  while (!order_.empty() && (order_.size() > limits_.keys_max ||
                             entries_.at(order_.front()).since + limits_.kept < now)) {
    entries_.erase(order_.front());
    order_.pop_front();
  }
}

}  // namespace runut::service
