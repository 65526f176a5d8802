// The checkpoint signed last, and new ones for those who wait until their event is covered: at
// most one signature an interval, however many ask.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "service/ledger_ports.h"

namespace runut::service {

struct SignedHead {
  Checkpoint checkpoint;
  std::string note;
};
using SignedHeadPtr = std::shared_ptr<const SignedHead>;

struct SignedHeadsOptions {
  Millis interval{1'000};      // between two signatures; also how old last() may be
  Millis signing_max{30'000};  // the writer may be busy
  std::size_t waiting_max = 10'000;
  std::size_t kept = 64;  // of the checkpoints signed here; older ones make way for them
};

// Thread-safe.
class SignedHeads {
 public:
  explicit SignedHeads(const LedgerPorts& ledger, SignedHeadsOptions options = {});
  ~SignedHeads() { stop(); }
  // Whoever still waits is told `unavailable`, as is whoever asks later.
  void stop();
  SignedHeads(const SignedHeads&) = delete;
  SignedHeads& operator=(const SignedHeads&) = delete;

  // Verified. not_found: none was signed yet. corrupt: the newest is damaged.
  [[nodiscard]] Result<SignedHeadPtr> last();

  // Calls once, with a checkpoint that covers the event, which must be durable: at once when there
  // is one, else from a thread of its own. exhausted: too many wait. unavailable: not now.
  using Covered = std::function<void(Result<SignedHeadPtr>)>;
  void covering(Sequence sequence, Covered covered);

 private:
  using Clock = std::chrono::steady_clock;
  // Of the checkpoints that this object had signed, ascending; the writer's thread alone.
  struct Thinning {
    std::deque<std::uint64_t> sizes;
    std::size_t kept = 0;
  };

  [[nodiscard]] bool stopped() {
    const std::lock_guard lock(mutex_);
    return stopping_;
  }
  void sign_for_waiting();
  [[nodiscard]] Result<SignedHeadPtr> sign();
  [[nodiscard]] static Result<SignedHeadPtr> sign_in(Instance& instance, Thinning& thinning);
  [[nodiscard]] Status refresh(Clock::time_point now);

  const LedgerPorts ledger_;
  const SignedHeadsOptions options_;
  const std::shared_ptr<Thinning> thinning_;

  std::mutex mutex_;
  std::condition_variable moved_;
  bool stopping_ = false;
  SignedHeadPtr last_;
  Clock::time_point refresh_at_;
  std::vector<Covered> waiting_;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace runut::service
