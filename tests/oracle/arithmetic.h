// Division as a schoolbook does it. Written here again, so that a bug in base/money shows.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace runut::oracle {

using Number = std::int64_t;  // bp, hundredths, rupiah or minutes: the name of the variable says
__extension__ using Wide = __int128;

inline constexpr Number whole_bp = 10'000;

enum class RoundingMode { half_up, half_even, down, up };

[[nodiscard]] inline RoundingMode rounding_mode(std::string_view name) {
  if (name == "half_up") return RoundingMode::half_up;
  if (name == "half_even") return RoundingMode::half_even;
  if (name == "down") return RoundingMode::down;
  RUNUT_CHECK(name == "up", "the document names an unknown rounding");
  return RoundingMode::up;
}

// Rulebook section 3: rounding acts on the magnitude (-0.5 becomes -1), denominator > 0.
[[nodiscard]] inline Number rounded(Wide numerator, Wide denominator, RoundingMode mode) {
  RUNUT_CHECK(denominator > 0, "a quotient needs a positive denominator");
  const bool negative = numerator < 0;
  const Wide magnitude = negative ? -numerator : numerator;
  Wide quotient = magnitude / denominator;
  const Wide remainder = magnitude % denominator;
  const Wide twice = 2 * remainder;
  switch (mode) {
    case RoundingMode::half_up:
      if (twice >= denominator) ++quotient;
      break;
    case RoundingMode::half_even:
      if (twice > denominator || (twice == denominator && quotient % 2 == 1)) ++quotient;
      break;
    case RoundingMode::down: break;
    case RoundingMode::up:
      if (remainder > 0) ++quotient;
      break;
  }
  RUNUT_CHECK(quotient <= Wide{INT64_MAX}, "the oracle was asked for more than 64 bits hold");
  return static_cast<Number>(negative ? -quotient : quotient);
}

}  // namespace runut::oracle
