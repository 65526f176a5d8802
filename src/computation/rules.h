// Which document a computation reads, and why.
#pragma once

#include <optional>

#include "computation/facts.h"
#include "computation/recorder.h"

namespace runut {

struct RulesOptions {
  // Rules as of another date than the rulebook's (section 3.6): hypothetical, and marked so.
  std::optional<Date> rules_as_of;
};

// One document for one computation. Lives as long as the facts it came from.
struct Rules {
  const Document* document = nullptr;
  Sequence regulation;
  Date applied_on;
  bool hypothetical = false;

  [[nodiscard]] const Document& operator*() const { return *document; }
  [[nodiscard]] const Document* operator->() const { return document; }
  [[nodiscard]] AppliedRule rule(Parameter parameter) const;
  // tax_by_grade with the clause and status of that grade's rate.
  [[nodiscard]] AppliedRule tax_rule(std::string_view grade) const;
};

// TPP, productivity and discipline of a month. Rejected (regulation.none) for a month without a
// document on its first day.
[[nodiscard]] Result<Rules> payment_rules(const Facts& facts, Month month,
                                          const RulesOptions& options = {});
// Scores, groups, ties and placement of a ranking published (or frozen) on that day.
[[nodiscard]] Result<Rules> ranking_rules(const Facts& facts, Date published_on,
                                          const RulesOptions& options = {});

// An approval or an excuse counts in a regular run when its action time is before this instant:
// 00:00 local of day approval_cutoff_day of the following month. Exactly then is late.
[[nodiscard]] Instant approval_cutoff(const Rules& rules, Month month, int utc_offset_minutes);

}  // namespace runut
