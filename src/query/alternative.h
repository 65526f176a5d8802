// The ledger as it would have been: with a commit left out, or with commands that nobody gave, and
// everything that followed decided again where it may have come out otherwise. Nothing is recorded.
//
//   Alternative without(history, Sequence{commit.value - 1}, …);  // up to there all stays
//   without.leave_out(event);     // each event of the commit
//   without.follow(event);        // each later event of the log, in order
//   without.changed();            // what came out otherwise: the blast radius
//
// A command that was refused at its time left no trace to decide again: what it would have done
// otherwise is not seen.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "ledger/decide.h"
#include "ledger/loaded_facts.h"
#include "query/altered_history.h"
#include "query/changed_events.h"
#include "query/taint.h"

namespace runut {

struct ChangedCommit {
  Sequence first;                // as recorded
  std::optional<Error> refusal;  // why its command would have been refused: nothing instead
  std::vector<ChangedEvent> events;
};

struct HypotheticalOptions {
  Instant now;  // when the command would be recorded
  Origin origin = Origin::live;
};

class Alternative {
 public:
  // Reads a recorded event; whole, as the log has it.
  using EventAt = std::function<Result<Event>(Sequence)>;

  // As recorded up to `until`, the last event of a commit. The history outlives this object.
  [[nodiscard]] static Result<std::unique_ptr<Alternative>> begin(const History& recorded,
                                                                  Sequence until, EventAt event_at);

  // Decides a command that nobody gave, here. Rejected: what decide() rejects;
  // command.id_reused (the ledger has this id); what_if.identifier (an identifier's number is known
  // by its keyed hash alone); what_if.survey (answers are sealed). Nothing may be followed yet.
  [[nodiscard]] Status suppose(const Command& command, const HypotheticalOptions& options);
  // A document that nobody enacted yet, without the decree that it will need; it may reach locked
  // months. Rejected: what the document reader and the timeline reject.
  [[nodiscard]] Status suppose_document(const std::string& text,
                                        const std::optional<std::string>& amends,
                                        const HypotheticalOptions& options);
  // The next recorded event, which never was; whole commits only, before anything is followed.
  [[nodiscard]] Status leave_out(const Event& recorded);
  // The next recorded event. Its commit is decided again when its last event has come, if anything
  // that it read may be otherwise.
  [[nodiscard]] Status follow(Event recorded);

  [[nodiscard]] const std::vector<ChangedCommit>& changed() const { return changed_; }
  // Commits whose command can not be put together again, surveys closed over other answers (these
  // are sealed), answers by pseudonyms where people are related otherwise: they may have come out
  // otherwise and were kept as recorded.
  [[nodiscard]] const std::vector<Sequence>& kept() const { return kept_; }
  [[nodiscard]] std::uint64_t followed() const { return followed_; }            // commits
  [[nodiscard]] std::uint64_t decided_again() const { return decided_again_; }  // of these

  // Everything so far, in wide sequences (altered_history.h).
  [[nodiscard]] const AlteredHistory& history() const { return history_; }
  [[nodiscard]] Sequence known_at() const { return facts_->known_at(); }
  [[nodiscard]] const Facts& facts() const { return *facts_; }

 private:
  Alternative(const History& recorded, int utc_offset_minutes, EventAt event_at)
      : recorded_(recorded),
        history_(recorded, utc_offset_minutes),
        event_at_(std::move(event_at)),
        taint_(utc_offset_minutes) {}
  [[nodiscard]] Status place_between(const Command& command, const Decision& decision,
                                     const HypotheticalOptions& options);
  [[nodiscard]] Status settle(const std::vector<Event>& commit);
  [[nodiscard]] Result<std::optional<Command>> command_of(const std::vector<Event>& commit) const;
  [[nodiscard]] Status decide_again(const std::vector<Event>& commit, const Command& command);
  [[nodiscard]] Status replace(const std::vector<Event>& commit, std::vector<Event> instead,
                               std::optional<Error> refusal);

  const History& recorded_;
  AlteredHistory history_;
  EventAt event_at_;
  std::unique_ptr<LoadedFacts> facts_;
  Taint taint_;
  std::map<CommandId, Sequence> supposed_;  // first events, wide
  std::vector<Event> commit_;               // wide; what of it has come
  std::vector<ChangedCommit> changed_;
  std::vector<Sequence> kept_;
  std::uint64_t followed_ = 0;
  std::uint64_t decided_again_ = 0;
};

}  // namespace runut
