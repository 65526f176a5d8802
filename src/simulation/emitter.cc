#include "simulation/emitter.h"

#include "base/sha256.h"

namespace runut::simulation {

CommandId Emitter::emit(const Acting& acting, CommandBody body, std::string text,
                        std::string reason) {
  Command command;
  command.id = make_uuid_v7(now_, ids_);
  if (!status_) return command.id;
  command.agency = agency_;
  command.actor = acting.actor;
  command.on_behalf_of = acting.on_behalf_of;
  command.acted_at = now_;
  command.recorded_at = now_;
  command.reason = std::move(reason);
  command.text = std::move(text);
  command.body = std::move(body);
  const std::size_t alternative = command.body.index();
  if (by_alternative_.size() <= alternative) {
    by_alternative_.resize(alternative + 1);
    names_.resize(alternative + 1);
  }
  if (by_alternative_[alternative]++ == 0) names_[alternative] = command_name(command.body);
  ++book_.totals().commands;
  status_ = sink_(command);
  return command.id;
}

void Emitter::finish() {
  hand_on(0, book_.end());
  for (std::size_t i = 0; i < names_.size(); ++i)
    if (by_alternative_[i] > 0) book_.totals().by_command[names_[i]] = by_alternative_[i];
}

Actor person_actor(const Person& person, Role role) {
  return Actor{.kind = ActorKind::person,
               .id = person.id.value,
               .role = role,
               .assurance = Assurance::claimed,
               .method = "simulation",
               .issuer = {},
               .credential = {},
               .on_behalf_of = {}};
}

Actor system_actor(SystemActor system, Role role) {
  return Actor{.kind = ActorKind::system,
               .id = static_cast<std::uint64_t>(system),
               .role = role,
               .assurance = Assurance::claimed,
               .method = "simulation",
               .issuer = {},
               .credential = {},
               .on_behalf_of = {}};
}

Decree make_decree(DecreeForm form) {
  const Hash256 document = sha256({form.number, "\n", to_string(form.date), "\n", form.office});
  return Decree{std::move(form.number), form.date, form.signatory, std::move(form.office),
                document};
}

}  // namespace runut::simulation
