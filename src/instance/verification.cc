#include "instance/verification.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace runut {
namespace {

// A power of two, so that a stretch is a subtree of the whole tree.
constexpr std::uint64_t stretch_events = 4096;
// How far workers may be ahead of the one stretch that is waited for.
constexpr std::uint64_t stretches_ahead_max = 64;

// The stretches of a log, verified by workers, handed out in order.
class Stretches {
 public:
  Stretches(const EventLog& log, const std::set<std::uint64_t>& sizes)
      : log_(log), sizes_(sizes), head_(log.head().sequence.value) {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    for (std::size_t i = 0; i < std::min<std::uint64_t>(cores, count()); ++i)
      workers_.emplace_back([this] { work(); });
  }
  ~Stretches() {
    {
      const std::lock_guard guard(mutex_);
      next_ = count();  // nothing more is begun
    }
    moved_.notify_all();
    for (std::thread& worker : workers_) worker.join();
  }
  Stretches(const Stretches&) = delete;
  Stretches& operator=(const Stretches&) = delete;

  [[nodiscard]] std::uint64_t head() const { return head_; }
  [[nodiscard]] std::uint64_t count() const {
    return (head_ + stretch_events - 1) / stretch_events;
  }

  [[nodiscard]] Stretch take() {
    std::unique_lock lock(mutex_);
    done_one_.wait(lock, [this] { return done_.contains(taken_); });
    Stretch out = std::move(done_.extract(taken_).mapped());
    ++taken_;
    moved_.notify_all();
    return out;
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      moved_.wait(lock,
                  [this] { return next_ >= count() || next_ < taken_ + stretches_ahead_max; });
      if (next_ >= count()) return;
      const std::uint64_t number = next_++;
      lock.unlock();
      Stretch stretch = verified(number);
      lock.lock();
      done_.emplace(number, std::move(stretch));
      done_one_.notify_one();
    }
  }

  [[nodiscard]] Stretch verified(std::uint64_t number) const {
    std::uint64_t next = number * stretch_events + 1;
    const std::uint64_t last = std::min(head_, next + stretch_events - 1);
    Stretch out(Sequence{next}, sizes_);
    while (next <= last) {
      auto batch = log_.read(Sequence{next}, {.events = last - next + 1});
      if (batch && batch->empty())
        batch = fail(ErrorCode::corrupt, "the log ends before its own head");
      if (!batch) {
        out.fail_with(std::move(batch).error());
        break;
      }
      for (const EventView& stored : batch->events)
        if (Status fine = out.add(stored); !fine) {
          out.fail_with(std::move(fine).error());
          return out;
        }
      next += batch->size();
    }
    return out;
  }

  const EventLog& log_;
  const std::set<std::uint64_t>& sizes_;
  const std::uint64_t head_;
  std::mutex mutex_;
  std::condition_variable done_one_;
  std::condition_variable moved_;  // taken_ or next_, so that a worker may go on or end
  std::map<std::uint64_t, Stretch> done_;
  std::uint64_t next_ = 0;
  std::uint64_t taken_ = 0;
  std::vector<std::thread> workers_;
};

}  // namespace

Status Verification::read(const EventLog& log, const VerificationProgress& progress) {
  Stretches stretches(log, sizes_);
  for (std::uint64_t i = 0; i < stretches.count(); ++i) {
    RUNUT_TRY(add(stretches.take()));
    if (progress) progress(Sequence{tree_.size()}, Sequence{stretches.head()});
  }
  if (end_.place == 0) return {};
  return fail(Error{ErrorCode::corrupt, "verify.commit", "sequence", std::to_string(tree_.size()),
                    "the log ends within a commit"});
}

Status Verification::add(const Stretch& stretch) {
  RUNUT_TRY(stretch.follows(end_));
  for (const Frontier& kept : stretch.kept()) {
    Frontier whole = tree_;
    whole.append(kept);
    roots_.emplace(whole.size(), whole.root());
  }
  tree_.append(stretch.tree());
  end_ = stretch.end();
  return {};
}

Status Verification::check(const Checkpoint& checkpoint) const {
  const TreeHead& vouched = checkpoint.tree;
  const auto wrong = [&](const char* rule, std::string message) {
    return fail(Error{ErrorCode::corrupt, rule, "checkpoint", std::to_string(vouched.size),
                      std::move(message)});
  };
  if (vouched.size > tree_.size())
    return wrong("verify.shorter", "it vouches for " + std::to_string(vouched.size) +
                                       " events; the log has " + std::to_string(tree_.size()));
  const auto known = roots_.find(vouched.size);
  const Hash256 root = vouched.size == 0       ? empty_root()
                       : known != roots_.end() ? known->second
                                               : Hash256{};
  if (root != vouched.root)
    return wrong("verify.rewritten",
                 "the first " + std::to_string(vouched.size) +
                     " events are not those that it vouches for: history was rewritten");
  return {};
}

}  // namespace runut
