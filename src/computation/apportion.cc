#include "computation/apportion.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace runut {

TierCounts tier_counts(std::int64_t n, const TierShares& shares, TailRounding rounding) {
  RUNUT_CHECK(n >= 0, "a group has no negative number of members");
  const std::int64_t whole_share = whole.value;
  TierCounts counts;
  if (rounding == TailRounding::largest_remainder) {
    // In the order in which equal remainders are served.
    struct Tail {
      std::int64_t* count;
      std::int64_t remainder;
    };
    std::array<Tail, 3> tails{};
    const std::array<std::pair<std::int64_t*, std::int64_t>, 3> tiers = {
        {{&counts.meets, shares.meets.value},
         {&counts.above, shares.above.value},
         {&counts.below, shares.below.value}}};
    std::int64_t left = n;
    for (std::size_t i = 0; i < tiers.size(); ++i) {
      const std::int64_t quota = n * tiers[i].second;
      *tiers[i].first = quota / whole_share;
      tails[i] = {tiers[i].first, quota % whole_share};
      left -= quota / whole_share;
    }
    std::stable_sort(tails.begin(), tails.end(),
                     [](const Tail& a, const Tail& b) { return a.remainder > b.remainder; });
    for (std::size_t i = 0; left > 0; ++i, --left) ++*tails.at(i).count;
    return counts;
  }
  const std::int64_t half = rounding == TailRounding::half_up ? whole_share / 2 : 0;
  counts.above = (n * shares.above.value + half) / whole_share;
  counts.below = (n * shares.below.value + half) / whole_share;
  counts.below = std::min(counts.below, std::max<std::int64_t>(0, n - counts.above));
  counts.above = std::min(counts.above, n);
  counts.meets = n - counts.above - counts.below;
  return counts;
}

std::vector<std::int64_t> share_out(std::int64_t total, const std::vector<std::int64_t>& weights) {
  Int128 sum = 0;
  for (const std::int64_t weight : weights) {
    RUNUT_CHECK(weight >= 0, "weights are not negative");
    sum += weight;
  }
  std::vector<std::int64_t> parts(weights.size(), 0);
  RUNUT_CHECK(sum > 0 || total == 0, "nothing to share by");
  if (sum == 0) return parts;
  const bool negative = total < 0;
  const Int128 magnitude = negative ? -static_cast<Int128>(total) : static_cast<Int128>(total);
  std::vector<Int128> remainders(weights.size());
  Int128 left = magnitude;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Int128 quota = magnitude * weights[i];
    parts[i] = static_cast<std::int64_t>(quota / sum);
    remainders[i] = quota % sum;
    left -= quota / sum;
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t i = 0; left > 0; ++i, --left) ++parts[order.at(i)];
  if (negative)
    for (std::int64_t& part : parts) part = -part;
  return parts;
}

}  // namespace runut
