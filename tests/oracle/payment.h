// Runs, payments and corrections (rulebook section 3.5): what a run should contain, as known in a
// view.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/oracle/own_month.h"

namespace runut::oracle {

// The code of an outstanding rest of a negative correction. Reading: the rulebook names none.
inline constexpr std::string_view correction_code = "correction";

struct Owing {
  std::string code;
  Number amount = 0;
  Month for_month;
  friend bool operator==(const Owing&, const Owing&) = default;
};

struct ExpectedCorrection {
  Month for_month;
  Number recomputed = 0;
  Number settled = 0;
  Number amount = 0;  // recomputed - settled, not 0
};

struct ExpectedPayment {
  PersonId person;
  std::optional<LeftOutReason> left_out;
  std::optional<UnitId> unit;  // on the last eligible day; none: corrections alone
  Number required = 0;
  Number approved = 0;
  Number productivity = 0;
  Number discipline = 0;
  Number performance_factor = 0;
  Number gross = 0;
  Number taxable = 0;
  Number net = 0;
  std::vector<Line> lines;
  std::vector<Owing> outstanding;
  std::vector<ExpectedCorrection> corrections;  // posted when the run is locked
};

struct ExpectedRun {
  RunId run;
  std::vector<ExpectedPayment> payments;  // by person; those left out too
  Number payees = 0;
  Number left_out = 0;
  Number total = 0;
  std::vector<std::string> problems;  // for which the run should have been rejected
};

[[nodiscard]] ExpectedRun expected_run(const View& view, const RunId& run);

// Recomputed net of a month with the facts known in the view and the rules of the month, less what
// has been settled; `amount` may be 0. None: the month has no document.
[[nodiscard]] std::optional<ExpectedCorrection> difference(const View& view, PersonId person,
                                                           Month month);

}  // namespace runut::oracle
