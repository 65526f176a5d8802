// One person's payment in a run: the month's own lines, what is carried over, and corrections.
#pragma once

#include "computation/correction.h"
#include "domain/correction_code.h"
#include "domain/events_tpp.h"

namespace runut {

inline constexpr std::uint32_t computation_version = 1;

// Outstanding amounts of the person's latest locked regular run, oldest month first.
struct Carried {
  Outstanding rest;
  Sequence payment;  // event that listed it
  [[nodiscard]] bool is_correction() const { return rest.code == correction_code; }
};
[[nodiscard]] std::vector<Carried> carried_amounts(const Facts& facts, PersonId person);

struct ComputedPayment {
  TppPaymentComputed payment;
  std::vector<Settlement> posted;  // to be posted in the commit of the lock
  MonthPay pay;                    // the month's own part
};

// A regular run's payment for somebody whom it pays, or the reason why it leaves them out (then
// there are no lines): paid_by_other_unit, paid_already, not_eligible_status, no_eligible_day,
// nothing_to_pay.
//
// Takings, in order: carried deductions, the month's own deductions, carried negative corrections,
// new ones. The month's own deductions take its own lines first, everything else positive
// corrections first. What is carried, or taken out of a correction, is a line of its own that names
// its month.
template <class Recorder>
[[nodiscard]] Result<ComputedPayment> compute_regular_payment(const Facts& facts, const RunId& run,
                                                              PersonId person, Recorder& recorder,
                                                              const RulesOptions& options = {});

// A correction run's payment: the positive difference of its own month, nothing else.
template <class Recorder>
[[nodiscard]] Result<ComputedPayment> compute_correction_payment(const Facts& facts,
                                                                 const RunId& run, PersonId person,
                                                                 Recorder& recorder);

// Either, by the run's kind. `options` may ask for the month's rules as of another date
// (section 3.6): hypothetical, and marked so in every rule of the derivation; settlements of other
// months keep theirs.
template <class Recorder>
[[nodiscard]] Result<ComputedPayment> compute_payment(const Facts& facts, const RunId& run,
                                                      PersonId person, Recorder& recorder,
                                                      const RulesOptions& options = {});

}  // namespace runut
