// Every line cites at least the regulation event that it rests on (rulebook section 3.5,
// Conservation).
#pragma once

#include "computation/laws/breach.h"

namespace runut::laws {

[[nodiscard]] inline Status every_line_cites(const TppPaymentComputed& payment) {
  for (const PaymentLine& line : payment.lines)
    if (line.causes.empty())
      return breach("law.every_line_cites", payment,
                    fmt::format("line {} cites no event", to_string(line.kind)));
  return {};
}

}  // namespace runut::laws
