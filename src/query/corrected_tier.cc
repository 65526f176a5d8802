#include "query/corrected_tier.h"

namespace runut {

Tier tier_now(const Facts& facts, const PlacementFact& place) {
  Tier tier = place.placed.tier;
  for (const AdjustmentFact& adjustment : facts.person(place.placed.person).adjustments)
    if (adjustment.cause == AdjustmentCause::ranking && adjustment.period == place.placed.period &&
        adjustment.causation && *adjustment.causation > place.sequence)
      tier = adjustment.delta.value > 0   ? Tier::above
             : adjustment.delta.value < 0 ? Tier::below
                                          : Tier::meets;
  return tier;
}

}  // namespace runut
