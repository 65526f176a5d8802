#include "projector/bulk_fold.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <thread>

#include "projector/folding.h"

namespace runut {
namespace {

// What one stretch gives each view, rows and position, ready to be stored at once.
struct Ready {
  std::vector<SortedFile> files;  // one a track
  ViewPosition reached;
};

Result<SortedFile> write_file(const Store& store, const Rows& rows, BytesView position) {
  RUNUT_ASSIGN(SortedFile file, store.build_file());
  RUNUT_TRY(file.put(view_position_key, position));
  for (const Rows::Row& row : rows.sorted())
    RUNUT_TRY(row.appended ? file.append(row.key, row.value) : file.put(row.key, row.value));
  RUNUT_TRY(file.finish());
  return file;
}

// The threads of one run and what they share.
class Run {
 public:
  Run(Store& store, const EventLog& log, const BulkOptions& options, std::span<Track* const> tracks,
      Sequence until, int utc_offset_minutes, const FoldProgress& progress)
      : store_(store),
        log_(log),
        options_(options),
        tracks_(tracks),
        until_(until),
        utc_offset_minutes_(utc_offset_minutes),
        progress_(progress),
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
      Result<Ready> ready = fold(folding, *stretch);
      std::unique_lock lock(mutex_);
      if (ready)
        ready_.emplace(*stretch, std::move(*ready));
      else
        end_at(*stretch, std::move(ready).error());
      store_what_is_next(lock);
    }
  }

  std::optional<std::uint64_t> take() {
    const std::lock_guard lock(mutex_);
    if (taken_ >= end_) return std::nullopt;
    return taken_++;
  }

  Result<Ready> fold(Folding& folding, std::uint64_t stretch) {
    const Sequence first{begin_.value + stretch * stretch_};
    const Sequence last{std::min(until_.value, first.value + stretch_ - 1)};
    Ready ready;
    RUNUT_ASSIGN(ready.reached, folding.fold_until(projections_, first, last));
    const Bytes position = encode(ready.reached);
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
      RUNUT_ASSIGN(SortedFile file, write_file(store_, folding.rows(i), position));
      ready.files.push_back(std::move(file));
    }
    return ready;
  }

  // One thread at a time stores, all stretches that stand ready in one go; the others go on
  // folding.
  void store_what_is_next(std::unique_lock<std::mutex>& lock) {
    while (!storing_ && ready_.contains(turn_) && turn_ < end_) {
      std::vector<FamilyFiles> files;
      for (const Track* track : tracks_) files.push_back({track->view->family(), {}});
      ViewPosition reached;
      std::uint64_t behind = turn_;
      for (auto next = ready_.begin();
           next != ready_.end() && next->first == behind && behind < end_;
           next = ready_.erase(next), ++behind) {
        for (std::size_t i = 0; i < files.size(); ++i)
          files[i].files.push_back(std::move(next->second.files[i]));
        reached = next->second.reached;
      }
      storing_ = true;
      lock.unlock();
      Status stored = store_.ingest(std::move(files));
      if (stored) {
        for (Track* track : tracks_) track->position = reached;
        if (progress_) progress_(reached.sequence, until_);
      }
      lock.lock();
      storing_ = false;
      if (stored)
        turn_ = behind;
      else
        end_at(turn_, std::move(stored).error());
    }
  }

  void end_at(std::uint64_t stretch, Error why) {
    if (stretch >= end_) return;
    end_ = stretch;
    failure_ = std::move(why);
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
  std::uint64_t taken_ = 0;
  std::map<std::uint64_t, Ready> ready_;  // by stretch
  std::uint64_t turn_ = 0;                // the stretch that is stored next
  bool storing_ = false;
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
