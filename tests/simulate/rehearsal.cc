#include "tests/simulate/rehearsal.h"

#include "base/sha256.h"
#include "ledger/decide.h"

namespace runut::simulation {

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
  const auto decision = decide(context, command);
  RUNUT_TRY(facts_->status());
  if (!decision) {
    if (decision.error().code == ErrorCode::unauthorised) {
      const Error& error = decision.error();
      RUNUT_TRY(append(command,
                       AttemptRefused{std::string(command_name(command.body)), error.rule,
                                      error.field, error.value, std::nullopt},
                       local_date(context.now, facts_->agency().utc_offset_minutes()), std::nullopt,
                       std::nullopt, std::nullopt));
    }
    return fail(decision.error());
  }
  const std::uint64_t first = events_.size() + 1;
  for (const NewEvent& wanted : *decision) {
    std::optional<Sequence> causation = wanted.causation;
    if (wanted.caused_by_index) causation = Sequence{first + *wanted.caused_by_index};
    RUNUT_TRY(append(command, wanted.payload, wanted.occurred_on, wanted.supersedes, causation,
                     wanted.regulation));
  }
  return {};
}

Status Rehearsal::append(const Command& command, Payload payload, Date occurred_on,
                         std::optional<Sequence> supersedes, std::optional<Sequence> causation,
                         std::optional<Sequence> regulation) {
  Event event;
  event.sequence = Sequence{events_.size() + 1};
  event.occurred_on = occurred_on;
  event.acted_at = command.acted_at.value_or(*command.recorded_at);
  event.recorded_at = *command.recorded_at;
  event.origin = Origin::simulation;
  event.subject = subject_of(payload);
  event.command = command.id;
  event.actor = command.actor;
  event.supersedes = supersedes;
  event.causation = causation;
  event.regulation = regulation;
  event.payload = std::move(payload);
  for (const Touch& touch : touches(event, facts_->agency().utc_offset_minutes()))
    by_touch_[touch].push_back(events_.size());
  events_.push_back(event);
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
Result<std::optional<History::CommandEntry>> Rehearsal::command(const CommandId&) const {
  return std::nullopt;
}

}  // namespace runut::simulation
