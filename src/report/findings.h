// An audit's findings as a report: for spreadsheets, for print, and for scripts.
#pragma once

#include "query/audit.h"
#include "report/report.h"

namespace runut::report {

struct FindingsOptions {
  Language language = Language::indonesian;
  std::string agency;          // its code
  std::optional<Month> month;  // only findings about it
};
// Sections: findings (columns that scripts rely on), kinds (how many of each).
[[nodiscard]] Report findings_report(const AuditReport& audit, const FindingsOptions& options);

}  // namespace runut::report
