// Views that were approved to take the place of others which said something else.
//
//   'p' sequence(8)               the approval
#pragma once

#include <vector>

#include "projections/projection.h"
#include "projections/rows.h"

namespace runut::promotions {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
extern const EventSet events;
inline constexpr Projection projection{"promotions", 1, &fold, &events};

struct Promotion {
  Sequence sequence;
  Instant recorded_at;
  ProjectionPromoted promoted;
  friend bool operator==(const Promotion&, const Promotion&) = default;
};

// In the order of the log.
[[nodiscard]] Result<std::vector<Promotion>> all(const RowReader& rows);

}  // namespace runut::promotions
