// How each plain type of the domain is stored in FlatBuffers: one table for encoder, decoder,
// schema test and command line, so that they can not drift apart.
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <limits>
#include <string>

#include "base/bytes.h"
#include "base/date.h"
#include "base/money.h"
#include "domain/event.h"

namespace runut::codec {

// A type stored as one FlatBuffers scalar: `Stored` its wire type, `fbs` its name in a schema (an
// enumeration's is its own). `valid` holds for exactly the values that are ever stored: the encoder
// refuses to write others, the decoder to read them.
template <class T>
struct Scalar;

template <class T>
concept IsScalar = requires {
  typename Scalar<T>::Stored;
};

template <class T>
constexpr auto raw_of(T value) {
  if constexpr (std::is_integral_v<T>) {
    return value;
  } else {
    const auto& [raw] = value;
    return raw;
  }
}

template <class T, class Wire>
struct IntegerScalar {
  using Stored = Wire;
  using Raw = decltype(raw_of(T{}));
  static constexpr Raw min =
      std::cmp_less(std::numeric_limits<Wire>::min(), std::numeric_limits<Raw>::min())
          ? std::numeric_limits<Raw>::min()
          : static_cast<Raw>(std::numeric_limits<Wire>::min());
  static constexpr Raw max =
      std::cmp_greater(std::numeric_limits<Wire>::max(), std::numeric_limits<Raw>::max())
          ? std::numeric_limits<Raw>::max()
          : static_cast<Raw>(std::numeric_limits<Wire>::max());
  // Of a valid value.
  static constexpr Stored to_stored(T value) { return static_cast<Stored>(raw_of(value)); }
  static constexpr T from_stored(Stored stored) { return T{static_cast<Raw>(stored)}; }
};

// From..To, both included.
template <class T, class Wire, auto From, auto To>
struct BoundedScalar : IntegerScalar<T, Wire> {
  using typename IntegerScalar<T, Wire>::Raw;
  static constexpr Raw min = From;
  static constexpr Raw max = To;
  static constexpr bool valid(T value) { return min <= raw_of(value) && raw_of(value) <= max; }
};

template <class T, class Wire>
struct WholeScalar
    : BoundedScalar<T, Wire, IntegerScalar<T, Wire>::min, IntegerScalar<T, Wire>::max> {};

// Ids and sequences count from 1: a forgotten one is an error, not number 0.
template <class T>
struct IdScalar : BoundedScalar<T, std::uint64_t, std::uint64_t{1}, UINT64_MAX> {
  static constexpr auto fbs = "ulong";
};

template <>
struct Scalar<std::uint32_t> : WholeScalar<std::uint32_t, std::uint32_t> {
  static constexpr auto fbs = "uint";
};
template <>
struct Scalar<std::int32_t> : WholeScalar<std::int32_t, std::int32_t> {
  static constexpr auto fbs = "int";
};
template <>
struct Scalar<std::uint64_t> : WholeScalar<std::uint64_t, std::uint64_t> {
  static constexpr auto fbs = "ulong";
};
template <>
struct Scalar<Rupiah> : WholeScalar<Rupiah, std::int64_t> {
  static constexpr auto fbs = "long";
};
template <>
struct Scalar<BasisPoints> : WholeScalar<BasisPoints, std::int32_t> {
  static constexpr auto fbs = "int";
};
template <>
struct Scalar<Minutes> : WholeScalar<Minutes, std::int32_t> {
  static constexpr auto fbs = "int";
};
template <>
struct Scalar<Score> : BoundedScalar<Score, std::int32_t, 0, 12'000> {
  static constexpr auto fbs = "int";
};
template <>
struct Scalar<Sequence> : IdScalar<Sequence> {};
template <>
struct Scalar<PersonId> : IdScalar<PersonId> {};
template <>
struct Scalar<UnitId> : IdScalar<UnitId> {};
template <>
struct Scalar<ReportId> : IdScalar<ReportId> {};

// The calendar of base/date.h: 1900-01-01 to 2200-12-31.
inline constexpr std::int32_t day_min = -25'567;
inline constexpr std::int32_t day_max = 84'370;
inline constexpr std::int64_t micros_per_day = 86'400'000'000;
template <>
struct Scalar<Date> : BoundedScalar<Date, std::int32_t, day_min, day_max> {
  static constexpr auto fbs = "int";
};
template <>
struct Scalar<Month> : BoundedScalar<Month, std::int32_t, 1900 * 12, 2200 * 12 + 11> {
  static constexpr auto fbs = "int";
};
template <>
struct Scalar<Instant> : BoundedScalar<Instant, std::int64_t, day_min * micros_per_day,
                                       (day_max + 1) * micros_per_day - 1> {
  static constexpr auto fbs = "long";
};

template <>
struct Scalar<bool> {
  using Stored = std::uint8_t;
  static constexpr auto fbs = "bool";
  static constexpr Stored to_stored(bool value) { return value ? 1 : 0; }
  static constexpr bool from_stored(Stored stored) { return stored != 0; }
  static constexpr bool valid(bool) { return true; }
};

// First month × 16 + length in months.
template <>
struct Scalar<Period> {
  using Stored = std::uint32_t;
  static constexpr auto fbs = "uint";
  static constexpr Stored to_stored(Period period) {
    return static_cast<Stored>(period.first.index * 16 + period.months);
  }
  static constexpr Period from_stored(Stored stored) {
    return Period{Month{static_cast<std::int32_t>(stored / 16)},
                  static_cast<std::int32_t>(stored % 16)};
  }
  static constexpr bool valid(Period period) {
    const bool whole =
        period.months == 1 || period.months == 3 || period.months == 6 || period.months == 12;
    return whole && Scalar<Month>::valid(period.first) && period.first.index % period.months == 0;
  }
};

template <NamedEnum E>
struct Scalar<E> {
  using Stored = std::underlying_type_t<E>;
  static constexpr std::string_view fbs = EnumNames<E>::name;
  static constexpr Stored to_stored(E value) { return static_cast<Stored>(value); }
  static constexpr E from_stored(Stored stored) { return static_cast<E>(stored); }
  static constexpr bool valid(E value) { return is_known(value); }
};

// A fixed-size byte array: a FlatBuffers struct.
template <class T>
concept IsFixed = requires(T value) {
  { T::size } -> std::convertible_to<std::size_t>;
  value.bytes;
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

// Strings and lists: not written when empty, empty when absent.
template <class T>
inline constexpr bool is_sequence = std::is_same_v<T, std::string> || is_vector<T>;

}  // namespace runut::codec
