#include "projector/replayed_rows.h"

#include <algorithm>

namespace runut {

Result<std::unique_ptr<ReplayedRows>> ReplayedRows::fold(const EventLog& log,
                                                         const Projection& projection,
                                                         Sequence until,
                                                         const FoldProgress& progress) {
  RUNUT_ASSIGN(const int utc_offset_minutes, read_utc_offset(log));
  auto folding = std::make_unique<Folding>(log, utc_offset_minutes);
  RUNUT_TRY(folding->fold_until({projection}, Sequence{1}, until, progress));
  return std::unique_ptr<ReplayedRows>(new ReplayedRows(std::move(folding)));
}

std::vector<Rows::Row>::const_iterator ReplayedRows::first_from(BytesView key) const {
  return std::lower_bound(rows_.begin(), rows_.end(), key,
                          [](const Rows::Row& row, BytesView wanted) { return row.key < wanted; });
}

Result<std::optional<Bytes>> ReplayedRows::get(BytesView key) const {
  const auto at = first_from(key);
  if (at == rows_.end() || at->key != key) return std::optional<Bytes>();
  return std::optional<Bytes>(Bytes(at->value));
}

Status ReplayedRows::scan(BytesView from, BytesView until, const RowVisitor& visit) const {
  for (auto at = first_from(from); at != rows_.end() && at->key < until; ++at)
    RUNUT_TRY(visit(at->key, at->value));
  return {};
}

}  // namespace runut
