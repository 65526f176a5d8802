// One pass over the log for any number of views that stand at the same event: each event is read
// and decoded once, and rows and positions of a batch are written together or not at all.
#pragma once

#include <span>
#include <vector>

#include "projector/folding.h"

namespace runut {

// A projection, the view that it fills, and how far it has come.
struct Track {
  Projection projection;
  ViewPtr view;
  ViewPosition position;
};

// A view's rows and its position.
void stage(StoreBatch& batch, const View& view, const Rows& rows, BytesView position);

// A batch.
struct FoldLimits {
  std::size_t events = 65'536;
  std::size_t bytes = 32 * 1024 * 1024;  // of the rows that they make
};

// One thread at a time. `store` and `log` must outlive it.
class FoldPass {
 public:
  FoldPass(Store& store, const EventLog& log, FoldLimits limits = {})
      : store_(store), log_(log), limits_(limits) {}

  // One batch for the tracks that are furthest behind, until `until` (at most the log's head) or
  // the position of the next track: there they go on together. False when nobody is behind.
  // corrupt: the log cannot be read, or a fold refused an event; no track has moved.
  [[nodiscard]] Result<bool> step(std::span<Track* const> tracks, Sequence until);

  // Steps until every track stands at `until` or beyond.
  [[nodiscard]] Status run(std::span<Track* const> tracks, Sequence until,
                           const FoldProgress& progress = {});

 private:
  [[nodiscard]] Status fold_batch(std::span<Track* const> tracks, Sequence until);

  Store& store_;
  const EventLog& log_;
  FoldLimits limits_;
  std::optional<Folding> folding_;  // from the first event on
  StoreBatch batch_;
};

}  // namespace runut
