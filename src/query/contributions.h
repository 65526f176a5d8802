// Telescoping differences from the ceilings to net (rulebook section 3.5, Contributions).
#pragma once

#include "query/explanation.h"

namespace runut {

// Sums exactly to the payment's net.
[[nodiscard]] Result<std::vector<Contribution>> contributions_of(const Facts& facts,
                                                                 const ComputedPayment& computed);

}  // namespace runut
