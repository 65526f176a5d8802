// Values of view rows: the fields of a record (domain/fields.h) one behind the other. Numbers of
// one byte stand as they are; wider ones, dates, instants and amounts are varints, seven bits a
// byte, lowest first, signed ones in zigzag (0, -1, 1, -2, ...); digests are raw; a text and a list
// have their length before them, an optional field a byte 0 or 1.
#pragma once

#include <array>
#include <concepts>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/bytes.h"
#include "base/date.h"
#include "base/money.h"
#include "domain/event.h"

namespace runut {

namespace row_internal {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_fixed = false;
template <class Tag, std::size_t N>
inline constexpr bool is_fixed<FixedBytes<Tag, N>> = true;
template <class T>
inline constexpr bool is_strong = false;
template <class Tag, class Rep>
inline constexpr bool is_strong<Strong<Tag, Rep>> = true;

template <class T>
constexpr bool is_number = std::is_integral_v<T> || std::is_enum_v<T>;

inline constexpr std::size_t varint_bytes_max = 10;

template <class T>
constexpr std::uint64_t zigzag(T value) {
  if constexpr (std::is_signed_v<T>) {
    const auto wide = static_cast<std::int64_t>(value);
    return (static_cast<std::uint64_t>(wide) << 1) ^ static_cast<std::uint64_t>(wide >> 63);
  } else {
    return static_cast<std::uint64_t>(value);
  }
}
template <class T>
constexpr T unzigzag(std::uint64_t number) {
  if constexpr (std::is_signed_v<T>)
    return static_cast<T>(static_cast<std::int64_t>((number >> 1) ^ (~(number & 1) + 1)));
  else
    return static_cast<T>(number);
}

}  // namespace row_internal

// A value under construction; short ones need no allocation.
class RowValue {
 public:
  RowValue() = default;
  RowValue(const RowValue&) = delete;
  RowValue& operator=(const RowValue&) = delete;

  template <class T>
  RowValue& field(const T& value) {
    using namespace row_internal;
    if constexpr (is_number<T> && sizeof(T) == 1) {
      *reserve(1) = static_cast<char>(value);
      ++next_;
    } else if constexpr (is_number<T>) {
      varint(zigzag(value));
    } else if constexpr (is_strong<T>) {
      field(value.value);
    } else if constexpr (std::is_same_v<T, Date>) {
      field(value.days);
    } else if constexpr (std::is_same_v<T, Month>) {
      field(value.index);
    } else if constexpr (std::is_same_v<T, Instant>) {
      field(value.micros);
    } else if constexpr (std::is_same_v<T, Period>) {
      field(value.first).field(value.months);
    } else if constexpr (is_fixed<T>) {
      raw(value.view());
    } else if constexpr (std::is_same_v<T, std::string>) {
      varint(value.size());
      raw(value);
    } else if constexpr (is_optional<T>) {
      field(value.has_value());
      if (value) field(*value);
    } else if constexpr (is_vector<T>) {
      varint(value.size());
      for (const auto& element : value) field(element);
    } else {
      static_assert(Record<T>);
      T::visit(value, [&](std::string_view, const auto& member) { field(member); });
    }
    return *this;
  }
  [[nodiscard]] BytesView view() const { return {begin_, next_}; }

 private:
  // Where the next `more` bytes go.
  char* reserve(std::size_t more) {
    if (static_cast<std::size_t>(end_ - next_) < more) [[unlikely]]
      grow(more);
    return next_;
  }
  void grow(std::size_t more);
  void raw(BytesView bytes) {
    std::memcpy(reserve(bytes.size()), bytes.data(), bytes.size());
    next_ += bytes.size();
  }
  void varint(std::uint64_t value) {
    char* at = reserve(row_internal::varint_bytes_max);
    for (; value >= 0x80; value >>= 7) *at++ = static_cast<char>(value | 0x80);
    *at++ = static_cast<char>(value);
    next_ = at;
  }

  std::array<char, 256> small_;
  std::unique_ptr<char[]> large_;
  // In whichever of the two holds the value.
  char* begin_ = small_.data();
  char* next_ = begin_;
  char* end_ = begin_ + small_.size();
};

// Reads what RowValue wrote, into the same types in the same order. Reading past the end gives
// empty values and makes finished() false.
class RowCursor {
 public:
  explicit RowCursor(BytesView in) : in_(in) {}

  template <class T>
  void field(T& value) {
    using namespace row_internal;
    if constexpr (is_number<T> && sizeof(T) == 1) {
      const BytesView byte = take(1);
      value = static_cast<T>(byte.empty() ? 0 : static_cast<std::uint8_t>(byte.front()));
    } else if constexpr (is_number<T>) {
      value = unzigzag<T>(varint());
    } else if constexpr (is_strong<T>) {
      field(value.value);
    } else if constexpr (std::is_same_v<T, Date>) {
      field(value.days);
    } else if constexpr (std::is_same_v<T, Month>) {
      field(value.index);
    } else if constexpr (std::is_same_v<T, Instant>) {
      field(value.micros);
    } else if constexpr (std::is_same_v<T, Period>) {
      field(value.first);
      field(value.months);
    } else if constexpr (is_fixed<T>) {
      const BytesView raw = take(T::size);
      value = raw.size() == T::size ? T::from(raw) : T{};
    } else if constexpr (std::is_same_v<T, std::string>) {
      value = take(varint());
    } else if constexpr (is_optional<T>) {
      bool present = false;
      field(present);
      value.reset();
      if (present) field(value.emplace());
    } else if constexpr (is_vector<T>) {
      std::uint64_t count = varint();
      value.clear();
      for (; count > 0 && ok_; --count) {
        ok_ = !in_.empty();  // every element has a byte at least: a damaged count ends with the row
        if (ok_) field(value.emplace_back());
      }
    } else {
      static_assert(Record<T>);
      T::visit(value, [&](std::string_view, auto& member) { field(member); });
    }
  }
  // Everything was there, and nothing is left.
  [[nodiscard]] bool finished() const { return ok_ && in_.empty(); }
  // Everything asked for was there so far.
  [[nodiscard]] bool whole() const { return ok_; }
  // And something is left: another entry of an appended row.
  [[nodiscard]] bool more() const { return ok_ && !in_.empty(); }

 private:
  std::uint64_t varint() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && !in_.empty(); shift += 7) {
      const auto byte = static_cast<std::uint8_t>(in_.front());
      in_.remove_prefix(1);
      number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return number;
    }
    ok_ = false;
    in_ = {};
    return 0;
  }
  BytesView take(std::uint64_t size) {
    if (size > in_.size()) {
      ok_ = false;
      in_ = {};
      return {};
    }
    const BytesView out = in_.substr(0, size);
    in_.remove_prefix(size);
    return out;
  }

  BytesView in_;
  bool ok_ = true;
};

// corrupt, naming what the row should hold.
[[nodiscard]] tl::unexpected<Error> damaged_row(std::string_view what);

// corrupt: the row is not what the projection's fold writes.
template <Record R>
[[nodiscard]] Result<R> read_row(BytesView value) {
  R record;
  RowCursor cursor(value);
  cursor.field(record);
  if (!cursor.finished()) return damaged_row(R::record_name);
  return record;
}

}  // namespace runut
