#include "projector/bulk_fold.h"

#include <algorithm>
#include <future>
#include <map>
#include <mutex>
#include <thread>

#include "projector/folding.h"

namespace runut {
namespace {

// What one stretch gives each view, rows and position, ready to be stored at once: a file where
// there are many rows, its part of the batch where there are few.
struct Ready {
  std::vector<std::optional<SortedFile>> files;  // one a track
  StoreBatch batch;
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
      Sequence until, int utc_offset_minutes, const FoldProgress& progress,
      const GiveViews& give_views)
      : store_(store),
        log_(log),
        options_(options),
        tracks_(tracks),
        until_(until),
        utc_offset_minutes_(utc_offset_minutes),
        progress_(progress),
        give_views_(give_views),
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
    if (give_views_) views_given_ = std::async(std::launch::async, give_views_);
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
    RUNUT_ASSIGN(ready.reached, folding.fold(projections_, first, last));
    const Bytes position = encode(ready.reached);
    ready.files.resize(tracks_.size());
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
      if (folding.rows(i).bytes() < options_.file_bytes_min) continue;
      RUNUT_ASSIGN(ready.files[i], write_file(store_, folding.rows(i), position));
    }
    if (views_given_.valid()) RUNUT_TRY(views_given_.get());
    for (std::size_t i = 0; i < tracks_.size(); ++i)
      if (!ready.files[i]) stage(ready.batch, *tracks_[i]->view, folding.rows(i), position);
    return ready;
  }

  // One thread at a time stores, all stretches that it can in one go; the others go on folding.
  void store_what_is_next(std::unique_lock<std::mutex>& lock) {
    while (!storing_ && ready_.contains(turn_) && turn_ < end_) {
      std::vector<Ready> stretches = take_what_is_next();
      storing_ = true;
      lock.unlock();
      const Status stored = store(stretches);
      if (stored && progress_) progress_(stretches.back().reached.sequence, until_);
      lock.lock();
      storing_ = false;
      if (stored)
        turn_ += stretches.size();
      else
        end_at(turn_, stored.error());
    }
  }

  // Those that stand ready from turn_ on. Batches are stored before files, so a view whose rows
  // came as a file gets none by a batch in the same go.
  std::vector<Ready> take_what_is_next() {
    std::vector<Ready> out;
    std::vector<bool> filed(tracks_.size());
    for (auto next = ready_.find(turn_);
         next != ready_.end() && next->first < end_ && next->first == turn_ + out.size();
         next = ready_.erase(next)) {
      const auto& files = next->second.files;
      for (std::size_t i = 0; i < files.size(); ++i) {
        if (filed[i] && !files[i]) return out;
        filed[i] = files[i].has_value();
      }
      out.push_back(std::move(next->second));
    }
    return out;
  }

  Status store(std::vector<Ready>& stretches) {
    for (Ready& ready : stretches) {
      if (ready.batch.empty()) continue;
      RUNUT_TRY(store_.write(ready.batch, Durability::buffered));
      for (std::size_t i = 0; i < tracks_.size(); ++i)
        if (!ready.files[i]) tracks_[i]->position = ready.reached;
    }
    std::vector<FamilyFiles> files;
    std::vector<Track*> filed;
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
      if (!stretches.back().files[i]) continue;
      filed.push_back(tracks_[i]);
      FamilyFiles& of_view = files.emplace_back(FamilyFiles{tracks_[i]->view->family(), {}});
      for (Ready& ready : stretches)
        if (ready.files[i]) of_view.files.push_back(std::move(*ready.files[i]));
    }
    if (files.empty()) return {};
    RUNUT_TRY(store_.ingest(std::move(files)));
    for (Track* track : filed) track->position = stretches.back().reached;
    return {};
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
  const GiveViews& give_views_;
  const Sequence begin_;
  std::vector<Projection> projections_;
  std::uint64_t stretch_ = 0;
  std::uint64_t threads_ = 1;
  std::shared_future<Status> views_given_;  // not valid: the tracks had them from the beginning

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

Status BulkFold::run(std::span<Track* const> tracks, Sequence until, const FoldProgress& progress,
                     const GiveViews& give_views) {
  if (tracks.empty() || tracks.front()->position.sequence >= until)
    return give_views ? give_views() : Status{};
  for (const Track* track : tracks)
    RUNUT_CHECK(track->position == tracks.front()->position, "the tracks stand apart");
  RUNUT_ASSIGN(const int utc_offset_minutes, read_utc_offset(log_));
  return Run(store_, log_, options_, tracks, until, utc_offset_minutes, progress, give_views).run();
}

}  // namespace runut
