#include "projector/bulk_fold.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "projector/folding.h"

namespace runut {
namespace {

// What one stretch gives one view: rows and position, ready to be stored at once.
struct Ready {
  std::optional<SortedFile> file;
  StoreBatch batch;  // where a file is not worth it
};

Result<Ready> make_ready(const Store& store, const Track& track, const Rows& rows,
                         const ViewPosition& reached, std::size_t file_bytes_min) {
  Ready ready;
  const Bytes position = encode(reached);
  if (rows.bytes() < file_bytes_min) {
    write_rows(ready.batch, *track.view, rows, position);
    return ready;
  }
  RUNUT_ASSIGN(ready.file, store.build_file());
  RUNUT_TRY(ready.file->put(view_position_key, position));
  for (const Rows::Row& row : rows.sorted())
    RUNUT_TRY(row.appended ? ready.file->append(row.key, row.value)
                           : ready.file->put(row.key, row.value));
  RUNUT_TRY(ready.file->finish());
  return ready;
}

// The threads of one run and what they share.
class Run {
 public:
  Run(Store& store, const EventLog& log, const BulkOptions& options, std::span<Track* const> tracks,
      Sequence until, int utc_offset_minutes, const FoldProgress& progress)
      : store_(store), log_(log), options_(options), tracks_(tracks), until_(until),
        utc_offset_minutes_(utc_offset_minutes), progress_(progress),
        begin_(next(tracks.front()->position.sequence)) {
    for (const Track* track : tracks) projections_.push_back(track->projection);
    const std::uint64_t events = until.value - begin_.value + 1;
    std::size_t threads = options.threads;
    if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
    // Two stretches a thread at least, so that none waits long for the others at the end.
    stretch_ = std::clamp<std::uint64_t>(events / (2 * threads) + 1, options.stretch_min,
                                         options.stretch_max);
    end_ = (events + stretch_ - 1) / stretch_;
    threads_ = std::min<std::uint64_t>(threads, end_);
  }

  Status run() {
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < threads_; ++i) others.emplace_back([this] { work(); });
    work();
    for (std::thread& other : others) other.join();
    if (failure_) return fail(*failure_);
    return {};
  }

 private:
  void work() {
    Folding folding(log_, utc_offset_minutes_);
    while (const auto stretch = take()) {
      Status done = fold(folding, *stretch);
      const std::lock_guard lock(mutex_);
      if (!done && *stretch < end_) {
        end_ = *stretch;
        failure_ = std::move(done).error();
      }
      turn_came_.notify_all();
    }
  }

  std::optional<std::uint64_t> take() {
    const std::lock_guard lock(mutex_);
    if (taken_ >= end_) return std::nullopt;
    return taken_++;
  }

  Status fold(Folding& folding, std::uint64_t stretch) {
    const Sequence first{begin_.value + stretch * stretch_};
    const Sequence last{std::min(until_.value, first.value + stretch_ - 1)};
    RUNUT_ASSIGN(const ViewPosition reached, folding.fold_until(projections_, first, last));
    std::vector<Ready> ready;
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
      RUNUT_ASSIGN(Ready one, make_ready(store_, *tracks_[i], folding.rows(i), reached,
                                         options_.file_bytes_min));
      ready.push_back(std::move(one));
    }
    {
      std::unique_lock lock(mutex_);
      turn_came_.wait(lock, [&] { return turn_ == stretch || end_ <= stretch; });
      if (end_ <= stretch) return {};
    }
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
      RUNUT_TRY(ready[i].file ? store_.ingest(tracks_[i]->view->family(), std::move(*ready[i].file))
                              : store_.write(ready[i].batch, Durability::buffered));
      tracks_[i]->position = reached;
    }
    if (progress_) progress_(reached.sequence, until_);
    const std::lock_guard lock(mutex_);
    ++turn_;
    turn_came_.notify_all();
    return {};
  }

  Store& store_;
  const EventLog& log_;
  const BulkOptions& options_;
  const std::span<Track* const> tracks_;
  const Sequence until_;
  const int utc_offset_minutes_;
  const FoldProgress& progress_;
  const Sequence begin_;
  std::vector<Projection> projections_;
  std::uint64_t stretch_ = 0;
  std::uint64_t threads_ = 1;

  std::mutex mutex_;
  std::condition_variable turn_came_;
  std::uint64_t taken_ = 0;
  std::uint64_t turn_ = 0;  // the stretch that is stored next
  // No stretch from here on is stored: the log ends, or this one failed. Those before it still are.
  std::uint64_t end_ = 0;
  std::optional<Error> failure_;  // of stretch end_
};

}  // namespace

BulkFold::BulkFold(Store& store, const EventLog& log, BulkOptions options)
    : store_(store), log_(log), options_(options) {}

Status BulkFold::run(std::span<Track* const> tracks, Sequence until, const FoldProgress& progress) {
  if (tracks.empty() || tracks.front()->position.sequence >= until) return {};
  for (const Track* track : tracks)
    RUNUT_CHECK(track->position == tracks.front()->position, "the tracks stand apart");
  RUNUT_ASSIGN(const int utc_offset_minutes, read_utc_offset(log_));
  return Run(store_, log_, options_, tracks, until, utc_offset_minutes, progress).run();
}

}  // namespace runut
