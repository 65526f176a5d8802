// The evaluation score in the numeric regime (rulebook section 3.2; PP 30/2019 article 41).
#pragma once

#include <array>
#include <optional>

#include "computation/rules.h"

namespace runut {

struct Evaluation {
  Score result;
  Score behaviour;
  Score score;
  NumericBand band{};
  std::vector<Sequence> events;  // the ratings or the correction that count
};

// Empty when the person is not rated: without a result and a superior's behaviour by the appraiser
// who counts there is no evaluation. After EvaluationCorrected the latest correction is the whole
// result.
//
// several_assignments = last: what the appraiser of the person's last day in the period gave, of
// these the highest sequence. `days`: each assignment is rated by the appraiser of its own last day
// in the period; result and behaviour are averaged by the calendar days of the rated ones.
//
// With opinion_360 behaviour is the opinion of all relations as the period's survey closed
// (computation/opinion.h), in mode `days` with the averaged rating as the superior's; without it no
// survey counts. A survey replaces no rating: who is not rated by the superior has no evaluation.
template <class Recorder>
[[nodiscard]] Result<std::optional<Evaluation>> compute_score(const Facts& facts, PersonId person,
                                                              Period period, const Rules& rules,
                                                              Recorder& recorder);

// The mean of the seven values, in hundredths.
[[nodiscard]] Result<Score> behaviour_mean(const std::array<Score, behaviour_values>& values,
                                           Rounding rounding);
[[nodiscard]] Result<Score> weighted_score(Score result, Score behaviour,
                                           const ScoreWeights& weights, Rounding rounding);
// Sangat Baik needs an innovation recognised before delivery; without one such a score is Baik.
[[nodiscard]] NumericBand band_of(Score score, const NumericBandFloors& floors, bool innovation);

}  // namespace runut
