#include "store/subject_index.h"

#include "projections/subject_index.h"

namespace runut {

Status SubjectIndex::each(const Subject& subject, std::optional<Month> month, Sequence until,
                          const Visit& visit) const {
  EventEntry entry;
  return rows_->scan(subject_index::events_key(subject, month, 0),
                     subject_index::events_key(subject, month, subject_index::window_of(until) + 1),
                     [&](BytesView, BytesView value) -> Status {
                       RowCursor row(value);
                       for (;;) {
                         RUNUT_ASSIGN(const bool read, read_event(row, until, entry));
                         if (!read) return {};
                         RUNUT_TRY(visit(entry.event, entry.leaf));
                       }
                     });
}

Result<std::uint32_t> SubjectIndex::version(const Subject& subject) const {
  RUNUT_ASSIGN(const auto row, rows_->get(subject_index::version_key(subject)));
  if (!row) return 0;
  return subject_index::parse_version(*row);
}

Result<std::optional<Sequence>> SubjectIndex::command(const CommandId& id) const {
  RUNUT_ASSIGN(const auto row, rows_->get(subject_index::command_key(id)));
  if (!row) return std::nullopt;
  RUNUT_ASSIGN(const Sequence first, subject_index::parse_command(*row));
  return std::optional(first);
}

}  // namespace runut
