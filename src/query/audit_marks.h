// What one event, or the event and what it answers, shows to an inspector: acts after a time limit,
// refused attempts, moves, ties, objections, corrections. One pass, in order.
//
// Readings chosen where the rulebook names the finding and not its measure:
//   late_excuse              filed after the close of the unit in which the person was that day, or
//                            decided at or after the approval cut-off: one finding for each
//   late_closing             a unit closed a month's attendance after the first regular run of that
//                            month, of whatever paying unit, was computed
//   counts_after_correction  a corrected evaluation moved a member to another tier, and the group
//                            now has other counts than were published (the others keep theirs)
#pragma once

#include <functional>
#include <map>

#include "query/finding.h"
#include "query/objection_terms.h"

namespace runut {

class AuditMarks {
 public:
  using Found = std::function<void(Finding)>;
  explicit AuditMarks(Found found) : found_(std::move(found)) {}

  // The next event; `facts` are those before it.
  void add(const Event& event, const Facts& facts);
  // The same event, once its whole commit is in the facts.
  void applied(const Event& event, const Facts& facts);
  // After the last event, of the day `today`: objections that nobody decided.
  void finish(Date today, const Facts& facts);

 private:
  void late_objection(const Event& event, const AgencyFacts& agency);

  Found found_;
  ObjectionTerms objection_terms_;
};

}  // namespace runut
