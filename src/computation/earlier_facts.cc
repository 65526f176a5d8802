#include "computation/earlier_facts.h"

#include <algorithm>

namespace runut {
namespace {

template <class Fact>
std::vector<Fact> known(const std::vector<Fact>& facts, Sequence at, Sequence Fact::*sequence) {
  std::vector<Fact> out;
  std::copy_if(facts.begin(), facts.end(), std::back_inserter(out),
               [&](const Fact& fact) { return fact.*sequence <= at; });
  return out;
}

void forget(std::optional<Sequence>& sequence, Sequence at) {
  if (sequence && *sequence > at) sequence.reset();
}

std::vector<AssignmentFact> assignments_known(const PersonFacts& person, Sequence at) {
  std::vector<AssignmentFact> out = known(person.assignments, at, &AssignmentFact::started);
  for (AssignmentFact& fact : out) {
    fact.ends = known(fact.ends, at, &AssignmentEnd::sequence);
    fact.days.until = fact.ends.empty() ? fact.planned_until : fact.ends.back().last_day;
  }
  return out;
}

std::vector<EvaluationFact> evaluations_known(const PersonFacts& person, Sequence at) {
  std::vector<EvaluationFact> out = person.evaluations;
  for (EvaluationFact& fact : out) {
    fact.results = known(fact.results, at, &WorkResultFact::sequence);
    fact.behaviours = known(fact.behaviours, at, &BehaviourFact::sequence);
    fact.result_expectations = known(fact.result_expectations, at, &ExpectationFact::sequence);
    fact.behaviour_expectations =
        known(fact.behaviour_expectations, at, &ExpectationFact::sequence);
    fact.corrections = known(fact.corrections, at, &EvaluationCorrectionFact::sequence);
    fact.objections.clear();
    forget(fact.innovation, at);
    forget(fact.delivered, at);
    if (fact.delivered) continue;
    fact.delivered_at.reset();
    fact.delivered_predicate.reset();
  }
  return out;
}

std::vector<SurveyFact> surveys_known(const PersonFacts& person, Sequence at) {
  std::vector<SurveyFact> out = known(person.surveys, at, &SurveyFact::opened);
  for (SurveyFact& fact : out) {
    fact.answers = known(fact.answers, at, &SurveyAnswerFact::sequence);
    if (fact.closed && fact.closed->sequence > at) fact.closed.reset();
  }
  return out;
}

}  // namespace

EarlierFacts::EarlierFacts(const Facts& later, Sequence known_at)
    : later_(later), known_at_(known_at) {
  RUNUT_CHECK(known_at <= later.known_at(), "earlier facts are known by then");
}

const PersonFacts& EarlierFacts::person(PersonId id) const {
  const auto [slot, fresh] = people_.try_emplace(id);
  PersonFacts& out = slot->second;
  if (!fresh) return out;
  const PersonFacts& now = later_.person(id);
  out.person = id;
  out.registered = now.registered;
  forget(out.registered, known_at_);
  out.assignments = assignments_known(now, known_at_);
  out.statuses = known(now.statuses, known_at_, &DatedFact<EmploymentStatus>::sequence);
  out.appraisers = known(now.appraisers, known_at_, &DatedFact<AppraiserFact>::sequence);
  out.delegations = known(now.delegations, known_at_, &DelegationFact::sequence);
  out.leaves = known(now.leaves, known_at_, &LeaveFact::sequence);
  if (now.separation && now.separation->sequence <= known_at_) out.separation = now.separation;
  out.evaluations = evaluations_known(now, known_at_);
  out.surveys = surveys_known(now, known_at_);
  return out;
}

const MonthFacts& EarlierFacts::month(PersonId id, Month month) const {
  const auto [slot, fresh] = months_.try_emplace({id, month});
  MonthFacts& out = slot->second;
  if (!fresh) return out;
  const MonthFacts& now = later_.month(id, month);
  out.month = month;
  out.clocks = known(now.clocks, known_at_, &ClockFact::sequence);
  out.excuses = known(now.excuses, known_at_, &ExcuseFact::filed);
  for (ExcuseFact& excuse : out.excuses)
    if (excuse.decided && *excuse.decided > known_at_) {
      excuse.decided.reset();
      excuse.decided_at = {};
      excuse.approved = false;
    }
  return out;
}

}  // namespace runut
