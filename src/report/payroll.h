// The runs of a month as they stand, with their payments: what a treasurer's and a unit's report
// are made from.
#pragma once

#include "report/sources.h"

namespace runut::report {

// The computation that pays or would pay: the locked one, else the last one.
struct PaidRun {
  RunId run;
  const RunFact* fact = nullptr;
  const RunFact::Computed* computed = nullptr;
  bool locked = false;
  std::vector<const PaymentFact*> payments;  // by person, with those that it leaves out
};

// By unit, kind and number; with one unit: of that paying unit alone. Pointers live as long as the
// facts.
[[nodiscard]] std::vector<PaidRun> paid_runs(const Facts& facts, Month month,
                                             std::optional<UnitId> unit);

// computed, reopened, locked, ordered or confirmed.
[[nodiscard]] std::string_view state_of(const PaidRun& run);

// Rows of a report: "earned" and its component, "deduction" and its code; both signs of a
// correction are "correction".
[[nodiscard]] std::string line_name(LineKind kind);
[[nodiscard]] std::string line_of(const PaymentLine& line);
// Overflow is an error.
[[nodiscard]] Status add_to(Rupiah& sum, Rupiah amount);
// Σ of the payment's lines of that kind.
[[nodiscard]] Result<Rupiah> sum_of(const TppPaymentComputed& payment, LineKind kind);

}  // namespace runut::report
