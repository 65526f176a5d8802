// The closed list of parameters that a regulation document states, and what each must say about
// itself. Computation cites a parameter, explain prints its provenance.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "regulation/terms.h"

namespace runut {

enum class Parameter : std::uint8_t {
  evaluation_regime,
  opinion_360,
  score_weights,
  relation_weights,
  numeric_bands,
  several_assignments,
  objection_days,
  predicate_quadrant,
  unit_predicate_first,
  unit_predicate_signatories,
  distribution_mode,
  distribution,
  credit_shares,
  credit_coefficients,
  ranking,
  ranking_period,
  tiers,
  tier_delta,
  tail_rounding,
  group_scope,
  minimum_size,
  tie_keys,
  tie_authority,
  ranking_signatories,
  schedule,
  approval_cutoff_day,
  daily_cap_minutes,
  factor_weights,
  productivity_cap,
  late_bands,
  early_bands,
  missing_in,
  missing_out,
  absent,
  components,
  factor_applies_to,
  line_order,
  status_bp,
  leave_bp,
  tier_adjustment,
  adjustment_base,
  disciplinary_bp,
  unit_sanction_bp,
  personal_sanction_bp,
  acting_rule,
  predicate_bp,
  tax_by_grade,
  deductions,
  number_rounding,
  separation_of_duties,
  lock_signatories,
  merit_categories,
  senior_post_terms,
  applies_by,
};
inline constexpr std::size_t parameter_count = static_cast<std::size_t>(Parameter::applies_by) + 1;

struct ParameterSpec {
  Parameter parameter;
  std::string_view name;  // in the document
  std::string_view unit;  // that the document must state: "bp", "minutes", …, "name", "flag"
  AppliesBy applies_by;   // that the document must state (rulebook section 3, Which rules apply)
  // The only regime whose documents state it, and they must; unspecified: every document.
  Regime regime = Regime::unspecified;
};

// In the order of the enumeration.
[[nodiscard]] std::span<const ParameterSpec, parameter_count> parameter_specs();
[[nodiscard]] const ParameterSpec& spec_of(Parameter parameter);
[[nodiscard]] std::string_view to_string(Parameter parameter);

// Where a value comes from; every parameter of every document has one.
struct Provenance {
  std::string source;  // regulation, practice or article of news
  std::string clause;  // "Perwali Kediri 31/2022"
  ValueStatus status{};
  friend bool operator==(const Provenance&, const Provenance&) = default;
};

}  // namespace runut
