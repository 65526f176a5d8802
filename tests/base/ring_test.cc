#include "base/ring.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>

namespace runut {
namespace {

TEST(Ring, IsTheQueueThatADequeIs) {
  Ring<int> ring;
  std::deque<int> queue;
  unsigned chance = 1;
  for (int step = 0; step < 5'000; ++step) {
    chance = chance * 1'664'525U + 1'013'904'223U;
    // Grows at first, shrinks later, so that it wraps at every size.
    if ((chance >> 16) % 5'000 >= static_cast<unsigned>(step)) {
      ring.push_back(step);
      queue.push_back(step);
    } else {
      const std::size_t count = std::min<std::size_t>(queue.size(), (chance >> 20) % 3);
      ring.pop_front(count);
      queue.erase(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(count));
    }
    ASSERT_EQ(ring.size(), queue.size());
    ASSERT_EQ(ring.empty(), queue.empty());
    for (std::size_t i = 0; i < queue.size(); i += 1 + queue.size() / 8)
      ASSERT_EQ(ring[i], queue[i]);
    if (queue.empty()) continue;
    ASSERT_EQ(ring.front(), queue.front());
    ASSERT_EQ(ring.back(), queue.back());
  }
  ring.clear();
  EXPECT_TRUE(ring.empty());
  ring.push_back(7);
  EXPECT_EQ(ring.front(), 7);
}

TEST(Ring, AnEmptyOneCanBeCleared) {
  Ring<int> ring;
  ring.clear();
  EXPECT_TRUE(ring.empty());
}

}  // namespace
}  // namespace runut
