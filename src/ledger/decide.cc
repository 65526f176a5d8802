#include "ledger/decide.h"

#include <algorithm>

#include "computation/laws.h"
#include "ledger/rules.h"

namespace runut {
namespace {

// Which commands may name an event that they supersede.
bool may_supersede(const CommandBody& body) {
  return std::holds_alternative<DailyReportSubmitted>(body) ||
         std::holds_alternative<EvaluationCorrected>(body) ||
         std::holds_alternative<UnitPredicateSet>(body);
}

// Which commands an appraiser may delegate (rulebook section 3.1, Who approves).
bool may_be_delegated(const CommandBody& body) {
  return std::holds_alternative<DailyReportApproved>(body) ||
         std::holds_alternative<DailyReportReturned>(body) ||
         std::holds_alternative<DailyReportRejected>(body) ||
         std::holds_alternative<ExcuseDecided>(body) ||
         std::holds_alternative<PlanReturned>(body) || std::holds_alternative<PlanApproved>(body) ||
         std::holds_alternative<ExpectationClarified>(body) ||
         std::holds_alternative<FeedbackGiven>(body) ||
         std::holds_alternative<DialogueHeld>(body) ||
         std::holds_alternative<CoachingPlanned>(body) ||
         std::holds_alternative<WorkResultRated>(body) ||
         std::holds_alternative<BehaviourRated>(body) ||
         std::holds_alternative<EvaluationDelivered>(body) ||
         std::holds_alternative<ExplanationGiven>(body);
}

// The sealed-text rule of the event that the command asks for.
TextPolicy text_policy_of(const CommandBody& body) {
  return std::visit(
      []<class B>(const B&) {
        return event_type_of<B> == EventType::unspecified ? TextPolicy::none
                                                          : text_policy(event_type_of<B>);
      },
      body);
}

// Whom the command is about, and whose key seals its text.
std::optional<PersonId> person_of(const CommandBody& body) {
  return std::visit(
      []<class B>(const B& asked) -> std::optional<PersonId> {
        if constexpr (requires { PersonId{asked.person}; })
          return asked.person;
        else
          return std::nullopt;
      },
      body);
}

bool is_erased(const rules::Case& at, PersonId person) {
  const auto found = at.agency().erased.find(person);
  return found != at.agency().erased.end() && found->second <= at.known_at();
}

Status check_form(const rules::Case& at) {
  const Command& command = at.command;
  const auto bad = [](std::string rule, std::string field, std::string value, std::string message) {
    return fail(Error{ErrorCode::invalid_input, std::move(rule), std::move(field), std::move(value),
                      std::move(message)});
  };
  if (command.id.is_zero())
    return bad("command.id", "id", to_string(command.id), "a UUID is wanted");
  const bool founding = std::holds_alternative<FoundAgency>(command.body);
  if (founding != !at.agency().founded.has_value())
    return reject("agency.founded", "command", std::string(command_name(command.body)),
                  founding ? "this ledger is founded already" : "a ledger begins with FoundAgency");
  if (!founding && command.agency != at.agency().founded->agency)
    return reject("agency.other", "agency", command.agency,
                  "this is the ledger of " + at.agency().founded->agency);
  RUNUT_TRY(rules::check_import(at));
  if (command.acted_at && *command.acted_at > at.context.now)
    return reject("command.acted_in_future", "acted_at", to_string(*command.acted_at),
                  "later than the moment of recording");
  if (command.supersedes && !may_supersede(command.body))
    return reject("supersedes.unsupported", "supersedes", std::to_string(command.supersedes->value),
                  "this command corrects nothing by superseding");
  if (command.on_behalf_of && !may_be_delegated(command.body))
    return reject("on_behalf_of.unsupported", "actor.on_behalf_of",
                  to_string(*command.on_behalf_of), "this command is not given for an appraiser");
  // Nobody acts by a pseudonym: it is what became of somebody in the record.
  if (command.actor.kind == ActorKind::pseudonym && at.context.pseudonym != command.actor.id)
    return bad("actor.pseudonym", "actor.kind", "pseudonym", "a person or a system acts");
  const TextPolicy policy = text_policy_of(command.body);
  if (policy == TextPolicy::required && command.text.empty())
    return bad("text.required", "text", {}, "the personal text is missing");
  if (policy == TextPolicy::none && !command.text.empty())
    return bad("text.not_allowed", "text", std::to_string(command.text.size()) + " bytes",
               "this command carries no personal text");
  if (const auto person = person_of(command.body);
      person && !command.text.empty() && is_erased(at, *person))
    return reject("person.erased", "text", to_string(*person),
                  "the person's key is destroyed: no text of theirs can be sealed");
  if (const auto actor = at.actor(); actor && !at.agency().persons.empty())
    RUNUT_TRY(at.require_person(*actor, "actor.id"));
  return {};
}

Result<Decision> decide_body(const rules::Case& at) {
  return std::visit(
      [&]<class B>(const B& body) -> Result<Decision> {
        if constexpr (std::is_same_v<B, std::monostate>)
          return fail(ErrorCode::invalid_input, "a command without a body");
        else
          return rules::decide_one(at, body);
      },
      at.command.body);
}

// Strictly first: only what the rules of authority refuse is held.
bool is_taken_as_found(const rules::Case& at) {
  const auto number = at.command.import_number;
  const bool as_found =
      at.context.as_found || (number && at.agency().imports.declared.at(*number).declared.as_found);
  return as_found &&
         std::visit([]<class B>(const B&) { return rules::may_be_held<B>; }, at.command.body);
}

Status check_laws(const Decision& decision) {
  std::vector<const Payload*> payloads;
  payloads.reserve(decision.size());
  for (const NewEvent& event : decision) payloads.push_back(&event.payload);
  return laws::check_commit(payloads);
}

}  // namespace

Needs needs(const Command& command, const AgencyFacts& agency) {
  Needs out;
  if (const auto actor = command.actor.person()) out.people.push_back(*actor);
  if (command.on_behalf_of) out.people.push_back(*command.on_behalf_of);
  const int offset = agency.utc_offset_minutes();
  std::visit(
      [&]<class B>(const B& body) {
        if constexpr (requires { PersonId{body.person}; }) {
          out.people.push_back(body.person);
          if constexpr (std::is_same_v<B, AttendanceRecorded>)
            out.months.push_back({body.person, month_of(local_date(body.at, offset))});
          else if constexpr (requires { Date{body.date}; })
            out.months.push_back({body.person, month_of(body.date)});
          else if constexpr (std::is_same_v<B, PaymentReturned>)
            out.months.push_back({body.person, body.run.month});
        }
        if constexpr (std::is_same_v<B, ImportedEventAccepted>) {  // what is decided anew
          if (const auto held = agency.imports.held.find(body.event);
              held != agency.imports.held.end())
            std::visit(
                [&]<class P>(const P& payload) {
                  if constexpr (requires { Date{payload.date}; })
                    out.months.push_back({held->second.person, month_of(payload.date)});
                },
                held->second.payload);
        }
        [[maybe_unused]] const auto people_in =
            [&](const std::map<UnitId, std::vector<PersonId>>& units, UnitId unit) {
              if (const auto found = units.find(unit); found != units.end())
                out.people.insert(out.people.end(), found->second.begin(), found->second.end());
            };
        if constexpr (std::is_same_v<B, UnitClosed> ||          // who may still be assigned there
                      std::is_same_v<B, CloseUnitEvaluations>)  // whom it counts
          people_in(agency.ever_assigned, body.unit);
        if constexpr (std::is_same_v<B, UnitClosed>) people_in(agency.ever_acting, body.unit);
        if constexpr (std::is_same_v<B, AppraiserAssigned>) {
          out.people.push_back(body.appraiser);
          if (body.superior) out.people.push_back(*body.superior);
        }
        if constexpr (requires { PersonId{body.from_person}; }) {
          out.people.push_back(body.from_person);
          out.people.push_back(body.to_person);
        }
        if constexpr (requires { PersonId{body.decree.signatory}; })
          out.people.push_back(body.decree.signatory);
        out.computes = std::is_same_v<B, FreezeRanking> || std::is_same_v<B, PublishRanking> ||
                       std::is_same_v<B, ComputeTppRun> || std::is_same_v<B, LockTppRun> ||
                       std::is_same_v<B, TieResolved>;
      },
      command.body);
  std::sort(out.people.begin(), out.people.end());
  out.people.erase(std::unique(out.people.begin(), out.people.end()), out.people.end());
  return out;
}

namespace {

// As if the sequence had been named.
Result<Command> with_sequence(const Context& context, Command command) {
  const CommandId named = *command.refers_to;
  command.refers_to.reset();
  Sequence* place = command.supersedes ? &*command.supersedes : nullptr;
  const char* field = "supersedes";
  if (auto* const cancelled = std::get_if<DisciplinarySanctionCancelled>(&command.body);
      cancelled != nullptr && place == nullptr) {
    place = &cancelled->sanction;
    field = "data.sanction";
  }
  if (auto* const revoked = std::get_if<DelegationRevoked>(&command.body);
      revoked != nullptr && place == nullptr) {
    place = &revoked->delegation;
    field = "data.delegation";
  }
  if (place == nullptr || !context.referred)
    return rules::unknown("reference.unknown", field, to_string(named),
                          "no event of this ledger came from that command");
  *place = *context.referred;
  return command;
}

}  // namespace

Result<Decision> decide(const Context& context, const Command& command) {
  if (command.refers_to) {
    RUNUT_ASSIGN(const Command named, with_sequence(context, command));
    return decide(context, named);
  }
  const rules::Case at{context, command};
  RUNUT_TRY(check_form(at));
  Result<Decision> decision = decide_body(at);
  if (!decision && decision.error().code == ErrorCode::unauthorised && is_taken_as_found(at)) {
    decision = decide_body({context, command, true});
    if (decision)
      for (NewEvent& event : *decision) event.is_held = true;
  }
  if (decision && command.import_number)
    for (NewEvent& event : *decision)
      if (!event.causation && !event.caused_by_index)
        event.causation = at.agency().imports.declared.at(*command.import_number).sequence;
  // The date follows from what is asked; whoever states it, states that one.
  if (decision && command.occurred_on && *command.occurred_on != decision->front().occurred_on)
    return reject("command.occurred_on", "occurred_on", to_string(*command.occurred_on),
                  "this fact is dated " + to_string(decision->front().occurred_on));
  if (decision) RUNUT_TRY(check_laws(*decision));
  return decision;
}

}  // namespace runut
