// The survey of behaviour by superior, peers and subordinates (rulebook section 3.2). Personnel
// opens and closes it; what it holds is the answering people's.
#include <algorithm>

#include "ledger/rules.h"
#include "ledger/survey.h"

namespace runut::rules {
namespace {

// A period that has begun, of the length that scores are made for: a survey of another one would
// never count. The predicate regime uses surveys beside its evaluation, of any period.
Status check_surveyed_period(const Case& at, Period period) {
  const auto document = at.agency().timeline.in_force(at.today(), at.known_at());
  if (!document)
    return reject("regulation.none", "data.period", to_string(period),
                  "no document is in force on " + to_string(at.today()));
  const std::int32_t months = (*document)->ranking.period_months;
  if ((*document)->evaluation.regime == Regime::numeric && period.months != months)
    return reject("survey.period_length", "data.period", to_string(period),
                  "the document evaluates " + std::to_string(months) + " months at a time");
  if (first_day(period) > at.today())
    return reject("survey.period_in_future", "data.period", to_string(period),
                  "today is " + to_string(at.today()));
  return {};
}

Result<const SurveyFact*> open_survey(const Case& at, PersonId person, Period period) {
  const SurveyFact* const survey = at.person(person).survey(period);
  if (survey == nullptr)
    return reject("survey.none", "data.period", to_string(period),
                  "no survey of that period is open for " + to_string(person));
  if (survey->closed)
    return reject("survey.closed", "data.period", to_string(period),
                  "closed at sequence " + std::to_string(survey->closed->sequence.value));
  return survey;
}

// Relations are read on the day that ratings are: the period's last, while it lasts today.
Date relation_day(const Case& at, Period period) {
  return std::min(last_day(period), at.today());
}

Status require_relation(const Case& at, const AnswerSurvey& body) {
  // Decided again: who it was, and how they stood to the person, was looked at before.
  if (at.command.actor.kind == ActorKind::pseudonym) return {};
  const std::optional<PersonId> actor = at.actor();
  if (!actor)
    return refuse("authority.survey_relation", "actor.id", "system", "people answer a survey");
  if (*actor == body.person)
    return refuse("authority.self", "actor.id", to_string(*actor),
                  "nobody answers the survey about themself");
  const Date day = relation_day(at, body.period);
  const auto relation = survey_relation(at.person(body.person), at.person(*actor), day);
  if (relation == body.relation) return {};
  return refuse(
      "authority.survey_relation", "data.relation", std::string(to_string(body.relation)),
      to_string(*actor) +
          (relation ? " answers as " + std::string(to_string(*relation)) + ": that is what"
                    : " has no relation by which to answer: that is how") +
          " they stood to " + to_string(body.person) + " on " + to_string(day));
}

// What is recorded beside a pseudonym must not say whose it is.
Status check_anonymous(const Case& at) {
  if (!at.command.reason.empty())
    return reject("survey.anonymous", "reason", at.command.reason,
                  "who answers stays unknown: their answer has no reason");
  if (!at.command.evidence.empty())
    return reject("survey.anonymous", "evidence", to_hex(at.command.evidence.front().view()),
                  "who answers stays unknown: their answer has no evidence");
  return {};
}

Status check_answer(const std::vector<Score>& values) {
  if (values.size() != behaviour_values)
    return reject("survey.values", "data.values", std::to_string(values.size()),
                  "BerAKHLAK has seven values");
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i].value < 0 || values[i].value > 12'000)
      return reject("survey.value_range", "data.values[" + std::to_string(i) + "]",
                    to_string(values[i]), "from 0.00 to 120.00");
  return {};
}

// Sums that were recorded belong to as many answers as are known here, relation by relation.
Status check_recorded(const Case& at, const std::vector<SurveyAnswerFact>& answers, Period period) {
  for (const auto& row : EnumNames<SurveyRelation>::table) {
    std::uint32_t recorded = 0;
    for (const SurveyRelationSum& one : *at.context.recorded_sums)
      if (one.relation == row.value) recorded += one.answers;
    const auto known =
        std::count_if(answers.begin(), answers.end(),
                      [&](const SurveyAnswerFact& answer) { return answer.relation == row.value; });
    if (recorded != static_cast<std::uint32_t>(known))
      return reject("survey.sealed_answers", "data.period", to_string(period),
                    std::to_string(recorded) + " answers of the relation " +
                        std::string(to_string(row.value)) + " were summed, " +
                        std::to_string(known) + " are recorded");
  }
  return {};
}

}  // namespace

Decided decide_one(const Case& at, const SurveyOpened& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(check_surveyed_period(at, body.period));
  const PersonFacts& person = at.person(body.person);
  if (person.erased)
    return reject("survey.erased", "data.person", to_string(body.person),
                  "the person's key is destroyed: no answer could be sealed");
  if (const SurveyFact* const survey = person.survey(body.period))
    return reject("survey.opened", "data.period", to_string(body.period),
                  "opened at sequence " + std::to_string(survey->opened.value));
  if (const EvaluationFact* const fact = person.evaluation(body.period);
      fact != nullptr && fact->delivered)
    return reject(
        "survey.delivered", "data.period", to_string(body.period),
        "the evaluation was delivered at sequence " + std::to_string(fact->delivered->value));
  return at.one(body, at.today());
}

Decided decide_one(const Case& at, const AnswerSurvey& body) {
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(require_relation(at, body));
  RUNUT_ASSIGN(const SurveyFact* const survey, open_survey(at, body.person, body.period));
  for (const SurveyAnswerFact& answer : survey->answers)
    if ((answer.by && answer.by == at.actor()) ||
        (answer.pseudonym && answer.pseudonym == at.context.pseudonym))
      return reject("survey.answered", "actor.id", actor_id(at.command.actor),
                    "answered at sequence " + std::to_string(answer.sequence.value));
  const bool is_anonymous = at.context.pseudonym && body.relation != SurveyRelation::superior;
  // Decided again it is as it was recorded.
  if (is_anonymous && at.command.actor.kind != ActorKind::pseudonym) RUNUT_TRY(check_anonymous(at));
  RUNUT_TRY(check_answer(body.values));
  if (at.person(body.person).erased)
    return reject("survey.erased", "data.person", to_string(body.person),
                  "the person's key is destroyed: no answer can be sealed");
  Decision out = at.one(SurveyAnswered{body.person, body.period, body.relation}, at.today());
  out.front().text = answer_text(body.values);
  out.front().carries_text = true;
  if (is_anonymous) out.front().pseudonym = at.context.pseudonym;
  return out;
}

Decided decide_one(const Case& at, const CloseSurvey& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(open_survey(at, body.person, body.period));
  const std::vector<SurveyAnswerFact> answers = answers_to_sum(at.person(body.person), body.period);
  std::vector<SurveyRelationSum> sums;
  if (at.context.recorded_sums) {
    RUNUT_TRY(check_recorded(at, answers, body.period));
    sums = *at.context.recorded_sums;
  } else {
    RUNUT_ASSIGN(sums, sum_answers(answers, at.context.answers));
  }
  return at.one(SurveyClosed{body.person, body.period, std::move(sums)}, at.today());
}

}  // namespace runut::rules
