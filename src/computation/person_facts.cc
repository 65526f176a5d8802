#include "computation/facts.h"

namespace runut {
namespace {

// Of the facts that hold from a day at or before `day`, the latest; of one day the highest
// sequence.
template <class T>
const DatedFact<T>* latest_on(const std::vector<DatedFact<T>>& facts, Date day) {
  const DatedFact<T>* found = nullptr;
  for (const DatedFact<T>& fact : facts)
    if (fact.from <= day && (found == nullptr || found->from <= fact.from)) found = &fact;
  return found;
}

}  // namespace

const AssignmentFact* PersonFacts::assignment_on(Date day) const {
  for (const AssignmentFact& fact : assignments)
    if (fact.days.contains(day)) return &fact;
  return nullptr;
}

const AssignmentFact* PersonFacts::assignment_near(Date day) const {
  const AssignmentFact* previous = nullptr;
  for (const AssignmentFact& fact : assignments) {   // by first day
    if (fact.days.from > fact.days.until) continue;  // ended before it began
    if (fact.days.contains(day) || fact.days.from > day) return &fact;
    previous = &fact;
  }
  return previous;
}

const DatedFact<EmploymentStatus>* PersonFacts::status_on(Date day) const {
  return latest_on(statuses, day);
}
const DatedFact<std::string>* PersonFacts::grade_on(Date day) const {
  return latest_on(grades, day);
}
const DatedFact<AppraiserFact>* PersonFacts::appraiser_on(Date day) const {
  return latest_on(appraisers, day);
}

const LeaveFact* PersonFacts::leave_on(Date day) const {
  for (const LeaveFact& fact : leaves)
    if (fact.days.contains(day)) return &fact;
  return nullptr;
}

const PlanFact* PersonFacts::plan(Period period) const {
  for (const PlanFact& fact : plans)
    if (fact.period == period) return &fact;
  return nullptr;
}

const SurveyFact* PersonFacts::survey(Period period) const {
  for (const SurveyFact& fact : surveys)
    if (fact.period == period) return &fact;
  return nullptr;
}

const EvaluationFact* PersonFacts::evaluation(Period period) const {
  for (const EvaluationFact& fact : evaluations)
    if (fact.period == period) return &fact;
  return nullptr;
}

}  // namespace runut
