// Keeps the views of one ledger behind its log: in a thread of its own (start, wait_for) or when
// asked (catch_up). Rebuilds a view beside the one that serves (architecture decision 11).
//
// What it writes is buffered behind the log: after a crash a view may be a little behind, never
// torn, never ahead; it continues from its own position.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "projector/bulk_fold.h"
#include "projector/digest.h"

namespace runut {

struct ProjectorOptions {
  FoldLimits limits;
  // How long the thread lets events gather before it folds them, unless somebody waits for them: a
  // person's events of one batch make one row, so larger batches cost less an event. While they are
  // written nothing else is, so commands wait some 25 ms, whether the batch is large or not: once a
  // second at most.
  Millis gather{1'000};
  BulkOptions bulk = {};             // of rebuilds, and of catching up from afar:
  std::uint64_t bulk_min = 100'000;  // when so many events are missing
};

struct ViewDigest {
  Hash256 hash;
  std::uint64_t rows = 0;
  Sequence position;  // the last event folded
};

struct RebuildOptions {
  // Told each row that differs, ascending by key; an error of it ends the rebuild.
  std::function<Status(std::string_view projection, const ViewState::Difference& difference)>
      difference{};
  FoldProgress progress{};
};

// What rebuilding one view gave.
struct Rebuilt {
  std::string projection;
  std::uint64_t events = 0;  // compared at this sequence
  std::uint64_t rows = 0;
  double seconds = 0;  // of the whole pass: one for all the views that were asked for
  Hash256 digest_old;
  Hash256 digest_new;
  std::string old_damage;  // why the old view cannot be read; empty: it can
  bool promoted =
      false;  // digests equal or the old view damaged: the new one serves, the old is gone
  // Otherwise both are kept, until promote() or discard(): so many rows differ.
  std::uint64_t differences = 0;
};

// Thread-safe. `log` must outlive it.
class Projector {
 public:
  // corrupt: a view is ahead of the log, or of another history.
  [[nodiscard]] static Result<std::unique_ptr<Projector>> open(
      std::shared_ptr<Store> store, EventLog& log, const std::vector<Projection>& projections,
      ProjectorOptions options = {});
  ~Projector();

  [[nodiscard]] const std::shared_ptr<Views>& views() const { return views_; }

  // Every view has folded at least this event.
  [[nodiscard]] Sequence position() const;

  // Folds up to `until`, or to the log's head when that comes first, before it returns.
  [[nodiscard]] Status catch_up(Sequence until = Sequence{~std::uint64_t{0}},
                                const FoldProgress& progress = {});

  // The thread follows the log until stop(), or until an error: then wait_for() returns it.
  void start();
  void stop();

  // Waits for the thread. unavailable: not within max_wait.
  [[nodiscard]] Status wait_for(Sequence sequence, Millis max_wait);

  [[nodiscard]] Result<ViewDigest> digest(std::string_view projection) const;

  // Folds the views anew, in one pass, while the old ones serve and follow the log; promotes each
  // whose digest at one common event is equal. Safe to interrupt at any point: the old ones stay.
  [[nodiscard]] Result<std::vector<Rebuilt>> rebuild(const std::vector<std::string>& projections,
                                                     const RebuildOptions& options = {});
  // After differences: take the rebuilt view, or drop it. not_found: there is none.
  [[nodiscard]] Status promote(std::string_view projection);
  [[nodiscard]] Status discard(std::string_view projection);

 private:
  Projector(std::shared_ptr<Store> store, EventLog& log, std::shared_ptr<Views> views,
            ProjectorOptions options);
  [[nodiscard]] Status check_position(const Track& track) const;
  [[nodiscard]] Status step(Sequence until);
  [[nodiscard]] Status catch_up_in_bulk(Sequence until, const FoldProgress& progress);
  void follow();
  void let_gather();
  [[nodiscard]] Track* find(std::string_view projection);
  [[nodiscard]] Status promote_locked(Track& live, Track& rebuilt, FoldPass& pass);
  [[nodiscard]] Result<Rebuilt> compare(std::string_view projection, ViewState& old_state,
                                        ViewState& new_state, const RebuildOptions& options) const;
  void publish();

  const std::shared_ptr<Store> store_;
  EventLog& log_;
  const std::shared_ptr<Views> views_;
  const ProjectorOptions options_;

  mutable std::mutex
      folding_;  // whoever moves or replaces a live view; taken for one batch at a time
  FoldPass pass_;
  std::vector<std::unique_ptr<Track>> tracks_;
  std::mutex rebuilding_;  // one rebuild at a time

  mutable std::mutex mutex_;
  std::condition_variable moved_;
  std::condition_variable wanted_more_;
  Sequence position_;
  std::size_t waiting_ = 0;  // threads in wait_for()
  std::optional<Error> failure_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace runut
