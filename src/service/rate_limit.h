// How often somebody may do something: a token bucket for each name.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace runut::service {

// Thread-safe. Names that are quiet are forgotten, so that memory does not grow with their number.
class RateLimit {
 public:
  using Clock = std::chrono::steady_clock;
  // `burst` at once, then `per_second`. No limit when either is 0.
  RateLimit(double per_second, double burst) : per_second_(per_second), burst_(burst) {}

  // Takes one; false: there is none left.
  [[nodiscard]] bool take(const std::string& name, Clock::time_point now = Clock::now());
  // Whether one is left, which stays.
  [[nodiscard]] bool has(const std::string& name, Clock::time_point now = Clock::now());

 private:
  struct Bucket {
    double tokens = 0;
    Clock::time_point filled;
  };
  Bucket& refill(const std::string& name, Clock::time_point now);

  static constexpr std::size_t names_max = 100'000;
  const double per_second_;
  const double burst_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace runut::service
