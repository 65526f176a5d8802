// A unit's month: its people with their reports and approvals, performance factor, rank and pay.
#pragma once

#include "report/sources.h"

namespace runut::report {

struct UnitOptions {
  UnitId unit;
  Month month;
};

// Sections: people, ranks, pay. not_found: the unit is unknown.
//
// Readings chosen:
//  - Its people are those with an assignment on any day of the month in the unit or, by the tree of
//    the month's last day, below it.
//  - Minutes and percents are what the month's regular run recorded; without one they are empty.
//    Reports are counted as they stand at the event that the report rests on.
//  - The rank is of the newest period that ended by the month's last day and whose ranking places
//    the person.
[[nodiscard]] Result<Report> unit_report(const Sources& sources, const UnitOptions& options);

}  // namespace runut::report
