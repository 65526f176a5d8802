// The single writer of one ledger: command -> decision -> sealed, chained events -> log -> answer.
//
// It decides on speculative state (its own commits in flight included) and answers only after
// durability, in the order of submission; a rejection waits for what it was decided on (W10). When
// an outcome is unknown the speculation is discarded, the log is taken over anew, and each command
// is found in the history (done) or decided again (it never will be): no command is answered
// twice, none is lost. When another writer has the log, this one steps down (W8): what is durable
// is answered, and everything else fails.
#pragma once

#include <boost/container/deque.hpp>
#include <functional>
#include <memory>
#include <unordered_map>

#include "base/clock.h"
#include "ledger/decide.h"
#include "ledger/loaded_facts.h"
#include "log/event_log.h"
#include "seal/key_store.h"
#include "write/recent_commands.h"

namespace runut {

struct WriterOptions {
  std::string node = "runut";        // names this process in WriterTookOver
  Hash256 public_key;                // pinned at founding
  std::string log_origin;            // of the agency about to be founded; see checkpoint_origin()
  std::size_t staged_max = 1'000;    // commands handed to the log in one go
  std::size_t months_max = 200'000;  // cached person-months; fewer where fewer people are known
  Millis take_over_wait{30'000};
  // Waits until indexes and projections have folded everything up to a sequence.
  std::function<Status(Sequence)> wait_indexed;
  // Up to where they have; bounds what may be forgotten.
  std::function<Sequence()> indexed;
};

// What became of a command.
struct Answer {
  CommandId command;
  std::uint64_t ticket = 0;             // of submit(), to find the caller
  Sequence first = {};                  // of the commit; 0 for a rejection without an event
  std::uint32_t count = 0;              // events in the commit
  bool repeated = false;                // answered from the history: nothing new was recorded
  std::optional<Error> rejection = {};  // with `first`: the AttemptRefused event
  Sequence known_at = {};               // the head that a rejection rests on
};

// One thread. The log, history and keys outlive it.
class Writer {
 public:
  // Reads only. The log is taken over with the first command that has something to record (an empty
  // one with FoundAgency): repeating what is known, or being refused, leaves no trace of a session.
  [[nodiscard]] static Result<std::unique_ptr<Writer>> open(EventLog& log, const History& history,
                                                            KeyStore& keys, Clock& clock,
                                                            Randomness& randomness,
                                                            WriterOptions options);

  // Decides and stages; the answer comes from drain(). The ticket is dense from 1. `digest` is
  // command_digest() of it, for who has worked it out in another thread: it is a fifth of what
  // deciding costs.
  // unavailable: the log failed and could not be taken over, or another writer has it. Then this
  // command gets no answer, nothing more is decided, and drain() gives the answers that are
  // durable.
  [[nodiscard]] Result<std::uint64_t> submit(Command command,
                                             std::optional<Mac128> digest = std::nullopt);

  // Hands what is staged to the log and returns the answers that are durable by now, in order of
  // submission; waits up to `max_wait` for the first. An error comes when there is no answer
  // (left).
  [[nodiscard]] Result<std::vector<Answer>> drain(Millis max_wait);
  // Until nothing is pending, or nothing more can be answered: then the next call says why.
  [[nodiscard]] Result<std::vector<Answer>> drain_all();

  [[nodiscard]] std::size_t pending() const { return pending_.size(); }
  // Why the command submitted last is going to be refused, as far as can be told before its answer;
  // null: it is not. Until the next call.
  [[nodiscard]] const Error* refusal_of_last() const {
    if (pending_.empty() || !pending_.back().answer.rejection) return nullptr;
    return &*pending_.back().answer.rejection;
  }
  [[nodiscard]] const LoadedFacts& facts() const { return *facts_; }
  [[nodiscard]] bool is_simulated() const;
  // Of the last durable event that was answered.
  [[nodiscard]] const Head& durable() const { return durable_; }

 private:
  struct Pending {
    Command command;  // to decide again
    Mac128 digest;
    std::uint64_t ticket = 0;
    Answer answer = {};
    Sequence depends_on = {};  // released when the durable head reaches it; see undecided
    bool had_commit = false;   // of its own: found in the history, it is no repetition
  };
  static constexpr std::size_t pending_in_block = 64;
  // What settled commits say about the log, the worst last.
  enum class Trouble : std::uint8_t { none, superseded, in_doubt };

  Writer(EventLog& log, const History& history, KeyStore& keys, Clock& clock,
         Randomness& randomness, WriterOptions options);
  [[nodiscard]] Status take_over();
  [[nodiscard]] Status load_facts(Sequence at);
  [[nodiscard]] Status recover(Trouble trouble);
  [[nodiscard]] Status stop(Error error);
  [[nodiscard]] Status flush();
  [[nodiscard]] Trouble take_in(const std::vector<Settled>& settled);
  [[nodiscard]] Status decide_now(Pending& pending);
  [[nodiscard]] Status accept(Pending& pending, Decision decision, Instant now);
  [[nodiscard]] Result<Hash256> build(const Pending& pending, Decision decision, Instant now,
                                      Commit& commit);
  [[nodiscard]] Result<Instant> instant_for(const Command& command) const;
  [[nodiscard]] Result<bool> answer_repeated(Pending& pending);
  [[nodiscard]] Status seal(Event& event, BytesView text);
  [[nodiscard]] std::uint64_t tag_for(const Command& command);
  [[nodiscard]] Status check_expected_version(const Command& command, const Decision& decision);
  // Of an AnswerSurvey that is pending.
  [[nodiscard]] std::optional<std::string> answer_in_flight(Sequence sequence) const;
  // The subject's version in versions_; stays where it is.
  [[nodiscard]] Result<std::uint32_t*> version_of(const Subject& subject);
  void release(std::vector<Answer>& out);

  EventLog& log_;
  const History& history_;
  KeyStore& keys_;
  Clock& clock_;
  Randomness& randomness_;
  const WriterOptions options_;

  std::unique_ptr<LoadedFacts> facts_;
  std::unordered_map<std::uint64_t, std::uint32_t> versions_;  // by folded subject key
  Head speculative_;                                           // head of what was decided
  Head durable_;
  Instant last_recorded_;
  std::uint64_t tickets_ = 0;
  std::optional<std::uint64_t> agency_tag_;  // once founded
  bool taken_over_ = false;
  // Of the command that is being accepted, and of it alone: members, so that their room is kept.
  std::vector<Event> events_;
  std::vector<std::uint32_t*> raised_;
  std::vector<Commit> staged_;
  // A standard deque would allocate for each of them: one fills its block.
  boost::container::deque<
      Pending, void,
      boost::container::deque_options_t<boost::container::block_size<pending_in_block>>>
      pending_;
  RecentCommands recent_;  // that the history does not show yet
  std::optional<Error> failed_;
  bool awaits_erasure_ = false;
  unsigned recoveries_ = 0;  // since something was appended
};

// Origin line of an agency's checkpoints.
[[nodiscard]] std::string checkpoint_origin(std::string_view agency);

}  // namespace runut
