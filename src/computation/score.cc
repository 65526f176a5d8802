#include "computation/score.h"

#include <fmt/format.h>

#include <algorithm>

#include "computation/given_rating.h"
#include "computation/opinion.h"

namespace runut {
namespace {

// One rating of a stretch of the period, weighted by its calendar days (`days` counts in mode
// days).
struct Rated {
  Score result;
  std::array<Score, behaviour_values> values{};
  Score mean;
  std::int64_t days = 1;
  std::vector<Sequence> events;
};

// What was given for `appraiser`, of these the highest sequence; empty unless both axes are rated.
std::optional<Rated> given_by(const Facts& facts, const EvaluationFact& evaluation,
                              const AppraiserFact& appraiser) {
  const WorkResultFact* const result = latest_given_for(facts, evaluation.results, appraiser);
  const BehaviourFact* const behaviour = latest_given_for(facts, evaluation.behaviours, appraiser);
  if (result == nullptr || behaviour == nullptr) return std::nullopt;
  return Rated{result->result, behaviour->values, {}, 1, {result->sequence, behaviour->sequence}};
}

std::vector<Rated> ratings_that_count(const Facts& facts, const PersonFacts& person,
                                      const EvaluationFact& evaluation, Period period,
                                      SeveralAssignments mode) {
  if (!evaluation.corrections.empty()) {
    const EvaluationCorrectionFact& last = evaluation.corrections.back();
    if (last.expectations) return {};  // nobody has a score in the predicate regime
    return {Rated{last.result, last.values, {}, 1, {last.sequence}}};
  }
  std::vector<Rated> out;
  for (const AssignmentFact& assignment : person.assignments) {
    const Date from = std::max(assignment.days.from, first_day(period));
    const Date until = std::min(assignment.days.until, last_day(period));
    if (from > until) continue;
    const auto* appraiser = person.appraiser_on(until);
    std::optional<Rated> rated =
        appraiser == nullptr ? std::nullopt : given_by(facts, evaluation, appraiser->value);
    // Assignments come by first day and do not overlap, so the last one holds the person's last
    // day.
    if (mode == SeveralAssignments::last) out.clear();
    if (!rated) continue;
    rated->days = mode == SeveralAssignments::days ? until - from + 1 : 1;
    out.push_back(std::move(*rated));
  }
  return out;
}

// Σ(value × days) ÷ Σ days; with one rating the value itself.
Result<Score> averaged(const std::vector<Rated>& ratings, Score Rated::*axis, Rounding rounding) {
  Int128 sum = 0;
  std::int64_t days = 0;
  for (const Rated& rated : ratings) {
    sum += static_cast<Int128>((rated.*axis).value) * rated.days;
    days += rated.days;
  }
  RUNUT_ASSIGN(const std::int64_t mean, divide(sum, days, rounding));
  return Score{mean};
}

std::string values_text(const std::vector<Rated>& ratings) {
  std::string text;
  for (const Rated& rated : ratings) {
    std::string sum;
    for (const Score value : rated.values)
      sum += fmt::format("{}{}", sum.empty() ? "" : " + ", to_string(value));
    text += fmt::format("{}({}) ÷ {}", text.empty() ? "" : "; ", sum, behaviour_values);
    if (ratings.size() > 1) text += fmt::format(" × {} hari", rated.days);
  }
  return text;
}

std::string results_text(const std::vector<Rated>& ratings) {
  std::string text;
  for (const Rated& rated : ratings) {
    text += fmt::format("{}{}", text.empty() ? "" : "; ", to_string(rated.result));
    if (ratings.size() > 1) text += fmt::format(" × {} hari", rated.days);
  }
  return text;
}

}  // namespace

Result<Score> behaviour_mean(const std::array<Score, behaviour_values>& values, Rounding rounding) {
  std::int64_t sum = 0;
  for (const Score value : values) sum += value.value;
  RUNUT_ASSIGN(const std::int64_t mean,
               divide(sum, static_cast<std::int64_t>(behaviour_values), rounding));
  return Score{mean};
}

Result<Score> weighted_score(Score result, Score behaviour, const ScoreWeights& weights,
                             Rounding rounding) {
  RUNUT_ASSIGN(const std::int64_t score,
               divide(static_cast<Int128>(weights.result.value) * result.value +
                          static_cast<Int128>(weights.behaviour.value) * behaviour.value,
                      whole.value, rounding));
  return Score{score};
}

NumericBand band_of(Score score, const NumericBandFloors& floors, bool innovation) {
  if (score >= floors.sangat_baik && innovation) return NumericBand::sangat_baik;
  if (score >= floors.baik) return NumericBand::baik;
  if (score >= floors.cukup) return NumericBand::cukup;
  if (score >= floors.kurang) return NumericBand::kurang;
  return NumericBand::sangat_kurang;
}

// The superior's own seven values, or the relations of a survey: one input each, but for those of
// too few answers.
template <class Recorder>
void record_behaviour(const std::vector<Rated>& ratings, const std::optional<Opinion>& opinion,
                      Score behaviour, const Rules& rules, Recorder& recorder) {
  recorder.open(Quantity::behaviour);
  const bool surveyed = opinion && opinion->closed;
  if (surveyed)
    for (const RelationOpinion& one : opinion->relations) {
      if (!is_shown(one.sum)) continue;
      recorder.leaf(Quantity::relation_mean, one.mean.value, Measure::score, [&] {
        Note note;
        note.detail = to_string(one.sum.relation);
        note.rounding = rules->rounding;
        if (one.sum.answers == 0) {
          note.formula = values_text(ratings);
          for (const Rated& rated : ratings) note.events.push_back(rated.events.back());
        } else {
          const Score sum{static_cast<std::int64_t>(one.sum.sum_hundredths)};
          note.formula =
              fmt::format("{} ÷ ({} × {})", to_string(sum), behaviour_values, one.sum.answers);
          note.events = {*opinion->closed};
        }
        return note;
      });
    }
  recorder.close(behaviour.value, Measure::score, [&] {
    Note note;
    note.formula = surveyed ? opinion_formula(*opinion) : values_text(ratings);
    note.rounding = rules->rounding;
    note.rules = {rules.rule(Parameter::opinion_360), rules.rule(Parameter::relation_weights)};
    if (surveyed)
      note.events = {*opinion->closed};
    else
      for (const Rated& rated : ratings) note.events.push_back(rated.events.back());
    return note;
  });
}

template <class Recorder>
Result<std::optional<Evaluation>> compute_score(const Facts& facts, PersonId id, Period period,
                                                const Rules& rules, Recorder& recorder) {
  const PersonFacts& person = facts.person(id);
  const EvaluationFact* evaluation = person.evaluation(period);
  if (evaluation == nullptr) return std::optional<Evaluation>{};
  const EvaluationRules& terms = rules->evaluation;
  std::vector<Rated> ratings =
      ratings_that_count(facts, person, *evaluation, period, terms.several_assignments);
  if (ratings.empty()) return std::optional<Evaluation>{};

  recorder.open(Quantity::score);
  Evaluation out;
  for (Rated& rated : ratings) {
    RUNUT_ASSIGN(rated.mean, behaviour_mean(rated.values, rules->rounding));
    out.events.insert(out.events.end(), rated.events.begin(), rated.events.end());
  }
  RUNUT_ASSIGN(out.result, averaged(ratings, &Rated::result, rules->rounding));
  RUNUT_ASSIGN(out.behaviour, averaged(ratings, &Rated::mean, rules->rounding));
  std::optional<Opinion> opinion;
  if (terms.opinion_360) {
    RUNUT_ASSIGN(opinion,
                 opinion_of(person, period, out.behaviour, !evaluation->corrections.empty(),
                            terms.relations, rules->rounding));
    out.behaviour = opinion->behaviour;
    if (opinion->closed) out.events.push_back(*opinion->closed);
  }
  RUNUT_ASSIGN(out.score,
               weighted_score(out.result, out.behaviour, terms.weights(), rules->rounding));
  const bool innovation = evaluation->innovation && evaluation->delivered &&
                          *evaluation->innovation < *evaluation->delivered;
  out.band = band_of(out.score, terms.bands, innovation);

  recorder.leaf(Quantity::result, out.result.value, Measure::score, [&] {
    Note note;
    note.formula = results_text(ratings);
    note.rounding = rules->rounding;
    note.rules = {rules.rule(Parameter::several_assignments)};
    for (const Rated& rated : ratings) note.events.push_back(rated.events.front());
    return note;
  });
  record_behaviour(ratings, opinion, out.behaviour, rules, recorder);
  recorder.close(out.score.value, Measure::score, [&] {
    const ScoreWeights& weights = terms.weights();
    Note note;
    note.detail = to_string(out.band);
    note.formula = fmt::format("({} × {} + {} × {}) ÷ 10.000", grouped(weights.result.value),
                               to_string(out.result), grouped(weights.behaviour.value),
                               to_string(out.behaviour));
    note.rounding = rules->rounding;
    note.rules = {rules.rule(Parameter::score_weights), rules.rule(Parameter::numeric_bands)};
    if (innovation) note.events = {*evaluation->innovation};
    return note;
  });
  return std::optional(std::move(out));
}

template Result<std::optional<Evaluation>> compute_score(const Facts&, PersonId, Period,
                                                         const Rules&, NullRecorder&);
template Result<std::optional<Evaluation>> compute_score(const Facts&, PersonId, Period,
                                                         const Rules&, DerivationRecorder&);

}  // namespace runut
