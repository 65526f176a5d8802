// Evaluation in either regime, and objections.
#include <algorithm>

#include "computation/person_predicate.h"
#include "ledger/evaluation_rules.h"
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

Regime regime_of(bool by_expectation) {
  return by_expectation ? Regime::predicate : Regime::numeric;
}

// An event of the predicate regime names the document that it was decided under.
Decision under(Decision decision, const InForce& document) {
  if (document->evaluation.regime == Regime::predicate)
    decision.front().regulation = document.sequence;
  return decision;
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

// The day on which the chain of authority for a whole period is read: its last.
Date authority_day(Period period) {
  return last_day(period);
}

tl::unexpected<Error> both_given(std::string field, std::string value) {
  return reject("evaluation.both_given", std::move(field), std::move(value),
                "a rating is a score or an expectation");
}

// What the person is shown: the predicate, and once a year the credit of functional posts.
template <class Shown>
Status show_predicate(const Case& at, const Document& document, Predicate predicate, Shown& out) {
  out.predicate = predicate;
  RUNUT_ASSIGN(out.credit_hundredths,
               compute_credit(at.context.facts, out.person, out.period, predicate,
                              document.evaluation.predicate, document.rounding));
  return {};
}

// In the regime of the delivery, whatever is in force by now, and by its document: one period's
// people are measured alike.
Result<EvaluationCorrected> corrected_result(const Case& at, const EvaluationCorrected& body,
                                             const EvaluationFact& fact, Decision& out) {
  EvaluationCorrected corrected = body;
  corrected.predicate.reset();
  corrected.credit_hundredths.reset();
  if (body.expectations.has_value() != fact.delivered_predicate.has_value())
    return reject("evaluation.regime", "data.period", to_string(body.period),
                  fact.delivered_predicate ? "a predicate was delivered: expectations correct it"
                                           : "a score was delivered: scores correct it");
  if (!body.expectations) return corrected;
  const Date delivered_on = local_date(*fact.delivered_at, at.offset());
  const auto document = at.agency().timeline.in_force(delivered_on, at.known_at());
  if (!document || (*document)->evaluation.regime != Regime::predicate)
    return reject("regulation.none", "data.period", to_string(body.period),
                  "no document of the predicate regime is in force on " + to_string(delivered_on));
  corrected.result = Score{};
  RUNUT_ASSIGN(const Predicate predicate,
               predicate_of(body.expectations->result, body.expectations->behaviour,
                            (*document)->evaluation.predicate.quadrant));
  RUNUT_TRY(show_predicate(at, **document, predicate, corrected));
  out.front().regulation = document->sequence;
  return corrected;
}

// One answer to what stands; a correction may be answered anew. The refusal of a signature changes
// nothing: whoever disputes the evaluation files an objection.
template <class Body>
Decided decide_answer(const Case& at, const Body& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_self(body.person, "authority.own_evaluation"));
  RUNUT_TRY(require_delivered(at, body.person, body.period));
  const EvaluationFact& fact = *evaluation(at, body.person, body.period);
  if (fact.answer && fact.answer->sequence > fact.standing())
    return reject("evaluation.answered", "data.period", to_string(body.period),
                  std::string(fact.answer->acknowledged ? "acknowledged" : "refused") +
                      " at sequence " + std::to_string(fact.answer->sequence.value));
  return at.one(body, at.today());
}

}  // namespace

Decided decide_one(const Case& at, const WorkResultRated& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_ASSIGN(const auto delegation, require_rater(at, body.person, body.period));
  if (!body.expectation) RUNUT_TRY(check_score(body.result, "data.result"));
  const bool both = body.expectation && body.result != Score{} && body.result != unscored;
  if (both) return both_given("data.result", to_string(body.result));
  RUNUT_ASSIGN(const InForce document,
               evaluating_document(at, body.period, regime_of(body.expectation.has_value())));
  RUNUT_TRY(require_not_delivered(at, body.person, body.period));
  RUNUT_TRY(require_open_for_rating(at, body.person, body.period, *document));
  WorkResultRated rated = body;
  if (rated.expectation) rated.result = Score{};
  return under(at.one(rated, std::min(last_day(body.period), at.today()), delegation), document);
}

