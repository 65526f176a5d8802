// A long part of the log folded by several threads: each takes the next stretch, folds it, and
// sorts its rows, into a file where a view gets many and into a batch where it gets few: a file
// costs two syncs, whatever it holds. They join the views one stretch after the other, so that what
// is stored is what one thread would have stored.
#pragma once

#include "projector/fold_pass.h"

namespace runut {

struct BulkOptions {
  std::size_t threads = 0;               // 0: one a processor
  std::size_t stretch_max = 100'000;     // events that a thread holds the rows of
  std::size_t stretch_min = 8'192;       // below that, FoldPass does as well
  std::size_t file_bytes_min = 1 << 20;  // of a view's rows in one stretch
};

// Sets the view of each track, where they are still to be made.
using GiveViews = std::function<Status()>;

class BulkFold {
 public:
  // `store` and `log` must outlive it.
  BulkFold(Store& store, const EventLog& log, BulkOptions options = {});

  // Tracks that stand at one event, until `until`, which the log has. A view's rows and its
  // position move together or not at all, stretch by stretch; after a failure the tracks say how
  // far each came. `progress` is called by one thread at a time; `give_views` once, beside the
  // first stretches, for making a view is mostly waiting for the disk.
  [[nodiscard]] Status run(std::span<Track* const> tracks, Sequence until,
                           const FoldProgress& progress = {}, const GiveViews& give_views = {});

 private:
  Store& store_;
  const EventLog& log_;
  const BulkOptions options_;
};

}  // namespace runut
