#include "store/subject_index.h"

#include "codec/envelope_codec.h"
#include "projections/subject_index.h"

namespace runut {

Status SubjectIndex::each(const Subject& subject, std::optional<Month> month, Sequence until,
                          const Visit& visit) const {
  return rows_->scan(subject_index::event_key(subject, month, Sequence{0}),
                     subject_index::event_key(subject, month, next(until)),
                     [&](BytesView, BytesView value) -> Status {
                       RUNUT_ASSIGN(const auto row, subject_index::parse_event(value));
                       RUNUT_ASSIGN(const Event event, decode_event(row.envelope));
                       return visit(event, row.leaf);
                     });
}

Result<std::uint32_t> SubjectIndex::version(const Subject& subject) const {
  RUNUT_ASSIGN(const auto row, rows_->get(subject_index::version_key(subject)));
  if (!row) return 0;
  return subject_index::parse_version(*row);
}

Result<std::optional<History::CommandEntry>> SubjectIndex::command(const CommandId& id) const {
  RUNUT_ASSIGN(const auto row, rows_->get(subject_index::command_key(id)));
  if (!row) return std::optional<CommandEntry>();
  RUNUT_ASSIGN(const CommandEntry entry, subject_index::parse_command(*row));
  return std::optional(entry);
}

}  // namespace runut
