#include "projections/accesses.h"

#include "projections/folder.h"
#include "projections/lookup.h"

namespace runut::accesses {
namespace {

struct AccessRow {
  Instant recorded_at;
  ActorKind actor_kind{};
  std::uint64_t actor = 0;
  Role role{};
  Assurance assurance{};
  std::string resource;
  std::string purpose;
  std::uint32_t people = 0;
  RUNUT_FIELDS(AccessRow, recorded_at, actor_kind, actor, role, assurance, resource, purpose,
               people)
};
struct AccessedAt {
  Sequence sequence;
  RUNUT_FIELDS(AccessedAt, sequence)
};
// Nothing else bounds a person's row.
constexpr std::uint64_t access_window = 1'048'576;

Access access_of(Sequence sequence, AccessRow row) {
  return {sequence,      row.recorded_at,         row.actor_kind,         row.actor, row.role,
          row.assurance, std::move(row.resource), std::move(row.purpose), row.people};
}

struct Folder {
  const FoldInput& input;
  Rows& rows;

  void operator()(const AccessRecorded& e) {
    const Event& event = input.event;
    put_row(rows, Key('a').sequence(event.sequence),
            AccessRow{event.recorded_at, event.actor.kind, event.actor.id, event.actor.role,
                      event.actor.assurance, e.resource, e.purpose,
                      static_cast<std::uint32_t>(e.people.size())});
    for (const PersonId person : e.people)
      append_row(rows, Key('p').person(person).u64(event.sequence.value / access_window),
                 AccessedAt{event.sequence});
  }
};

}  // namespace

constexpr EventSet events = events_of<Folder>();

Status fold(const FoldInput& input, Rows& rows) {
  return fold_with<Folder>(input, rows);
}

Result<std::vector<Access>> all(const RowReader& rows) {
  std::vector<Access> out;
  RUNUT_TRY(each_row<AccessRow>(rows, Key('a'), [&](KeyCursor key, AccessRow row) {
    out.push_back(access_of(key.sequence(), std::move(row)));
  }));
  return out;
}

Result<std::vector<Access>> of_person(const RowReader& rows, PersonId person) {
  std::vector<Sequence> sequences;
  RUNUT_TRY(each_entry<AccessedAt>(
      rows, Key('p').person(person), prefix_end(Key('p').person(person)),
      [&](KeyCursor, const AccessedAt& entry) { sequences.push_back(entry.sequence); }));
  std::vector<Access> out;
  for (const Sequence sequence : sequences) {
    RUNUT_ASSIGN(auto row, one_row<AccessRow>(rows, Key('a').sequence(sequence)));
    if (!row) return damaged_row("AccessRow");
    out.push_back(access_of(sequence, std::move(*row)));
  }
  return out;
}

}  // namespace runut::accesses