Decided decide_one(const Case& at, const BehaviourRated& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_ASSIGN(const auto delegation, require_rater(at, body.person, body.period));
  if (!body.expectation) RUNUT_TRY(check_values(body.values));
  if (body.expectation && !body.values.empty())
    return both_given("data.values", std::to_string(body.values.size()));
  RUNUT_ASSIGN(const InForce document,
               evaluating_document(at, body.period, regime_of(body.expectation.has_value())));
  RUNUT_TRY(require_not_delivered(at, body.person, body.period));
  RUNUT_TRY(require_open_for_rating(at, body.person, body.period, *document));
  return under(at.one(body, std::min(last_day(body.period), at.today()), delegation), document);
}

Decided decide_one(const Case& at, const InnovationRecognised& body) {
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_superior(body.person, authority_day(body.period)));
  RUNUT_TRY(evaluating_document(at, body.period, Regime::numeric));
  RUNUT_TRY(require_not_delivered(at, body.person, body.period));
  return at.one(body, body.decree.date);
}

Decided decide_one(const Case& at, const EvaluationDelivered& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_ASSIGN(const auto delegation,
               at.require_appraiser(body.person, authority_day(body.period)));
  RUNUT_ASSIGN(const InForce document, evaluating_document(at, body.period, std::nullopt));
  RUNUT_TRY(require_not_delivered(at, body.person, body.period));
  if (const SurveyFact* const survey = at.person(body.person).survey(body.period);
      survey != nullptr && !survey->closed)
    return reject("evaluation.survey_open", "data.period", to_string(body.period),
                  "the survey opened at sequence " + std::to_string(survey->opened.value) +
                      " is closed first: it may change the score");
  EvaluationDelivered delivered{body.person, body.period};
  if (document->evaluation.regime == Regime::predicate) {
    RUNUT_ASSIGN(const auto rated, compute_predicate(at.context.facts, body.person, body.period,
                                                     document->evaluation.predicate));
    if (!rated)
      return reject("evaluation.incomplete", "data.period", to_string(body.period),
                    "the appraiser of the last day in it rates result and behaviour first");
    RUNUT_TRY(show_predicate(at, *document, rated->predicate, delivered));
    return under(at.one(delivered, at.today(), delegation), document);
  }
  const EvaluationFact* const fact = evaluation(at, body.person, body.period);
  if (fact == nullptr || fact->results.empty() || fact->behaviours.empty())
    return reject("evaluation.incomplete", "data.period", to_string(body.period),
                  "a work result and the seven values of behaviour are rated first");
  return at.one(delivered, at.today(), delegation);
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
  if (!body.expectations) {
    RUNUT_TRY(check_score(body.result, "data.result"));
    RUNUT_TRY(check_values(body.values));
  } else if ((body.result != Score{} && body.result != unscored) || !body.values.empty()) {
    return both_given("data.expectations", std::string(to_string(body.expectations->result)));
  }
  RUNUT_TRY(require_delivered(at, body.person, body.period));
  if (at.command.reason.empty())
    return reject("correction.reason", "reason", {}, "a correction says why");
  const EvaluationFact& fact = *evaluation(at, body.person, body.period);
  const Sequence standing = fact.standing();
  if (at.command.supersedes && *at.command.supersedes != standing)
    return reject("correction.supersedes", "supersedes",
                  std::to_string(at.command.supersedes->value),
                  "what stands is sequence " + std::to_string(standing.value));
  Decision out = at.one(body, last_day(body.period));
  out.front().supersedes = standing;
  RUNUT_ASSIGN(out.front().payload, corrected_result(at, body, fact, out));
  if (body.expectations) return out;
  RUNUT_ASSIGN(std::optional<NewEvent> adjustment, correct_tier(at, body));
  if (adjustment) out.push_back(std::move(*adjustment));
  return out;
}

}  // namespace runut::rules
