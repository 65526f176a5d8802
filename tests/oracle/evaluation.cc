#include <algorithm>
#include <set>

#include "tests/oracle/ranking.h"

namespace runut::oracle {
namespace {

Number mean_of(const View& view, const Rules& rules, const std::vector<Score>& values) {
  Number sum = 0;
  for (const Score value : values) sum += value.value;
  return view.divide(sum, static_cast<Wide>(values.size()), rules);
}

Evaluation scored(const View& view, const Rules& rules, Number result, Number behaviour) {
  Number w_result = rules.weight_result;
  Number w_behaviour = rules.weight_behaviour;
  if (view.with(Mutation::score_weights_swapped)) std::swap(w_result, w_behaviour);
  return {result, behaviour,
          view.divide(Wide{w_result} * result + Wide{w_behaviour} * behaviour, whole_bp, rules)};
}

// 3.2, opinion_360: behaviour as the weighted mean of the relations, from the closed survey's sums.
// Readings: the seven values of a correction are the superior's, and take the place of what the
// superior answered; the latest SurveyClosed of the period counts.
Number opinion(const View& view, const Rules& rules, PersonId person, Period period,
               Number superior, bool corrected) {
  if (!rules.opinion_360 && !view.with(Mutation::survey_always_counts)) return superior;
  if (view.with(Mutation::survey_forgotten)) return superior;
  const SurveyClosed* survey = nullptr;
  for (const auto& closed : view.of<SurveyClosed>(person))
    if (closed.fact->period == period) survey = closed.fact;
  if (survey == nullptr) return superior;
  Wide sum = 0;  // Σ weight × mean
  Number left = whole_bp;
  Wide values = 0;
  Number count = 0;
  for (const SurveyRelationSum& one : survey->relations) {
    const auto total = static_cast<Number>(one.sum_hundredths);
    const Number number = Number{7} * one.answers;
    values += total;
    count += number;
    const Number mean = view.divide(total, number, rules);
    if (one.relation == SurveyRelation::superior) {
      const bool is_corrected = corrected && !view.with(Mutation::correction_keeps_survey);
      if (!is_corrected && !view.with(Mutation::rating_before_survey)) superior = mean;
      continue;
    }
    const Number weight =
        one.relation == SurveyRelation::peer ? rules.relation_peer : rules.relation_subordinate;
    sum += Wide{weight} * mean;
    left -= weight;
  }
  if (view.with(Mutation::answers_are_equal) && count > 0) return view.divide(values, count, rules);
  if (view.with(Mutation::empty_relation_weighs))
    left = whole_bp - rules.relation_peer - rules.relation_subordinate;
  return view.divide(sum + Wide{left} * superior, whole_bp, rules);
}

// Reading: "given by the appraiser" is also what a delegate gave on the appraiser's behalf.
template <class P>
bool given_by(const View& view, const Recorded<P>& rating, PersonId appraiser) {
  if (rating.event->actor.person() == appraiser) return true;
  if (!rating.event->actor.on_behalf_of) return false;
  const auto* delegation =
      std::get_if<DelegationGranted>(&view.history->at(*rating.event->actor.on_behalf_of).payload);
  return delegation != nullptr && delegation->from_person == appraiser;
}

// The latest rating of the period by an appraiser; null: none.
template <class P>
const P* rating_by(const View& view, PersonId person, Period period,
                   std::optional<PersonId> appraiser) {
  const P* counts = nullptr;
  for (const auto& rating : view.of<P>(person)) {
    if (rating.fact->period != period) continue;
    if (view.with(Mutation::last_rating_ignored)) return rating.fact;
    if (appraiser && given_by(view, rating, *appraiser)) counts = rating.fact;
  }
  return counts;
}

// `several_assignments` = days: each assignment's rating weighs by its calendar days in the period.
// Reading: the rating of an assignment is the one by the appraiser of its last day in the period;
// days of assignments without one do not count.
std::optional<Evaluation> evaluation_by_days(const View& view, const Rules& rules, PersonId person,
                                             Period period) {
  Wide results = 0;
  Wide behaviours = 0;
  Number days = 0;
  for (const Assignment& a : assignments(view, person)) {
    const Date from = std::max(a.from, first_day(period));
    const Date until = std::min(a.until, last_day(period));
    if (from > until) continue;
    const auto appraiser = appraiser_on(view, person, until);
    const auto* result = rating_by<WorkResultRated>(view, person, period, appraiser);
    const auto* behaviour = rating_by<BehaviourRated>(view, person, period, appraiser);
    if (result == nullptr || behaviour == nullptr) continue;
    const Number length = until - from + 1;
    results += Wide{result->result.value} * length;
    behaviours += Wide{mean_of(view, rules, behaviour->values)} * length;
    days += length;
  }
  if (days == 0) return std::nullopt;
  return scored(view, rules, view.divide(results, days, rules),
                opinion(view, rules, person, period, view.divide(behaviours, days, rules), false));
}

}  // namespace

Evaluation corrected_evaluation(const View& view, const Rules& rules,
                                const EvaluationCorrected& corrected) {
  return scored(view, rules, corrected.result.value,
                opinion(view, rules, corrected.person, corrected.period,
                        mean_of(view, rules, corrected.values), true));
}

std::optional<Evaluation> evaluation(const View& view, const Rules& rules, PersonId person,
                                     Period period) {
  const EvaluationCorrected* correction = nullptr;
  for (const auto& corrected : view.of<EvaluationCorrected>(person))
    if (corrected.fact->period == period) correction = corrected.fact;
  if (correction != nullptr) return corrected_evaluation(view, rules, *correction);
  if (rules.several_assignments == "days") return evaluation_by_days(view, rules, person, period);

  // `last`: the appraiser of the person's last day in the period.
  const std::vector<Assignment> all = assignments(view, person);
  std::optional<Date> last;
  for (Date day = first_day(period); day <= last_day(period); day = day + 1)
    if (assignment_on(all, day)) last = day;
  if (!last) return std::nullopt;
  const auto appraiser = appraiser_on(view, person, *last);
  const auto* result = rating_by<WorkResultRated>(view, person, period, appraiser);
  const auto* behaviour = rating_by<BehaviourRated>(view, person, period, appraiser);
  if (result == nullptr || behaviour == nullptr) return std::nullopt;
  return scored(
      view, rules, result->result.value,
      opinion(view, rules, person, period, mean_of(view, rules, behaviour->values), false));
}

// 3.4: every month by its own document with its own cut-offs. Readings: the mean is rounded as the
// ranking's document says; a month without a document has no discipline and does not count.
Number discipline_key(const View& view, const Rules& rules, PersonId person, Period period) {
  const Cutoffs cutoffs =
      view.with(Mutation::discipline_key_as_corrected) ? Cutoffs::none : Cutoffs::of_the_month;
  Number sum = 0;
  Number months = 0;
  for (Month month = period.first; month <= period.last(); month = month + 1) {
    const Rules* own = view.rules_of(month);
    if (own == nullptr) continue;
    const MonthWork work = month_work(view, *own, person, month, cutoffs);
    if (work.required == 0) continue;
    sum += work.discipline;
    ++months;
  }
  return months == 0 ? whole_bp : view.divide(sum, months, rules);
}

std::vector<Month> adjusted_months(const View& view, Period period) {
  std::vector<Month> out;
  const Period following = period.following();
  for (Month month = following.first; month <= following.last(); month = month + 1) {
    const Rules* rules = view.rules_of(month);
    if (rules != nullptr && rules->tier_adjustment) out.push_back(month);
  }
  return out;
}

}  // namespace runut::oracle
