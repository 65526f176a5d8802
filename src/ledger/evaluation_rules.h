// What ratings, deliveries and a unit's closing ask of their period.
#pragma once

#include "ledger/rules.h"

namespace runut::rules {

// The document in force today, which evaluates the period: in `regime` (none: in its own), of the
// length that it states (in the predicate regime also a year), begun.
[[nodiscard]] Result<InForce> evaluating_document(const Case& at, Period period,
                                                  std::optional<Regime> regime);

// In the predicate regime: the unit of the person's post has its predicate where the document wants
// it first, and has not been closed for the period.
[[nodiscard]] Status require_open_for_rating(const Case& at, PersonId person, Period period,
                                             const Document& document);

}  // namespace runut::rules
