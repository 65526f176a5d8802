#include "computation/opinion.h"

#include <fmt/format.h>

#include "computation/recorder.h"

namespace runut {
namespace {

BasisPoints weight_of(SurveyRelation relation, const RelationWeights& weights) {
  switch (relation) {
    case SurveyRelation::superior: return weights.superior;
    case SurveyRelation::peer: return weights.peer;
    case SurveyRelation::subordinate: return weights.subordinate;
    case SurveyRelation::unspecified: break;
  }
  return {};
}

}  // namespace

Result<Score> relation_mean(const SurveyRelationSum& sum, Rounding rounding) {
  RUNUT_ASSIGN(const std::int64_t mean,
               divide(static_cast<Int128>(sum.sum_hundredths),
                      static_cast<Int128>(sum.answers) * behaviour_values, rounding));
  return Score{mean};
}

Result<Opinion> opinion_of(const PersonFacts& person, Period period, Score rating,
                           bool is_corrected, const RelationWeights& weights, Rounding rounding) {
  Opinion out;
  out.relations.push_back({{SurveyRelation::superior, 0, 0}, rating, whole});
  const SurveyFact* const survey = person.survey(period);
  if (survey != nullptr && survey->closed) {
    out.closed = survey->closed->sequence;
    for (const SurveyRelationSum& sum : survey->closed->relations) {
      if (sum.relation == SurveyRelation::superior) {
        if (is_corrected) continue;
        out.relations.front().sum = sum;
        RUNUT_ASSIGN(out.relations.front().mean, relation_mean(sum, rounding));
        continue;
      }
      const BasisPoints weight = weight_of(sum.relation, weights);
      RUNUT_ASSIGN(const Score mean, relation_mean(sum, rounding));
      out.relations.push_back({sum, mean, weight});
      out.relations.front().weight.value -= weight.value;
    }
  }
  Int128 weighted = 0;
  for (const RelationOpinion& one : out.relations)
    weighted += static_cast<Int128>(one.weight.value) * one.mean.value;
  RUNUT_ASSIGN(const std::int64_t behaviour, divide(weighted, whole.value, rounding));
  out.behaviour = Score{behaviour};
  return out;
}

std::string opinion_formula(const Opinion& opinion) {
  std::string terms;
  for (const RelationOpinion& one : opinion.relations)
    terms += fmt::format("{}{} × {} {}", terms.empty() ? "" : " + ", grouped(one.weight.value),
                         to_string(one.sum.relation),
                         is_shown(one.sum) ? to_string(one.mean) : std::string("not_shown"));
  return fmt::format("({}) ÷ {}", terms, grouped(whole.value));
}

}  // namespace runut
