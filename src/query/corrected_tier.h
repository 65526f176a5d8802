// Where a published member stands after corrections.
#pragma once

#include "computation/facts.h"

namespace runut {

// The tier of the last corrected evaluation that moved the member, else the published one. A
// correction says its tier by the sign of its delta: where the document pays nothing for a tier,
// the published one stays.
[[nodiscard]] Tier tier_now(const Facts& facts, const PlacementFact& place);

}  // namespace runut
