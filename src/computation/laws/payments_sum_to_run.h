// The nets of a run sum exactly to its total; payees and left out are counted (rulebook
// section 3.5, Conservation).
#pragma once

#include <span>

#include "computation/laws/breach.h"

namespace runut::laws {

[[nodiscard]] inline Status payments_sum_to_run(const TppRunComputed& run,
                                                std::span<const TppPaymentComputed> payments) {
  std::int64_t total = 0;
  std::uint32_t payees = 0;
  std::uint32_t left_out = 0;
  for (const TppPaymentComputed& payment : payments) {
    RUNUT_ASSIGN(total, checked_add(total, payment.net.value));
    ++(payment.left_out ? left_out : payees);
  }
  if (total == run.total.value && payees == run.payees && left_out == run.left_out) return {};
  return breach("law.payments_sum_to_run", "run", to_string(run.run),
                fmt::format("{} payees with {}, {} left out; the run says {} with {}, {}", payees,
                            total, left_out, run.payees, run.total.value, run.left_out));
}

}  // namespace runut::laws
