// Conservation, checked before every commit of a run and again in every replay (rulebook
// section 3.5). Each law is one function; a breach is an error of code internal whose rule is the
// law's name and whose message holds the numbers.
#pragma once

#include <span>

#include "base/result.h"
#include "domain/events_tpp.h"

namespace runut::laws {

// law.lines_sum_to_net: the signed lines of a payment sum exactly to its net.
[[nodiscard]] Status lines_sum_to_net(const TppPaymentComputed& payment);
// law.net_not_negative: nobody pays the agency.
[[nodiscard]] Status net_not_negative(const TppPaymentComputed& payment);
// law.every_line_cites: every line names at least the regulation event that it rests on.
[[nodiscard]] Status every_line_cites(const TppPaymentComputed& payment);
// law.signs: earned, shortfall and positive corrections add; taxes, deductions and negative
// corrections take; corrections and only carried or corrected amounts name a month.
[[nodiscard]] Status signs(const TppPaymentComputed& payment);
// law.taxable_is_the_sum: taxable = sum of the lines up to the shortfall, and is not negative.
[[nodiscard]] Status taxable_is_the_sum(const TppPaymentComputed& payment);
// law.left_out_gets_nothing: who is left out has a reason, and no lines.
[[nodiscard]] Status left_out_gets_nothing(const TppPaymentComputed& payment);
// law.payments_sum_to_run: the nets sum exactly to the total; payees and left out are counted.
[[nodiscard]] Status payments_sum_to_run(const TppRunComputed& run,
                                         std::span<const TppPaymentComputed> payments);

// All of them.
[[nodiscard]] Status check_payment(const TppPaymentComputed& payment);
[[nodiscard]] Status check_run(const TppRunComputed& run,
                               std::span<const TppPaymentComputed> payments);

}  // namespace runut::laws
