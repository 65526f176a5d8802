// Evaluation (numeric regime) and objections.
#include <algorithm>

#include "ledger/rules.h"
#include "ledger/tier_correction.h"

namespace runut::rules {
namespace {

Status check_score(Score score, const std::string& field) {
  if (score.value < 0 || score.value > 12'000)
    return reject("evaluation.score_range", field, to_string(score), "from 0.00 to 120.00");
  return {};
}

Status check_values(const std::vector<Score>& values) {
  if (values.size() != behaviour_values)
    return reject("evaluation.behaviour_values", "data.values", std::to_string(values.size()),
                  "BerAKHLAK has seven values");
  for (std::size_t i = 0; i < values.size(); ++i)
    RUNUT_TRY(check_score(values[i], "data.values[" + std::to_string(i) + "]"));
  return {};
}

// The period is one that the document in force evaluates by score, and has begun.
Status check_period(const Case& at, Period period) {
  const auto document = at.agency().timeline.in_force(at.today(), at.known_at());
  if (!document)
    return reject("regulation.none", "data.period", to_string(period),
                  "no document is in force on " + to_string(at.today()));
  if ((*document)->evaluation.regime != Regime::numeric)
    return reject("evaluation.regime", "data.period", to_string(period),
                  (*document)->header.id + " knows predicates, not scores");
  if (period.months != (*document)->ranking.period_months)
    return reject("evaluation.period_length", "data.period", to_string(period),
                  "the document evaluates " + std::to_string((*document)->ranking.period_months) +
                      " months at a time");
  if (first_day(period) > at.today())
    return reject("evaluation.period_in_future", "data.period", to_string(period),
                  "today is " + to_string(at.today()));
  return {};
}

// Rulebook 3.2: ratings come from an appraiser of the person in the period.
Result<Case::Delegation> require_rater(const Case& at, PersonId person, Period period) {
  const PersonFacts& facts = at.person(person);
  const bool for_themself = at.actor() && at.actor() != person && !at.command.on_behalf_of;
  const auto* const at_start = facts.appraiser_on(first_day(period));
  if (for_themself && at_start != nullptr && at.actor() == at_start->value.appraiser)
    return Case::Delegation{};
  for (const auto& fact : facts.appraisers)
    if (for_themself && fact.from >= first_day(period) && fact.from <= last_day(period) &&
        at.actor() == fact.value.appraiser)
      return Case::Delegation{};
  // Delegates come in by the appraiser of the period's last day; separated appraisers are stood
  // in for as with reports.
  return at.require_appraiser(person, std::min(last_day(period), at.today()));
}

const EvaluationFact* evaluation(const Case& at, PersonId person, Period period) {
  return at.person(person).evaluation(period);
}

Status require_delivered(const Case& at, PersonId person, Period period) {
  const EvaluationFact* const fact = evaluation(at, person, period);
  if (fact == nullptr || !fact->delivered)
    return reject("evaluation.not_delivered", "data.period", to_string(period),
                  "no evaluation of that period was delivered to " + to_string(person));
  return {};
}

Status require_not_delivered(const Case& at, PersonId person, Period period) {
  const EvaluationFact* const fact = evaluation(at, person, period);
  if (fact != nullptr && fact->delivered)
    return reject(
        "evaluation.delivered", "data.period", to_string(period),
        "delivered at sequence " + std::to_string(fact->delivered->value) + ": correct it instead");
  return {};
}

// The objection that is open; null when none is.
const ObjectionFact* open_objection(const Case& at, PersonId person, Period period) {
  const EvaluationFact* const fact = evaluation(at, person, period);
  if (fact == nullptr || fact->objections.empty() || fact->objections.back().decided)
    return nullptr;
  return &fact->objections.back();
}

tl::unexpected<Error> no_open_objection(Period period) {
  return reject("objection.none_open", "data.period", to_string(period),
                "no objection against that evaluation is open");
}

// The event that stands: the delivery, or the last correction of it.
Sequence standing_of(const EvaluationFact& fact) {
  return fact.corrections.empty() ? *fact.delivered : fact.corrections.back().sequence;
}

// The day on which the chain of authority for a whole period is read: its last.
Date authority_day(Period period) {
  return last_day(period);
}

// One answer to what stands; a correction may be answered anew. The refusal of a signature changes
// nothing: whoever disputes the evaluation files an objection.
template <class Body>
Decided decide_answer(const Case& at, const Body& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_self(body.person, "authority.own_evaluation"));
  RUNUT_TRY(require_delivered(at, body.person, body.period));
  const EvaluationFact& fact = *evaluation(at, body.person, body.period);
  if (fact.answer && fact.answer->sequence > standing_of(fact))
    return reject("evaluation.answered", "data.period", to_string(body.period),
                  std::string(fact.answer->acknowledged ? "acknowledged" : "refused") +
                      " at sequence " + std::to_string(fact.answer->sequence.value));
  return at.one(body, at.today());
}

}  // namespace

Decided decide_one(const Case& at, const WorkResultRated& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_ASSIGN(const auto delegation, require_rater(at, body.person, body.period));
  RUNUT_TRY(check_score(body.result, "data.result"));
  RUNUT_TRY(check_period(at, body.period));
  RUNUT_TRY(require_not_delivered(at, body.person, body.period));
  return at.one(body, std::min(last_day(body.period), at.today()), delegation);
}

Decided decide_one(const Case& at, const BehaviourRated& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_ASSIGN(const auto delegation, require_rater(at, body.person, body.period));
  RUNUT_TRY(check_values(body.values));
  RUNUT_TRY(check_period(at, body.period));
  RUNUT_TRY(require_not_delivered(at, body.person, body.period));
  return at.one(body, std::min(last_day(body.period), at.today()), delegation);
}

Decided decide_one(const Case& at, const InnovationRecognised& body) {
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_superior(body.person, authority_day(body.period)));
  RUNUT_TRY(check_period(at, body.period));
  RUNUT_TRY(require_not_delivered(at, body.person, body.period));
  return at.one(body, body.decree.date);
}

