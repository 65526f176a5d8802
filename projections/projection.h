// A projection: a pure fold from events to the rows of a view, which can be dropped and rebuilt
// from the log at any time, byte for byte (README.md has how to add one).
#pragma once

#include <array>
#include <string_view>

#include "domain/event.h"
#include "projections/rows.h"

namespace runut {

struct FoldInput {
  const Event& event;      // without its sealed text: no view holds any
  const Hash256& leaf;     // of the stored bytes, the sealed text included
  int utc_offset_minutes;  // the agency's
};

// Same input and same rows: same output. Reads nothing but what it is given.
// An error stops the projector: only for a history that no writer could have made (corrupt).
using Fold = Status (*)(const FoldInput& input, Rows& rows);

// Whether a payload is in it, by its place in PayloadVariant.
using EventSet = std::array<bool, std::variant_size_v<PayloadVariant>>;

struct Projection {
  std::string_view name;      // snake_case; names its column families
  std::uint32_t version = 1;  // raised with every change of its rows: then the view is made anew
  Fold fold = nullptr;
  const EventSet* events = nullptr;  // of all others `fold` makes nothing; null: it looks at each

  [[nodiscard]] bool folds(const Event& event) const {
    return events == nullptr || (*events)[event.payload.index()];
  }
};

}  // namespace runut
