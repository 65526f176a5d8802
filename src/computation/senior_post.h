// The terms of a tenure in a senior post (rulebook section 1). Pure.
#pragma once

#include "base/date.h"
#include "regulation/document.h"

namespace runut {

// The same day so many years later; 29 February becomes 28 February where there is none.
[[nodiscard]] Date years_after(Date day, std::int64_t years);

struct SeniorTerm {
  Date minimum_reached;  // from this day on the holder may be moved
  Date review_due;       // by this day a review is due
};

// Where the rulebook is silent: terms are those of the document in force when the question is
// asked, also for a tenure that began under an older one; an extension moves the review alone.
[[nodiscard]] SeniorTerm senior_term(Date from, std::optional<Date> extended_until,
                                     const SeniorPostTerms& terms);

enum class SeniorPostState : std::uint8_t { unspecified, minimum, running, overdue, ended };
RUNUT_ENUM_NAMES(SeniorPostState, {E::minimum, "minimum"}, {E::running, "running"},
                 {E::overdue, "overdue"}, {E::ended, "ended"});

// On a day of the tenure or after it: within the shortest term, running, its review overdue, over.
// A review that was passed does not help before the decree that extends the tenure.
[[nodiscard]] SeniorPostState senior_state(const SeniorTerm& term, std::optional<Date> last_day,
                                           Date day);

}  // namespace runut
