#include "regulation/parameter.h"

#include "base/result.h"

namespace runut {
namespace {

using P = Parameter;
using A = AppliesBy;
using R = Regime;

constexpr ParameterSpec specs[] = {
    {P::evaluation_regime, "evaluation_regime", "name", A::decision},
    {P::opinion_360, "opinion_360", "flag", A::decision},
    {P::score_weights, "score_weights", "bp", A::decision},
    {P::relation_weights, "relation_weights", "bp", A::decision},
    {P::numeric_bands, "numeric_bands", "hundredths", A::decision},
    {P::several_assignments, "several_assignments", "name", A::decision},
    {P::objection_days, "objection_days", "days", A::fact},
    {P::predicate_quadrant, "predicate_quadrant", "name", A::decision, R::predicate},
    {P::unit_predicate_first, "unit_predicate_first", "flag", A::decision, R::predicate},
    {P::unit_predicate_signatories, "unit_predicate_signatories", "office", A::decision,
     R::predicate},
    {P::distribution_mode, "distribution_mode", "name", A::decision, R::predicate},
    {P::distribution, "distribution", "bp", A::decision, R::predicate},
    {P::credit_shares, "credit_shares", "bp", A::decision, R::predicate},
    {P::credit_coefficients, "credit_coefficients", "hundredths", A::decision, R::predicate},
    {P::ranking, "ranking", "flag", A::decision},
    {P::ranking_period, "ranking_period", "months", A::decision},
    {P::tiers, "tiers", "bp", A::decision},
    {P::tier_delta, "tier_delta", "bp", A::decision},
    {P::tail_rounding, "tail_rounding", "name", A::decision},
    {P::group_scope, "group_scope", "name", A::decision},
    {P::minimum_size, "minimum_size", "persons", A::decision},
    {P::tie_keys, "tie_keys", "name", A::decision},
    {P::tie_authority, "tie_authority", "office", A::decision},
    {P::ranking_signatories, "ranking_signatories", "office", A::decision},
    {P::schedule, "schedule", "minutes", A::payment_month},
    {P::approval_cutoff_day, "approval_cutoff_day", "day", A::payment_month},
    {P::daily_cap_minutes, "daily_cap_minutes", "minutes", A::payment_month},
    {P::factor_weights, "factor_weights", "bp", A::payment_month},
    {P::productivity_cap, "productivity_cap", "bp", A::payment_month},
    {P::late_bands, "late_bands", "bp", A::payment_month},
    {P::early_bands, "early_bands", "bp", A::payment_month},
    {P::missing_in, "missing_in", "bp", A::payment_month},
    {P::missing_out, "missing_out", "bp", A::payment_month},
    {P::absent, "absent", "bp", A::payment_month},
    {P::components, "components", "name", A::payment_month},
    {P::factor_applies_to, "factor_applies_to", "name", A::payment_month},
    {P::line_order, "line_order", "name", A::payment_month},
    {P::status_bp, "status_bp", "bp", A::payment_month},
    {P::leave_bp, "leave_bp", "bp", A::payment_month},
    {P::tier_adjustment, "tier_adjustment", "flag", A::payment_month},
    {P::adjustment_base, "adjustment_base", "name", A::payment_month},
    {P::disciplinary_bp, "disciplinary_bp", "bp", A::payment_month},
    {P::unit_sanction_bp, "unit_sanction_bp", "bp", A::payment_month},
    {P::personal_sanction_bp, "personal_sanction_bp", "bp", A::payment_month},
    {P::acting_rule, "acting_rule", "bp", A::payment_month},
    {P::predicate_bp, "predicate_bp", "bp", A::payment_month},
    {P::tax_by_grade, "tax_by_grade", "bp", A::payment_month},
    {P::deductions, "deductions", "bp", A::payment_month},
    // A ranking rounds by its own document, like everything it reads.
    {P::number_rounding, "number_rounding", "name", A::payment_month},
    {P::separation_of_duties, "separation_of_duties", "flag", A::decision},
    {P::lock_signatories, "lock_signatories", "office", A::decision},
    {P::merit_categories, "merit_categories", "points", A::fact},
    {P::senior_post_terms, "senior_post_terms", "years", A::decision},
    {P::applies_by, "applies_by", "name", A::fact},
};
static_assert(std::size(specs) == parameter_count);

constexpr bool in_order() {
  for (std::size_t i = 0; i < parameter_count; ++i)
    if (static_cast<std::size_t>(specs[i].parameter) != i) return false;
  return true;
}
static_assert(in_order());

}  // namespace

std::span<const ParameterSpec, parameter_count> parameter_specs() {
  return specs;
}

const ParameterSpec& spec_of(Parameter parameter) {
  const auto index = static_cast<std::size_t>(parameter);
  RUNUT_CHECK(index < parameter_count, "parameter out of range");
  return specs[index];
}

std::string_view to_string(Parameter parameter) {
  return spec_of(parameter).name;
}

}  // namespace runut
