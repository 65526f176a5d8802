#include "tests/oracle/runs.h"

#include <algorithm>

namespace runut::oracle {
namespace {

bool reopened_after(const View& view, const RunId& run, Sequence lock) {
  for (const auto& reopened : view.recorded<TppRunReopened>())
    if (reopened.fact->run == run && reopened.sequence() > lock) return true;
  return false;
}

bool ordered_after(const View& view, const RunId& run, Sequence lock) {
  for (const auto& ordered : view.recorded<PaymentOrdered>())
    if (ordered.fact->run == run && ordered.sequence() > lock) return true;
  return false;
}

}  // namespace

std::vector<LockedPayment> locked_payments(const View& view, PersonId person) {
  std::vector<LockedPayment> out;
  const auto payments = view.recorded_of<TppPaymentComputed>(person);
  for (const auto& locked : view.recorded<TppRunLocked>()) {
    if (locked.fact->run.kind != RunKind::regular) continue;
    if (reopened_after(view, locked.fact->run, locked.sequence())) continue;
    const Event& header = view.history->at(locked.fact->computed);
    for (const auto& payment : payments) {
      if (payment.event->commit() != header.commit() || payment.fact->left_out) continue;
      out.push_back({payment.fact, std::get<TppRunComputed>(header.payload).computed_at,
                     locked.sequence(), ordered_after(view, locked.fact->run, locked.sequence())});
    }
  }
  return out;
}

std::vector<LockedPayment> locked_payments(const View& view, PersonId person, Month month) {
  std::vector<LockedPayment> out = locked_payments(view, person);
  std::erase_if(out, [&](const LockedPayment& p) { return p.payment->run.month != month; });
  return out;
}

bool regular_run_ordered(const View& view, UnitId unit, Month month) {
  for (const auto& locked : view.recorded<TppRunLocked>()) {
    const RunId& run = locked.fact->run;
    if (run.unit == unit && run.month == month && run.kind == RunKind::regular &&
        !reopened_after(view, run, locked.sequence()) &&
        ordered_after(view, run, locked.sequence()))
      return true;
  }
  return false;
}

// A correction counts as posted, in full, when the run that carries it is locked; reopening that
// run takes it back, its next lock posts anew.
Number posted_for(const View& view, PersonId person, Month month) {
  if (view.with(Mutation::posted_ignored)) return 0;
  Number total = 0;
  for (const auto& posted : view.recorded_of<TppCorrectionPosted>(person))
    if (posted.fact->for_month == month &&
        !reopened_after(view, posted.fact->run, posted.sequence()))
      total += posted.fact->amount.value;
  return total;
}

Number own_net(const View& view, const TppPaymentComputed& payment) {
  if (view.with(Mutation::settled_with_corrections)) return payment.net.value;
  Number total = 0;
  for (const PaymentLine& line : payment.lines) {
    const bool correction =
        line.kind == LineKind::positive_correction || line.kind == LineKind::negative_correction;
    if (!correction && !line.for_month) total += line.amount.value;
  }
  return total;
}

}  // namespace runut::oracle
