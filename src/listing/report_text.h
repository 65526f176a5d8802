// A report's rows for scripts.
#pragma once

#include "listing/rows_text.h"
#include "report/report.h"

namespace runut {

[[nodiscard]] std::vector<TextColumn> text_columns(const report::Section& section);
[[nodiscard]] std::string section_text(const report::Section& section, RowFormat format);

// One object: what the report is about, then every section as an array of objects.
[[nodiscard]] std::string report_json(const report::Report& report);

// invalid_input names the sections that there are; empty: the first one.
[[nodiscard]] Result<const report::Section*> find_section(const report::Report& report,
                                                          const std::string& name);
// "runs, not_locked, …"
[[nodiscard]] std::string section_names(const report::Report& report);

}  // namespace runut
