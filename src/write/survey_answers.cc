#include "write/survey_answers.h"

#include "codec/envelope_codec.h"
#include "ledger/survey.h"
#include "seal/sealed.h"

namespace runut {
namespace {

Result<std::string> opened_from_log(Sequence sequence, const EventLog& log, const KeyStore& keys) {
  RUNUT_ASSIGN(const EventBatch batch, log.read(sequence, {.events = 1}));
  if (batch.empty()) return fail(ErrorCode::corrupt, "an answer of the survey is not in the log");
  RUNUT_ASSIGN(const Event event, decode_event(batch.events.front().bytes));
  RUNUT_ASSIGN(const Sealed sealed, parse_sealed(event.sealed));
  return open_text(keys, sealed,
                   {event.agency, event.command, static_cast<std::uint16_t>(event.type())});
}

}  // namespace

Result<std::vector<OpenedAnswer>> open_survey_answers(const CloseSurvey& closing,
                                                      const Facts& facts, const EventLog& log,
                                                      const KeyStore& keys,
                                                      const AnswerInFlight& in_flight) {
  std::vector<OpenedAnswer> out;
  for (const SurveyAnswerFact& answer :
       answers_to_sum(facts.person(closing.person), closing.period)) {
    std::optional<std::string> text = in_flight(answer.sequence);
    if (!text) {
      RUNUT_ASSIGN(text, opened_from_log(answer.sequence, log, keys));
    }
    out.push_back({answer.sequence, std::move(*text)});
  }
  return out;
}

Result<std::optional<std::uint64_t>> pseudonym_of(const Command& answering, const Facts& facts,
                                                  KeyStore& keys) {
  const auto* const answer = std::get_if<AnswerSurvey>(&answering.body);
  const std::optional<PersonId> actor = answering.actor.person();
  if (answer == nullptr || !actor) return std::optional<std::uint64_t>{};
  const PersonFacts& rated = facts.person(answer->person);
  const SurveyFact* const survey = rated.survey(answer->period);
  if (survey == nullptr || survey->closed || rated.erased) return std::optional<std::uint64_t>{};
  RUNUT_ASSIGN(const Key256 key, keys.key_to_seal(answer->person));
  return std::optional(survey_pseudonym(key.view(), answer->person, answer->period, *actor));
}

}  // namespace runut
