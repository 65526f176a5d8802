// Integers with units and the one rounding step each named quantity gets (rulebook section 3).
// No floating point anywhere in scores or money.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/strong.h"

namespace runut {

using Rupiah = Strong<struct RupiahTag, std::int64_t>;      // whole rupiah
using BasisPoints = Strong<struct BasisTag, std::int64_t>;  // 1/100 of a percent; 10 000 = 100 %
using Score = Strong<struct ScoreTag, std::int64_t>;        // hundredths of a point, 0.00 to 120.00
using Minutes = Strong<struct MinutesTag, std::int64_t>;

inline constexpr BasisPoints whole{10'000};

// Acts on the magnitude: half_up makes -0.5 to -1. `number_rounding` of the regulation document.
enum class Rounding : std::uint8_t { half_up = 1, half_even = 2, down = 3, up = 4 };

__extension__ using Int128 = __int128;

// Overflow is an error, never a wrap.
[[nodiscard]] Result<std::int64_t> checked_add(std::int64_t a, std::int64_t b);
[[nodiscard]] Result<std::int64_t> checked_mul(std::int64_t a, std::int64_t b);
// numerator / denominator rounded once; denominator > 0 (checked). 128-bit throughout.
[[nodiscard]] Result<std::int64_t> divide(Int128 numerator, Int128 denominator, Rounding rounding);
// a * b / denominator with a 128-bit intermediate.
[[nodiscard]] Result<std::int64_t> mul_div(std::int64_t a, std::int64_t b, std::int64_t denominator,
                                           Rounding rounding);

[[nodiscard]] std::string to_string(Score score);  // 87.50
[[nodiscard]] Result<Score> parse_score(
    std::string_view text);                                // at most two decimals, 0.00..120.00
[[nodiscard]] std::string format_rupiah(Rupiah amount);    // Rp 1.234.567 (Indonesian grouping)
[[nodiscard]] std::string format_percent(BasisPoints bp);  // 85,50 %
[[nodiscard]] std::string_view to_string(Rounding rounding);

}  // namespace runut
