#include "identity/command_actor.h"

#include "identity/access.h"

namespace runut::identity {
namespace {

tl::unexpected<Error> refuse_actor(std::string_view what, std::string value, std::string message) {
  return fail(Error{ErrorCode::unauthorised, "actor." + std::string(what),
                    "actor." + std::string(what == "person" ? "id" : what), std::move(value),
                    std::move(message)});
}

}  // namespace

Status authenticate_command(Command& command, const Principal& principal) {
  Actor& actor = command.actor;
  const auto person = actor.person();
  const bool own = person && person == principal.person;
  const bool brings = holds(principal, Role::integrator);
  const bool system = !person && !principal.person;
  if (!own && !brings && !system)
    return refuse_actor("person",
                        person ? runut::to_string(*person) : "S" + std::to_string(actor.id),
                        "who asks is not the actor of the command");
  if (!brings && !holds(principal, actor.role))
    return refuse_actor("role", std::string(runut::to_string(actor.role)),
                        "the role was not granted to who asks");
  // A role that was not granted cannot be one's own: then it is the integrator's word.
  const bool authenticated = own && holds(principal, actor.role);
  if (!authenticated && actor.assurance == Assurance::authenticated)
    return refuse_actor("assurance", std::string(runut::to_string(actor.assurance)),
                        "what is submitted for others is claimed");
  if (actor.credential || (!actor.issuer.empty() && actor.issuer != principal.issuer))
    return refuse_actor("assurance", actor.issuer,
                        "issuer and credential are what the service has checked");
  actor.assurance = authenticated ? Assurance::authenticated : Assurance::claimed;
  actor.method = principal.method;
  actor.issuer = principal.issuer;
  actor.credential = principal.credential;
  return {};
}

}  // namespace runut::identity
