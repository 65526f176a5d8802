// A report to print and to sign: A4 landscape, what it is about, then each section as a table whose
// heading is repeated on every page.
#pragma once

#include "base/result.h"
#include "report/report.h"

namespace runut::report {

// Creates or replaces the file, whole or not at all (a file of the same name with `.part` is used
// meanwhile). The same report gives the same bytes: the only date inside is the ledger's, the fonts
// are those that every reader has (pdf_text.h). Long cells are wrapped, never cut.
// invalid_input: the file cannot be created; unavailable: it cannot be written to its end.
[[nodiscard]] Status write_pdf(const Report& report, const std::string& path);

}  // namespace runut::report
