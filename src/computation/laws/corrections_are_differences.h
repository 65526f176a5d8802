// A posted correction is what was recomputed less what was settled, and never nothing (rulebook
// section 3.5, Corrections).
#pragma once

#include "computation/laws/breach.h"

namespace runut::laws {

[[nodiscard]] inline Status corrections_are_differences(const TppCorrectionPosted& posted) {
  const std::int64_t difference = posted.recomputed.value - posted.settled.value;
  if (posted.amount.value == difference && difference != 0) return {};
  return breach("law.corrections_are_differences", "person", to_string(posted.person),
                fmt::format("{} for {}: {} - {} is not {}", to_string(posted.run),
                            to_string(posted.for_month), posted.recomputed.value,
                            posted.settled.value, posted.amount.value));
}

}  // namespace runut::laws
