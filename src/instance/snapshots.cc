#include "instance/snapshots.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "projections/registry.h"

namespace runut {
namespace {

namespace fs = std::filesystem;

std::string snapshot_directory(const Place& place) {
  return place.directory() + "/snapshots";
}

tl::unexpected<Error> not_usable(const std::string& directory, std::string why) {
  return fail(Error{ErrorCode::corrupt, "snapshot.damaged", "snapshot", directory,
                    std::move(why) + "; drop it: runut snapshot drop"});
}

}  // namespace

Result<std::vector<SnapshotFile>> list_snapshots(const Place& place) {
  std::vector<SnapshotFile> out;
  const std::string directory = snapshot_directory(place);
  std::error_code failure;
  if (!fs::exists(directory, failure)) return out;
  for (auto at = fs::directory_iterator(directory, failure);
       !failure && at != fs::directory_iterator(); at.increment(failure)) {
    const std::string name = at->path().filename().string();
    std::uint64_t sequence = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), sequence);
    // What else lies there is the beginning of one that was never finished.
    if (read.ec != std::errc() || read.ptr != name.data() + name.size()) continue;
    out.push_back({Sequence{sequence}, at->path().string()});
  }
  if (failure)
    return fail(Error{ErrorCode::unavailable, {}, "directory", directory, failure.message()});
  std::sort(out.begin(), out.end(), [](const SnapshotFile& left, const SnapshotFile& right) {
    return left.sequence < right.sequence;
  });
  return out;
}

Result<SnapshotFile> take_snapshot(Instance& ledger) {
  RUNUT_CHECK(ledger.projector() != nullptr, "a snapshot is taken by whoever writes");
  const Sequence head = ledger.log().head().sequence;
  if (head == Sequence{}) return fail(ErrorCode::not_found, "the ledger is empty");
  RUNUT_TRY(ledger.projector()->catch_up(head));
  const std::string directory = snapshot_directory(ledger.place());
  std::error_code failure;
  fs::create_directories(directory, failure);
  if (failure)
    return fail(Error{ErrorCode::unavailable, {}, "directory", directory, failure.message()});
  SnapshotFile snapshot{head, fmt::format("{}/{}", directory, head.value)};
  if (fs::exists(snapshot.directory, failure)) return snapshot;
  RUNUT_TRY(ledger.store()->checkpoint(snapshot.directory));
  return snapshot;
}

Status drop_snapshot(const SnapshotFile& snapshot) {
  std::error_code failure;
  fs::remove_all(snapshot.directory, failure);
  if (failure)
    return fail(
        Error{ErrorCode::unavailable, {}, "snapshot", snapshot.directory, failure.message()});
  return {};
}

Result<std::unique_ptr<Snapshot>> Snapshot::open(const SnapshotFile& snapshot,
                                                 const EventLog& log) {
  auto store = Store::open(
      {.directory = snapshot.directory, .families = {}, .access = StoreAccess::read_only});
  if (!store) return not_usable(snapshot.directory, store.error().describe());
  auto views = Views::attach(std::shared_ptr<Store>(std::move(*store)));
  if (!views) return not_usable(snapshot.directory, views.error().describe());
  std::unique_ptr<Snapshot> opened(new Snapshot(snapshot.sequence, std::move(*views)));

  RUNUT_ASSIGN(const EventBatch event, log.read(snapshot.sequence, {.events = 1}));
  if (event.empty()) return not_usable(snapshot.directory, "it is ahead of the log");
  for (const Projection& projection : all_projections) {
    const auto view = opened->views_->current(projection.name);
    if (!view || !holds(**view, projection)) continue;
    RUNUT_ASSIGN(const ViewPosition position, read_position(**view));
    if (position != ViewPosition{snapshot.sequence, event.events.front().leaf})
      return not_usable(snapshot.directory, "it is of another history");
  }
  return opened;
}

Result<std::optional<KeptRows>> Snapshot::rows(const Projection& projection) const {
  const auto view = views_->current(projection.name);
  if (!view || !holds(**view, projection)) return std::nullopt;
  return KeptRows{std::make_shared<ViewRows>(*view), sequence_};
}

Result<std::optional<KeptRows>> nearest_rows(const Instance& ledger, const Projection& projection,
                                             Sequence until) {
  RUNUT_ASSIGN(const std::vector<SnapshotFile> snapshots, list_snapshots(ledger.place()));
  for (auto at = snapshots.rbegin(); at != snapshots.rend(); ++at) {
    if (at->sequence > until) continue;
    RUNUT_ASSIGN(const auto snapshot, Snapshot::open(*at, ledger.log()));
    RUNUT_ASSIGN(std::optional<KeptRows> rows, snapshot->rows(projection));
    if (rows) return rows;
  }
  return std::nullopt;
}

Result<std::vector<SnapshotCheck>> check_snapshot(const Instance& ledger, const Snapshot& snapshot,
                                                  const FoldProgress& progress) {
  std::vector<SnapshotCheck> out;
  for (const Projection& projection : all_projections) {
    RUNUT_ASSIGN(std::optional<KeptRows> kept, snapshot.rows(projection));
    if (!kept) continue;
    RUNUT_ASSIGN(const ViewPtr live, ledger.views()->current(projection.name));
    RUNUT_ASSIGN(const ViewPosition position, read_position(*live));
    if (position.sequence < snapshot.sequence())
      return fail(Error{ErrorCode::unavailable, "view.behind", "projection",
                        std::string(projection.name),
                        "the view that serves has not reached the snapshot yet"});
    RUNUT_ASSIGN(const auto rows, ReplayedRows::fold(ledger.log(), projection, position.sequence,
                                                     progress, std::move(kept)));
    RUNUT_ASSIGN(const ViewState::Digest folded, ViewState::digest_of(*rows));
    RUNUT_ASSIGN(const ViewState::Digest serving, ViewState(live).digest());
    out.push_back({std::string(projection.name), folded.hash, serving.hash});
  }
  return out;
}

}  // namespace runut
