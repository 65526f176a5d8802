// What the typed lookups of the projections share.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "projections/key.h"
#include "projections/row.h"
#include "projections/rows.h"

namespace runut {

// `take(KeyCursor key, R row)` for each row of from <= key < until, ascending.
template <Record R, class Take>
[[nodiscard]] Status each_row(const RowReader& rows, BytesView from, BytesView until, Take&& take) {
  return rows.scan(from, until, [&](BytesView key, BytesView value) -> Status {
    RUNUT_ASSIGN(R row, read_row<R>(value));
    take(KeyCursor(key), std::move(row));
    return {};
  });
}
template <Record R, class Take>
[[nodiscard]] Status each_row(const RowReader& rows, BytesView prefix, Take&& take) {
  return each_row<R>(rows, prefix, prefix_end(prefix), std::forward<Take>(take));
}

// `take(KeyCursor key, R entry)` for each entry of each appended row of from <= key < until, in
// order.
template <Record R, class Take>
[[nodiscard]] Status each_entry(const RowReader& rows, BytesView from, BytesView until,
                                Take&& take) {
  return rows.scan(from, until, [&](BytesView key, BytesView value) -> Status {
    RowCursor cursor(value);
    while (cursor.more()) {
      R entry;
      cursor.field(entry);
      if (cursor.whole()) take(KeyCursor(key), std::move(entry));
    }
    if (!cursor.whole()) return damaged_row(R::record_name);
    return {};
  });
}

template <Record R>
[[nodiscard]] Result<std::optional<R>> one_row(const RowReader& rows, BytesView key) {
  RUNUT_ASSIGN(const std::optional<Bytes> value, rows.get(key));
  if (!value) return std::optional<R>();
  RUNUT_ASSIGN(R row, read_row<R>(*value));
  return std::optional<R>(std::move(row));
}

template <Record R>
void put_row(Rows& rows, BytesView key, const R& row) {
  rows.put(key, RowValue().field(row).view());
}

template <Record R>
void append_row(Rows& rows, BytesView key, const R& entry) {
  rows.append(key, RowValue().field(entry).view());
}

}  // namespace runut
