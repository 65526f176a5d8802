// Random valid values of every record, by reflection: a type that is added tomorrow is covered.
#pragma once

#include <algorithm>
#include <array>

#include "base/clock.h"
#include "codec/command_json.h"
#include "codec/scalar.h"

namespace runut::codec_test {

enum class Optionals : std::uint8_t { mixed, all, none };
// Often at an edge of what can be stored, or as a city in 2022 would have it.
enum class Values : std::uint8_t { wild, plausible };

class Generator {
 public:
  explicit Generator(std::uint64_t seed, Optionals optionals = Optionals::mixed,
                     Values values = Values::wild)
      : random_(seed), optionals_(optionals), values_(values) {}

  template <Record R>
  R record() {
    R out;
    fill(out);
    return out;
  }
  // Of that type; it must be released.
  Payload payload(EventType type);
  // Keeps every law of check_event.
  Event event(Payload payload);
  Event event(EventType type) { return event(payload(type)); }
  // Empty: of the body's own type, in values that JSON can say.
  Command command(CommandBody body);

  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
  bool coin() { return below(2) == 0; }
  Bytes bytes(std::size_t count) {
    Bytes out(count, '\0');
    random_.fill(out.data(), count);
    return out;
  }

  template <class T>
  void fill(T& out) {
    if constexpr (codec::is_optional<T>) {
      out.reset();
      if (optionals_ == Optionals::all || (optionals_ == Optionals::mixed && coin()))
        fill(out.emplace());
    } else if constexpr (std::is_same_v<T, bool>) {
      out = coin();
    } else if constexpr (std::is_same_v<T, Period>) {
      static constexpr std::array lengths{1, 3, 6, 12};
      const int months = lengths.at(below(lengths.size()));
      const auto years = static_cast<std::int32_t>(wild() ? 1900 + below(301) : 2022);
      const auto part = static_cast<std::int32_t>(below(12 / static_cast<std::uint64_t>(months)));
      out = Period{Month{years * 12 + part * months}, months};
    } else if constexpr (NamedEnum<T>) {
      out = EnumNames<T>::table[below(std::size(EnumNames<T>::table))].value;
    } else if constexpr (std::is_same_v<T, Date>) {
      out = wild() ? Date{number(S<T>::min, S<T>::max)}
                   : date(2022, 1, 1) + static_cast<int>(below(365));
    } else if constexpr (std::is_same_v<T, Month>) {
      out = wild() ? Month{number(S<T>::min, S<T>::max)}
                   : month(2022, 1) + static_cast<int>(below(12));
    } else if constexpr (std::is_same_v<T, Instant>) {
      out = wild() ? Instant{number(S<T>::min, S<T>::max)}
                   : Instant{start_of(date(2022, 1, 1), 420).micros +
                             static_cast<std::int64_t>(below(31'536'000'000'000))};
    } else if constexpr (codec::IsScalar<T>) {
      out = T{number(S<T>::min, S<T>::max)};
    } else if constexpr (codec::IsFixed<T>) {
      out = T::from(bytes(T::size));
    } else if constexpr (std::is_same_v<T, std::string>) {
      out = text();
    } else if constexpr (codec::is_vector<T>) {
      out.resize(optionals_ == Optionals::none ? 0 : below(4) + (optionals_ == Optionals::all));
      for (auto& element : out) fill(element);
    } else {
      T::visit(out, [&](std::string_view, auto& field) { fill(field); });
      if constexpr (std::is_same_v<T, RunId>) out.number = out.number % 9999 + 1;
    }
  }

 private:
  template <class T>
  using S = codec::Scalar<T>;

  [[nodiscard]] bool wild() const { return values_ == Values::wild; }

  // Never beyond INT64_MAX: JSON commands have no larger numbers.
  template <class Raw>
  Raw number(Raw min, Raw max) {
    max = std::cmp_greater(max, INT64_MAX) ? static_cast<Raw>(INT64_MAX) : max;
    if (!wild())
      return static_cast<Raw>(
          1 + below(std::min<std::uint64_t>(9'999, static_cast<std::uint64_t>(max))));
    const auto span = static_cast<std::uint64_t>(max) - static_cast<std::uint64_t>(min);
    const auto offset = [&]() -> std::uint64_t {
      switch (below(6)) {
        case 0: return 0;
        case 1: return span;
        case 2: return std::min<std::uint64_t>(span, below(300));
        default: return span == UINT64_MAX ? random_.next() : below(span + 1);
      }
    }();
    return static_cast<Raw>(static_cast<std::uint64_t>(min) + offset);
  }
  std::string text();
  Actor actor();

  SeededRandomness random_;
  Optionals optionals_;
  Values values_;
};

// Every released type.
std::vector<EventType> released_types();

}  // namespace runut::codec_test
