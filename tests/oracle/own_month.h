// What a month itself yields for a person, before corrections and carried amounts: earned lines,
// adjustments, sanctions, tax, and the deductions that it asks for (rulebook section 3.5, 1 to 7).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/oracle/month_work.h"

namespace runut::oracle {

struct Line {
  LineKind kind{};
  std::optional<Component> component;
  std::string code;
  Number amount = 0;
  std::optional<Month> for_month;
  friend bool operator==(const Line&, const Line&) = default;
};

struct WantedDeduction {
  std::string code;
  Number amount = 0;
  bool in_rupiah = false;  // fixed by DeductionSet, not a share of this month's pay
  Sequence source;         // DeductionSet; 0: the document
};

struct OwnMonth {
  MonthWork work;
  std::optional<UnitId> unit;  // on the last eligible day; none: no eligible day
  Number ceilings = 0;         // sum of eligible_c
  Number gross = 0;
  Number taxable = 0;
  Number tax = 0;           // positive
  std::vector<Line> lines;  // earned .. tax, zero lines only of `earned`
  std::vector<WantedDeduction> deductions;
  std::vector<std::string> problems;  // for which the run would be rejected
};

[[nodiscard]] OwnMonth own_month(const View& view, const Rules& rules, PersonId person, Month month,
                                 Cutoffs cutoffs);

struct Adjustment {
  AdjustmentCause cause{};
  Number delta = 0;
  Sequence sequence;
};
// Those that pay in the month, at most one a cause.
[[nodiscard]] std::vector<Adjustment> adjustments_in(const View& view, const Rules& rules,
                                                     PersonId person, Month month);

// The monthly ceiling of a component on an assignment, by the day's unit tree; none: nobody has set
// one.
[[nodiscard]] std::optional<Number> ceiling(const View& view, Component component,
                                            const Assignment& assignment, Date day);

// The unit whose run pays the person's month; none: never assigned by then, or no paying unit
// above.
[[nodiscard]] std::optional<UnitId> paying_unit_in(const View& view, const Rules& rules,
                                                   PersonId person, Month month);

}  // namespace runut::oracle
