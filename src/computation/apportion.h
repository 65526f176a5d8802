// Whole things out of shares: tier counts (rulebook section 3.4, Counts) and largest remainders.
#pragma once

#include <cstdint>
#include <vector>

#include "regulation/document.h"

namespace runut {

struct TierCounts {
  std::int64_t above = 0;
  std::int64_t meets = 0;
  std::int64_t below = 0;
  friend bool operator==(const TierCounts&, const TierCounts&) = default;
};

// How many of n members fall into each tier. `floor` and `half_up` round both tails, meets takes
// the rest; `largest_remainder` gives all three their whole part, then one each by falling
// remainder, of equal remainders to meets, then above, then below. While above + below > n, below
// is reduced first. The shares sum to 10 000 (validated); n >= 0.
[[nodiscard]] TierCounts tier_counts(std::int64_t n, const TierShares& shares,
                                     TailRounding rounding);

// `total` split in proportion to `weights` (>= 0) so that the parts sum to it exactly: whole parts
// by magnitude, then one each by falling remainder, of equal remainders the earlier first. All
// weights 0: all parts 0 — the total must then be 0 (checked).
[[nodiscard]] std::vector<std::int64_t> share_out(std::int64_t total,
                                                  const std::vector<std::int64_t>& weights);

}  // namespace runut
