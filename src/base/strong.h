// Strong types: a PersonId is not a UnitId, rupiah are not basis points.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace runut {

// An integer that only meets its own kind. No implicit conversion in either direction.
template <class Tag, class Rep>
struct Strong {
  using rep = Rep;
  Rep value{};

  constexpr Strong() = default;
  constexpr explicit Strong(Rep initial) : value(initial) {}
  friend constexpr auto operator<=>(const Strong&, const Strong&) = default;
  friend constexpr bool operator==(const Strong&, const Strong&) = default;
};

using Sequence = Strong<struct SequenceTag, std::uint64_t>;  // dense from 1; 0 = before the first
using PersonId =
    Strong<struct PersonTag, std::uint64_t>;           // opaque, chosen by the agency; written P17
using UnitId = Strong<struct UnitTag, std::uint64_t>;  // written U3
using ReportId =
    Strong<struct ReportTag, std::uint64_t>;  // unique within its person; written R202208031

[[nodiscard]] constexpr Sequence next(Sequence sequence) {
  return Sequence{sequence.value + 1};
}

}  // namespace runut

template <class Tag, class Rep>
struct std::hash<runut::Strong<Tag, Rep>> {
  std::size_t operator()(const runut::Strong<Tag, Rep>& strong) const noexcept {
    // Fibonacci mixing: ids are often dense, standard hashes of integers are the identity.
    return static_cast<std::size_t>(static_cast<std::uint64_t>(strong.value) *
                                    0x9E3779B97F4A7C15ULL);
  }
};
