// An audit as a document: every finding as kondisi, kriteria, sebab, akibat with its events.
#pragma once

#include <optional>
#include <string>

#include "query/audit.h"
#include "query/page.h"

namespace runut {

struct AuditPageOptions {
  Language language = Language::indonesian;
  std::string agency;  // its name
  bool simulated = false;
  std::optional<Month> month;  // only findings about it
};
[[nodiscard]] Page audit_page(const AuditReport& report, const AuditPageOptions& options);

// "12, 40": the finding's events; of more than 12 the first twelve and how many there are.
[[nodiscard]] std::string events_of(const Finding& finding, Language language);

}  // namespace runut
