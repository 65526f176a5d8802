#include "projections/subject_index.h"

#include "projections/key.h"
#include "projections/row.h"

namespace runut::subject_index {
namespace {

Key event_row_key(Subject subject, std::optional<Month> month, Sequence sequence) {
  Key key('e');
  key.subject(subject).month(month.value_or(Month{0})).sequence(sequence);
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
  std::uint32_t count = 0;
  Mac128 mac;
  RUNUT_FIELDS(CommandRow, first, count, mac)
};
struct VersionRow {
  std::uint32_t version = 0;
  RUNUT_FIELDS(VersionRow, version)
};

}  // namespace

Status fold(const FoldInput& input, Rows& rows) {
  const Event& event = input.event;
  for (const Touch& touch : touches(event, input.utc_offset_minutes))
    rows.put(event_row_key(touch.subject, touch.month, event.sequence),
             {input.leaf.view(), input.lean});
  rows.put(version_row_key(event.subject), RowValue().field(event.subject_version).view());
  if (event.commit_index == 0) {
    const CommandRow row{event.sequence, event.commit_count, event.command_mac};
    rows.put(command_row_key(event.command), RowValue().field(row).view());
  }
  return {};
}

Bytes event_key(Subject subject, std::optional<Month> month, Sequence sequence) {
  return Bytes(BytesView(event_row_key(subject, month, sequence)));
}
Bytes version_key(Subject subject) {
  return Bytes(BytesView(version_row_key(subject)));
}
Bytes command_key(const CommandId& command) {
  return Bytes(BytesView(command_row_key(command)));
}

Result<EventRow> parse_event(BytesView value) {
  if (value.size() <= Hash256::size)
    return fail(Error{ErrorCode::corrupt,
                      "view.row",
                      "subject_index",
                      {},
                      "a row of the view is not what its fold writes; rebuild the view"});
  return EventRow{Hash256::from(value.substr(0, Hash256::size)), value.substr(Hash256::size)};
}

Result<std::uint32_t> parse_version(BytesView value) {
  RUNUT_ASSIGN(const VersionRow row, read_row<VersionRow>(value));
  return row.version;
}

Result<History::CommandEntry> parse_command(BytesView value) {
  RUNUT_ASSIGN(const CommandRow row, read_row<CommandRow>(value));
  return History::CommandEntry{row.first, row.count, row.mac};
}

}  // namespace runut::subject_index
