#include "base/money.h"

#include <fmt/format.h>

#include <limits>

namespace runut {
namespace {
tl::unexpected<Error> overflow() {
  return fail(Error{ErrorCode::rejected,
                    "arithmetic.overflow",
                    {},
                    {},
                    "the result does not fit 64 bits; nothing was computed"});
}
}  // namespace

Result<std::int64_t> checked_add(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return overflow();
  return sum;
}

Result<std::int64_t> checked_mul(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) return overflow();
  return product;
}

Result<std::int64_t> divide(Int128 numerator, Int128 denominator, Rounding rounding) {
  RUNUT_CHECK(denominator > 0, "division needs a positive denominator");
  const bool negative = numerator < 0;
  const Int128 magnitude = negative ? -numerator : numerator;
  Int128 quotient = magnitude / denominator;
  const Int128 remainder = magnitude % denominator;
  bool away = false;
  switch (rounding) {
    case Rounding::half_up: away = remainder >= denominator - remainder; break;
    case Rounding::half_even: {
      const Int128 rest = denominator - remainder;
      away = remainder > rest || (remainder == rest && quotient % 2 != 0);
      break;
    }
    case Rounding::down: away = false; break;
    case Rounding::up: away = remainder > 0; break;
  }
  if (away) ++quotient;
  if (quotient > std::numeric_limits<std::int64_t>::max()) return overflow();
  const auto rounded = static_cast<std::int64_t>(quotient);
  return negative ? -rounded : rounded;
}

Result<std::int64_t> mul_div(std::int64_t a, std::int64_t b, std::int64_t denominator,
                             Rounding rounding) {
  return divide(static_cast<Int128>(a) * b, denominator, rounding);
}

std::string to_string(Score score) {
  const std::int64_t magnitude = score.value < 0 ? -score.value : score.value;
  return fmt::format("{}{}.{:02}", score.value < 0 ? "-" : "", magnitude / 100, magnitude % 100);
}

Result<Score> parse_score(std::string_view text) {
  const auto wrong = [&] {
    return fail(Error{ErrorCode::invalid_input,
                      "format.score",
                      {},
                      std::string(text),
                      "a score is written like 87.50, from 0.00 to 120.00"});
  };
  std::int64_t points = 0;
  std::size_t at = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9' && at < 3)
    points = points * 10 + (text[at++] - '0');
  if (at == 0) return wrong();
  std::int64_t hundredths = 0;
  if (at < text.size()) {
    if (text[at] != '.' || text.size() - at < 2 || text.size() - at > 3) return wrong();
    std::int64_t unit = 10;
    for (++at; at < text.size(); ++at, unit /= 10) {
      if (text[at] < '0' || text[at] > '9') return wrong();
      hundredths += (text[at] - '0') * unit;
    }
  }
  const Score score{points * 100 + hundredths};
  if (score.value > 12'000) return wrong();
  return score;
}

std::string format_rupiah(Rupiah amount) {
  const bool negative = amount.value < 0;
  // Through unsigned: the magnitude of the smallest value does not fit the signed type.
  const auto magnitude = negative ? 0 - static_cast<std::uint64_t>(amount.value)
                                  : static_cast<std::uint64_t>(amount.value);
  std::string number = fmt::format("{}", magnitude);
  for (std::size_t at = number.size(); at > 3;) {
    at -= 3;
    number.insert(at, 1, '.');
  }
  return fmt::format("{}Rp {}", negative ? "-" : "", number);
}

std::string format_percent(BasisPoints bp) {
  const std::int64_t magnitude = bp.value < 0 ? -bp.value : bp.value;
  return fmt::format("{}{},{:02} %", bp.value < 0 ? "-" : "", magnitude / 100, magnitude % 100);
}

std::string_view to_string(Rounding rounding) {
  switch (rounding) {
    case Rounding::half_up: return "half_up";
    case Rounding::half_even: return "half_even";
    case Rounding::down: return "down";
    case Rounding::up: return "up";
  }
  return "half_up";
}

}  // namespace runut
