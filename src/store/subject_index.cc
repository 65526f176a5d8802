#include "store/subject_index.h"

#include <algorithm>

#include "projections/subject_index.h"

namespace runut {

Status SubjectIndex::each_after(const Subject& subject, std::optional<Month> month, Sequence after,
                                Sequence until, const Visit& visit) const {
  EventEntry entry;
  return rows_->scan_parts(
      subject_index::events_key(subject, month, subject_index::window_of(after)),
      subject_index::events_key(subject, month, subject_index::window_of(until) + 1),
      [&](BytesView, BytesView value) -> Status {
        RowCursor row(value);
        for (;;) {
          RUNUT_ASSIGN(const bool read, read_event(row, until, entry));
          if (!read) return {};
          if (entry.event.sequence > after) RUNUT_TRY(visit(entry.event, entry.leaf));
        }
      });
}

Result<std::vector<Sequence>> SubjectIndex::sequences(const Subject& subject,
                                                      const Wanted& wanted) const {
  // Rows lie by month, and within it by window: what comes first in the log is in the first window
  // of any month.
  const std::uint32_t first = subject_index::window_of(wanted.after);
  const std::uint32_t last = subject_index::window_of(wanted.until);
  std::vector<std::pair<std::uint32_t, Bytes>> rows;
  RUNUT_TRY(scan_prefix(*rows_, subject_index::events_prefix(subject),
                        [&](BytesView key, BytesView) -> Status {
                          const std::uint32_t window = subject_index::window_in(key);
                          if (window >= first && window <= last) rows.emplace_back(window, key);
                          return {};
                        }));
  std::sort(rows.begin(), rows.end());
  std::vector<Sequence> out;
  const auto tidy = [&] {
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
  };
  EventEntry entry;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0 && rows[i].first != rows[i - 1].first) {
      tidy();
      if (out.size() >= wanted.most) break;
    }
    RUNUT_ASSIGN(const auto value, rows_->get(rows[i].second));
    if (!value) return fail(ErrorCode::corrupt, "a row of the index is gone");
    for (RowCursor row(*value);;) {
      RUNUT_ASSIGN(const bool read, read_event(row, wanted.until, entry));
      if (!read) break;
      if (entry.event.sequence > wanted.after) out.push_back(entry.event.sequence);
    }
  }
  tidy();
  out.resize(std::min(out.size(), wanted.most));
  return out;
}

Result<std::uint32_t> SubjectIndex::version(const Subject& subject) const {
  RUNUT_ASSIGN(const auto row, rows_->get(subject_index::version_key(subject)));
  if (!row) return 0;
  return subject_index::parse_version(*row);
}

Result<CommandId> SubjectIndex::greatest_command() const {
  const Bytes first = subject_index::commands_prefix();
  RUNUT_ASSIGN(const auto last, rows_->last_key(first, prefix_end(first)));
  return last ? subject_index::command_in(*last) : CommandId{};
}

Result<std::optional<Sequence>> SubjectIndex::command(const CommandId& id) const {
  RUNUT_ASSIGN(const auto row, rows_->get(subject_index::command_key(id)));
  if (!row) return std::nullopt;
  RUNUT_ASSIGN(const Sequence first, subject_index::parse_command(*row));
  return std::optional(first);
}

}  // namespace runut
