// The merit reviewer's period (rulebook section 5): groups with their distribution, members with
// their place, the signed events that each place rests on, objections with their outcome, plans
// agreed on time, dialogues per person, evaluations per quarter, and what the tiers paid.
#pragma once

#include "report/sources.h"

namespace runut::report {

// Sections: distribution, members, evidence, objections, unranked, plans, dialogues, evaluations,
// pay, predicates. not_found: no group of the period was frozen, and no unit has a predicate of it.
//
// Readings chosen:
//  - A member's tier now is that of the last correction of the evaluation, else the published one.
//  - Evidence are the events that gave the published place (rating, behaviour, closed survey,
//    innovation, delivery, placement) and what came after (objection, decision, correction), each
//    with the leaf hash that checkpoints and bundles prove.
//  - Pay are the adjustment lines of the months that the period's tiers pay or cost, of locked
//  runs.
[[nodiscard]] Result<Report> merit_report(const Sources& sources, Period period);

}  // namespace runut::report
