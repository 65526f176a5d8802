// A sealed bundle is the hash of exactly the documents that were attached for its year.
#pragma once

#include "computation/facts.h"
#include "computation/laws/breach.h"
#include "computation/merit.h"

namespace runut::laws {

[[nodiscard]] inline Status bundles_hold_the_evidence(const AgencyFacts& facts) {
  for (const auto& [year, merit] : facts.merit) {
    if (!merit.sealed) continue;
    if (merit.sealed->documents == merit.evidence.size() &&
        merit.sealed->bundle == evidence_bundle(merit.evidence))
      continue;
    return breach(
        "law.bundles_hold_the_evidence", "year", std::to_string(year),
        fmt::format("{} documents are sealed as {}, {} attached hash to {}",
                    merit.sealed->documents, to_hex(merit.sealed->bundle.view()),
                    merit.evidence.size(), to_hex(evidence_bundle(merit.evidence).view())));
  }
  return {};
}

}  // namespace runut::laws
