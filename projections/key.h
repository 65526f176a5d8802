// Keys of view rows. They sort by value: integers are big-endian, dates and instants moved to
// unsigned, text is ended by a zero byte.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

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
    static_assert(std::endian::native == std::endian::little);
    const std::uint64_t highest_first = __builtin_bswap64(value << (64 - 8 * N));
    std::memcpy(bytes_.data() + size_, &highest_first, N);
    size_ += N;
    return *this;
  }

  std::array<char, 128> bytes_;
  std::size_t size_ = 0;
};

// Reads what Key wrote, behind the letter of its space. Reading past the end gives zeros.
class KeyCursor {
 public:
  explicit KeyCursor(BytesView key) : in_(key.substr(1)) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(big_endian(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(big_endian(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(big_endian(4)); }
  std::uint64_t u64() { return big_endian(8); }
  Sequence sequence() { return Sequence{u64()}; }
  PersonId person() { return PersonId{u64()}; }
  UnitId unit() { return UnitId{u64()}; }
  Month month() { return Month{static_cast<std::int32_t>(u16())}; }
  Date date() { return Date{static_cast<std::int32_t>(u32() ^ 0x8000'0000U)}; }
  Period period() {
    const Month first = month();
    return Period{first, static_cast<std::int32_t>(u8())};
  }
  template <NamedEnum E>
  E name() {
    return static_cast<E>(big_endian(sizeof(E)));
  }
  RunId run() {
    RunId out;
    out.month = month();
    out.unit = unit();
    out.kind = name<RunKind>();
    out.number = u32();
    return out;
  }
  std::string text() {
    const BytesView out = in_.substr(0, in_.find('\0'));
    in_.remove_prefix(std::min(in_.size(), out.size() + 1));
    return std::string(out);
  }

 private:
  std::uint64_t big_endian(std::size_t size) {
    std::uint64_t value = 0;
    for (const char byte : in_.substr(0, size))
      value = value << 8 | static_cast<std::uint8_t>(byte);
    in_.remove_prefix(std::min(in_.size(), size));
    return value;
  }
  BytesView in_;
};

}  // namespace runut
