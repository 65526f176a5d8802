// Nobody pays the agency: net >= 0 (rulebook section 3.5 (7)).
#pragma once

#include "computation/laws/breach.h"

namespace runut::laws {

[[nodiscard]] inline Status net_not_negative(const TppPaymentComputed& payment) {
  if (payment.net.value >= 0) return {};
  return breach("law.net_not_negative", payment, fmt::format("net is {}", payment.net.value));
}

}  // namespace runut::laws
