#include "ledger/decide.h"

#include <algorithm>

#include "ledger/rules.h"

namespace runut {
namespace {

// Which commands may name an event that they supersede.
bool may_supersede(const CommandBody& body) {
  return std::holds_alternative<DailyReportSubmitted>(body) ||
         std::holds_alternative<EvaluationCorrected>(body);
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

Status check_form(const rules::Case& at) {
  const Command& command = at.command;
  const auto bad = [](std::string rule, std::string field, std::string value, std::string message) {
    return fail(Error{ErrorCode::invalid_input, std::move(rule), std::move(field), std::move(value),
                      std::move(message)});
  };
  if (command.id.is_zero()) return bad("command.id", "id", to_string(command.id), "a UUID is wanted");
  const bool founding = std::holds_alternative<FoundAgency>(command.body);
  if (founding != !at.agency().founded.has_value())
    return rules::reject("agency.founded", "command", std::string(command_name(command.body)),
                         founding ? "this ledger is founded already"
                                  : "a ledger begins with FoundAgency");
  if (!founding && command.agency != at.agency().founded->agency)
    return rules::reject("agency.other", "agency", command.agency,
                         "this is the ledger of " + at.agency().founded->agency);
  if (command.acted_at && *command.acted_at > at.context.now)
    return rules::reject("command.acted_in_future", "acted_at", to_string(*command.acted_at),
                         "later than the moment of recording");
  if (command.supersedes && !may_supersede(command.body))
    return rules::reject("supersedes.unsupported", "supersedes",
                         std::to_string(command.supersedes->value),
                         "this command corrects nothing by superseding");
  const TextPolicy policy = text_policy_of(command.body);
  if (policy == TextPolicy::required && command.text.empty())
    return bad("text.required", "text", {}, "the personal text is missing");
  if (policy == TextPolicy::none && !command.text.empty())
    return bad("text.not_allowed", "text", std::to_string(command.text.size()) + " bytes",
               "this command carries no personal text");
  if (const auto actor = at.actor(); actor && !at.agency().persons.empty())
    RUNUT_TRY(at.require_person(*actor, "actor.id"));
  return {};
}

}  // namespace

Needs needs(const Command& command, const AgencyFacts& agency) {
  Needs out;
  if (const auto actor = command.actor.person()) out.people.push_back(*actor);
  const int offset = agency.utc_offset_minutes();
  std::visit(
      [&]<class B>(const B& body) {
        if constexpr (requires { PersonId{body.person}; }) {
          out.people.push_back(body.person);
          if constexpr (std::is_same_v<B, AttendanceRecorded>)
            out.months.push_back({body.person, month_of(local_date(body.at, offset))});
          else if constexpr (requires { Date{body.date}; })
            out.months.push_back({body.person, month_of(body.date)});
        }
        if constexpr (requires { PersonId{body.decree.signatory}; })
          out.people.push_back(body.decree.signatory);
        out.computes = std::is_same_v<B, FreezeRanking> || std::is_same_v<B, PublishRanking> ||
                       std::is_same_v<B, ComputeTppRun> || std::is_same_v<B, LockTppRun>;
      },
      command.body);
  std::sort(out.people.begin(), out.people.end());
  out.people.erase(std::unique(out.people.begin(), out.people.end()), out.people.end());
  return out;
}

Result<Decision> decide(const Context& context, const Command& command) {
  const rules::Case at{context, command};
  RUNUT_TRY(check_form(at));
  return std::visit(
      [&]<class B>(const B& body) -> Result<Decision> {
        if constexpr (std::is_same_v<B, std::monostate>)
          return fail(ErrorCode::invalid_input, "a command without a body");
        else
          return rules::decide_one(at, body);
      },
      command.body);
}

}  // namespace runut
