// How each plain type of the domain is stored in FlatBuffers and written in JSON: one table for both,
// so that a schema, a codec and a command line can not drift apart.
#pragma once

#include <concepts>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/date.h"
#include "base/money.h"
#include "domain/event.h"

namespace runut::codec {

// A type stored as one FlatBuffers scalar: `Stored` its wire type, `fbs` its name in a schema.
// from_stored refuses what no encoder of ours writes.
template <class T>
struct Scalar;

template <class T>
concept IsScalar = requires { typename Scalar<T>::Stored; };

template <class T, class Wire>
struct IntegerScalar {
  using Stored = Wire;
  static Stored to_stored(T value) {
    const auto raw = [&] {
      if constexpr (requires { value.value; }) return value.value;
      else if constexpr (requires { value.days; }) return value.days;
      else if constexpr (requires { value.index; }) return value.index;
      else if constexpr (requires { value.micros; }) return value.micros;
      else return value;
    }();
    RUNUT_CHECK(std::in_range<Wire>(raw), "value outside its stored range");
    return static_cast<Stored>(raw);
  }
  static bool from_stored(Stored stored, T& out) {
    out = T{static_cast<decltype([](T v) {
      if constexpr (requires { v.value; }) return v.value;
      else if constexpr (requires { v.days; }) return v.days;
      else if constexpr (requires { v.index; }) return v.index;
      else if constexpr (requires { v.micros; }) return v.micros;
      else return v;
    }(T{}))>(stored)};
    return true;
  }
};

template <> struct Scalar<std::uint32_t> : IntegerScalar<std::uint32_t, std::uint32_t> { static constexpr auto fbs = "uint"; };
template <> struct Scalar<std::int32_t> : IntegerScalar<std::int32_t, std::int32_t> { static constexpr auto fbs = "int"; };
template <> struct Scalar<std::uint64_t> : IntegerScalar<std::uint64_t, std::uint64_t> { static constexpr auto fbs = "ulong"; };
template <> struct Scalar<Sequence> : IntegerScalar<Sequence, std::uint64_t> { static constexpr auto fbs = "ulong"; };
template <> struct Scalar<PersonId> : IntegerScalar<PersonId, std::uint64_t> { static constexpr auto fbs = "ulong"; };
template <> struct Scalar<UnitId> : IntegerScalar<UnitId, std::uint64_t> { static constexpr auto fbs = "ulong"; };
template <> struct Scalar<ReportId> : IntegerScalar<ReportId, std::uint64_t> { static constexpr auto fbs = "ulong"; };
template <> struct Scalar<Rupiah> : IntegerScalar<Rupiah, std::int64_t> { static constexpr auto fbs = "long"; };
template <> struct Scalar<BasisPoints> : IntegerScalar<BasisPoints, std::int32_t> { static constexpr auto fbs = "int"; };
template <> struct Scalar<Score> : IntegerScalar<Score, std::int32_t> { static constexpr auto fbs = "int"; };
template <> struct Scalar<Minutes> : IntegerScalar<Minutes, std::int32_t> { static constexpr auto fbs = "int"; };
template <> struct Scalar<Date> : IntegerScalar<Date, std::int32_t> { static constexpr auto fbs = "int"; };
template <> struct Scalar<Month> : IntegerScalar<Month, std::int32_t> { static constexpr auto fbs = "int"; };
template <> struct Scalar<Instant> : IntegerScalar<Instant, std::int64_t> { static constexpr auto fbs = "long"; };

template <>
struct Scalar<bool> {
  using Stored = std::uint8_t;
  static constexpr auto fbs = "bool";
  static Stored to_stored(bool value) { return value ? 1 : 0; }
  static bool from_stored(Stored stored, bool& out) {
    out = stored != 0;
    return stored <= 1;
  }
};

// First month × 16 + length in months.
template <>
struct Scalar<Period> {
  using Stored = std::uint32_t;
  static constexpr auto fbs = "uint";
  static Stored to_stored(Period period) {
    return static_cast<Stored>(period.first.index * 16 + period.months);
  }
  static bool from_stored(Stored stored, Period& out) {
    out = Period{Month{static_cast<std::int32_t>(stored / 16)}, static_cast<std::int32_t>(stored % 16)};
    const bool whole = out.months == 1 || out.months == 3 || out.months == 6 || out.months == 12;
    return whole && stored < (1U << 20) && out.first.index % out.months == 0;
  }
};

template <NamedEnum E>
struct Scalar<E> {
  using Stored = std::underlying_type_t<E>;
  static constexpr auto fbs = sizeof(Stored) == 1 ? "ubyte" : "ushort";
  static Stored to_stored(E value) { return static_cast<Stored>(value); }
  static bool from_stored(Stored stored, E& out) {
    out = static_cast<E>(stored);
    return is_known(out);
  }
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

}  // namespace runut::codec
