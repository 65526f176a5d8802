#include "projections/subject_index.h"

#include "projections/row.h"

namespace runut {
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

tl::unexpected<Error> unreadable(std::string_view row) {
  return fail(Error{ErrorCode::corrupt, "view.row", "subject_index", std::string(row),
                    "a row of the view is not what its fold writes; rebuild the view"});
}

}  // namespace

Status fold_subject_index(const FoldInput& input, Rows& rows) {
  const Event& event = input.event;
  for (const Touch& touch : touches(event, input.utc_offset_minutes))
    rows.put(event_row_key(touch.subject, touch.month, event.sequence),
             {input.leaf.view(), input.lean});
  rows.put(version_row_key(event.subject), RowValue().u32(event.subject_version).view());
  if (event.commit_index == 0)
    rows.put(command_row_key(event.command), RowValue()
                                                 .u64(event.sequence.value)
                                                 .u32(event.commit_count)
                                                 .raw(event.command_mac.view())
                                                 .view());
  return {};
}

namespace subject_index {

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
  if (value.size() <= Hash256::size) return unreadable("event");
  return EventRow{Hash256::from(value.substr(0, Hash256::size)), value.substr(Hash256::size)};
}

Result<std::uint32_t> parse_version(BytesView value) {
  RowCursor cursor(value);
  const std::uint32_t version = cursor.u32();
  if (!cursor.finished()) return unreadable("version");
  return version;
}

Result<History::CommandEntry> parse_command(BytesView value) {
  RowCursor cursor(value);
  History::CommandEntry entry;
  entry.first = Sequence{cursor.u64()};
  entry.count = cursor.u32();
  entry.mac = cursor.fixed<Mac128>();
  if (!cursor.finished()) return unreadable("command");
  return entry;
}

}  // namespace subject_index
}  // namespace runut
