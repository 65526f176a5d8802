#include "computation/person_predicate.h"

#include <algorithm>

#include "computation/given_rating.h"

namespace runut {
namespace {

constexpr std::int32_t year_months = 12;

// The appraiser of the person's last day in the period; null: no post in it, or no appraiser.
const AppraiserFact* last_appraiser(const PersonFacts& person, Period period) {
  std::optional<Date> last;
  for (const AssignmentFact& assignment : person.assignments) {
    const Date from = std::max(assignment.days.from, first_day(period));
    const Date until = std::min(assignment.days.until, last_day(period));
    if (from <= until) last = until;
  }
  const auto* const appraiser = last ? person.appraiser_on(*last) : nullptr;
  return appraiser == nullptr ? nullptr : &appraiser->value;
}

bool ends_with_title(std::string_view post, std::string_view title) {
  return post.ends_with(title) &&
         (post.size() == title.size() || post[post.size() - title.size() - 1] == ' ');
}

// Null: the document knows no such title.
const Score* coefficient_of(const std::string& post, const PredicateRules& rules) {
  const std::pair<const std::string, Score>* longest = nullptr;
  for (const auto& entry : rules.credit_coefficients)
    if (ends_with_title(post, entry.first) &&
        (longest == nullptr || entry.first.size() > longest->first.size()))
      longest = &entry;
  return longest == nullptr ? nullptr : &longest->second;
}

// Shown to the person, else what the ratings so far give.
Result<std::optional<Predicate>> standing_predicate(const Facts& facts, PersonId id, Period period,
                                                    const PredicateRules& rules) {
  const EvaluationFact* const evaluation = facts.person(id).evaluation(period);
  if (evaluation != nullptr && evaluation->predicate()) return evaluation->predicate();
  RUNUT_ASSIGN(const auto computed, compute_predicate(facts, id, period, rules));
  return computed ? std::optional(computed->predicate) : std::nullopt;
}

}  // namespace

Result<std::optional<PersonPredicate>> compute_predicate(const Facts& facts, PersonId id,
                                                         Period period,
                                                         const PredicateRules& rules) {
  constexpr std::nullopt_t none = std::nullopt;
  const PersonFacts& person = facts.person(id);
  const EvaluationFact* const evaluation = person.evaluation(period);
  if (evaluation == nullptr) return none;
  if (!evaluation->corrections.empty()) {
    const EvaluationCorrectionFact& last = evaluation->corrections.back();
    if (!last.expectations || !last.predicate) return none;
    return std::optional(PersonPredicate{*last.expectations, *last.predicate, {last.sequence}});
  }
  const AppraiserFact* const appraiser = last_appraiser(person, period);
  if (appraiser == nullptr) return none;
  const auto* const result = latest_given_for(facts, evaluation->result_expectations, *appraiser);
  const auto* const behaviour =
      latest_given_for(facts, evaluation->behaviour_expectations, *appraiser);
  if (result == nullptr || behaviour == nullptr) return none;
  PersonPredicate out{
      {result->value, behaviour->value}, {}, {result->sequence, behaviour->sequence}};
  RUNUT_ASSIGN(out.predicate, predicate_of(result->value, behaviour->value, rules.quadrant));
  return std::optional(std::move(out));
}

Result<UnitPeople> count_people(const Facts& facts, UnitId unit, Period period,
                                const PredicateRules& rules) {
  UnitPeople out;
  const auto people = facts.agency().ever_assigned.find(unit);
  if (people == facts.agency().ever_assigned.end()) return out;
  for (const PersonId id : people->second) {
    const AssignmentFact* const post = facts.person(id).assignment_on(last_day(period));
    if (post == nullptr || post->unit != unit) continue;
    RUNUT_ASSIGN(const auto predicate, standing_predicate(facts, id, period, rules));
    if (predicate)
      ++out.counts.at(static_cast<std::size_t>(*predicate) - 1);
    else
      ++out.unrated;
  }
  return out;
}

Result<std::optional<std::uint32_t>> compute_credit(const Facts& facts, PersonId id, Period period,
                                                    Predicate predicate,
                                                    const PredicateRules& rules,
                                                    Rounding rounding) {
  const std::optional<std::uint32_t> none;
  if (period.months != year_months) return none;
  std::vector<CreditMonths> year;
  for (Month month = period.first; month <= period.last(); month = month + 1) {
    const AssignmentFact* const post = facts.person(id).assignment_on(first_day(month));
    if (post == nullptr || post->kind != PositionKind::functional) continue;
    const Score* const coefficient = coefficient_of(post->post, rules);
    if (coefficient == nullptr)
      return reject("credit.coefficient", "data.person", post->post,
                    "the document states no coefficient for this functional post, held on " +
                        to_string(first_day(month)));
    year.push_back({*coefficient, 1});
  }
  if (year.empty()) return none;
  RUNUT_ASSIGN(const Score credit, annual_credit(predicate, year, rules.credit_shares, rounding));
  return std::optional(static_cast<std::uint32_t>(credit.value));
}

}  // namespace runut
