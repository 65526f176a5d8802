// Declared imports of older data, and what of them an official lets count (rulebook section 2).
#include "ledger/rules.h"

namespace runut::rules {
namespace {

// What the ledger itself works out or decides is never older data.
bool may_be_imported(const CommandBody& body) {
  return std::visit(
      []<class B>(const B&) {
        const bool is_own =
            std::is_same_v<B, FoundAgency> || std::is_same_v<B, EnactRegulation> ||
            std::is_same_v<B, AmendRegulation> || std::is_same_v<B, RegulationRepealed> ||
            std::is_same_v<B, FreezeRanking> || std::is_same_v<B, PublishRanking> ||
            std::is_same_v<B, TieResolved> || std::is_same_v<B, ComputeTppRun> ||
            std::is_same_v<B, LockTppRun> || std::is_same_v<B, TppRunReopened> ||
            std::is_same_v<B, PaymentOrdered> || std::is_same_v<B, PaymentConfirmed> ||
            std::is_same_v<B, PaymentReturned> || std::is_same_v<B, SubjectKeyDestroyed> ||
            std::is_same_v<B, ImportDeclared> || std::is_same_v<B, ImportedEventAccepted> ||
            std::is_same_v<B, AccessRecorded> || std::is_same_v<B, ProjectionPromoted>;
        return !is_own;
      },
      body);
}

Decided decide_held(const Case& at, const HeldFact& held) {
  Command legacy;
  legacy.actor = held.actor;
  legacy.acted_at = held.acted_at;
  Context then = at.context;
  then.is_import = true;
  return std::visit(
      [&]<class P>(const P& payload) -> Decided {
        if constexpr (may_be_held<P>)
          return decide_one(Case{then, legacy, true}, payload);
        else
          return fail(ErrorCode::internal, "an event is held that no import may hold");
      },
      held.payload);
}

}  // namespace

Status check_import(const Case& at) {
  const auto number = at.command.import_number;
  if (!number) return {};
  if (at.agency().imports.find(*number, at.known_at()) == nullptr)
    return unknown("import.undeclared", "import", std::to_string(*number),
                   "no import of this number is declared");
  if (!may_be_imported(at.command.body))
    return reject("import.unsupported", "import", std::to_string(*number),
                  "this command is the ledger's own and belongs to no import");
  return {};
}

Decided decide_one(const Case& at, const ImportDeclared& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(at.require_decree(body.decree));
  if (body.number == 0)
    return reject("import.number", "data.number", std::to_string(body.number), "from 1");
  if (at.agency().imports.find(body.number, at.known_at()) != nullptr)
    return reject("import.number_taken", "data.number", std::to_string(body.number),
                  "declared already");
  if (body.source.empty() || body.source.size() > 200)
    return reject("import.source", "data.source", body.source, "1 to 200 bytes");
  return at.one(body, at.today());
}

// Decided anew without asking for authority, at the time of the legacy act: whatever else forbids
// the fact by now (a decision that came first) forbids its acceptance. Who signs is neither whom it
// is about nor who did it: nobody legalises their own act.
Decided decide_one(const Case& at, const ImportedEventAccepted& body) {
  RUNUT_TRY(at.require_role({Role::official, Role::hr}));
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  const HeldFact* const held = at.agency().imports.find_held(body.event, at.known_at());
  if (held == nullptr || held->person != body.person)
    return unknown("import.event_unknown", "data.event", std::to_string(body.event.value),
                   "no event of " + to_string(body.person) + " that was imported as found");
  if (held->accepted && *held->accepted <= at.known_at())
    return reject("import.event_accepted", "data.event", std::to_string(body.event.value),
                  "accepted by sequence " + std::to_string(held->accepted->value));
  const PersonId signatory = body.decree.signatory;
  if (signatory == body.person || held->actor.person() == signatory)
    return refuse("authority.accepts_own", "data.decree.signatory", to_string(signatory),
                  "is a party to what is accepted");
  RUNUT_ASSIGN(Decision fact, decide_held(at, *held));
  Decision out = at.one(body, at.today());
  for (NewEvent& event : fact) {
    event.caused_by_index = 0;
    event.legacy = LegacyAct{held->actor, held->acted_at};
    out.push_back(std::move(event));
  }
  return out;
}

}  // namespace runut::rules
