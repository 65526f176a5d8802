// The signed lines of a payment sum exactly to its net (rulebook section 3.5).
#pragma once

#include "computation/laws/breach.h"

namespace runut::laws {

[[nodiscard]] inline Status lines_sum_to_net(const TppPaymentComputed& payment) {
  std::int64_t sum = 0;
  for (const PaymentLine& line : payment.lines) {
    RUNUT_ASSIGN(sum, checked_add(sum, line.amount.value));
  }
  if (sum == payment.net.value) return {};
  return breach("law.lines_sum_to_net", payment,
                fmt::format("lines sum to {}, net is {}", sum, payment.net.value));
}

}  // namespace runut::laws
