#include "query/contributions.h"

#include <algorithm>

#include "computation/apportion.h"
#include "computation/laws.h"

namespace runut {
namespace {

Rupiah sum_of(const std::vector<ComponentPay>& components, Rupiah ComponentPay::* member) {
  Rupiah sum;
  for (const ComponentPay& component : components) sum.value += (component.*member).value;
  return sum;
}

// Gross with another factor: productivity as it was, discipline at 100 %.
Result<Rupiah> gross_with(const ComputedPayment& computed, const Rules& rules, BasisPoints factor) {
  Rupiah gross;
  const auto& factored = rules->tpp.factor_applies_to;
  for (const ComponentPay& component : computed.pay.components) {
    const bool applies = std::find(factored.begin(), factored.end(), component.component) != factored.end();
    if (!applies) {
      gross.value += component.eligible.value;
      continue;
    }
    RUNUT_ASSIGN(const std::int64_t earned,
                 mul_div(component.eligible.value, factor.value, whole.value, rules->rounding));
    gross.value += earned;
  }
  return gross;
}

std::vector<Contribution::Day> shared(Rupiah amount, const std::vector<DayLoss>& losses,
                                      std::int64_t (*weight)(const DayLoss&)) {
  std::vector<std::int64_t> weights;
  std::int64_t total = 0;
  for (const DayLoss& loss : losses) {
    weights.push_back(weight(loss));
    total += weights.back();
  }
  std::vector<Contribution::Day> days;
  if (amount.value == 0 || total == 0) return days;
  const std::vector<std::int64_t> parts = share_out(amount.value, weights);
  for (std::size_t i = 0; i < losses.size(); ++i)
    if (weights[i] > 0) days.push_back({losses[i].day, weights[i], Rupiah{parts[i]}});
  return days;
}

}  // namespace

Result<std::vector<Contribution>> contributions_of(const Facts& facts, const ComputedPayment& computed) {
  std::vector<Contribution> out;
  const TppPaymentComputed& payment = computed.payment;
  const auto step = [&](Contribution::Cause cause, std::int64_t amount) -> Contribution& {
    Contribution contribution;
    contribution.cause = cause;
    contribution.amount = Rupiah{amount};
    return out.emplace_back(std::move(contribution));
  };
  if (computed.pay.eligible) {
    RUNUT_ASSIGN(const Rules rules, payment_rules(facts, payment.run.month));
    RUNUT_ASSIGN(const PersonMonth month, person_month(facts, payment.person, payment.run.month, rules));
    const Rupiah ceilings = sum_of(computed.pay.components, &ComponentPay::ceiling);
    const Rupiah eligible = sum_of(computed.pay.components, &ComponentPay::eligible);
    RUNUT_ASSIGN(const std::int64_t factor,
                 divide(static_cast<Int128>(rules->work.weights.productivity.value) *
                                computed.pay.work.productivity.value +
                            static_cast<Int128>(rules->work.weights.discipline.value) * whole.value,
                        whole.value, rules->rounding));
    RUNUT_ASSIGN(const Rupiah with_productivity, gross_with(computed, rules, BasisPoints{factor}));
    const std::vector<DayLoss> losses = losses_by_day(facts, month, Counting::until_cutoff);
    step(Contribution::Cause::ceilings, ceilings.value);
    step(Contribution::Cause::eligibility, eligible.value - ceilings.value);
    Contribution& productivity =
        step(Contribution::Cause::productivity, with_productivity.value - eligible.value);
    productivity.days = shared(productivity.amount, losses,
                               [](const DayLoss& loss) { return loss.missing.value; });
    Contribution& discipline =
        step(Contribution::Cause::discipline, computed.pay.gross.value - with_productivity.value);
    discipline.days = shared(discipline.amount, losses,
                             [](const DayLoss& loss) { return loss.deduction.value; });
  }
  std::int64_t sum = 0;
  for (const PaymentLine& line : payment.lines)
    if (line.kind != LineKind::earned) step(Contribution::Cause::line, line.amount.value).line = line;
  for (const Contribution& contribution : out) sum += contribution.amount.value;
  if (sum != payment.net.value)
    return fail(Error{ErrorCode::internal, "law.contributions_sum_to_net", "net",
                      std::to_string(payment.net.value),
                      "the contributions sum to " + std::to_string(sum)});
  return out;
}

}  // namespace runut
