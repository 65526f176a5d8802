// What a month's run needs of everybody's reports and clocks, out of SQL tables and out of the
// ledger's views: the same question to both.
#pragma once

#include <vector>

#include "base/date.h"
#include "projections/rows.h"
#include "tools/bench/sqlite_database.h"

namespace runut::bench {

struct FoldedMonth {
  std::int64_t person = 0;
  std::int64_t approved = 0;  // minutes of reports approved before the cut-off
  std::int64_t days_in = 0;   // local days with a clock-in
  std::int64_t first_in = 0;  // sum of their first ones, minutes of the day
  std::int64_t days_out = 0;
  std::int64_t last_out = 0;
  std::int64_t excused = 0;  // days with an approved excuse
  friend bool operator==(const FoldedMonth&, const FoldedMonth&) = default;
};

// By person, everybody who was ever registered.
using FoldedMonths = std::vector<FoldedMonth>;

// Walks the persons and their index of a month, which SQLite's planner does not choose by itself.
class SqlFold {
 public:
  [[nodiscard]] static Result<SqlFold> prepare(const SqliteDatabase& database,
                                               int utc_offset_minutes);
  [[nodiscard]] Result<FoldedMonths> fold(Month month) const;

 private:
  SqliteStatement people_;
  SqliteStatement reports_;
  SqliteStatement clocks_;
  SqliteStatement excuses_;
  int utc_offset_minutes_ = 0;
};

struct FoldViews {
  const RowReader& roster;
  const RowReader& reports;
  const RowReader& attendance;
};
[[nodiscard]] Result<FoldedMonths> fold_views(const FoldViews& views, Month month,
                                              int utc_offset_minutes);

}  // namespace runut::bench
