// Earned amounts, shortfalls and positive corrections add; taxes, deductions and negative
// corrections take; only corrections and carried amounts name a month (rulebook section 3.5 (8)).
#pragma once

#include "computation/laws/breach.h"

namespace runut::laws {

[[nodiscard]] inline Status signs(const TppPaymentComputed& payment) {
  for (const PaymentLine& line : payment.lines) {
    const std::int64_t amount = line.amount.value;
    bool right = true;
    switch (line.kind) {
      case LineKind::earned: right = amount >= 0 && !line.for_month; break;
      case LineKind::shortfall: right = amount > 0 && !line.for_month; break;
      case LineKind::positive_correction: right = amount > 0 && line.for_month; break;
      case LineKind::tax: right = amount < 0 && !line.for_month; break;
      case LineKind::deduction: right = amount < 0; break;
      case LineKind::negative_correction: right = amount < 0 && line.for_month; break;
      default: right = !line.for_month; break;
    }
    if (!right)
      return breach("law.signs", payment,
                    fmt::format("line {} of {}", to_string(line.kind), amount));
  }
  for (const Outstanding& rest : payment.outstanding)
    if (rest.amount.value <= 0)
      return breach("law.signs", payment, fmt::format("outstanding {}", rest.amount.value));
  return {};
}

}  // namespace runut::laws
