// Who is left out has a reason, no lines and no net (rulebook section 3.5).
#pragma once

#include "computation/laws/breach.h"

namespace runut::laws {

[[nodiscard]] inline Status left_out_gets_nothing(const TppPaymentComputed& payment) {
  if (!payment.left_out || (payment.lines.empty() && payment.net.value == 0)) return {};
  return breach("law.left_out_gets_nothing", payment,
                fmt::format("{} lines, net {}", payment.lines.size(), payment.net.value));
}

}  // namespace runut::laws
