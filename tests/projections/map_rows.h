// Rows in a map, and a projection folded into them.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "projections/projection.h"
#include "tests/projections/events.h"

namespace runut::testing_projections {

class MapRows final : public RowReader {
 public:
  [[nodiscard]] Result<std::optional<Bytes>> get(BytesView key) const override {
    const auto found = rows.find(key);
    if (found == rows.end()) return std::optional<Bytes>();
    return std::optional<Bytes>(found->second);
  }
  [[nodiscard]] Status scan(BytesView from, BytesView until,
                            const RowVisitor& visit) const override {
    for (auto row = rows.lower_bound(from); row != rows.end() && row->first < until; ++row)
      RUNUT_TRY(visit(row->first, row->second));
    return {};
  }
  void write(Rows& batch) {
    for (const Rows::Row& row : batch.sorted()) {
      Bytes& value = rows[Bytes(row.key)];
      if (!row.appended) value.clear();
      value += row.value;
    }
    batch.clear();
  }

  std::map<Bytes, Bytes, std::less<>> rows;
};

// Stands for the leaf hash of an event: projections only hand it on.
inline Hash256 leaf_of(Sequence sequence) {
  return sha256("leaf " + std::to_string(sequence.value));
}

// All events folded, written every `batch` events.
inline MapRows fold_all(const Projection& projection, const Events& events,
                        std::size_t batch = 1'000) {
  MapRows out;
  Rows pending;
  std::size_t count = 0;
  for (Event event : events.all()) {
    event.sealed.clear();
    const Hash256 leaf = leaf_of(event.sequence);
    const Status folded = projection.fold(FoldInput{event, leaf, wib}, pending);
    EXPECT_TRUE(folded) << folded.error().describe();
    if (++count % batch == 0) out.write(pending);
  }
  out.write(pending);
  return out;
}

}  // namespace runut::testing_projections
