// A stretch of the log folded into rows: each event is read and decoded once for all projections.
// Pure but for reading; stretches may be folded by several threads at once, since no fold reads
// rows.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <vector>

#include "log/event_log.h"
#include "projections/projection.h"
#include "store/views.h"

namespace runut {

// Which events are folded; the others are passed over.
using TakesEvent = std::function<bool(const Event&)>;

// How far a fold has come, and how far it goes.
using FoldProgress = std::function<void(Sequence folded, Sequence until)>;

// Of the agency that the first event founded. corrupt: it is another event.
[[nodiscard]] Result<int> read_utc_offset(const EventLog& log);

// One thread at a time. `log` must outlive it.
class Folding {
 public:
  // Without `takes` all are folded.
  Folding(const EventLog& log, int utc_offset_minutes, TakesEvent takes = {})
      : log_(log), utc_offset_minutes_(utc_offset_minutes), takes_(std::move(takes)) {}

  // What `projections` make of the events from `first` to `last`, or until the rows hold
  // `rows_bytes_max`; what an earlier call left is forgotten. Answers with the last event folded;
  // `progress` is told after each read of the log. corrupt: the log cannot be read or ends before
  // `last`, or a fold refused an event.
  [[nodiscard]] Result<ViewPosition> fold(const std::vector<Projection>& projections,
                                          Sequence first, Sequence last,
                                          const FoldProgress& progress = {},
                                          std::size_t rows_bytes_max = SIZE_MAX);

  // Of the projection at this place of the list.
  [[nodiscard]] const Rows& rows(std::size_t projection) const { return rows_[projection]; }

 private:
  [[nodiscard]] Result<ViewPosition> add(const std::vector<Projection>& projections, Sequence first,
                                         ReadLimits limits);

  const EventLog& log_;
  const int utc_offset_minutes_;
  const TakesEvent takes_;
  std::deque<Rows> rows_;
};

}  // namespace runut
