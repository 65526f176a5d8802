// What deductions are due on a month: the document's for every payee, then DeductionSets.
#include <fmt/format.h>

#include <algorithm>

#include "computation/tpp_internal.h"

namespace runut {
namespace {

bool covers(const DeductionFact& fact, Month month) {
  return fact.first <= month && (!fact.last || month <= *fact.last);
}

// Those for the person and those for the kind of employment on the last eligible day, or without
// one on the month's last day; by sequence.
std::vector<const DeductionFact*> set_deductions(const Facts& facts, const PersonMonth& month) {
  std::vector<const DeductionFact*> out;
  const PersonFacts& person = facts.person(month.person);
  const PersonDay* const last = month.last_eligible();
  const auto* status = person.status_on(last != nullptr ? last->day : last_day(month.month));
  for (const DeductionFact& fact : facts.agency().deductions)
    if (fact.sequence <= facts.known_at() && covers(fact, month.month) && status != nullptr &&
        fact.status == status->value)
      out.push_back(&fact);
  for (const DeductionFact& fact : person.deductions)
    if (covers(fact, month.month)) out.push_back(&fact);
  std::sort(out.begin(), out.end(), [](const DeductionFact* a, const DeductionFact* b) {
    return a->sequence < b->sequence;
  });
  return out;
}

template <class Recorder>
Status add_share_due(const PersonMonth& month, std::string_view code, BasisPoints rate,
                     AmountBase base_kind, std::optional<Rupiah> cap, Sequence cause, MonthPay& pay,
                     Recorder& recorder) {
  const Rupiah full = base_kind == AmountBase::gross ? pay.gross : pay.taxable;
  const Rupiah base = cap ? std::min(full, *cap) : full;
  DueDeduction due{std::string(code), {}, false, cause};
  RUNUT_ASSIGN(due.due.value, mul_div(base.value, rate.value, whole.value, month.rules->rounding));
  recorder.leaf(Quantity::deduction_base, due.due.value, Measure::rupiah, [&] {
    Note note;
    note.detail = due.code;
    note.formula = cap ? fmt::format("min({}, {}) × {} ÷ 10.000", grouped(full.value),
                                     grouped(cap->value), grouped(rate.value))
                       : fmt::format("{} × {} ÷ 10.000", grouped(full.value), grouped(rate.value));
    note.rounding = month.rules->rounding;
    note.rules = {month.rules.rule(Parameter::deductions)};
    note.events = {cause};
    return note;
  });
  pay.due.push_back(std::move(due));
  return {};
}

}  // namespace

namespace internal {

template <class Recorder>
Status add_due_deductions(const Facts& facts, const PersonMonth& month, MonthPay& pay,
                          Recorder& recorder) {
  for (const DocumentDeduction& one : month.rules->tpp.deductions)
    RUNUT_TRY(add_share_due(month, one.code, one.rate, one.base, one.cap, month.rules.regulation,
                            pay, recorder));
  for (const DeductionFact* fact : set_deductions(facts, month)) {
    if (!fact->amount) {
      RUNUT_TRY(add_share_due(month, fact->code, fact->rate.value_or(BasisPoints{}),
                              fact->base.value_or(AmountBase::taxable), fact->cap, fact->sequence,
                              pay, recorder));
      continue;
    }
    recorder.leaf(Quantity::deduction_base, fact->amount->value, Measure::rupiah, [&] {
      Note note;
      note.detail = fact->code;
      note.formula = grouped(fact->amount->value);
      note.events = {fact->sequence};
      return note;
    });
    pay.due.push_back({fact->code, *fact->amount, true, fact->sequence});
  }
  return {};
}

template Status add_due_deductions(const Facts&, const PersonMonth&, MonthPay&, NullRecorder&);
template Status add_due_deductions(const Facts&, const PersonMonth&, MonthPay&,
                                   DerivationRecorder&);

}  // namespace internal
}  // namespace runut
