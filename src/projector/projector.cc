#include "projector/projector.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <optional>

namespace runut {
namespace {

// How long the thread may sleep without looking whether it shall stop.
constexpr Millis nap{50};
// Whether a batch is full, while it gathers: nobody says so.
constexpr Millis look_again{20};
// A quarter of a processor beside a busy thread of usual priority: not less, for while the thread
// writes, the log waits for it.
constexpr int fold_nicer = 5;

std::vector<Track*> pointers(const std::vector<std::unique_ptr<Track>>& tracks) {
  std::vector<Track*> out;
  for (const auto& track : tracks) out.push_back(track.get());
  return out;
}

}  // namespace

Projector::Projector(std::shared_ptr<Store> store, EventLog& log, std::shared_ptr<Views> views,
                     ProjectorOptions options)
    : store_(std::move(store)),
      log_(log),
      views_(std::move(views)),
      options_(options),
      pass_(*store_, log_, options.limits) {}

Projector::~Projector() {
  stop();
}

Result<std::unique_ptr<Projector>> Projector::open(std::shared_ptr<Store> store, EventLog& log,
                                                   const std::vector<Projection>& projections,
                                                   ProjectorOptions options) {
  RUNUT_ASSIGN(std::shared_ptr<Views> views, Views::open(store, projections));
  std::unique_ptr<Projector> projector(
      new Projector(std::move(store), log, std::move(views), options));
  for (const Projection& projection : projections) {
    auto track = std::make_unique<Track>();
    track->projection = projection;
    RUNUT_ASSIGN(track->view, projector->views_->current(projection.name));
    RUNUT_ASSIGN(track->position, read_position(*track->view));
    RUNUT_TRY(projector->check_position(*track));
    projector->tracks_.push_back(std::move(track));
  }
  projector->publish();
  return projector;
}

Status Projector::check_position(const Track& track) const {
  const Sequence at = track.position.sequence;
  if (at == Sequence{0}) return {};
  const auto refuse = [&](std::string why) {
    return fail(Error{ErrorCode::corrupt, "view.position", std::string(track.projection.name),
                      std::to_string(at.value), std::move(why)});
  };
  const Head head = log_.head();
  if (at > head.sequence)
    return refuse("the view is ahead of the log, which ends at " +
                  std::to_string(head.sequence.value));
  RUNUT_ASSIGN(const EventBatch event, log_.read(at, {.events = 1, .bytes = 1}));
  if (event.empty() || event.events.front().leaf != track.position.leaf)
    return refuse("the view was folded from another history");
  return {};
}

Sequence Projector::position() const {
  const std::lock_guard lock(mutex_);
  return position_;
}

// The caller holds folding_, or nobody else knows of this object yet.
void Projector::publish() {
  Sequence lowest = log_.head().sequence;
  for (const auto& track : tracks_) lowest = std::min(lowest, track->position.sequence);
  {
    const std::lock_guard lock(mutex_);
    position_ = lowest;
  }
  moved_.notify_all();
}

// One batch for whichever views are furthest behind.
Status Projector::step(Sequence until) {
  const std::lock_guard lock(folding_);
  RUNUT_ASSIGN(const bool moved, pass_.step(pointers(tracks_), until));
  if (moved) publish();
  return {};
}

// A long way, as after a restore: by several threads.
Status Projector::catch_up_in_bulk(Sequence until, const FoldProgress& progress) {
  const std::lock_guard lock(folding_);
  const std::vector<Track*> tracks = pointers(tracks_);
  const ViewPosition at = tracks.front()->position;
  const bool together = std::all_of(tracks.begin(), tracks.end(),
                                    [&](const Track* track) { return track->position == at; });
  if (!together || at.sequence >= until || until.value - at.sequence.value < options_.bulk_min)
    return {};
  const Status folded = BulkFold(*store_, log_, options_.bulk).run(tracks, until, progress);
  publish();
  return folded;
}

Status Projector::catch_up(Sequence until, const FoldProgress& progress) {
  until = std::min(until, log_.head().sequence);
  if (!tracks_.empty()) RUNUT_TRY(catch_up_in_bulk(until, progress));
  while (position() < until) {
    RUNUT_TRY(step(until));
    if (progress) progress(position(), until);
  }
  return {};
}

void Projector::start() {
  if (thread_.joinable()) return;
  stopping_ = false;
  thread_ = std::thread([this] { follow(); });
}

void Projector::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wanted_more_.notify_all();
  if (thread_.joinable()) thread_.join();
}

// Until a batch is full, somebody waits, or enough time has passed.
void Projector::let_gather() {
  const auto until = std::chrono::steady_clock::now() + options_.gather;
  std::unique_lock lock(mutex_);
  while (waiting_ == 0 && !stopping_ && std::chrono::steady_clock::now() < until &&
         log_.head().sequence.value - position_.value < options_.limits.events)
    wanted_more_.wait_for(lock, std::min(options_.gather, look_again));
}

void Projector::follow() {
  pthread_setname_np(pthread_self(), "runut-fold");
  // Folding comes in bursts: whoever answers goes before. (Of this thread alone, on Linux.)
  const auto thread = static_cast<id_t>(::gettid());
  (void)::setpriority(PRIO_PROCESS, thread, ::getpriority(PRIO_PROCESS, thread) + fold_nicer);
  while (!stopping_) {
    const Sequence head = log_.head().sequence;
    if (position() >= head) {
      // Nothing new within the nap is no failure of the projector.
      (void)log_.wait_for(next(head), nap);
      continue;
    }
    let_gather();
    if (const Status stepped = step(log_.head().sequence); !stepped) {
      {
        const std::lock_guard lock(mutex_);
        failure_ = stepped.error();
      }
      moved_.notify_all();
      return;
    }
  }
}

Status Projector::wait_for(Sequence sequence, Millis max_wait) {
  std::unique_lock lock(mutex_);
  ++waiting_;
  wanted_more_.notify_all();
  moved_.wait_for(lock, max_wait, [&] { return position_ >= sequence || failure_; });
  --waiting_;
  if (position_ >= sequence) return {};
  if (failure_) return fail(*failure_);
  return fail(Error{ErrorCode::unavailable,
                    {},
                    "sequence",
                    std::to_string(sequence.value),
                    "the views have reached event " + std::to_string(position_.value) +
                        " only, within the time allowed"});
}

Track* Projector::find(std::string_view projection) {
  for (const auto& track : tracks_)
    if (track->projection.name == projection) return track.get();
  return nullptr;
}

Result<ViewDigest> Projector::digest(std::string_view projection) const {
  RUNUT_ASSIGN(ViewPtr view, views_->current(projection));
  // Rows and position of one moment: nothing is folded between the two lines.
  ViewPosition position;
  std::optional<ViewState> state;
  {
    const std::lock_guard lock(folding_);
    RUNUT_ASSIGN(position, read_position(*view));
    state.emplace(view);
  }
  RUNUT_ASSIGN(const ViewState::Digest digest, state->digest());
  return ViewDigest{digest.hash, digest.rows, position.sequence};
}

}  // namespace runut
