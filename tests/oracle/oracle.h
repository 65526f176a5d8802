// A naive, slow evaluator of the rulebook: it keeps all events and answers by looking at everything
// again. Written from the rulebook alone; it shares no code with regulation/, computation/ or
// ledger/. Where the rulebook leaves a choice, a comment that begins with "Reading" says what is
// read here.
//
//   Oracle oracle;
//   for (const Event& event : events) oracle.apply(event);
//   EXPECT_THAT(oracle.disagreements(), IsEmpty());
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/oracle/payment.h"
#include "tests/oracle/ranking.h"

namespace runut::oracle {

class Oracle {
 public:
  // A mutated oracle makes one deliberate mistake, to see that comparisons notice it.
  explicit Oracle(Mutation mutation = Mutation::none) : mutation_(mutation) {}

  // Events come in sequence order, none missing (checked).
  void apply(const Event& event) { history_.append(event); }
  [[nodiscard]] Sequence head() const { return history_.head(); }

  [[nodiscard]] ExpectedRun run(const RunId& run, Sequence known_at) const;
  // None: the person does not belong on that run's list.
  [[nodiscard]] std::optional<ExpectedPayment> payment(PersonId person, const RunId& run,
                                                       Sequence known_at) const;
  // Groups as they would be frozen on a date.
  [[nodiscard]] FrozenGroups groups(Period period, Date decided_on, Sequence known_at) const;
  // Every frozen group of the period, ranked under the document in force on the date of
  // publication.
  [[nodiscard]] std::vector<ExpectedGroup> ranking(Period period, Date published_on,
                                                   Sequence known_at) const;
  // Recomputed, settled and amount of one month; none: the month has no document.
  [[nodiscard]] std::optional<ExpectedCorrection> correction(PersonId person, Month month,
                                                             Sequence known_at) const;
  [[nodiscard]] std::optional<Placement> placement(const EvaluationCorrected& corrected,
                                                   Sequence known_at) const;

  // Every difference between the recorded decisions (RankingGroupFrozen, RankingGroupMember,
  // TieAtCutoffFound, EvaluationDelivered, UnitEvaluationsClosed, RankingPublished,
  // RankingMemberPlaced, TppAdjustmentDecided, TppRunComputed, TppPaymentComputed, TppRunLocked,
  // TppCorrectionPosted) and what this evaluator makes of the events known where each was decided:
  // one line a difference, with person, month or period, field and both values. Empty: all agree.
  [[nodiscard]] std::vector<std::string> disagreements() const;

  [[nodiscard]] View view(Sequence known_at) const { return {&history_, known_at, mutation_}; }

 private:
  History history_;
  Mutation mutation_;
};

}  // namespace runut::oracle
