// A fold that is an operator for each payload it makes rows of: what it folds and which events a
// projector need show it come from the same declarations.
//
//   struct Folder {
//     const FoldInput& input;
//     Rows& rows;
//     void operator()(const LeaveGranted& e) { put_row(rows, …); }
//   };
#pragma once

#include <concepts>
#include <utility>

#include "projections/projection.h"

namespace runut {

template <class Folder>
consteval EventSet events_of() {
  return []<std::size_t... i>(std::index_sequence<i...>) {
    return EventSet{
        std::invocable<Folder&, const std::variant_alternative_t<i, PayloadVariant>&>...};
  }
  (std::make_index_sequence<std::variant_size_v<PayloadVariant>>{});
}

// For a fold of one line: it refuses nothing.
template <class Folder>
[[nodiscard]] Status fold_with(const FoldInput& input, Rows& rows) {
  Folder folder{input, rows};
  std::visit(
      [&]<class P>(const P& payload) {
        if constexpr (std::invocable<Folder&, const P&>) folder(payload);
      },
      static_cast<const PayloadVariant&>(input.event.payload));
  return {};
}

}  // namespace runut
