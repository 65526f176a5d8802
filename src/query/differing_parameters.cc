#include "query/differing_parameters.h"

namespace runut {
namespace {

struct Compared {
  Parameter parameter;
  bool pays;   // a month's pay reads it
  bool ranks;  // a ranking reads it
  bool differs;
};

std::vector<Compared> compare(const Document& a, const Document& b) {
  const auto pay = [](Parameter parameter, bool equal) {
    return Compared{parameter, true, false, !equal};
  };
  const auto rank = [](Parameter parameter, bool equal) {
    return Compared{parameter, false, true, !equal};
  };
  const EvaluationRules &ae = a.evaluation, &be = b.evaluation;
  const RankingRules &ar = a.ranking, &br = b.ranking;
  const WorkRules &aw = a.work, &bw = b.work;
  const TppRules &at = a.tpp, &bt = b.tpp;
  return {
      rank(Parameter::evaluation_regime, ae.regime == be.regime),
      rank(Parameter::opinion_360, ae.opinion_360 == be.opinion_360),
      rank(Parameter::score_weights, ae.weights() == be.weights()),
      rank(Parameter::relation_weights, ae.relations == be.relations),
      rank(Parameter::several_assignments, ae.several_assignments == be.several_assignments),
      rank(Parameter::ranking, ar.enabled == br.enabled),
      rank(Parameter::ranking_period, ar.period_months == br.period_months),
      rank(Parameter::tiers, ar.tiers == br.tiers),
      rank(Parameter::tail_rounding, ar.tail_rounding == br.tail_rounding),
      rank(Parameter::group_scope, ar.scope == br.scope),
      rank(Parameter::minimum_size, ar.minimum_size == br.minimum_size),
      rank(Parameter::tie_keys, ar.tie_keys == br.tie_keys),
      pay(Parameter::schedule, aw.schedule == bw.schedule),
      pay(Parameter::daily_cap_minutes, aw.daily_cap == bw.daily_cap),
      pay(Parameter::factor_weights, aw.weights == bw.weights),
      pay(Parameter::productivity_cap, aw.productivity_cap == bw.productivity_cap),
      pay(Parameter::late_bands, aw.late == bw.late),
      pay(Parameter::early_bands, aw.early == bw.early),
      pay(Parameter::missing_in, aw.missing_in == bw.missing_in),
      pay(Parameter::missing_out, aw.missing_out == bw.missing_out),
      pay(Parameter::absent, aw.absent == bw.absent),
      pay(Parameter::components, at.components == bt.components),
      pay(Parameter::factor_applies_to, at.factor_applies_to == bt.factor_applies_to),
      pay(Parameter::line_order, at.line_order == bt.line_order),
      pay(Parameter::status_bp, at.status_bp == bt.status_bp),
      pay(Parameter::leave_bp, at.leave_bp == bt.leave_bp),
      pay(Parameter::tier_adjustment, at.tier_adjustment == bt.tier_adjustment),
      pay(Parameter::adjustment_base, at.adjustment_base == bt.adjustment_base),
      pay(Parameter::disciplinary_bp, at.disciplinary == bt.disciplinary),
      pay(Parameter::unit_sanction_bp, at.unit_sanction == bt.unit_sanction),
      pay(Parameter::personal_sanction_bp, at.personal_sanction == bt.personal_sanction),
      pay(Parameter::acting_rule, at.acting == bt.acting),
      pay(Parameter::predicate_bp, at.predicate == bt.predicate),
      pay(Parameter::tax_by_grade, at.tax_by_grade == bt.tax_by_grade),
      pay(Parameter::deductions, at.deductions == bt.deductions),
      {Parameter::number_rounding, true, true, a.rounding != b.rounding},
  };
}

}  // namespace

std::vector<std::string> differing_parameters(const Document& a, const Document& b,
                                              bool of_payments) {
  std::vector<std::string> out;
  for (const Compared& each : compare(a, b))
    if (each.differs && (of_payments ? each.pays : each.ranks))
      out.emplace_back(to_string(each.parameter));
  return out;
}

}  // namespace runut
