// Strict reading of the line formats of this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace runut {

// Hands out lines that end in a newline; borrows the text.
class LineReader {
 public:
  explicit LineReader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  // The next line without its newline; invalid_input when there is none.
  [[nodiscard]] Result<std::string_view> next(std::string_view expected) {
    ++number_;
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos)
      return wrong("expected " + std::string(expected) + " and a newline");
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
  }
  // An error about the line last read.
  [[nodiscard]] tl::unexpected<Error> wrong(std::string message) const {
    return fail(
        Error{ErrorCode::invalid_input, {}, "line", std::to_string(number_), std::move(message)});
  }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

// Decimal digits, no sign, no leading zeros, below 2^64.
[[nodiscard]] inline std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  if (text.empty() || text.size() > 20 || (text[0] == '0' && text.size() > 1)) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (value > (UINT64_MAX - digit) / 10) return std::nullopt;
    value = value * 10 + digit;
  }
  return value;
}

// Base64 of exactly 32 bytes.
[[nodiscard]] inline std::optional<Hash256> parse_hash(std::string_view text) {
  if (text.size() != 44) return std::nullopt;
  const auto raw = from_base64(text);
  if (!raw || raw->size() != Hash256::size) return std::nullopt;
  return Hash256::from(*raw);
}

}  // namespace runut
