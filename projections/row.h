// Keys and values of view rows. Keys sort by value: big-endian, dates and signed numbers moved to
// unsigned, text ended by a zero byte. Values are fields one behind the other; text has its length
// (u16) before it, an optional field one byte 0 or 1.
#pragma once

#include <array>
#include <cstring>
#include <optional>

#include "base/date.h"
#include "domain/event.h"
#include "domain/events_tpp.h"

namespace runut {

// A key under construction, without allocation.
class Key {
 public:
  explicit Key(char space) { u8(static_cast<std::uint8_t>(space)); }

  Key& u8(std::uint8_t value) { return big_endian<1>(value); }
  Key& u16(std::uint16_t value) { return big_endian<2>(value); }
  Key& u32(std::uint32_t value) { return big_endian<4>(value); }
  Key& u64(std::uint64_t value) { return big_endian<8>(value); }
  Key& sequence(Sequence value) { return u64(value.value); }
  Key& person(PersonId value) { return u64(value.value); }
  Key& unit(UnitId value) { return u64(value.value); }
  Key& month(Month value) { return u16(static_cast<std::uint16_t>(value.index)); }
  Key& date(Date value) { return u32(static_cast<std::uint32_t>(value.days) ^ 0x8000'0000U); }
  Key& instant(Instant value) {
    return u64(static_cast<std::uint64_t>(value.micros) ^ 0x8000'0000'0000'0000U);
  }
  Key& period(Period value) {
    return month(value.first).u8(static_cast<std::uint8_t>(value.months));
  }
  template <NamedEnum E>
  Key& name(E value) {
    return big_endian<sizeof(E)>(static_cast<std::uint64_t>(value));
  }
  Key& subject(Subject value) { return name(value.kind).u64(value.id); }
  Key& run(const RunId& value) {
    return month(value.month).unit(value.unit).name(value.kind).u32(value.number);
  }
  // At most 64 bytes, none of them zero: names of groups and the like.
  Key& text(BytesView value) {
    RUNUT_CHECK(value.size() <= 64 && value.find('\0') == BytesView::npos, "no text for a key");
    return raw(value).u8(0);
  }
  Key& raw(BytesView value) {
    RUNUT_CHECK(size_ + value.size() <= bytes_.size(), "a key is too long");
    std::memcpy(bytes_.data() + size_, value.data(), value.size());
    size_ += value.size();
    return *this;
  }

  operator BytesView() const { return {bytes_.data(), size_}; }  // NOLINT: a key is its bytes

 private:
  template <std::size_t N>
  Key& big_endian(std::uint64_t value) {
    RUNUT_CHECK(size_ + N <= bytes_.size(), "a key is too long");
    for (std::size_t i = N; i-- > 0; value >>= 8)
      bytes_[size_ + i] = static_cast<char>(static_cast<std::uint8_t>(value));
    size_ += N;
    return *this;
  }

  std::array<char, 128> bytes_;
  std::size_t size_ = 0;
};

// A value under construction.
class RowValue {
 public:
  RowValue& u8(std::uint8_t value) {
    out_.push_back(static_cast<char>(value));
    return *this;
  }
  RowValue& u16(std::uint16_t value) {
    append_u16(out_, value);
    return *this;
  }
  RowValue& u32(std::uint32_t value) {
    append_u32(out_, value);
    return *this;
  }
  RowValue& u64(std::uint64_t value) {
    append_u64(out_, value);
    return *this;
  }
  RowValue& raw(BytesView value) {
    out_.append(value);
    return *this;
  }
  [[nodiscard]] BytesView view() const { return out_; }

 private:
  Bytes out_;
};

// Reads what RowValue wrote. Reading past the end gives zeros and makes finished() false.
class RowCursor {
 public:
  explicit RowCursor(BytesView in) : in_(in) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(big_endian<1>()); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(big_endian<2>()); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(big_endian<4>()); }
  std::uint64_t u64() { return big_endian<8>(); }
  template <class Fixed>
  Fixed fixed() {
    const BytesView raw = take(Fixed::size);
    return raw.size() == Fixed::size ? Fixed::from(raw) : Fixed{};
  }
  // Everything was there, and nothing is left.
  [[nodiscard]] bool finished() const { return ok_ && in_.empty(); }
  [[nodiscard]] bool ok() const { return ok_; }

 private:
  BytesView take(std::size_t size) {
    if (size > in_.size()) {
      ok_ = false;
      in_ = {};
      return {};
    }
    const BytesView out = in_.substr(0, size);
    in_.remove_prefix(size);
    return out;
  }
  template <std::size_t N>
  std::uint64_t big_endian() {
    std::uint64_t value = 0;
    for (const char byte : take(N)) value = value << 8 | static_cast<std::uint8_t>(byte);
    return value;
  }

  BytesView in_;
  bool ok_ = true;
};

}  // namespace runut
