// The treasurer's month (rulebook section 5): which runs are computed, locked, ordered, confirmed;
// totals by component and kind against the month before; what was paid against ceilings and budget;
// the payroll; corrections and what is outstanding; who is not paid or not rated, and why.
#pragma once

#include "report/sources.h"

namespace runut::report {

struct TreasurerOptions {
  Month month;
  std::optional<UnitId> unit;  // only this paying unit
};

// Sections: runs, not_locked, totals, causes, components, budget, payroll, corrections,
// outstanding, returned, not_paid, not_rated. not_found: the unit is unknown; invalid_input: it
// does not pay.
//
// Readings chosen:
//  - A paying unit without a regular run of the month, but with eligible people, is a row of `runs`
//    in the state not_computed: as left out count those whose last post of the month it pays.
//  - What a run waits for is the first that holds: its lock, its computing anew, a document, the
//    approval cut-off, a unit of an eligible post that has not closed the month, its computing.
//  - The difference to the month before has the causes of explain, each person's payment computed
//    again on what its run knew; somebody whom only one of the two months pays is one cause whole.
//    A correction run's payments are its corrections. In the agency's rows somebody who moved
//    between paying units is compared with themself.
//  - Totals, components and payroll are of each run's locked computation, else of its last one.
//  - A ceiling is what the payee's class may earn in a full month: of the post on the last eligible
//    day, as known now (the run knew what it knew).
//  - Spent of a budget are the totals of the year's locked runs up to that month; computed, what
//    waits for a lock.
[[nodiscard]] Result<Report> treasurer_report(const Sources& sources,
                                              const TreasurerOptions& options);

}  // namespace runut::report
