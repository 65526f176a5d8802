// The log of one ledger: append-only, one history, any engine (memory, RocksDB, Kafka).
//
// The chain is the compare-and-set: each event names its sequence and the leaf hash of the event
// before it, so where it stands decides whether it counts. A writer
//   1. takes over: an event of its own (WriterTookOver; AgencyFounded on an empty log) is appended
//      on the head and read back;
//   2. decides on speculative state and appends commits, each chained on the one before, several in
//      flight, and answers its callers only when settle() says Appended;
//   3. after a Conflict or Unknown discards its speculation and takes over again, which tells for
//      each commit with an unknown outcome whether it is in the history or never will be.
#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "log/event_batch.h"
#include "log/record.h"

namespace runut {

// All or nothing. Every event carries this command id, its index and the count; the first is
// chained on the head or on the commit appended just before. At most commit_bytes_max.
struct Commit {
  CommandId command;
  std::vector<StoredEvent> events;
};

// Durable, and folded by the engine's own reader; `head` is the commit's last event.
struct Appended {
  Head head;
  friend bool operator==(const Appended&, const Appended&) = default;
};
// Not in the history, and never will be: another event has its place. Final.
struct Conflict {
  Head seen;  // the head of the history when that was known
  friend bool operator==(const Conflict&, const Conflict&) = default;
};
// May or may not be in the history, now or later. Only the next take_over() tells.
struct Unknown {
  std::string reason;
  friend bool operator==(const Unknown&, const Unknown&) = default;
};
using Outcome = std::variant<Appended, Conflict, Unknown>;

struct Settled {
  CommandId command;
  Outcome outcome;
};

// What finally became of a commit that ended as Unknown.
enum class Fate : std::uint8_t {
  done,   // in the history, exactly once
  never,  // not in the history, and can never get there
};
struct Verdict {
  CommandId command;
  Fate fate = Fate::never;
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

struct TakenOver {
  Head head;  // the takeover event: decide from here
  std::vector<Verdict>
      verdicts;  // for each commit reported Unknown since the last takeover, in order
};

// Builds the commit (of one event) that takes the log over, chained on `head`, with a new random
// command id at each call; it may be called several times. On an empty log: AgencyFounded.
using BuildTakeover = std::function<Result<Commit>(const Head& head)>;

using Millis = std::chrono::milliseconds;

// What may be in flight at once. Full is backpressure: settle, then append again.
struct AppendLimits {
  std::size_t commits = 10'000;
  std::size_t bytes = 2 * commit_bytes_max;
};

// head(), read(), wait_for() and interrupt() may be called from any thread; the others from one
// writer's thread.
class EventLog {
 public:
  virtual ~EventLog() = default;
  EventLog() = default;
  EventLog(const EventLog&) = delete;
  EventLog& operator=(const EventLog&) = delete;

  // The last event of the last whole, durable commit. Never goes back.
  [[nodiscard]] virtual Head head() const = 0;

  // Events `from`, `from` + 1, … up to the head; empty when `from` is past it. A large commit may
  // be cut by the limits: its envelopes say where it ends. `from` >= 1. corrupt: stored frames are
  // damaged; the error names the sequences.
  [[nodiscard]] virtual Result<EventBatch> read(Sequence from, ReadLimits limits = {}) const = 0;

  // Waits until head().sequence >= at_least, and returns the head; unavailable when it takes
  // longer.
  [[nodiscard]] virtual Result<Head> wait_for(Sequence at_least, Millis max_wait) = 0;

  // Becomes the writer, and settles whatever an earlier session of this object left unknown.
  // unavailable: not within max_wait (broker away, lost every race, storage failed); nothing was
  // decided, it may be tried again.
  [[nodiscard]] virtual Result<TakenOver> take_over(const BuildTakeover& build,
                                                    Millis max_wait) = 0;

  // Instead of take_over(), to copy a log: accepts commits of another log byte for byte, and adds
  // no event of its own. Returns the head after everything that can be read was read: the copy goes
  // on behind it, provided that the other log has the same history up to there (copy_log.h).
  [[nodiscard]] virtual Result<Head> begin_copy(Millis max_wait) = 0;

  // Hands a commit over; returns at once. Its outcome comes from settle(), in append order.
  // exhausted: the in-flight bounds are reached (the commit is not taken: settle and try again).
  // conflict: not (or no longer) the writer. unavailable: an earlier append failed: take over.
  // invalid_input: an event or the commit is too large, or has no events.
  // On failure `commit` is left as it was.
  [[nodiscard]] virtual Status append(Commit&& commit) = 0;

  // The same for several in their order, up to the first that is not taken: how many were. An error
  // is that of the first one, when not even that was taken. Those that were taken are left empty.
  // An engine may make one write of them.
  [[nodiscard]] virtual Result<std::size_t> append_all(std::span<Commit> commits) {
    std::size_t taken = 0;
    for (Commit& commit : commits) {
      const Status appended = append(std::move(commit));
      if (!appended && taken == 0) return fail(appended.error());
      if (!appended) break;
      ++taken;
    }
    return taken;
  }

  // The outcomes known by now, in append order, each once; waits up to max_wait for the first.
  // Empty at once when nothing is in flight.
  [[nodiscard]] virtual std::vector<Settled> settle(Millis max_wait) = 0;

  // From any thread: a settle() that waits, or else the next one, does not wait any longer. An
  // engine that cannot do this ignores it.
  virtual void interrupt() {}

  // Commits handed over whose outcome settle() has not returned yet.
  [[nodiscard]] virtual std::size_t in_flight() const = 0;

  // Why this object no longer writes (another writer took over, storage failed); ok otherwise.
  [[nodiscard]] virtual Status writable() const = 0;
};

}  // namespace runut
