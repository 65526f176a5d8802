// The sections of a treasurer's report that list people (report/treasurer.h).
#pragma once

#include "report/payroll.h"
#include "report/treasurer.h"

namespace runut::report {

using Runs = std::vector<PaidRun>;

inline const Column run_column{"run", {"Daftar", "Run"}};
inline const Column agency_unit{"unit", {"Unit pembayar", "Paying unit"}, Measure::word};
inline const Column person_column{"person", {"Pegawai", "Person"}};

[[nodiscard]] Result<Section> payroll_section(const Runs& runs);
[[nodiscard]] Section corrections_section(const Runs& runs);
[[nodiscard]] Section outstanding_section(const Runs& runs);
// What the bank sent back of them.
[[nodiscard]] Result<Section> returned_section(const Sources& sources, const Runs& runs);
// Whom the runs leave out, and why.
[[nodiscard]] Section not_paid_section(const Runs& runs);
// Of the periods whose ranking pays or costs in that month.
[[nodiscard]] Section not_rated_section(const Facts& facts, const TreasurerOptions& options);

// Paying units whose regular run of the month has no lock, and what it waits for.
[[nodiscard]] Section not_locked_section(const Facts& facts, const Runs& runs, Instant today,
                                         const TreasurerOptions& options);
// The difference of the nets to the month before, cause after cause as explain tells them.
[[nodiscard]] Result<Section> causes_section(const Sources& sources, const Runs& now,
                                             const Runs& before);

}  // namespace runut::report
