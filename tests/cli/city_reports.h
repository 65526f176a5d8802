// What the reports of a simulated city must say: the same in every form, the same as other commands
// say it, and byte for byte the same as long as the ledger is.
#pragma once

#include <functional>
#include <map>

#include "cli/ledger.h"

namespace runut::testing {

using Ask = std::function<Ran(Arguments)>;

// Bytes of each report in each file format, by name.
using ReportFiles = std::map<std::string, std::string>;
[[nodiscard]] ReportFiles write_reports(const Ask& ask, const TemporaryDirectory& directory);

// XLSX and PDF of each report, against its CSV.
void expect_files_say_what_csv_says(const Ask& ask, const TemporaryDirectory& directory);
// Against `payments`, `rankings` and `log`.
void expect_treasurer_agrees_with_payments(const Ask& ask);
void expect_merit_agrees_with_rankings_and_log(const Ask& ask);
void expect_unit_agrees_with_payments(const Ask& ask);
void expect_bad_questions_are_named(const Ask& ask, const TemporaryDirectory& directory);

}  // namespace runut::testing
