// A report as a workbook: a sheet that says what it is about, then one for each section.
#pragma once

#include "base/result.h"
#include "report/report.h"

namespace runut::report {

// Creates or replaces the file, whole or not at all (a file of the same name with `.part` is used
// meanwhile). The same report gives the same bytes: dates inside are the ledger's. Text is never a
// formula; a number of more digits than a spreadsheet keeps (15) is written as text.
// invalid_input: the file cannot be created; unavailable: it cannot be written to its end.
[[nodiscard]] Status write_xlsx(const Report& report, const std::string& path);

}  // namespace runut::report
