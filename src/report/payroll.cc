#include "report/payroll.h"

#include <algorithm>

namespace runut::report {

std::vector<PaidRun> paid_runs(const Facts& facts, Month month, std::optional<UnitId> unit) {
  std::vector<PaidRun> out;
  const AgencyFacts& agency = facts.agency();
  for (const auto& [id, fact] : agency.runs) {
    if (id.month != month || (unit && id.unit != *unit)) continue;
    PaidRun run;
    run.run = id;
    run.fact = &fact;
    run.computed = fact.last_computed(facts.known_at());
    if (const RunFact::Locked* const lock = fact.lock(facts.known_at())) {
      run.locked = true;
      for (const RunFact::Computed& one : fact.computed)
        if (one.sequence == lock->computed) run.computed = &one;
    }
    if (run.computed != nullptr) out.push_back(std::move(run));
  }
  if (out.empty()) return out;
  for (const auto& [person, registered] : agency.persons)
    for (const PaymentFact& fact : facts.month(person, month).payments)
      for (PaidRun& run : out) {
        const TppRunComputed& header = run.computed->header;
        const std::uint64_t first = run.computed->sequence.value;
        if (fact.payment.run == run.run && fact.sequence.value > first &&
            fact.sequence.value <= first + header.payees + header.left_out)
          run.payments.push_back(&fact);
      }
  return out;
}

std::string_view state_of(const PaidRun& run) {
  if (!run.locked) return run.fact->reopened.empty() ? "computed" : "reopened";
  if (!run.fact->confirmed.empty()) return "confirmed";
  return run.fact->ordered.empty() ? "locked" : "ordered";
}

std::string line_name(LineKind kind) {
  if (kind == LineKind::positive_correction || kind == LineKind::negative_correction)
    return "correction";
  return std::string(to_string(kind));
}

std::string line_of(const PaymentLine& line) {
  return line.component ? std::string(to_string(*line.component)) : line.code;
}

Status add_to(Rupiah& sum, Rupiah amount) {
  RUNUT_ASSIGN(sum.value, checked_add(sum.value, amount.value));
  return {};
}

Result<Rupiah> sum_of(const TppPaymentComputed& payment, LineKind kind) {
  Rupiah sum;
  for (const PaymentLine& line : payment.lines)
    if (line.kind == kind) RUNUT_TRY(add_to(sum, line.amount));
  return sum;
}

}  // namespace runut::report
