#include "projections/promotions.h"

#include "projections/lookup.h"

namespace runut::promotions {
namespace {

struct PromotionRow {
  Instant recorded_at;
  ProjectionPromoted promoted;
  RUNUT_FIELDS(PromotionRow, recorded_at, promoted)
};

}  // namespace

Status fold(const FoldInput& input, Rows& rows) {
  const Event& event = input.event;
  if (const auto* promoted = std::get_if<ProjectionPromoted>(&event.payload))
    put_row(rows, Key('p').sequence(event.sequence), PromotionRow{event.recorded_at, *promoted});
  return {};
}

Result<std::vector<Promotion>> all(const RowReader& rows) {
  std::vector<Promotion> out;
  RUNUT_TRY(each_row<PromotionRow>(rows, Key('p'), [&](KeyCursor key, PromotionRow row) {
    out.push_back({key.sequence(), row.recorded_at, std::move(row.promoted)});
  }));
  return out;
}

}  // namespace runut::promotions