Decided decide_one(const Case& at, const EvaluationDelivered& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_ASSIGN(const auto delegation,
               at.require_appraiser(body.person, authority_day(body.period)));
  RUNUT_TRY(check_period(at, body.period));
  RUNUT_TRY(require_not_delivered(at, body.person, body.period));
  if (const SurveyFact* const survey = at.person(body.person).survey(body.period);
      survey != nullptr && !survey->closed)
    return reject("evaluation.survey_open", "data.period", to_string(body.period),
                  "the survey opened at sequence " + std::to_string(survey->opened.value) +
                      " is closed first: it may change the score");
  const EvaluationFact* const fact = evaluation(at, body.person, body.period);
  if (fact == nullptr || fact->results.empty() || fact->behaviours.empty())
    return reject("evaluation.incomplete", "data.period", to_string(body.period),
                  "a work result and the seven values of behaviour are rated first");
  return at.one(body, at.today(), delegation);
}

Decided decide_one(const Case& at, const EvaluationAcknowledged& body) {
  return decide_answer(at, body);
}
Decided decide_one(const Case& at, const EvaluationRefused& body) {
  return decide_answer(at, body);
}

Decided decide_one(const Case& at, const ObjectionFiled& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_self(body.person, "authority.own_objection"));
  RUNUT_TRY(require_delivered(at, body.person, body.period));
  if (open_objection(at, body.person, body.period) != nullptr)
    return reject("objection.open", "data.period", to_string(body.period),
                  "an objection is open already");
  return at.one(body, at.today());
}

Decided decide_one(const Case& at, const ExplanationRequested& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_superior(body.person, authority_day(body.period)));
  const ObjectionFact* const objection = open_objection(at, body.person, body.period);
  if (objection == nullptr) return no_open_objection(body.period);
  if (objection->requested)
    return reject("objection.requested", "data.period", to_string(body.period),
                  "requested already");
  return at.one(body, at.today());
}

Decided decide_one(const Case& at, const ExplanationGiven& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_ASSIGN(const auto delegation,
               at.require_appraiser(body.person, authority_day(body.period)));
  const ObjectionFact* const objection = open_objection(at, body.person, body.period);
  if (objection == nullptr) return no_open_objection(body.period);
  if (!objection->requested || objection->explained)
    return reject("objection.explanation", "data.period", to_string(body.period),
                  objection->explained ? "explained already" : "no explanation was requested");
  return at.one(body, at.today(), delegation);
}

Decided decide_one(const Case& at, const ObjectionDecided& body) {
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_superior(body.person, authority_day(body.period)));
  if (open_objection(at, body.person, body.period) == nullptr)
    return no_open_objection(body.period);
  return at.one(body, body.decree.date);
}

Decided decide_one(const Case& at, const EvaluationCorrected& body) {
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_superior(body.person, authority_day(body.period)));
  RUNUT_TRY(check_score(body.result, "data.result"));
  RUNUT_TRY(check_values(body.values));
  RUNUT_TRY(require_delivered(at, body.person, body.period));
  if (at.command.reason.empty())
    return reject("correction.reason", "reason", {}, "a correction says why");
  const EvaluationFact& fact = *evaluation(at, body.person, body.period);
  const Sequence standing = standing_of(fact);
  if (at.command.supersedes && *at.command.supersedes != standing)
    return reject("correction.supersedes", "supersedes",
                  std::to_string(at.command.supersedes->value),
                  "what stands is sequence " + std::to_string(standing.value));
  Decision out = at.one(body, last_day(body.period));
  out.front().supersedes = standing;
  RUNUT_ASSIGN(std::optional<NewEvent> adjustment, correct_tier(at, body));
  if (adjustment) out.push_back(std::move(*adjustment));
  return out;
}

}  // namespace runut::rules
