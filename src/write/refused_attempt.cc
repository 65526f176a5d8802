#include "write/refused_attempt.h"

#include <string>
#include <variant>

namespace runut {

bool leaves_trace(const Error& error, const Command& command, const AgencyFacts& agency) {
  const auto actor = command.actor.person();
  return error.code == ErrorCode::unauthorised && agency.founded && actor &&
         agency.persons.contains(*actor);
}

AttemptRefused trace_of(const Command& command, const Error& error, const AgencyFacts& agency) {
  AttemptRefused refused;
  refused.command = std::string(command_name(command.body));
  refused.rule = error.rule;
  refused.field = error.field;
  refused.value = error.value;
  std::visit(
      [&]<class B>(const B& body) {
        if constexpr (requires { PersonId{body.person}; }) {
          PersonId person{body.person};
          if (agency.persons.contains(person)) refused.person = person;
        }
      },
      command.body);
  return refused;
}

Error refusal_of(const AttemptRefused& refused) {
  return Error{ErrorCode::unauthorised, refused.rule, refused.field, refused.value,
               "refused before; the attempt is recorded"};
}

}  // namespace runut
