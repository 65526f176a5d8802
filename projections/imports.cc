#include "projections/imports.h"

#include <map>

#include "projections/lookup.h"

namespace runut::imports {
namespace {

struct Declaration {
  Sequence sequence;
  Instant recorded_at;
  ImportDeclared declared;
  RUNUT_FIELDS(Declaration, sequence, recorded_at, declared)
};
struct HeldEvent {
  Sequence declared;
  EventType type{};
  PersonId person;
  Date occurred_on;
  Instant acted_at;
  ActorKind actor_kind{};
  std::uint64_t actor = 0;
  RUNUT_FIELDS(HeldEvent, declared, type, person, occurred_on, acted_at, actor_kind, actor)
};
struct ImportedCommit {
  std::uint32_t events = 0;
  RUNUT_FIELDS(ImportedCommit, events)
};
// Nothing else bounds an import's row.
constexpr std::uint64_t window_events = 65'536;

// The first event of a commit that belongs to an import names the declaration.
bool begins_imported_commit(const Event& event) {
  return event.commit_index == 0 && event.causation &&
         (event.origin == Origin::import_batch || event.is_held());
}

struct Acceptance {
  Sequence sequence;
  PersonId signatory;
  RUNUT_FIELDS(Acceptance, sequence, signatory)
};

}  // namespace

Status fold(const FoldInput& input, Rows& rows) {
  const Event& event = input.event;
  if (begins_imported_commit(event))
    append_row(rows,
               Key('e')
                   .sequence(*event.causation)
                   .sequence(Sequence{event.sequence.value / window_events}),
               ImportedCommit{event.commit_count});
  if (event.is_held())
    put_row(
        rows, Key('h').sequence(event.sequence),
        HeldEvent{event.causation.value_or(Sequence{}), event.type(), PersonId{event.subject.id},
                  event.occurred_on, event.acted_at, event.actor.kind, event.actor.id});
  if (const auto* declared = std::get_if<ImportDeclared>(&event.payload))
    put_row(rows, Key('d').u32(declared->number),
            Declaration{event.sequence, event.recorded_at, *declared});
  if (const auto* accepted = std::get_if<ImportedEventAccepted>(&event.payload))
    put_row(rows, Key('a').sequence(accepted->event),
            Acceptance{event.sequence, accepted->decree.signatory});
  return {};
}

Result<std::vector<Held>> held(const RowReader& rows) {
  std::vector<Held> out;
  RUNUT_TRY(each_row<HeldEvent>(rows, Key('h'), [&](KeyCursor key, const HeldEvent& event) {
    out.push_back({key.sequence(), event.declared, event.type, event.person, event.occurred_on,
                   event.acted_at, event.actor_kind, event.actor, std::nullopt, std::nullopt});
  }));
  std::map<Sequence, Acceptance> accepted;
  RUNUT_TRY(each_row<Acceptance>(rows, Key('a'), [&](KeyCursor key, const Acceptance& acceptance) {
    accepted[key.sequence()] = acceptance;
  }));
  for (Held& one : out)
    if (const auto found = accepted.find(one.sequence); found != accepted.end()) {
      one.accepted = found->second.sequence;
      one.signatory = found->second.signatory;
    }
  return out;
}

Result<std::vector<Declared>> declared(const RowReader& rows) {
  std::vector<Declared> out;
  RUNUT_TRY(each_row<Declaration>(rows, Key('d'), [&](KeyCursor, const Declaration& row) {
    out.push_back({row.sequence, row.recorded_at, row.declared});
  }));
  for (Declared& one : out)
    RUNUT_TRY(each_entry<ImportedCommit>(
        rows, Key('e').sequence(one.sequence), Key('e').sequence(next(one.sequence)),
        [&](KeyCursor, const ImportedCommit& commit) { one.events += commit.events; }));
  RUNUT_ASSIGN(const std::vector<Held> events, held(rows));
  for (const Held& event : events)
    for (Declared& one : out)
      if (one.sequence == event.declared) {
        ++one.held;
        one.accepted += event.accepted ? 1U : 0U;
      }
  return out;
}

}  // namespace runut::imports
