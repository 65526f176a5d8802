// Adjustments and sanctions: each computed and rounded alone, never on a running amount.
#include <fmt/format.h>

#include <algorithm>

#include "computation/ranking.h"
#include "computation/tpp_internal.h"

namespace runut {
namespace {

bool lists(const AdjustmentFact& fact, Month month) {
  return std::find(fact.months.begin(), fact.months.end(), month) != fact.months.end();
}

// A ranking's adjustment: on in the month's document, and never turned off since its first month.
bool tiers_pay(const Facts& facts, const AdjustmentFact& fact, Month month) {
  for (const Month at : fact.months) {
    if (at > month) continue;
    const auto rules = payment_rules(facts, at);
    if (rules && !(*rules)->tpp.tier_adjustment) return false;
  }
  return true;
}

// Replaced from its successor's first month on.
bool superseded(const PersonFacts& person, const AdjustmentFact& fact, Month month) {
  return std::any_of(person.adjustments.begin(), person.adjustments.end(),
                     [&](const AdjustmentFact& other) {
                       return other.supersedes == fact.sequence && !other.months.empty() &&
                              *std::min_element(other.months.begin(), other.months.end()) <= month;
                     });
}

Rupiah adjustment_base(const PersonMonth& month, const MonthPay& pay) {
  const AdjustmentBase& base = month.rules->tpp.adjustment_base;
  switch (base.kind) {
    case AdjustmentBase::Kind::gross: return pay.gross;
    case AdjustmentBase::Kind::ceiling: return pay.eligible_total();
    case AdjustmentBase::Kind::component:
      for (const ComponentPay& one : pay.components)
        if (one.component == base.component) return one.earned;
      break;
  }
  return {};
}

// What set the rate of an adjustment: of a ranking's, the document it was published under.
AppliedRule rule_of(const Facts& facts, const PersonMonth& month, const AdjustmentFact& fact) {
  if (fact.cause == AdjustmentCause::personal_sanction)
    return month.rules.rule(Parameter::personal_sanction_bp);
  const GroupFact* const group = published_group(facts, fact.period, month.person);
  if (group != nullptr)
    if (const auto rules = ranking_rules(facts, group->published_on))
      return rules->rule(Parameter::tier_delta);
  return month.rules.rule(Parameter::tier_delta);
}

// amount = base × rate ÷ 10 000, as a node and, when it is not 0, a line.
template <class RatedBy, class Recorder>
Status add_share(const PersonMonth& month, Rupiah base, BasisPoints rate, Quantity quantity,
                 const RatedBy& rated_by, PaymentLine line, MonthPay& pay, Recorder& recorder) {
  RUNUT_ASSIGN(line.amount.value,
               mul_div(base.value, rate.value, whole.value, month.rules->rounding));
  line.causes = distinct(std::move(line.causes));
  recorder.leaf(quantity, line.amount.value, Measure::rupiah, [&] {
    Note note;
    note.detail = to_string(month.month);
    note.formula = fmt::format("{} × {} ÷ 10.000", grouped(base.value), grouped(rate.value));
    note.rounding = month.rules->rounding;
    note.rules = {rated_by()};
    if (quantity == Quantity::adjustment)
      note.rules.push_back(month.rules.rule(Parameter::adjustment_base));
    note.events = line.causes;
    return note;
  });
  if (line.amount.value != 0) pay.lines.push_back(std::move(line));
  return {};
}

}  // namespace

Period period_paid_in(const Rules& rules, Month month) {
  const std::int32_t months = rules->ranking.period_months;
  return {month - (month_of_year(month) - 1) % months - months, months};
}

std::vector<const AdjustmentFact*> adjustments_in(const Facts& facts, PersonId id, Month month) {
  const PersonFacts& person = facts.person(id);
  std::vector<const AdjustmentFact*> out;
  for (const AdjustmentFact& fact : person.adjustments) {
    if (!lists(fact, month) || superseded(person, fact, month)) continue;
    if (fact.cause == AdjustmentCause::ranking && !tiers_pay(facts, fact, month)) continue;
    std::erase_if(out, [&](const AdjustmentFact* other) { return other->cause == fact.cause; });
    out.push_back(&fact);
  }
  return out;
}

namespace internal {

// Readings: the predicate that was delivered for the directly preceding period, or what was made of
// it since, pays in each month of the following one, as a tier does; the rate is that of the paid
// month's document. Who was not delivered one gets no line, and neither does an annual predicate.
template <class Recorder>
Status add_predicate(const Facts& facts, const PersonMonth& month, Rupiah base, MonthPay& pay,
                     Recorder& recorder) {
  const Rules& rules = month.rules;
  if (!rules->tpp.predicate) return {};
  const Period period = period_paid_in(rules, month.month);
  const EvaluationFact* const evaluation = facts.person(month.person).evaluation(period);
  if (evaluation == nullptr || !evaluation->predicate()) return {};
  const BasisPoints rate =
      rules->tpp.predicate->at(static_cast<std::size_t>(*evaluation->predicate()) - 1);
  if (rate.value == 0) return {};
  PaymentLine line{
      LineKind::adjustment, {}, {}, {}, {rules.regulation, evaluation->standing()}, {}};
  if (rules->tpp.adjustment_base.kind == AdjustmentBase::Kind::component)
    line.component = rules->tpp.adjustment_base.component;
  return add_share(
      month, base, rate, Quantity::adjustment, [&] { return rules.rule(Parameter::predicate_bp); },
      std::move(line), pay, recorder);
}

template <class Recorder>
Status add_adjustments(const Facts& facts, const PersonMonth& month, MonthPay& pay,
                       Recorder& recorder) {
  const Rupiah base = adjustment_base(month, pay);
  for (const AdjustmentFact* fact : adjustments_in(facts, month.person, month.month)) {
    // Under rules as of another date their own word on tiers counts too.
    if (month.rules.hypothetical && fact->cause == AdjustmentCause::ranking &&
        !month.rules->tpp.tier_adjustment)
      continue;
    PaymentLine line{LineKind::adjustment,
                     {},
                     {},
                     {},
                     {month.rules.regulation, fact->sequence, fact->causation.value_or(Sequence{})},
                     {}};
    if (month.rules->tpp.adjustment_base.kind == AdjustmentBase::Kind::component)
      line.component = month.rules->tpp.adjustment_base.component;
    RUNUT_TRY(add_share(
        month, base, fact->delta, Quantity::adjustment,
        [&] { return rule_of(facts, month, *fact); }, std::move(line), pay, recorder));
  }
  return add_predicate(facts, month, base, pay, recorder);
}

template <class Recorder>
Status add_sanctions(const Facts& facts, const PersonMonth& month, MonthPay& pay,
                     Recorder& recorder) {
  const Rules& rules = month.rules;
  if (rules->tpp.unit_sanction)
    for (const UnitSanctionFact& fact : facts.agency().unit_sanctions) {
      if (fact.sequence > facts.known_at() || month.month < fact.first || fact.last < month.month ||
          !facts.agency().is_within(*pay.unit, fact.unit, month.last_eligible()->day,
                                    facts.known_at()))
        continue;
      RUNUT_TRY(add_share(
          month, pay.gross, *rules->tpp.unit_sanction, Quantity::unit_sanction,
          [&] { return rules.rule(Parameter::unit_sanction_bp); },
          {LineKind::unit_sanction, {}, {}, {}, {rules.regulation, fact.sequence}, {}}, pay,
          recorder));
    }
  if (rules->tpp.disciplinary)
    for (const DisciplinaryFact& fact : facts.person(month.person).sanctions) {
      if (month.month < fact.first || fact.last < month.month) continue;
      RUNUT_TRY(add_share(
          month, pay.gross, *rules->tpp.disciplinary, Quantity::disciplinary_sanction,
          [&] { return rules.rule(Parameter::disciplinary_bp); },
          {LineKind::disciplinary_sanction, {}, {}, {}, {rules.regulation, fact.sequence}, {}}, pay,
          recorder));
    }
  return {};
}

template Status add_adjustments(const Facts&, const PersonMonth&, MonthPay&, NullRecorder&);
template Status add_adjustments(const Facts&, const PersonMonth&, MonthPay&, DerivationRecorder&);
template Status add_sanctions(const Facts&, const PersonMonth&, MonthPay&, NullRecorder&);
template Status add_sanctions(const Facts&, const PersonMonth&, MonthPay&, DerivationRecorder&);

}  // namespace internal
}  // namespace runut
