// Behaviour with the opinion of superior, peers and subordinates (rulebook section 3.2,
// opinion_360).
#pragma once

#include <string>
#include <vector>

#include "computation/facts.h"
#include "regulation/document.h"

namespace runut {

// Of fewer answers of peers or subordinates nothing is shown: the mean counts, and stays hidden.
inline constexpr std::uint32_t survey_answers_shown_min = 3;
[[nodiscard]] constexpr bool is_shown(const SurveyRelationSum& sum) {
  return sum.relation == SurveyRelation::superior || sum.answers >= survey_answers_shown_min;
}

// Σ all values of all answers ÷ their number, in hundredths; each answer has seven.
[[nodiscard]] Result<Score> relation_mean(const SurveyRelationSum& sum, Rounding rounding);

struct RelationOpinion {
  SurveyRelationSum sum;  // of the superior without answers: their rating instead
  Score mean;
  BasisPoints weight;
};

struct Opinion {
  std::vector<RelationOpinion> relations;  // the superior first; those that count
  Score behaviour;
  std::optional<Sequence> closed;  // SurveyClosed; none when no survey of the period was closed
};

// A relation without answers gives its weight to the superior. `rating` is the superior's, of
// BehaviourRated or of a correction; `is_corrected`: of a correction.
//
// Reading: a correction's seven values are the superior's, and take the place of what the superior
// answered in the survey; peers and subordinates stay as the survey closed, for nobody corrects
// them. So a correction moves behaviour whether or not the superior took part in the survey.
[[nodiscard]] Result<Opinion> opinion_of(const PersonFacts& person, Period period, Score rating,
                                         bool is_corrected, const RelationWeights& weights,
                                         Rounding rounding);

// "(6.000 × superior 80.00 + 4.000 × peer not_shown) ÷ 10.000"
[[nodiscard]] std::string opinion_formula(const Opinion& opinion);

}  // namespace runut
