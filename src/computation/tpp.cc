#include "computation/tpp.h"

#include <fmt/format.h>

#include <algorithm>

#include "computation/day_terms.h"
#include "computation/tpp_internal.h"

namespace runut {
namespace {

// The ceiling of one component on a day, with the event that set it.
Result<const CeilingFact*> ceiling_on(const Facts& facts, const PersonMonth& month,
                                      const PersonDay& day, Component component) {
  const AssignmentFact& assignment = *day.assignment;
  const CeilingFact* found = facts.agency().ceiling(
      component, assignment.job_class, assignment.unit, assignment.post, day.day, facts.known_at());
  if (found == nullptr)
    return reject(
        "ceiling.missing", "component",
        fmt::format("{}, kelas {}", to_string(component), assignment.job_class),
        fmt::format("no ceiling covers {} in {} for {}; 0 must be written",
                    to_string(assignment.unit), to_string(month.month), to_string(month.person)));
  return found;
}

// Standing facts that the days of the month rest on; reports and records are in the derivation.
std::vector<Sequence> standing_events(const PersonMonth& month) {
  std::vector<Sequence> events = {month.rules.regulation};
  for (const PersonDay& day : month.days) {
    if (!day.eligible()) continue;
    events.push_back(day.assignment->started);
    events.push_back(day.status_event);
    if (day.leave != nullptr) events.push_back(day.leave->sequence);
  }
  return distinct(std::move(events));
}

template <class Recorder>
Result<internal::EligiblePay> eligible_of(const Facts& facts, const PersonMonth& month,
                                          Component component,
                                          const std::vector<Sequence>& standing,
                                          Recorder& recorder) {
  recorder.open(Quantity::eligible);
  const Rules& rules = month.rules;
  Int128 numerator = 0;
  const CeilingFact* ceiling = nullptr;
  const AssignmentFact* priced = nullptr;
  Date priced_on;
  internal::EligiblePay out{{component, {}, {}, {}}, {}};
  DayTerms terms;
  for (const PersonDay& day : month.days) {
    if (!day.eligible()) continue;
    // Of one assignment the ceiling changes within a month only where its unit's tree does.
    if (day.assignment != priced ||
        facts.agency().tree_changes(priced_on, day.day, facts.known_at())) {
      RUNUT_ASSIGN(ceiling, ceiling_on(facts, month, day, component));
      priced = day.assignment;
      out.events.push_back(ceiling->sequence);
      recorder.leaf(Quantity::ceiling, ceiling->amount.value, Measure::rupiah, [&] {
        Note note;
        note.detail = fmt::format("{} kelas {}", to_string(component), priced->job_class);
        note.rules = {rules.rule(Parameter::components)};
        note.events = {ceiling->sequence};
        return note;
      });
    }
    priced_on = day.day;
    numerator +=
        static_cast<Int128>(ceiling->amount.value) * day.status_rate.value * day.leave_rate.value;
    if constexpr (Recorder::records)
      terms.add({ceiling->amount.value, day.status_rate.value, day.leave_rate.value});
  }
  out.pay.ceiling = ceiling->amount;
  const Int128 denominator = static_cast<Int128>(month.working_days) * whole.value * whole.value;
  RUNUT_ASSIGN(out.pay.eligible.value, divide(numerator, denominator, rules->rounding));
  recorder.close(out.pay.eligible.value, Measure::rupiah, [&] {
    Note note;
    note.detail = to_string(component);
    note.formula = fmt::format("({}) ÷ ({} × 100.000.000)", terms.text(), month.working_days);
    note.rounding = rules->rounding;
    note.rules = {rules.rule(Parameter::status_bp), rules.rule(Parameter::leave_bp)};
    note.events = standing;
    const auto& separation = facts.person(month.person).separation;
    if (separation && month_of(separation->last_day) == month.month)
      note.events.push_back(separation->sequence);
    note.events = distinct(std::move(note.events));
    return note;
  });
  return out;
}

template <class Recorder>
Result<ComponentPay> compute_component(const Facts& facts, const PersonMonth& month,
                                       Component component, BasisPoints factor,
                                       const std::vector<Sequence>& standing, MonthPay& pay,
                                       Recorder& recorder) {
  recorder.open(Quantity::earned);
  const Rules& rules = month.rules;
  RUNUT_ASSIGN(const internal::EligiblePay eligible,
               component == Component::acting
                   ? internal::eligible_of_acting(facts, month, standing, recorder)
                   : eligible_of(facts, month, component, standing, recorder));
  ComponentPay out = eligible.pay;
  const auto& listed = rules->tpp.factor_applies_to;
  const bool scaled = std::find(listed.begin(), listed.end(), component) != listed.end();
  out.earned = out.eligible;
  if (scaled) {
    RUNUT_ASSIGN(out.earned.value,
                 mul_div(out.eligible.value, factor.value, whole.value, rules->rounding));
  }
  recorder.close(out.earned.value, Measure::rupiah, [&] {
    Note note;
    note.detail = to_string(component);
    note.formula =
        scaled ? fmt::format("{} × {} ÷ 10.000", grouped(out.eligible.value), grouped(factor.value))
               : grouped(out.eligible.value);
    if (scaled) note.rounding = rules->rounding;
    note.rules = {rules.rule(Parameter::factor_applies_to)};
    return note;
  });
  std::vector<Sequence> causes = standing;
  causes.insert(causes.end(), eligible.events.begin(), eligible.events.end());
  pay.lines.push_back(
      {LineKind::earned, component, {}, out.earned, distinct(std::move(causes)), {}});
  return out;
}

template <class Recorder>
Status compute_tax(const Facts& facts, const PersonMonth& month, MonthPay& pay,
                   Recorder& recorder) {
  const Rules& rules = month.rules;
  std::int64_t sum = 0;
  for (const PaymentLine& line : pay.lines) {
    RUNUT_ASSIGN(sum, checked_add(sum, line.amount.value));
  }
  if (sum < 0) {
    const Rupiah lift{-sum};
    recorder.leaf(Quantity::shortfall, lift.value, Measure::rupiah, [&] {
      Note note;
      note.formula = fmt::format("0 − ({})", grouped(sum));
      note.rules = {rules.rule(Parameter::line_order)};
      return note;
    });
    std::vector<Sequence> causes;
    for (const PaymentLine& line : pay.lines)
      if (line.amount.value < 0)
        causes.insert(causes.end(), line.causes.begin(), line.causes.end());
    pay.lines.push_back({LineKind::shortfall, {}, {}, lift, distinct(std::move(causes)), {}});
  }
  pay.taxable = Rupiah{std::max<std::int64_t>(0, sum)};
  const Date on = month.last_eligible()->day;
  const auto* grade = facts.person(month.person).grade_on(on);
  if (grade == nullptr)
    return reject("grade.missing", "person", to_string(month.person),
                  fmt::format("no grade is known on {}, so there is no tax rate", to_string(on)));
  const auto rate = rules->tpp.tax_by_grade.find(grade->value);
  if (rate == rules->tpp.tax_by_grade.end())
    return reject("tax.no_rate", "tax_by_grade", grade->value,
                  fmt::format("{} has no rate for the grade of {}", rules->header.id,
                              to_string(month.person)));
  recorder.leaf(Quantity::taxable, pay.taxable.value, Measure::rupiah, [&] {
    Note note;
    for (const PaymentLine& line : pay.lines)
      if (line.kind != LineKind::shortfall)
        note.formula +=
            fmt::format("{}{}", note.formula.empty() ? "" : " + ", grouped(line.amount.value));
    note.formula = fmt::format("max(0, {})", note.formula);
    note.rules = {rules.tax_rule(grade->value)};
    return note;
  });

  RUNUT_ASSIGN(const std::int64_t tax,
               mul_div(pay.taxable.value, rate->second.value, whole.value, rules->rounding));
  recorder.leaf(Quantity::tax, -tax, Measure::rupiah, [&] {
    Note note;
    note.detail = grade->value;
    note.formula =
        fmt::format("−{} × {} ÷ 10.000", grouped(pay.taxable.value), grouped(rate->second.value));
    note.rounding = rules->rounding;
    note.rules = {rules.tax_rule(grade->value)};
    note.events = {grade->sequence};
    return note;
  });
  if (tax != 0)
    pay.lines.push_back(
        {LineKind::tax, {}, {}, Rupiah{-tax}, distinct({rules.regulation, grade->sequence}), {}});
  pay.left = Rupiah{pay.taxable.value - tax};
  return {};
}

}  // namespace

Rupiah MonthPay::ceiling_total() const {
  Rupiah sum;
  for (const ComponentPay& component : components) sum.value += component.ceiling.value;
  return sum;
}

Rupiah MonthPay::eligible_total() const {
  Rupiah sum;
  for (const ComponentPay& component : components) sum.value += component.eligible.value;
  return sum;
}

template <class Recorder>
Result<MonthPay> compute_month_pay(const Facts& facts, const PersonMonth& month, Counting counting,
                                   Recorder& recorder) {
  MonthPay pay;
  const PersonDay* last = month.last_eligible();
  if (last == nullptr) return pay;
  pay.eligible = true;
  pay.unit = last->assignment->unit;
  RUNUT_ASSIGN(pay.work, compute_work(facts, month, counting, recorder));
  const std::vector<Sequence> standing = standing_events(month);
  recorder.open(Quantity::gross);
  for (const Component component : month.rules->tpp.components) {
    RUNUT_ASSIGN(const ComponentPay one, compute_component(facts, month, component, pay.work.factor,
                                                           standing, pay, recorder));
    pay.components.push_back(one);
    RUNUT_ASSIGN(pay.gross.value, checked_add(pay.gross.value, one.earned.value));
  }
  recorder.close(pay.gross.value, Measure::rupiah, [&] {
    Note note;
    for (const ComponentPay& one : pay.components)
      note.formula +=
          fmt::format("{}{}", note.formula.empty() ? "" : " + ", grouped(one.earned.value));
    note.rules = {month.rules.rule(Parameter::components)};
    return note;
  });
  RUNUT_TRY(internal::add_adjustments(facts, month, pay, recorder));
  RUNUT_TRY(internal::add_sanctions(facts, month, pay, recorder));
  RUNUT_TRY(compute_tax(facts, month, pay, recorder));
  RUNUT_TRY(internal::add_due_deductions(facts, month, pay, recorder));
  return pay;
}

Parameter cited_parameter(const PaymentLine& line, const PersonFacts& person) {
  switch (line.kind) {
    case LineKind::earned:
      return line.component == Component::acting ? Parameter::acting_rule
                                                 : Parameter::factor_applies_to;
    case LineKind::adjustment:
      for (const AdjustmentFact& fact : person.adjustments)
        if (fact.cause == AdjustmentCause::personal_sanction &&
            std::find(line.causes.begin(), line.causes.end(), fact.sequence) != line.causes.end())
          return Parameter::personal_sanction_bp;
      return Parameter::tier_delta;
    case LineKind::unit_sanction: return Parameter::unit_sanction_bp;
    case LineKind::disciplinary_sanction: return Parameter::disciplinary_bp;
    case LineKind::tax: return Parameter::tax_by_grade;
    case LineKind::deduction: return Parameter::deductions;
    default: return Parameter::line_order;
  }
}

AppliedRule cited_rule(const Rules& rules, const PaymentLine& line, const PersonFacts& person) {
  // The line names the event that gave the grade.
  if (line.kind == LineKind::tax)
    for (const DatedFact<std::string>& grade : person.grades)
      if (std::find(line.causes.begin(), line.causes.end(), grade.sequence) != line.causes.end())
        return rules.tax_rule(grade.value);
  return rules.rule(cited_parameter(line, person));
}

template Result<MonthPay> compute_month_pay(const Facts&, const PersonMonth&, Counting,
                                            NullRecorder&);
template Result<MonthPay> compute_month_pay(const Facts&, const PersonMonth&, Counting,
                                            DerivationRecorder&);

}  // namespace runut
