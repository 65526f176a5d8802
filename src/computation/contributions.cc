#include "computation/contributions.h"

#include <algorithm>

#include "computation/apportion.h"

namespace runut {
namespace {

// Gross as it would be with this factor: each component rounded at its own step.
Result<std::int64_t> gross_with(const Rules& rules, const MonthPay& pay, std::int64_t factor) {
  const auto& listed = rules->tpp.factor_applies_to;
  std::int64_t sum = 0;
  for (const ComponentPay& one : pay.components) {
    std::int64_t earned = one.eligible.value;
    if (std::find(listed.begin(), listed.end(), one.component) != listed.end()) {
      RUNUT_ASSIGN(earned, mul_div(earned, factor, whole.value, rules->rounding));
    }
    sum += earned;
  }
  return sum;
}

std::vector<DayShare> share_by_day(std::int64_t amount, const std::vector<DayLoss>& losses,
                                   bool by_minutes) {
  std::vector<std::int64_t> weights;
  std::vector<DayShare> out;
  for (const DayLoss& loss : losses) {
    const std::int64_t size = by_minutes ? loss.missing.value : loss.deduction.value;
    if (size == 0) continue;
    weights.push_back(size);
    out.push_back({loss.day, size, {}});
  }
  if (out.empty()) return out;
  const std::vector<std::int64_t> parts = share_out(amount, weights);
  for (std::size_t i = 0; i < out.size(); ++i) out[i].amount = Rupiah{parts[i]};
  return out;
}

}  // namespace

Result<std::vector<Contribution>> compute_contributions(const Facts& facts,
                                                        const ComputedPayment& computed,
                                                        const RulesOptions& options) {
  std::vector<Contribution> out;
  const MonthPay& pay = computed.pay;
  const TppPaymentComputed& payment = computed.payment;
  if (pay.eligible) {
    RUNUT_ASSIGN(const Rules rules, payment_rules(facts, payment.run.month, options));
    RUNUT_ASSIGN(const PersonMonth month,
                 person_month(facts, payment.person, payment.run.month, rules));
    const FactorWeights& weights = rules->work.weights;
    RUNUT_ASSIGN(
        const std::int64_t factor,
        divide(static_cast<Int128>(weights.productivity.value) * pay.work.productivity.value +
                   static_cast<Int128>(weights.discipline.value) * whole.value,
               whole.value, rules->rounding));
    RUNUT_ASSIGN(const std::int64_t undisciplined, gross_with(rules, pay, factor));
    const std::vector<DayLoss> losses = losses_by_day(facts, month, Counting::until_cutoff);
    const std::int64_t ceiling = pay.ceiling_total().value;
    const std::int64_t eligible = pay.eligible_total().value;
    out.push_back({ContributionStep::ceiling, Rupiah{ceiling}, 0, {}});
    out.push_back({ContributionStep::days, Rupiah{eligible - ceiling}, 0, {}});
    const std::int64_t by_reports = undisciplined - eligible;
    out.push_back({ContributionStep::productivity, Rupiah{by_reports}, 0,
                   share_by_day(by_reports, losses, true)});
    const std::int64_t by_attendance = pay.gross.value - undisciplined;
    out.push_back({ContributionStep::discipline, Rupiah{by_attendance}, 0,
                   share_by_day(by_attendance, losses, false)});
  }
  for (std::size_t i = 0; i < payment.lines.size(); ++i)
    if (payment.lines[i].kind != LineKind::earned)
      out.push_back({ContributionStep::line, payment.lines[i].amount, i, {}});
  return out;
}

}  // namespace runut
