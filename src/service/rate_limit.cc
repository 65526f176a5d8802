#include "service/rate_limit.h"

#include <algorithm>

namespace runut::service {

RateLimit::Bucket& RateLimit::refill(const std::string& name, Clock::time_point now) {
  if (buckets_.size() >= names_max)
    std::erase_if(buckets_, [&](const auto& one) {
      const double passed = std::chrono::duration<double>(now - one.second.filled).count();
      return one.second.tokens + passed * per_second_ >= burst_;
    });
  const auto [at, is_new] = buckets_.try_emplace(name, Bucket{burst_, now});
  Bucket& bucket = at->second;
  const double passed = std::chrono::duration<double>(now - bucket.filled).count();
  bucket.tokens = std::min(burst_, bucket.tokens + std::max(0.0, passed) * per_second_);
  bucket.filled = now;
  return bucket;
}

bool RateLimit::take(const std::string& name, Clock::time_point now) {
  if (per_second_ <= 0 || burst_ <= 0) return true;
  const std::lock_guard lock(mutex_);
  Bucket& bucket = refill(name, now);
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

bool RateLimit::has(const std::string& name, Clock::time_point now) {
  if (per_second_ <= 0 || burst_ <= 0) return true;
  const std::lock_guard lock(mutex_);
  return refill(name, now).tokens >= 1;
}

}  // namespace runut::service
