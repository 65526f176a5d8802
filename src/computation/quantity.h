// The named quantities of the rulebook that an explanation shows. Each is rounded once, at its own
// step, to its measure. Explain words them in Indonesian and English.
#pragma once

#include "domain/vocabulary.h"

namespace runut {

enum class Quantity : std::uint8_t {
  unspecified,
  // 3.1
  working_days,
  eligible_days,
  required_minutes,
  approved_minutes,
  day_minutes,
  not_counted_report,
  productivity,
  discipline,
  day_deduction,
  performance_factor,
  // 3.2
  result,
  relation_mean,
  behaviour,
  score,
  // 3.4
  discipline_key,
  ranking,
  placement,
  rank,
  tier_places,
  tie,
  // 3.5
  ceiling,
  eligible,
  earned,
  gross,
  adjustment,
  unit_sanction,
  disciplinary_sanction,
  shortfall,
  taxable,
  tax,
  deduction_base,
  deduction,
  own_net,
  recomputed,
  settled,
  correction,
  carried_deduction,
  carried_correction,
  net,
  payment,
};
RUNUT_ENUM_NAMES(Quantity, {E::working_days, "working_days"}, {E::eligible_days, "eligible_days"},
                 {E::required_minutes, "required_minutes"},
                 {E::approved_minutes, "approved_minutes"}, {E::day_minutes, "day_minutes"},
                 {E::not_counted_report, "not_counted_report"}, {E::productivity, "productivity"},
                 {E::discipline, "discipline"}, {E::day_deduction, "day_deduction"},
                 {E::performance_factor, "performance_factor"}, {E::result, "result"},
                 {E::relation_mean, "relation_mean"}, {E::behaviour, "behaviour"},
                 {E::score, "score"}, {E::discipline_key, "discipline_key"},
                 {E::ranking, "ranking"}, {E::placement, "placement"}, {E::rank, "rank"},
                 {E::tier_places, "tier_places"}, {E::tie, "tie"}, {E::ceiling, "ceiling"},
                 {E::eligible, "eligible"}, {E::earned, "earned"}, {E::gross, "gross"},
                 {E::adjustment, "adjustment"}, {E::unit_sanction, "unit_sanction"},
                 {E::disciplinary_sanction, "disciplinary_sanction"}, {E::shortfall, "shortfall"},
                 {E::taxable, "taxable"}, {E::tax, "tax"}, {E::deduction_base, "deduction_base"},
                 {E::deduction, "deduction"}, {E::own_net, "own_net"},
                 {E::recomputed, "recomputed"}, {E::settled, "settled"},
                 {E::correction, "correction"}, {E::carried_deduction, "carried_deduction"},
                 {E::carried_correction, "carried_correction"}, {E::net, "net"},
                 {E::payment, "payment"});

enum class Measure : std::uint8_t { unspecified, rupiah, bp, score, minutes, days, persons, rank };
RUNUT_ENUM_NAMES(Measure, {E::rupiah, "rupiah"}, {E::bp, "bp"}, {E::score, "score"},
                 {E::minutes, "minutes"}, {E::days, "days"}, {E::persons, "persons"},
                 {E::rank, "rank"});

}  // namespace runut
