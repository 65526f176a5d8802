// Views of a ledger as they stood at one event, kept beside it, so that a question about an earlier
// moment replays from there and not from the first event.
//
// A snapshot is a checkpoint of the store (hard links: it costs what later merging would have
// freed) in DIR/AGENCY/snapshots, named by its event. Derived data: whatever it answers, the log
// answers too; nothing in it is older than the log or can say otherwise, for it is used only while
// the event that it is named by is still the log's.
#pragma once

#include <string>
#include <vector>

#include "instance/instance.h"
#include "projector/digest.h"
#include "projector/replayed_rows.h"

namespace runut {

struct SnapshotFile {
  Sequence sequence;
  std::string directory;
};

// Ascending. Empty when there are none.
[[nodiscard]] Result<std::vector<SnapshotFile>> list_snapshots(const Place& place);

// Of a ledger that this process writes: views are brought to the head first. Whole or not at all;
// one of the same event is left as it is.
[[nodiscard]] Result<SnapshotFile> take_snapshot(Instance& ledger);

[[nodiscard]] Status drop_snapshot(const SnapshotFile& snapshot);

// One that was opened. Thread-safe.
class Snapshot {
 public:
  // corrupt: it cannot be read, or is of another history than `log`.
  [[nodiscard]] static Result<std::unique_ptr<Snapshot>> open(const SnapshotFile& snapshot,
                                                              const EventLog& log);
  [[nodiscard]] Sequence sequence() const { return sequence_; }
  // Nothing when this snapshot has the projection in another version, or not at all.
  [[nodiscard]] Result<std::optional<KeptRows>> rows(const Projection& projection) const;

 private:
  Snapshot(Sequence sequence, std::shared_ptr<Views> views)
      : sequence_(sequence), views_(std::move(views)) {}
  Sequence sequence_;
  std::shared_ptr<Views> views_;
};

// The rows to begin with for a view as of `until`; nothing: there is no such snapshot.
[[nodiscard]] Result<std::optional<KeptRows>> nearest_rows(const Instance& ledger,
                                                           const Projection& projection,
                                                           Sequence until);

struct SnapshotCheck {
  std::string projection;
  Hash256 kept_and_folded;  // the snapshot's rows with everything since folded on top
  Hash256 live;
  [[nodiscard]] bool agrees() const { return kept_and_folded == live; }
};
// Whether the snapshot leads to the views that serve, by digest. Projections of another version are
// left out.
[[nodiscard]] Result<std::vector<SnapshotCheck>> check_snapshot(const Instance& ledger,
                                                                const Snapshot& snapshot,
                                                                const FoldProgress& progress = {});

}  // namespace runut
