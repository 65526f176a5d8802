// Values of view rows: the fields of a record (domain/fields.h) one behind the other. Integers,
// dates, enumerations and amounts are big-endian in their own width, digests raw; text has its
// length (u16) before it, a list its length (u32), an optional field a byte 0 or 1.
#pragma once

#include <concepts>
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

}  // namespace row_internal

// A value under construction.
class RowValue {
 public:
  template <class T>
  RowValue& field(const T& value) {
    using namespace row_internal;
    if constexpr (is_number<T>) {
      for (std::size_t shift = 8 * sizeof(T); shift > 0; shift -= 8)
        out_.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> (shift - 8)));
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
      out_.append(value.view());
    } else if constexpr (std::is_same_v<T, std::string>) {
      RUNUT_CHECK(value.size() <= 0xFFFF, "a text is longer than any event");
      field(static_cast<std::uint16_t>(value.size()));
      out_.append(value);
    } else if constexpr (is_optional<T>) {
      field(value.has_value());
      if (value) field(*value);
    } else if constexpr (is_vector<T>) {
      field(static_cast<std::uint32_t>(value.size()));
      for (const auto& element : value) field(element);
    } else {
      static_assert(Record<T>);
      T::visit(value, [&](std::string_view, const auto& member) { field(member); });
    }
    return *this;
  }
  [[nodiscard]] BytesView view() const { return out_; }

 private:
  Bytes out_;
};

// Reads what RowValue wrote, into the same types in the same order. Reading past the end gives
// empty values and makes finished() false.
class RowCursor {
 public:
  explicit RowCursor(BytesView in) : in_(in) {}

  template <class T>
  void field(T& value) {
    using namespace row_internal;
    if constexpr (is_number<T>) {
      std::uint64_t number = 0;
      for (const char byte : take(sizeof(T)))
        number = number << 8 | static_cast<std::uint8_t>(byte);
      value = static_cast<T>(number);
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
      std::uint16_t size = 0;
      field(size);
      value = take(size);
    } else if constexpr (is_optional<T>) {
      bool present = false;
      field(present);
      value.reset();
      if (present) field(value.emplace());
    } else if constexpr (is_vector<T>) {
      std::uint32_t count = 0;
      field(count);
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

  BytesView in_;
  bool ok_ = true;
};

// corrupt: the row is not what the projection's fold writes.
template <Record R>
[[nodiscard]] Result<R> read_row(BytesView value) {
  R record;
  RowCursor cursor(value);
  cursor.field(record);
  if (!cursor.finished())
    return fail(Error{ErrorCode::corrupt,
                      "view.row",
                      std::string(R::record_name),
                      {},
                      "a row of a view is not what its fold writes; rebuild the view"});
  return record;
}

}  // namespace runut
