#include "projections/subject_index.h"

#include "projections/key.h"
#include "projections/row.h"

namespace runut::subject_index {
namespace {

Key events_row_key(Subject subject, std::optional<Month> month, std::uint32_t window) {
  Key key('E');
  key.subject(subject).month(month.value_or(Month{0})).u32(window);
  return key;
}
Key version_row_key(Subject subject) {
  Key key('v');
  key.subject(subject);
  return key;
}
Key command_row_key(const CommandId& command) {
  Key key('c');
  key.raw(command.view());
  return key;
}

struct CommandRow {
  Sequence first;
  RUNUT_FIELDS(CommandRow, first)
};
struct VersionRow {
  std::uint32_t version = 0;
  RUNUT_FIELDS(VersionRow, version)
};

}  // namespace

Status fold(const FoldInput& input, Rows& rows) {
  const Event& event = input.event;
  RowValue entry;
  write_event(entry, event, input.leaf);
  for (const Touch& touch : touches(event, input.utc_offset_minutes))
    rows.append(events_row_key(touch.subject, touch.month, window_of(event.sequence)),
                entry.view());
  rows.put(version_row_key(event.subject), RowValue().field(event.subject_version).view());
  if (event.commit_index == 0)
    rows.add(command_row_key(event.command), RowValue().field(CommandRow{event.sequence}).view());
  return {};
}

Bytes events_key(Subject subject, std::optional<Month> month, std::uint32_t window) {
  return Bytes(BytesView(events_row_key(subject, month, window)));
}
Bytes events_prefix(Subject subject) {
  return Bytes(BytesView(Key('E').subject(subject)));
}
std::uint32_t window_in(BytesView events_key) {
  KeyCursor last(events_key.substr(events_key.size() - 5));  // behind a letter, as the cursor wants
  return last.u32();
}
Bytes version_key(Subject subject) {
  return Bytes(BytesView(version_row_key(subject)));
}
Bytes command_key(const CommandId& command) {
  return Bytes(BytesView(command_row_key(command)));
}

Bytes commands_prefix() {
  return Bytes(BytesView(Key('c')));
}
CommandId command_in(BytesView command_key) {
  return CommandId::from(command_key.substr(1));
}

Result<std::uint32_t> parse_version(BytesView value) {
  RUNUT_ASSIGN(const VersionRow row, read_row<VersionRow>(value));
  return row.version;
}

Result<Sequence> parse_command(BytesView value) {
  RUNUT_ASSIGN(const CommandRow row, read_row<CommandRow>(value));
  return row.first;
}

}  // namespace runut::subject_index
