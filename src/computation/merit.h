// The merit system's self-assessment (rulebook section 1, PermenPANRB 40/2018): sum, category and
// the hash of the evidence. Pure.
#pragma once

#include <optional>
#include <span>

#include "computation/facts_merit.h"
#include "regulation/document.h"

namespace runut {

// Of hundredths; wide enough for any eight.
[[nodiscard]] std::uint64_t merit_total(std::span<const MeritAspectPoints> aspects);

// The regulation states categories in whole points that tile without gap (175-249, 250-324), a
// total has hundredths: 249.50 has not reached 250 and is of the category below. Nothing below the
// lowest one or above the highest.
[[nodiscard]] std::optional<MeritCategory> merit_category(std::uint32_t total_hundredths,
                                                          std::span<const MeritRange> categories);

// The highest total that the categories know, in hundredths.
[[nodiscard]] std::uint32_t merit_maximum(std::span<const MeritRange> categories);

// SHA-256 over the documents' hashes, joined in the given order.
[[nodiscard]] Hash256 evidence_bundle(std::span<const MeritEvidenceFact> evidence);

}  // namespace runut
