// The reports of a treasurer, a merit reviewer and a unit (report/), and an audit, of one ledger as
// of one event.
#pragma once

#include <functional>

#include "listing/source.h"
#include "query/audit.h"
#include "report/sources.h"

namespace runut::listing {

inline constexpr std::string_view reports_no_rules =
    "a report lists what was computed and decided under the rules that applied; "
    "payments, rankings, explain and diff compute again under others";

// What `make` makes of the source's facts, as of its times; what could not be read is an error.
using MakeReport = std::function<Result<report::Report>(const report::Sources&)>;
[[nodiscard]] Result<report::Report> report_of(const Source& source, Language language,
                                               const MakeReport& make);

// Everything up to the event decided again, from the log alone. corrupt: it cannot be read.
[[nodiscard]] Result<AuditReport> audit_until(const EventLog& log, Sequence until,
                                              const FoldProgress& progress = {});

}  // namespace runut::listing
