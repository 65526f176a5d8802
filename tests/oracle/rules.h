// A regulation document as the oracle reads it: the values, straight from the JSON text.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/vocabulary.h"
#include "tests/oracle/arithmetic.h"

namespace runut::oracle {

struct DayHours {
  Number start = 0;  // minute of the local day
  Number end = 0;
  Number minutes = 0;  // to report
};
using WeekHours = std::array<std::optional<DayHours>, 7>;  // Monday first; none: a free day

struct DeductionBand {
  Number from = 0;  // minutes, [from, until)
  std::optional<Number> until;
  Number bp = 0;
};

struct DocumentDeductionRule {
  std::string code;
  Number bp = 0;
  AmountBase base{};
  std::optional<Number> cap;
};

// One demand on a unit's people: those of its predicates together.
struct DistributionDemand {
  std::set<Predicate> predicates;
  std::optional<Number> at_most_bp, at_least_bp, persons_at_least;
};

struct Rules {
  std::string id;
  RoundingMode rounding = RoundingMode::half_up;
  // evaluation
  Number weight_result = 0;  // the weights that `opinion_360` selects
  Number weight_behaviour = 0;
  bool opinion_360 = false;
  Number relation_peer = 0, relation_subordinate = 0;  // the superior has the rest
  std::string several_assignments;
  // predicates; empty in the numeric regime
  bool by_predicate = false;
  std::map<Expectation, std::map<Expectation, Predicate>> quadrant;  // result, then behaviour
  bool unit_first = false;
  bool enforced = false;
  std::map<UnitPredicate, std::vector<DistributionDemand>> distribution;
  std::map<Predicate, Number> credit_shares;
  std::map<std::string, Number> credit_coefficients;
  std::map<Predicate, Number> predicate_bp;
  // ranking
  std::int32_t period_months = 6;
  bool ranking = false;
  Number share_above = 0, share_meets = 0, share_below = 0;
  Number delta_above = 0, delta_below = 0;
  std::string tail_rounding;
  std::string scope;
  std::size_t minimum_size = 0;
  std::vector<std::string> tie_keys;
  // work
  WeekHours schedule;
  int cutoff_day = 1;
  std::optional<Number> daily_cap;
  Number weight_productivity = 0, weight_discipline = 0;
  Number productivity_cap = 0;
  std::vector<DeductionBand> late, early;
  Number missing_in = 0, missing_out = 0, absent = 0;
  // TPP
  std::vector<Component> components;
  std::set<Component> factor_applies_to;
  std::optional<Number> acting_min_days;  // none: acting roles pay nothing
  Number acting_bp = 0;
  std::vector<LineKind> line_order;
  std::map<EmploymentStatus, Number> status_bp;
  std::map<LeaveKind, Number> leave_bp;
  bool tier_adjustment = false;
  std::string adjustment_base;  // gross, ceiling or a component
  std::optional<Number> disciplinary_bp, unit_sanction_bp, personal_sanction_bp;
  std::map<std::string, Number> tax_by_grade;
  std::vector<DocumentDeductionRule> deductions;
};

// The document must be one that the ledger would accept: anything else is a bug of the test.
[[nodiscard]] Rules read_rules(std::string_view document_text);

}  // namespace runut::oracle
