#include "feed/feed.h"

#include <pthread.h>

#include <algorithm>

namespace runut::feed {

struct Feed::Waiting {
  // Recursive: `wake` may destroy its waiter.
  std::recursive_mutex mutex;
  std::shared_ptr<const std::function<void()>> wake;  // null once the waiter is gone
  Sequence seen;
  WakeTime until;
};

struct Feed::State {
  mutable std::mutex mutex;
  std::condition_variable changed;  // stopped, or somebody waits
  bool stopped = false;
  Sequence known;  // the head that those who wait were told of last
  std::vector<std::shared_ptr<Waiting>> waiting;
};

Feed::Feed(EventLog& log, std::string source, FeedOptions options, const PersonEvents* people)
    : log_(log),
      options_(options),
      people_(people),
      cache_(log, std::move(source), options.cache_bytes_max),
      state_(std::make_shared<State>()) {
  state_->known = log_.head().sequence;
  follower_ = std::thread([this] { follow(); });
}

Feed::~Feed() {
  stop();
}

void Feed::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopped = true;
  }
  state_->changed.notify_all();
  if (follower_.joinable()) follower_.join();
}

bool Feed::stopped() const {
  const std::lock_guard lock(state_->mutex);
  return state_->stopped;
}

std::size_t Feed::waiting() const {
  const std::lock_guard lock(state_->mutex);
  return state_->waiting.size();
}

// Near the head everybody reads the same few blocks of the cache: that costs less than an index.
Result<Piece> Feed::read(const Filter& filter, Sequence after, PieceLimits limits) {
  const Sequence known =
      people_ != nullptr && !filter.persons.empty() ? people_->known() : Sequence{};
  if (known.value <= after.value + limits.looked_at) return cache_.read(filter, after, limits);
  RUNUT_ASSIGN(const std::vector<Sequence> found,
               people_->find(filter.persons, after, known, limits.looked_at));
  return cache_.read_these(found, found.size() < limits.looked_at ? known : found.back(), filter,
                           after, limits);
}

Result<FoundEvent> Feed::event(Sequence sequence) {
  const Sequence newest = head();
  if (sequence.value == 0 || sequence > newest)
    return fail(Error{ErrorCode::not_found, "event.unknown", "sequence",
                      std::to_string(sequence.value),
                      "the log has events 1 to " + std::to_string(newest.value)});
  RUNUT_ASSIGN(const Piece piece, read({}, Sequence{sequence.value - 1}, {.events = 1}));
  return piece.events.front();
}

void Feed::follow() {
  pthread_setname_np(pthread_self(), "runut-feed");
  Sequence known = state_->known;
  for (bool last = false; !last;) {
    {
      // While nobody waits nobody has to be told: the log moves without waking this thread.
      std::unique_lock lock(state_->mutex);
      state_->changed.wait(lock, [&] { return state_->stopped || !state_->waiting.empty(); });
    }
    const auto began = std::chrono::steady_clock::now();
    const auto moved = log_.wait_for(next(known), options_.tick);
    known = std::max(known, moved ? moved->sequence : log_.head().sequence);

    std::vector<std::shared_ptr<Waiting>> due;
    {
      std::unique_lock lock(state_->mutex);
      // A log that fails at once must not make this thread spin.
      if (!moved) {
        state_->changed.wait_until(lock, began + options_.tick, [&] { return state_->stopped; });
      }
      last = state_->stopped;
      const auto now = std::chrono::steady_clock::now();
      state_->known = known;
      auto& waiting = state_->waiting;
      const auto stays = std::partition(waiting.begin(), waiting.end(), [&](const auto& one) {
        return !last && one->seen >= known && one->until > now;
      });
      due.assign(std::make_move_iterator(stays), std::make_move_iterator(waiting.end()));
      waiting.erase(stays, waiting.end());
    }
    for (const std::shared_ptr<Waiting>& one : due) {
      const std::lock_guard lock(one->mutex);
      if (const auto wake = one->wake) (*wake)();
    }
  }
}

Waiter::Waiter(Feed& feed, std::function<void()> wake)
    : state_(feed.state_), waiting_(std::make_shared<Feed::Waiting>()) {
  waiting_->wake = std::make_shared<const std::function<void()>>(std::move(wake));
}

Waiter::~Waiter() {
  {
    const std::lock_guard lock(state_->mutex);
    std::erase(state_->waiting, waiting_);
  }
  const std::lock_guard lock(waiting_->mutex);
  waiting_->wake.reset();
}

bool Waiter::wait(Sequence seen, WakeTime until) {
  const std::lock_guard lock(state_->mutex);
  // Whoever moved `known` beyond `seen` has woken those who waited then. Below it nothing is lost:
  // the follower comes by here after it has seen the head move.
  if (state_->stopped || state_->known > seen) return false;
  waiting_->seen = seen;
  waiting_->until = until;
  state_->waiting.push_back(waiting_);
  if (state_->waiting.size() == 1) state_->changed.notify_all();
  return true;
}

}  // namespace runut::feed
