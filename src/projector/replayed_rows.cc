#include "projector/replayed_rows.h"

#include <algorithm>

namespace runut {

Result<std::unique_ptr<ReplayedRows>> ReplayedRows::fold(
    const EventLog& log, const Projection& projection, Sequence until, const FoldProgress& progress,
    std::optional<KeptRows> kept, TakesEvent takes) {
  RUNUT_CHECK(!kept || !takes, "rows that were kept are of every event");
  RUNUT_ASSIGN(const int utc_offset_minutes, read_utc_offset(log));
  auto folding = std::make_unique<Folding>(log, utc_offset_minutes, std::move(takes));
  const Sequence first = kept ? next(kept->folded) : Sequence{1};
  RUNUT_CHECK(first.value <= until.value + 1, "rows were kept that are newer than what is asked");
  RUNUT_TRY(folding->fold({projection}, first, until, progress));
  return std::unique_ptr<ReplayedRows>(
      new ReplayedRows(std::move(folding), kept ? std::move(kept->rows) : nullptr));
}

std::vector<Rows::Row>::const_iterator ReplayedRows::first_from(BytesView key) const {
  return std::lower_bound(rows_.begin(), rows_.end(), key,
                          [](const Rows::Row& row, BytesView wanted) { return row.key < wanted; });
}

Result<std::optional<Bytes>> ReplayedRows::get(BytesView key) const {
  const auto at = first_from(key);
  const bool here = at != rows_.end() && at->key == key;
  if (!kept_ || (here && !at->appended)) {
    if (!here) return std::optional<Bytes>();
    return std::optional<Bytes>(Bytes(at->value));
  }
  RUNUT_ASSIGN(std::optional<Bytes> row, kept_->get(key));
  if (here) row = row.value_or(Bytes()).append(at->value);
  return row;
}

Status ReplayedRows::scan(BytesView from, BytesView until, const RowVisitor& visit) const {
  auto at = first_from(from);
  // Rows that are here alone, up to this key.
  const auto visit_until = [&](BytesView key) -> Status {
    for (; at != rows_.end() && at->key < key; ++at) RUNUT_TRY(visit(at->key, at->value));
    return {};
  };
  const auto visit_kept = [&](BytesView key, BytesView value) -> Status {
    RUNUT_TRY(visit_until(key));
    if (at == rows_.end() || at->key != key) return visit(key, value);
    const Rows::Row& later = *at++;
    return later.appended ? visit(key, Bytes(value).append(later.value)) : visit(key, later.value);
  };
  if (kept_) RUNUT_TRY(kept_->scan(from, until, visit_kept));
  return visit_until(until);
}

}  // namespace runut
