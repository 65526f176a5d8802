// Plays the engine's part until the engine does: asks the true oracle what a decision contains and
// writes it down as events. What it records is right by the oracle's own reading; a mutated oracle
// that looks at the same ledger must disagree.
#pragma once

#include "tests/oracle/oracle.h"
#include "tests/support/event_builder.h"

namespace runut::oracle {

class Recorder {
 public:
  explicit Recorder(testing::EventBuilder& ledger) : ledger_(ledger) {}

  Sequence compute(const RunId& run);
  // Locks what was computed last for the run, and posts its corrections.
  Sequence lock(const RunId& run);
  Sequence reopen(const RunId& run);
  Sequence order(const RunId& run);
  // Computed, locked and ordered.
  void pay(const RunId& run);

  void freeze(Period period);
  // False when a group is tied: the others are published all the same.
  bool publish(Period period);
  // The whole new evaluation of one person after the publication, and the adjustment that follows.
  Sequence correct(PersonId person, Period period, std::int64_t result, std::int64_t behaviour);

  // With everything recorded so far.
  [[nodiscard]] const Oracle& oracle();

 private:
  [[nodiscard]] Date today() const;
  void adjust(PersonId person, Period period, Tier tier, Sequence cause,
              std::optional<Sequence> supersedes, const Rules& rules);

  testing::EventBuilder& ledger_;
  Oracle oracle_;
};

// What a mutated (or the true) oracle says about a whole ledger.
[[nodiscard]] std::vector<std::string> disagreements(const testing::EventBuilder& ledger,
                                                     Mutation mutation = Mutation::none);

}  // namespace runut::oracle
