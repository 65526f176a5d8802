#include "service/rate_limit.h"

#include <gtest/gtest.h>

namespace runut::service {
namespace {

using Clock = RateLimit::Clock;

TEST(RateLimit, LetsABurstThroughAndThenItsRate) {
  RateLimit limit(2, 5);
  const auto now = Clock::now();
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(limit.take("a", now));
  EXPECT_FALSE(limit.take("a", now));
  EXPECT_TRUE(limit.take("b", now)) << "another's is another's";
  EXPECT_TRUE(limit.take("a", now + std::chrono::milliseconds(500)));
  EXPECT_FALSE(limit.take("a", now + std::chrono::milliseconds(500)));
  EXPECT_TRUE(limit.has("a", now + std::chrono::seconds(10)));
}

TEST(RateLimit, ZeroIsNoLimit) {
  RateLimit limit(0, 0);
  for (int i = 0; i < 10'000; ++i) ASSERT_TRUE(limit.take("a"));
}

}  // namespace
}  // namespace runut::service
