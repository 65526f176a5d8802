// Taxable is the sum of the lines up to the shortfall, and is not negative (rulebook section
// 3.5 (7)).
#pragma once

#include "computation/laws/breach.h"

namespace runut::laws {

[[nodiscard]] inline Status taxable_is_the_sum(const TppPaymentComputed& payment) {
  std::int64_t sum = 0;
  for (const PaymentLine& line : payment.lines) {
    const bool before_tax = line.kind == LineKind::earned || line.kind == LineKind::adjustment ||
                            line.kind == LineKind::unit_sanction ||
                            line.kind == LineKind::disciplinary_sanction ||
                            line.kind == LineKind::shortfall;
    if (!before_tax) continue;
    RUNUT_ASSIGN(sum, checked_add(sum, line.amount.value));
  }
  if (sum == payment.taxable.value && sum >= 0) return {};
  return breach(
      "law.taxable_is_the_sum", payment,
      fmt::format("lines before tax sum to {}, taxable is {}", sum, payment.taxable.value));
}

}  // namespace runut::laws
