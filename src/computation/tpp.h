// One person's month in rupiah up to the tax, and what deductions are due on it (rulebook
// section 3.5, steps 1 to 7). Carried amounts and corrections are laid on top in payment.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "computation/work.h"

namespace runut {

struct ComponentPay {
  Component component{};
  Rupiah ceiling;  // of the class on the last eligible day; of `acting` the share of it that pays
  Rupiah eligible;
  Rupiah earned;
};

// A deduction of the month itself, before anybody looked at what is left.
struct DueDeduction {
  std::string code;
  Rupiah due;          // >= 0
  bool fixed = false;  // an amount in rupiah, not a share of a base
  Sequence cause;      // DeductionSet, or the regulation event for the document's own
};

struct MonthPay {
  bool eligible = false;  // has an eligible day; without one everything below is zero or empty
  MonthWork work;
  std::optional<UnitId> unit;            // on the last eligible day
  std::vector<ComponentPay> components;  // in the document's order
  Rupiah gross;
  Rupiah taxable;
  std::vector<PaymentLine> lines;  // earned to tax, in the order of the rulebook
  std::vector<DueDeduction> due;   // the document's, then DeductionSets by sequence
  Rupiah left;                     // taxable - tax

  [[nodiscard]] Rupiah ceiling_total() const;
  [[nodiscard]] Rupiah eligible_total() const;
};

// Rejected: ceiling.missing, grade.missing, tax.no_rate and what person_month rejects.
//
// Choices where the rulebook is silent:
//  - Lines other than `earned` stand only when they are not 0.
//  - Two DeductionSets of one code both stand.
//  - Deductions of the month are due from somebody with an eligible day.
template <class Recorder>
[[nodiscard]] Result<MonthPay> compute_month_pay(const Facts& facts, const PersonMonth& month,
                                                 Counting counting, Recorder& recorder);

// The adjustments that pay in a month, in order of sequence: those that list it and are not
// superseded from their successor's first month on; of one cause the highest sequence. One caused
// by a ranking needs tier_adjustment in the month's document, and ends for good with the first of
// its months whose document has turned it off; one of another cause pays whatever tier_adjustment
// says.
[[nodiscard]] std::vector<const AdjustmentFact*> adjustments_in(const Facts& facts, PersonId person,
                                                                Month month);

// The period of the document's length that ended directly before the month's: its predicate pays in
// the month, where the document has predicate_bp.
[[nodiscard]] Period period_paid_in(const Rules& rules, Month month);

// The parameter whose clause and status a line of this person cites.
[[nodiscard]] Parameter cited_parameter(const PaymentLine& line, const PersonFacts& person);
// That parameter in the document; of a tax with the clause and status of the grade's rate.
[[nodiscard]] AppliedRule cited_rule(const Rules& rules, const PaymentLine& line,
                                     const PersonFacts& person);

}  // namespace runut
