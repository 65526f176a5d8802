#include "computation/laws.h"

#include <fmt/format.h>

#include "domain/event.h"

namespace runut::laws {
namespace {

tl::unexpected<Error> breach(std::string_view law, const TppPaymentComputed& payment,
                             std::string message) {
  return fail(
      Error{ErrorCode::internal, std::string(law), "person", to_string(payment.person),
            fmt::format("{}, {}: {}", to_string(payment.run), to_string(payment.person), message)});
}

Result<std::int64_t> sum_of(const TppPaymentComputed& payment, auto&& included) {
  std::int64_t sum = 0;
  for (const PaymentLine& line : payment.lines)
    if (included(line)) {
      RUNUT_ASSIGN(sum, checked_add(sum, line.amount.value));
    }
  return sum;
}

}  // namespace

Status lines_sum_to_net(const TppPaymentComputed& payment) {
  RUNUT_ASSIGN(const std::int64_t sum, sum_of(payment, [](const PaymentLine&) { return true; }));
  if (sum == payment.net.value) return {};
  return breach("law.lines_sum_to_net", payment,
                fmt::format("lines sum to {}, net is {}", sum, payment.net.value));
}

Status net_not_negative(const TppPaymentComputed& payment) {
  if (payment.net.value >= 0) return {};
  return breach("law.net_not_negative", payment, fmt::format("net is {}", payment.net.value));
}

Status every_line_cites(const TppPaymentComputed& payment) {
  for (const PaymentLine& line : payment.lines)
    if (line.causes.empty())
      return breach("law.every_line_cites", payment,
                    fmt::format("line {} cites no event", to_string(line.kind)));
  return {};
}

Status signs(const TppPaymentComputed& payment) {
  for (const PaymentLine& line : payment.lines) {
    const std::int64_t amount = line.amount.value;
    bool right = true;
    switch (line.kind) {
      case LineKind::earned:
        right = amount >= 0 && !line.for_month;
        break;
      case LineKind::shortfall:
        right = amount > 0 && !line.for_month;
        break;
      case LineKind::positive_correction:
        right = amount > 0 && line.for_month;
        break;
      case LineKind::tax:
        right = amount < 0 && !line.for_month;
        break;
      case LineKind::deduction:
        right = amount < 0;
        break;
      case LineKind::negative_correction:
        right = amount < 0 && line.for_month;
        break;
      default:
        right = !line.for_month;
        break;
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

Status taxable_is_the_sum(const TppPaymentComputed& payment) {
  RUNUT_ASSIGN(const std::int64_t sum, sum_of(payment, [](const PaymentLine& line) {
                 return line.kind == LineKind::earned || line.kind == LineKind::adjustment ||
                        line.kind == LineKind::unit_sanction ||
                        line.kind == LineKind::disciplinary_sanction ||
                        line.kind == LineKind::shortfall;
               }));
  if (sum == payment.taxable.value && sum >= 0) return {};
  return breach(
      "law.taxable_is_the_sum", payment,
      fmt::format("lines before tax sum to {}, taxable is {}", sum, payment.taxable.value));
}

Status left_out_gets_nothing(const TppPaymentComputed& payment) {
  if (!payment.left_out || (payment.lines.empty() && payment.net.value == 0)) return {};
  return breach("law.left_out_gets_nothing", payment,
                fmt::format("{} lines, net {}", payment.lines.size(), payment.net.value));
}

Status payments_sum_to_run(const TppRunComputed& run,
                           std::span<const TppPaymentComputed> payments) {
  std::int64_t total = 0;
  std::uint32_t payees = 0;
  std::uint32_t left_out = 0;
  for (const TppPaymentComputed& payment : payments) {
    RUNUT_ASSIGN(total, checked_add(total, payment.net.value));
    ++(payment.left_out ? left_out : payees);
  }
  if (total == run.total.value && payees == run.payees && left_out == run.left_out) return {};
  return fail(
      Error{ErrorCode::internal, "law.payments_sum_to_run", "run", to_string(run.run),
            fmt::format("{} payees with {}, {} left out; the run says {} with {}, {}", payees,
                        total, left_out, run.payees, run.total.value, run.left_out)});
}

Status check_payment(const TppPaymentComputed& payment) {
  RUNUT_TRY(left_out_gets_nothing(payment));
  RUNUT_TRY(lines_sum_to_net(payment));
  RUNUT_TRY(net_not_negative(payment));
  RUNUT_TRY(every_line_cites(payment));
  RUNUT_TRY(signs(payment));
  return taxable_is_the_sum(payment);
}

Status check_run(const TppRunComputed& run, std::span<const TppPaymentComputed> payments) {
  for (const TppPaymentComputed& payment : payments) RUNUT_TRY(check_payment(payment));
  return payments_sum_to_run(run, payments);
}

}  // namespace runut::laws
