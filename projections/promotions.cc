#include "projections/promotions.h"

#include "projections/folder.h"
#include "projections/lookup.h"

namespace runut::promotions {
namespace {

struct PromotionRow {
  Instant recorded_at;
  ProjectionPromoted promoted;
  RUNUT_FIELDS(PromotionRow, recorded_at, promoted)
};

struct Folder {
  const FoldInput& input;
  Rows& rows;

  void operator()(const ProjectionPromoted& e) {
    put_row(rows, Key('p').sequence(input.event.sequence),
            PromotionRow{input.event.recorded_at, e});
  }
};

}  // namespace

constexpr EventSet events = events_of<Folder>();

Status fold(const FoldInput& input, Rows& rows) {
  return fold_with<Folder>(input, rows);
}

Result<std::vector<Promotion>> all(const RowReader& rows) {
  std::vector<Promotion> out;
  RUNUT_TRY(each_row<PromotionRow>(rows, Key('p'), [&](KeyCursor key, PromotionRow row) {
    out.push_back({key.sequence(), row.recorded_at, std::move(row.promoted)});
  }));
  return out;
}

}  // namespace runut::promotions
