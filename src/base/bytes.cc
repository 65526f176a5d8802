#include "base/bytes.h"

#include <openssl/evp.h>

#include <cstring>

namespace runut {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The integer whose bytes in memory are those of `value` from the highest to the lowest; and back.
template <class T>
T big_endian(T value) {
  static_assert(std::endian::native == std::endian::little);
  if constexpr (sizeof(T) == 2) return __builtin_bswap16(value);
  if constexpr (sizeof(T) == 4) return __builtin_bswap32(value);
  if constexpr (sizeof(T) == 8) return __builtin_bswap64(value);
}

template <class T>
void append_big_endian(Bytes& out, T value) {
  value = big_endian(value);
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class T>
T read_big_endian(BytesView in) {
  RUNUT_CHECK(in.size() >= sizeof(T), "integer cut short");
  T value = 0;
  std::memcpy(&value, in.data(), sizeof value);
  return big_endian(value);
}

}  // namespace

std::string to_hex(BytesView raw) {
  std::string text;
  text.reserve(raw.size() * 2);
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    text.push_back(hex_digits[byte >> 4]);
    text.push_back(hex_digits[byte & 15]);
  }
  return text;
}

Result<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0)
    return fail(ErrorCode::invalid_input, "hexadecimal text has an odd number of digits");
  Bytes raw;
  raw.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_digit(text[i]);
    const int low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0)
      return fail(ErrorCode::invalid_input,
                  "not a hexadecimal digit in '" + std::string(text) + "'");
    raw.push_back(static_cast<char>(high * 16 + low));
  }
  return raw;
}

std::string to_string(const Uuid& uuid) {
  std::string text(36, '-');
  std::size_t at = 0;
  for (const std::uint8_t byte : uuid.bytes) {
    if (at == 8 || at == 13 || at == 18 || at == 23) ++at;
    text[at++] = hex_digits[byte >> 4];
    text[at++] = hex_digits[byte & 15];
  }
  return text;
}

Result<Uuid> parse_uuid(std::string_view text) {
  const auto wrong = [&] {
    return fail(ErrorCode::invalid_input, "not a UUID: '" + std::string(text) + "'");
  };
  if (text.size() != 36) return wrong();
  Uuid uuid;
  std::size_t at = 0;
  for (std::uint8_t& byte : uuid.bytes) {
    if (at == 8 || at == 13 || at == 18 || at == 23) {
      if (text[at] != '-') return wrong();
      ++at;
    }
    const int high = hex_digit(text[at]);
    const int low = hex_digit(text[at + 1]);
    if (high < 0 || low < 0) return wrong();
    byte = static_cast<std::uint8_t>(high * 16 + low);
    at += 2;
  }
  return uuid;
}

std::string to_base64(BytesView raw) {
  std::string text((raw.size() + 2) / 3 * 4 + 1, '\0');
  const int written = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                      reinterpret_cast<const unsigned char*>(raw.data()),
                                      static_cast<int>(raw.size()));
  text.resize(static_cast<std::size_t>(written));
  return text;
}

Result<Bytes> from_base64(std::string_view text) {
  const auto wrong = [] { return fail(ErrorCode::invalid_input, "not base64 (RFC 4648)"); };
  if (text.size() % 4 != 0) return wrong();
  Bytes raw(text.size() / 4 * 3, '\0');
  const int written = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(raw.data()),
                                      reinterpret_cast<const unsigned char*>(text.data()),
                                      static_cast<int>(text.size()));
  if (written < 0) return wrong();
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  raw.resize(static_cast<std::size_t>(written) - padding);
  // OpenSSL accepts surrounding blanks and stray bits; a second encoding tells.
  if (to_base64(raw) != text) return wrong();
  return raw;
}

bool is_utf8(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080'8080'8080'8080;
  std::size_t i = 0;
  while (i < text.size()) {
    if (text.size() - i >= 8) {  // nearly all text is ASCII
      std::uint64_t eight = 0;
      std::memcpy(&eight, text.data() + i, 8);
      if ((eight & high_bits) == 0) {
        i += 8;
        continue;
      }
    }
    const auto lead = static_cast<unsigned char>(text[i]);
    std::size_t length = 1;
    std::uint32_t point = lead;
    if (lead >= 0x80) {
      if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
        point = lead & 0x1FU;
      } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        point = lead & 0x0FU;
      } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        point = lead & 0x07U;
      } else {
        return false;
      }
    }
    if (i + length > text.size()) return false;
    for (std::size_t k = 1; k < length; ++k) {
      const auto trail = static_cast<unsigned char>(text[i + k]);
      if ((trail & 0xC0U) != 0x80U) return false;
      point = (point << 6) | (trail & 0x3FU);
    }
    if ((length == 3 && point < 0x800) || (length == 4 && point < 0x10000) || point > 0x10FFFF ||
        (point >= 0xD800 && point <= 0xDFFF))
      return false;
    i += length;
  }
  return true;
}

void append_u16(Bytes& out, std::uint16_t value) {
  append_big_endian(out, value);
}
void append_u32(Bytes& out, std::uint32_t value) {
  append_big_endian(out, value);
}
void append_u64(Bytes& out, std::uint64_t value) {
  append_big_endian(out, value);
}
std::uint16_t read_u16(BytesView in) {
  return read_big_endian<std::uint16_t>(in);
}
std::uint32_t read_u32(BytesView in) {
  return read_big_endian<std::uint32_t>(in);
}
std::uint64_t read_u64(BytesView in) {
  return read_big_endian<std::uint64_t>(in);
}

}  // namespace runut
