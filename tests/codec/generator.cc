#include "tests/codec/generator.h"

namespace runut::codec_test {

std::string Generator::text() {
  static constexpr std::array<std::string_view, 12> pieces{
      "a", "Z", "7", " ", "/", "\"", "\\", "é", "漢", "😀", "Kota Kediri", "-"};
  std::string out;
  const std::uint64_t count = optionals_ == Optionals::all ? 1 + below(6) : below(7);
  for (std::uint64_t i = 0; i < count; ++i) out += pieces.at(below(pieces.size()));
  return out;
}

Actor Generator::actor() {
  Actor actor;
  actor.kind = below(2) == 0 ? ActorKind::person : ActorKind::system;
  fill(actor.role);
  fill(actor.assurance);
  actor.id = number<std::uint64_t>(1, UINT64_MAX);
  if (optionals_ == Optionals::all || coin()) actor.method = "oidc";
  fill(actor.issuer);
  fill(actor.credential);
  return actor;
}

Payload Generator::payload(EventType type) {
  Payload payload = make_payload(type);
  std::visit(
      [&]<class P>(P& record) {
        if constexpr (Record<P>) fill(record);
      },
      payload);
  return payload;
}

Event Generator::event(Payload payload) {
  const auto reference = [&](std::uint64_t last) -> std::optional<Sequence> {
    if (optionals_ == Optionals::none || (optionals_ == Optionals::mixed && coin()))
      return std::nullopt;
    return Sequence{number<std::uint64_t>(1, last)};
  };
  Event event;
  event.sequence = Sequence{number<std::uint64_t>(1, UINT64_MAX - 1) + 1};
  event.agency = number<std::uint64_t>(0, UINT64_MAX);
  fill(event.previous);
  event.commit_count = number<std::uint32_t>(1, UINT32_MAX);
  event.commit_index = static_cast<std::uint32_t>(
      below(std::min<std::uint64_t>(event.commit_count, event.sequence.value)));
  fill(event.occurred_on);
  fill(event.acted_at);
  fill(event.recorded_at);
  fill(event.origin);
  event.subject = subject_of(payload);
  event.subject_version = number<std::uint32_t>(1, UINT32_MAX);
  fill(event.command);
  fill(event.command_mac);
  event.actor = actor();
  if (const auto* answered = std::get_if<SurveyAnswered>(&payload);
      answered != nullptr && answered->relation != SurveyRelation::superior && coin())
    event.actor.kind = ActorKind::pseudonym;
  event.actor.on_behalf_of = reference(event.sequence.value - 1);
  event.supersedes = reference(event.sequence.value - 1);
  event.causation = reference(event.sequence.value - 1);
  event.regulation = reference(event.sequence.value);
  fill(event.correlation);
  fill(event.reason);
  fill(event.evidence);
  if (optionals_ != Optionals::none) event.sealed = bytes(below(200));
  event.payload = std::move(payload);
  return event;
}

Command Generator::command(CommandBody body) {
  std::visit(
      [&]<class B>(B& record) {
        if constexpr (Record<B>) fill(record);
        // What the ledger computes has no JSON form.
        if constexpr (std::is_same_v<B, IdentifierAssigned>) record.lookup = {};
        if constexpr (std::is_same_v<B, EvaluationDelivered> ||
                      std::is_same_v<B, EvaluationCorrected>) {
          record.predicate.reset();
          record.credit_hundredths.reset();
        }
        if constexpr (std::is_same_v<B, WorkResultRated>)
          if (coin()) record.result = unscored;
        if constexpr (std::is_same_v<B, PaymentOrdered>)
          record.amount = coin() ? locked_amount : Rupiah{number<std::int64_t>(0, INT64_MAX)};
        if constexpr (std::is_same_v<B, PaymentReturned>)
          record.amount = coin() ? locked_amount : Rupiah{number<std::int64_t>(0, INT64_MAX)};
        if constexpr (std::is_same_v<B, DisciplinarySanctionCancelled>)
          if (coin()) record.sanction = the_one_that_stands;
        if constexpr (std::is_same_v<B, DelegationRevoked>)
          if (coin()) record.delegation = the_one_that_stands;
      },
      body);
  Command command;
  fill(command.id);
  command.agency = text();
  command.actor = actor();
  fill(command.on_behalf_of);
  fill(command.import_number);
  if (command.import_number == 0) command.import_number = 1;
  fill(command.acted_at);
  fill(command.recorded_at);
  fill(command.occurred_on);
  fill(command.supersedes);
  const bool refers = coin();
  const bool in_body = std::visit(
      [&]<class B>(B& record) {
        if constexpr (std::is_same_v<B, DisciplinarySanctionCancelled>) {
          if (refers) record.sanction = the_one_that_stands;
          return true;
        }
        if constexpr (std::is_same_v<B, DelegationRevoked>) {
          if (refers) record.delegation = the_one_that_stands;
          return true;
        }
        return false;
      },
      body);
  if (refers && (command.supersedes || in_body)) {
    fill(command.refers_to.emplace());
    if (command.supersedes) command.supersedes = Sequence{};
  }
  fill(command.expected_version);
  fill(command.correlation);
  fill(command.reason);
  fill(command.evidence);
  command.text = text();
  command.body = std::move(body);
  return command;
}

std::vector<EventType> released_types() {
  std::vector<EventType> types;
  for (const auto& row : EnumNames<EventType>::table) types.push_back(row.value);
  return types;
}

}  // namespace runut::codec_test
