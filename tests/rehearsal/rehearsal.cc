#include "tests/rehearsal/rehearsal.h"

#include "base/sha256.h"
#include "ledger/decide.h"
#include "ledger/stamp.h"
#include "ledger/survey.h"

namespace runut::testing {

Rehearsal::Rehearsal() {
  facts_ = std::make_unique<LoadedFacts>(*this, std::make_shared<const AgencyFacts>(), Sequence{});
}

Status Rehearsal::play(const Command& command) {
  Context context{.facts = *facts_,
                  .now = *command.recorded_at,
                  .is_import = false,
                  .text_lookup = {},
                  .public_key = sha256("key"),
                  .log_origin = "rehearsal"};
  if (std::holds_alternative<IdentifierAssigned>(command.body))
    context.text_lookup = Mac128::from(sha256(command.text).view().substr(0, Mac128::size));
  if (const auto* answer = std::get_if<AnswerSurvey>(&command.body);
      answer && command.actor.person())
    context.pseudonym =
        survey_pseudonym("key", answer->person, answer->period, *command.actor.person());
  if (const auto* closing = std::get_if<CloseSurvey>(&command.body))
    for (const auto& answer : answers_to_sum(facts_->person(closing->person), closing->period))
      context.answers.push_back({answer.sequence, answers_.at(answer.sequence)});
  if (command.refers_to) {
    RUNUT_ASSIGN(context.referred, this->command(*command.refers_to));
  }
  const auto decision = decide(context, command);
  RUNUT_TRY(facts_->status());
  if (!decision) {
    const auto actor = command.actor.person();
    if (decision.error().code == ErrorCode::unauthorised && actor &&
        facts_->agency().persons.contains(*actor)) {
      const Error& error = decision.error();
      NewEvent trace;
      trace.payload = AttemptRefused{std::string(command_name(command.body)), error.rule,
                                     error.field, error.value, std::nullopt};
      trace.occurred_on = local_date(context.now, facts_->agency().utc_offset_minutes());
      RUNUT_TRY(append(command, trace, 0, 1));
    }
    return fail(decision.error());
  }
  for (std::size_t i = 0; i < decision->size(); ++i)
    RUNUT_TRY(append(command, (*decision)[i], i, decision->size()));
  return {};
}

Status Rehearsal::take_over(Instant now) {
  Command nobody;
  nobody.actor.kind = ActorKind::system;
  nobody.actor.id = 1;
  nobody.actor.role = Role::operator_;
  nobody.recorded_at = now;
  NewEvent event;
  event.payload = WriterTookOver{{}, "rehearsal"};
  event.occurred_on = local_date(now, facts_->agency().utc_offset_minutes());
  return append(nobody, event, 0, 1);
}

Status Rehearsal::append(const Command& command, const NewEvent& wanted, std::size_t index,
                         std::size_t count) {
  Event event = stamp(command, wanted, index, count, Sequence{events_.size() + 1 - index},
                      *command.recorded_at);
  if (event.origin == Origin{}) event.origin = Origin::simulation;
  for (const Touch& touch : touches(event, facts_->agency().utc_offset_minutes()))
    by_touch_[touch].push_back(events_.size());
  events_.push_back(event);
  if (!wanted.text.empty()) answers_[event.sequence] = wanted.text;
  return facts_->apply(event);
}

Status Rehearsal::each(const Subject& subject, std::optional<Month> month, Sequence until,
                       const Visit& visit) const {
  const auto found = by_touch_.find({subject, month});
  if (found == by_touch_.end()) return {};
  for (const std::size_t index : found->second) {
    if (events_[index].sequence > until) break;
    RUNUT_TRY(visit(events_[index], Hash256{}));
  }
  return {};
}

Result<std::uint32_t> Rehearsal::version(const Subject&) const {
  return 0;
}
Result<std::optional<Sequence>> Rehearsal::command(const CommandId& id) const {
  for (const Event& event : events_)
    if (event.command == id) return event.sequence;
  return std::nullopt;
}

}  // namespace runut::testing
