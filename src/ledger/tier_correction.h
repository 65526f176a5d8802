// What a corrected evaluation does to a published place: that person's tier alone (rulebook 3.5,
// Corrections).
#pragma once

#include "ledger/rules.h"

namespace runut::rules {

// The TppAdjustmentDecided that follows from the correction (index 0 of the commit), or nothing
// when the ranking is not published or the tier stays.
[[nodiscard]] Result<std::optional<NewEvent>> correct_tier(const Case& at,
                                                           const EvaluationCorrected& corrected);

}  // namespace runut::rules
