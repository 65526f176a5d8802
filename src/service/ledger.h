// One ledger as the service holds it: its writer in a thread of its own, and what readers may use
// from any thread at the same time.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "instance/instance.h"
#include "query/explain.h"

namespace runut::service {

struct LedgerLimits {
  std::size_t queued_max = 16'384;  // commands that wait for the writer
  std::size_t queued_bytes_max = std::size_t{64} << 20;
};

// What somebody tries without authority: each attempt leaves an event, so there is a limit to them.
// Asked and told by the writer's thread, command by command, so that it holds within a batch too.
class Attempts {
 public:
  virtual ~Attempts() = default;
  // An error is the command's answer: it is not decided, and leaves no event.
  [[nodiscard]] virtual Status may_try() = 0;
  virtual void note_refused() = 0;
};

// Thread-safe.
class Ledger {
 public:
  // The ledger must have been founded. Errors as Instance::open.
  [[nodiscard]] static Result<std::unique_ptr<Ledger>> open(InstanceOptions options,
                                                            LedgerLimits limits = {});
  // stop() and everything that close() of the instance does.
  ~Ledger();

  [[nodiscard]] const std::string& agency() const { return instance_->place().agency; }
  // To read: place(), history(), views(), log(), known_at(), founded(), trust(), checkpoints().
  // Everything else belongs to the writer's thread.
  [[nodiscard]] const Instance& instance() const { return *instance_; }
  [[nodiscard]] const KeyStore& keys() const { return *keys_; }
  // To read and to wait for its head.
  [[nodiscard]] EventLog& log() const { return instance_->log(); }

  // The answer comes in the writer's thread, once, when it is durable; unavailable when none can be
  // given (then nobody knows what became of the command: the same command again will tell).
  using Answered = std::function<void(const Result<Answer>&)>;
  struct Submission {
    Command command;
    std::optional<Mac128> digest;  // command_digest(), worked out by whoever brings it
    std::size_t bytes = 0;         // of its text
    Answered answered;
    std::shared_ptr<Attempts> attempts{};  // of whoever brings it; null: they are not limited
  };
  // All of them in their order, or none: exhausted when the queue has no room (`answered` is never
  // called then), unavailable as accepting(). What is taken is moved from.
  [[nodiscard]] Status submit(std::span<Submission> batch);
  using Work = std::function<void(Instance&)>;
  // Work that needs the whole instance (checkpoints, tree), done by the writer's thread in turn.
  [[nodiscard]] Status in_writer(Work work);
  // ok while commands are taken; else why not. After another writer has taken the log over it stays
  // so until the service is started again: two that take it from each other would help nobody.
  [[nodiscard]] Status accepting() const;
  [[nodiscard]] std::size_t queued() const;

  // Every view has folded at least this event, or unavailable after max_wait.
  [[nodiscard]] Status wait_for(Sequence sequence, Millis max_wait) const;
  // Explanations as of now; shared by its callers, each of whom may hold it.
  [[nodiscard]] Result<std::shared_ptr<const Explainer>> explainer() const;

  // Facts as of then, for one answer; the ledger outlives them.
  [[nodiscard]] Result<std::unique_ptr<LoadedFacts>> facts() const;
  // By the ledger's clock: what rules call today.
  [[nodiscard]] Date today() const;

  // Takes no more commands, answers those that it has, within max_wait; then brings views and tree
  // up to the head. unavailable: not all could be answered.
  [[nodiscard]] Status stop(Millis max_wait);

 private:
  using Waiting = std::variant<Submission, Work>;

  Ledger(std::unique_ptr<Instance> instance, const KeyStore& keys, LedgerLimits limits);
  void write();
  [[nodiscard]] bool take(std::vector<Waiting>& batch);
  [[nodiscard]] bool may_wait();
  void begin(Submission& submission);
  void settle(Millis max_wait);
  void fail_all(const Error& error);

  std::unique_ptr<Instance> instance_;
  const KeyStore* const keys_;
  const LedgerLimits limits_;

  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::condition_variable ended_;
  std::vector<Waiting> queue_;  // the writer takes it whole, and leaves an empty one's room
  std::size_t queued_bytes_ = 0;
  // Of what it has taken and not begun yet: that waits as well. Changed by the writer alone.
  std::atomic<std::size_t> taken_{0};
  std::atomic<std::size_t> taken_bytes_{0};
  bool settling_ = false;  // the writer waits for answers and would be woken for what is queued
  bool stopping_ = false;
  bool has_ended_ = false;
  std::optional<Error> failure_;  // why commands are not taken any more

  std::deque<Answered> in_flight_;  // the writer's thread alone

  mutable std::mutex explaining_;
  mutable std::shared_ptr<const Explainer> explainer_;
  mutable Sequence explained_at_;

  std::thread thread_;
};

}  // namespace runut::service
