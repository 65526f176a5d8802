// What an answer reads: one ledger as it stood at one event, whatever is recorded and folded while
// it is read.
#pragma once

#include <memory>
#include <string_view>

#include "instance/instance.h"
#include "projector/folding.h"
#include "query/other_times.h"

namespace runut {
class AgencyFacts;
}

namespace runut::listing {

// The last event known at `as_known_at` (instance/moment.h), which an error names as its field;
// empty: up to which every view has folded. not_found: the ledger is empty.
[[nodiscard]] Result<Head> moment_of(const Instance& instance, std::string_view as_known_at);

// Of a ledger that is opened for reading, or that another thread writes to. It reads what may be
// read from any thread: place(), founded(), log(), views(). One thread each; the instance outlives
// it. Hold it for one answer: the store keeps for it what has been merged since.
class Source {
 public:
  // Errors as moment_of; unavailable (view.behind): the moment is one that the views have yet to
  // fold, or one of them is being made anew.
  [[nodiscard]] static Result<Source> open(const Instance& instance, std::string_view as_known_at,
                                           const OtherTimes& times = {},
                                           FoldProgress progress = {});

  [[nodiscard]] const Instance& instance() const { return *instance_; }
  [[nodiscard]] const std::string& agency() const { return instance_->place().agency; }
  [[nodiscard]] const EventLog& log() const { return instance_->log(); }
  // The answer's moment: it rests on this event and those before, and on nothing else.
  [[nodiscard]] const Head& head() const { return head_; }
  [[nodiscard]] const OtherTimes& times() const { return times_; }
  // Of whatever date; ask it for no event behind head().
  [[nodiscard]] const History& history() const { return *history_; }
  [[nodiscard]] Result<std::shared_ptr<const AgencyFacts>> agency_facts() const;
  // The local day of head(): a ledger's answers do not depend on when they are asked for.
  [[nodiscard]] Result<Date> today() const;
  // A view as it stood then; with a date, of what occurred by then. Reads the log once where the
  // moment is an earlier one, or a date is given.
  [[nodiscard]] Result<std::unique_ptr<RowReader>> rows(const Projection& projection,
                                                        std::optional<Date> occurred_by = {}) const;

  // Of work that a listing does itself.
  void tell_progress(Sequence done, Sequence total) const {
    if (progress_) progress_(done, total);
  }

 private:
  Source(const Instance& instance, PinnedViews views, const OtherTimes& times,
         FoldProgress progress)
      : instance_(&instance),
        views_(std::move(views)),
        times_(times),
        progress_(std::move(progress)) {}

  const Instance* instance_;
  PinnedViews views_;
  OtherTimes times_;
  FoldProgress progress_;
  Head head_;
  bool folded_ = false;  // the views stand at head_
  std::unique_ptr<History> history_;
};

}  // namespace runut::listing
