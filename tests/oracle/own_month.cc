#include "tests/oracle/own_month.h"

#include <fmt/format.h>

#include <algorithm>

#include "tests/oracle/predicates.h"

namespace runut::oracle {
namespace {

// 3.5 (9): the ceilings of the acted post on a day, all components together; 0 without a role that
// is paid.
Number acted_ceiling(const View& view, const Rules& rules, PersonId person, const WorkDay& day,
                     OwnMonth& out) {
  const auto role = paid_acting_role_on(view, rules, person, day.date);
  if (!role) return 0;
  const Assignment& priced = view.with(Mutation::acting_own_ceiling) ? *day.assignment : *role;
  Number sum = 0;
  for (const Component component : rules.components) {
    if (component == Component::acting) continue;
    if (const auto amount = ceiling(view, component, priced, day.date))
      sum += *amount;
    else
      out.problems.push_back(fmt::format("{} {}: no ceiling of the acted post", to_string(person),
                                         to_string(day.date)));
  }
  return sum;
}

// 3.5 (2) and (9): one product a day, summed, divided and rounded once.
Number eligible_amount(const View& view, const Rules& rules, PersonId person, Month month,
                       Component component, OwnMonth& out) {
  Wide sum = 0;
  for (const WorkDay& day : out.work.days) {
    if (!day.eligible) continue;
    const auto amount = component == Component::acting
                            ? std::optional(acted_ceiling(view, rules, person, day, out))
                            : ceiling(view, component, *day.assignment, day.date);
    if (!amount) {
      out.problems.push_back(fmt::format("{} {}: no ceiling of {} for class {}", to_string(person),
                                         to_string(day.date), to_string(component),
                                         day.assignment->job_class));
      continue;
    }
    Number status_bp = rules.status_bp.at(*day.status);
    if (view.with(Mutation::status_bp_ignored)) status_bp = whole_bp;
    Number leave_bp = whole_bp;
    if (day.leave && !view.with(Mutation::leave_bp_ignored)) {
      const auto priced = rules.leave_bp.find(*day.leave);
      if (priced == rules.leave_bp.end())
        out.problems.push_back(
            fmt::format("{} {}: leave without a price", to_string(person), to_string(day.date)));
      else
        leave_bp = priced->second;
    }
    sum += Wide{*amount} * status_bp * leave_bp;
  }
  Number divisor = out.work.working_days;
  if (view.with(Mutation::calendar_days_prorate)) divisor = days_in(month);
  if (divisor == 0) return 0;
  if (component != Component::acting) return view.divide(sum, Wide{divisor} * 100'000'000, rules);
  const Number share = view.with(Mutation::acting_whole_ceiling) ? whole_bp : rules.acting_bp;
  return view.divide(sum * share, Wide{divisor} * 100'000'000 * whole_bp, rules);
}

// 3.5 (6): every sanction is computed and rounded alone on `gross`.
void add_sanctions(const View& view, const Rules& rules, PersonId person, Month month,
                   Number running, OwnMonth& out) {
  const Number base = view.with(Mutation::sanction_on_running_amount) ? running : out.gross;
  if (out.unit && rules.unit_sanction_bp) {
    std::vector<UnitId> units = upward(view, *out.unit, last_eligible(out.work.days)->date);
    if (view.with(Mutation::unit_sanction_own_unit_only)) units.resize(1);
    for (const auto& sanction : view.all<UnitSanctionImposed>()) {
      const bool here = std::find(units.begin(), units.end(), sanction.fact->unit) != units.end();
      if (here && sanction.fact->first <= month && month <= sanction.fact->last)
        out.lines.push_back({LineKind::unit_sanction,
                             {},
                             "",
                             view.divide(Wide{base} * *rules.unit_sanction_bp, whole_bp, rules),
                             {}});
    }
  }
  if (!rules.disciplinary_bp) return;
  for (const auto& sanction : view.of<DisciplinarySanctionImposed>(person)) {
    Month end = sanction.fact->first_month + static_cast<int>(sanction.fact->months);
    for (const auto& cancelled : view.of<DisciplinarySanctionCancelled>(person))
      if (cancelled.fact->sanction == sanction.sequence() &&
          !view.with(Mutation::cancellation_ignored))
        end = std::min(end, cancelled.fact->from_month);
    if (month < sanction.fact->first_month || month >= end) continue;
    out.lines.push_back({LineKind::disciplinary_sanction,
                         {},
                         "",
                         view.divide(Wide{base} * *rules.disciplinary_bp, whole_bp, rules),
                         {}});
    if (view.with(Mutation::second_sanction_ignored)) break;
  }
}

void add_adjustments(const View& view, const Rules& rules, PersonId person, Month month,
                     OwnMonth& out) {
  Number base = out.gross;
  std::optional<Component> of_component;
  if (rules.adjustment_base == "ceiling") {
    base = out.ceilings;
  } else if (rules.adjustment_base != "gross") {
    of_component = enum_from<Component>(rules.adjustment_base);
    RUNUT_CHECK(of_component.has_value(), "an unknown adjustment base");
    base = 0;
    for (const Line& line : out.lines)
      if (line.component == of_component) base = line.amount;
  }
  for (const Adjustment& adjustment : adjustments_in(view, rules, person, month))
    out.lines.push_back({LineKind::adjustment,
                         of_component,
                         "",
                         view.divide(Wide{base} * adjustment.delta, whole_bp, rules),
                         {}});
  // 3.3: `predicate_bp`. Reading: of the quarter (the document's period) that ended directly
  // before.
  if (rules.predicate_bp.empty() || view.with(Mutation::predicate_never_pays)) return;
  Month first = month;
  while ((month_of_year(first) - 1) % rules.period_months != 0) first = first + -1;
  if (!view.with(Mutation::predicate_pays_its_own_period)) first = first + -rules.period_months;
  const auto told = told_predicate(view, person, Period{first, rules.period_months});
  if (told)
    out.lines.push_back({LineKind::adjustment,
                         of_component,
                         "",
                         view.divide(Wide{base} * rules.predicate_bp.at(*told), whole_bp, rules),
                         {}});
}

// The document's for every payee, then DeductionSet in the order recorded. Readings (3.5 (7)): the
// kind of employment is that of the last eligible day, else of the month's last day; two
// DeductionSets of one code both stand unless one supersedes the other.
void want_deductions(const View& view, const Rules& rules, PersonId person, Month month,
                     OwnMonth& out) {
  const auto share = [&](Number bp, AmountBase base, std::optional<Number> cap) {
    Number of = base == AmountBase::gross ? out.gross : out.taxable;
    if (cap && !view.with(Mutation::deduction_cap_ignored)) of = std::min(of, *cap);
    return view.divide(Wide{of} * bp, whole_bp, rules);
  };
  for (const DocumentDeductionRule& rule : rules.deductions)
    out.deductions.push_back({rule.code, share(rule.bp, rule.base, rule.cap), false, Sequence{}});

  const WorkDay* last = last_eligible(out.work.days);
  const auto status = last ? last->status : status_on(view, person, last_day(month));
  for (const auto& set : view.all<DeductionSet>()) {
    const DeductionSet& d = *set.fact;
    if (d.person && *d.person != person) continue;
    if (d.status && d.status != status) continue;
    if (month < d.first || (d.last && month > *d.last)) continue;
    const std::optional<Number> cap = d.cap ? std::optional(d.cap->value) : std::nullopt;
    if (d.amount)
      out.deductions.push_back({d.code, d.amount->value, true, set.sequence()});
    else if (d.rate && d.base)
      out.deductions.push_back({d.code, share(d.rate->value, *d.base, cap), false, set.sequence()});
  }
}

Number tax_rate(const View& view, const Rules& rules, PersonId person, const WorkDay* last,
                OwnMonth& out) {
  if (last == nullptr) return 0;  // nothing was earned
  const auto grade = grade_on(view, person, last->date);
  const auto rate = grade ? rules.tax_by_grade.find(*grade) : rules.tax_by_grade.end();
  if (rate == rules.tax_by_grade.end()) {
    out.problems.push_back(
        fmt::format("{}: no tax rate for grade {}", to_string(person), grade.value_or("(none)")));
    return 0;
  }
  return rate->second;
}

}  // namespace

std::optional<Number> ceiling(const View& view, Component component, const Assignment& assignment,
                              Date day) {
  const Month month = month_of(day);
  const auto sets = view.all<TppCeilingSet>();
  // Of those that match a level: the latest effective, then the highest sequence.
  const auto latest = [&](auto&& matches) -> const TppCeilingSet* {
    const TppCeilingSet* holds = nullptr;
    for (const auto& set : sets) {
      const TppCeilingSet& c = *set.fact;
      if (c.component != component || c.job_class != assignment.job_class) continue;
      if (c.effective > month || !matches(c)) continue;
      if (holds == nullptr || c.effective >= holds->effective) holds = &c;
    }
    return holds;
  };
  std::vector<const TppCeilingSet*> levels;  // narrowest first
  const std::vector<UnitId> units = upward(view, assignment.unit, day);
  for (const UnitId unit : units)
    levels.push_back(latest([&](const TppCeilingSet& c) {
      return c.unit == unit && c.post && *c.post == assignment.post;
    }));
  for (const UnitId unit : units)
    levels.push_back(latest([&](const TppCeilingSet& c) { return c.unit == unit && !c.post; }));
  levels.push_back(latest([&](const TppCeilingSet& c) { return !c.unit && !c.post; }));
  if (view.with(Mutation::class_ceiling_first)) std::reverse(levels.begin(), levels.end());
  for (const TppCeilingSet* level : levels)
    if (level != nullptr) return level->amount.value;
  return std::nullopt;
}

// 3.5 (5). A superseding adjustment replaces the one that it names from its own first listed month
// on. Reading: one of cause `ranking` pays in a listed month only while that month's document has
// `tier_adjustment` ("one that turns it off ends it from its first month"); others always do.
std::vector<Adjustment> adjustments_in(const View& view, const Rules& rules, PersonId person,
                                       Month month) {
  const auto all = view.recorded_of<TppAdjustmentDecided>(person);
  const auto replaced = [&](Sequence sequence) {
    for (const auto& later : all) {
      const auto& months = later.fact->months;
      if (later.event->supersedes == sequence && !months.empty() &&
          month >= *std::min_element(months.begin(), months.end()))
        return !view.with(Mutation::superseded_adjustment_pays);
    }
    return false;
  };
  std::vector<Adjustment> out;
  for (const AdjustmentCause cause :
       {AdjustmentCause::ranking, AdjustmentCause::personal_sanction}) {
    if (cause == AdjustmentCause::ranking && !rules.tier_adjustment &&
        !view.with(Mutation::tier_flag_ignored))
      continue;
    std::optional<Adjustment> one;
    for (const auto& decided : all) {
      const auto& months = decided.fact->months;
      if (decided.fact->cause != cause || replaced(decided.sequence())) continue;
      if (std::find(months.begin(), months.end(), month) == months.end()) continue;
      if (view.with(Mutation::superseded_adjustment_pays) && one) continue;
      one = Adjustment{cause, decided.fact->delta.value, decided.sequence()};
    }
    if (one) out.push_back(*one);
  }
  return out;
}

std::optional<UnitId> paying_unit_in(const View& view, const Rules& rules, PersonId person,
                                     Month month) {
  const std::vector<WorkDay> days = month_days(view, rules, person, month);
  if (view.with(Mutation::paying_unit_of_first_day)) {
    for (const WorkDay& day : days)
      if (day.eligible) return paying_unit_of(view, day.assignment->unit, day.date);
  }
  if (const WorkDay* last = last_eligible(days))
    return paying_unit_of(view, last->assignment->unit, last->date);
  std::optional<Assignment> latest;
  for (const Assignment& a : assignments(view, person))
    if (a.from <= last_day(month) && (!latest || a.from >= latest->from)) latest = a;
  return latest ? paying_unit_of(view, latest->unit, last_day(month)) : std::nullopt;
}

OwnMonth own_month(const View& view, const Rules& rules, PersonId person, Month month,
                   Cutoffs cutoffs) {
  OwnMonth out;
  out.work = month_work(view, rules, person, month, cutoffs);
  const WorkDay* last = last_eligible(out.work.days);
  if (last != nullptr) {
    out.unit = last->assignment->unit;
    for (const Component component : rules.components) {
      const Number eligible = eligible_amount(view, rules, person, month, component, out);
      Number earned = eligible;
      if (rules.factor_applies_to.contains(component) || view.with(Mutation::factor_on_everything))
        earned = view.divide(Wide{eligible} * out.work.performance_factor, whole_bp, rules);
      out.ceilings += eligible;
      out.gross += earned;
      out.lines.push_back({LineKind::earned, component, "", earned, {}});
    }
  }
  add_adjustments(view, rules, person, month, out);
  const auto sum = [&] {
    Number total = 0;
    for (const Line& line : out.lines) total += line.amount;
    return total;
  };
  add_sanctions(view, rules, person, month, sum(), out);

  const Number before_tax = sum();
  out.taxable = std::max<Number>(0, before_tax);
  if (before_tax < 0) out.lines.push_back({LineKind::shortfall, {}, "", -before_tax, {}});
  want_deductions(view, rules, person, month, out);

  Number taxed = out.taxable;
  if (view.with(Mutation::tax_on_gross)) taxed = out.gross;
  if (view.with(Mutation::deduction_before_tax)) {
    for (const WantedDeduction& wanted : out.deductions) taxed -= wanted.amount;
    taxed = std::max<Number>(0, taxed);
  }
  out.tax = view.divide(Wide{taxed} * tax_rate(view, rules, person, last, out), whole_bp, rules);
  out.lines.push_back({LineKind::tax, {}, "", -out.tax, {}});
  // Reading (3.5 (8), "earned, one a component, also 0"): no other line is written for 0 rupiah.
  std::erase_if(out.lines,
                [](const Line& l) { return l.kind != LineKind::earned && l.amount == 0; });
  return out;
}

}  // namespace runut::oracle
