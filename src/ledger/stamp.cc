#include "ledger/stamp.h"

#include <utility>

namespace runut {

Event stamp(const Command& command, NewEvent decided, std::size_t index, std::size_t count,
            Sequence first, Instant now) {
  Event event;
  event.sequence = Sequence{first.value + index};
  event.commit_index = static_cast<std::uint32_t>(index);
  event.commit_count = static_cast<std::uint32_t>(count);
  event.occurred_on = decided.occurred_on;
  event.subject = subject_of(decided.payload);
  event.command = command.id;
  event.actor = decided.legacy ? decided.legacy->actor : command.actor;
  if (decided.legacy || command.import_number) event.origin = Origin::import_batch;
  if (decided.is_held) event.origin = Origin::import_as_found;
  event.recorded_at = now;
  event.acted_at = decided.legacy ? decided.legacy->acted_at : command.acted_at.value_or(now);
  event.actor.on_behalf_of = decided.on_behalf_of;
  event.supersedes = decided.supersedes;
  event.causation = decided.caused_by_index ? Sequence{first.value + *decided.caused_by_index}
                                            : decided.causation;
  event.regulation = decided.regulation;
  if (decided.pseudonym)
    event.actor = {ActorKind::pseudonym,
                   *decided.pseudonym,
                   command.actor.role,
                   command.actor.assurance,
                   {},
                   {},
                   {},
                   {}};
  else
    event.correlation = command.correlation;
  event.reason = command.reason;
  event.evidence = command.evidence;
  event.payload = std::move(decided.payload);
  return event;
}

}  // namespace runut
