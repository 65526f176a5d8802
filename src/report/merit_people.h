// The sections of a merit reviewer's report that count what was done with people
// (report/merit.h).
#pragma once

#include "report/sources.h"

namespace runut::report {

// Whoever is ranked or listed as unranked: their dialogues with the appraiser on days of the
// period, and their coaching of those days.
[[nodiscard]] Section dialogues_section(const Facts& facts, const RankingFact& ranking);

// Evaluations by the quarter in which they were delivered, of any period, from the first quarter of
// `period` to that of the head; a quarter without any is a row of zeros.
[[nodiscard]] Section evaluations_section(const Facts& facts, Period period, Instant head);

}  // namespace runut::report
