#include "report/pdf_text.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>

namespace runut::report {
namespace {

// 0x80 to 0x9F; 0: not assigned.
constexpr std::array<std::uint32_t, 32> specials = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// Takes one code point off the front.
std::uint32_t next_code_point(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(0);
  const std::size_t size = first < 0x80   ? 1
                           : first < 0xC2 ? 0
                           : first < 0xE0 ? 2
                           : first < 0xF0 ? 3
                           : first < 0xF5 ? 4
                                          : 0;
  if (size == 0 || size > text.size()) {
    text.remove_prefix(1);
    return 0xFFFD;
  }
  std::uint32_t out = size == 1 ? first : first & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) out = (out << 6U) | (byte(i) & 0x3FU);
  text.remove_prefix(size);
  return out;
}

}  // namespace

std::string to_windows_1252(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  while (!utf8.empty()) {
    const std::uint32_t point = next_code_point(utf8);
    if (point < 0x80 || (point >= 0xA0 && point <= 0xFF)) {
      out += static_cast<char>(point);
      continue;
    }
    std::size_t special = 0;
    while (special < specials.size() && specials[special] != point) ++special;
    if (special < specials.size())
      out += static_cast<char>(0x80 + special);
    else
      out += fmt::format("<U+{:04X}>", point);
  }
  return out;
}

}  // namespace runut::report
