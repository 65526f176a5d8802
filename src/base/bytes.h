// Byte strings, fixed-size digests and their text forms.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/result.h"

namespace runut {

using Bytes = std::string;           // owned; not necessarily text
using BytesView = std::string_view;  // borrowed for the call

// N raw bytes with value semantics (digests, ids, keys, nonces).
template <class Tag, std::size_t N>
struct FixedBytes {
  static constexpr std::size_t size = N;
  std::array<std::uint8_t, N> bytes{};

  friend constexpr auto operator<=>(const FixedBytes&, const FixedBytes&) = default;
  [[nodiscard]] BytesView view() const { return {reinterpret_cast<const char*>(bytes.data()), N}; }
  [[nodiscard]] constexpr bool is_zero() const { return *this == FixedBytes{}; }
  // `raw` must hold exactly N bytes.
  [[nodiscard]] static FixedBytes from(BytesView raw) {
    RUNUT_CHECK(raw.size() == N, "wrong length for fixed bytes");
    FixedBytes out;
    std::memcpy(out.bytes.data(), raw.data(), N);
    return out;
  }
};

using Hash256 = FixedBytes<struct HashTag, 32>;  // SHA-256
using Mac128 = FixedBytes<struct MacTag, 16>;  // HMAC-SHA-256 cut to 128 bits (RFC 2104 section 5)
using Uuid = FixedBytes<struct UuidTag, 16>;   // RFC 9562
using CommandId = Uuid;

[[nodiscard]] std::string to_hex(BytesView raw);
// Lower or upper case, even length; anything else is invalid_input.
[[nodiscard]] Result<Bytes> from_hex(std::string_view text);
// 8-4-4-4-12 lower case.
[[nodiscard]] std::string to_string(const Uuid& uuid);
[[nodiscard]] Result<Uuid> parse_uuid(std::string_view text);
// RFC 4648 section 4, with padding.
[[nodiscard]] std::string to_base64(BytesView raw);
[[nodiscard]] Result<Bytes> from_base64(std::string_view text);
// True when `text` is well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
[[nodiscard]] bool is_utf8(std::string_view text);

// Big-endian integers: keys in the store sort by value.
void append_u16(Bytes& out, std::uint16_t value);
void append_u32(Bytes& out, std::uint32_t value);
void append_u64(Bytes& out, std::uint64_t value);
// `in` must be long enough.
[[nodiscard]] std::uint16_t read_u16(BytesView in);
[[nodiscard]] std::uint32_t read_u32(BytesView in);
[[nodiscard]] std::uint64_t read_u64(BytesView in);

}  // namespace runut

template <class Tag, std::size_t N>
struct std::hash<runut::FixedBytes<Tag, N>> {
  std::size_t operator()(const runut::FixedBytes<Tag, N>& fixed) const noexcept {
    static_assert(N >= 16);
    // Digests and ids are random somewhere at either end.
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::memcpy(&first, fixed.bytes.data(), sizeof first);
    std::memcpy(&last, fixed.bytes.data() + N - sizeof last, sizeof last);
    const std::uint64_t mixed = (first ^ std::rotl(last, 32)) * 0x9E37'79B9'7F4A'7C15;
    return mixed ^ mixed >> 32;
  }
};
