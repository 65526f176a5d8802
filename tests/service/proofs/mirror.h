// Downloads a log through the proof routes, file by file, as a mirror on the network would.
#pragma once

#include "tests/service/proofs/live_ledger.h"

namespace runut::testing {

// Every tile and bundle of the checkpoint signed last, and the checkpoint: their paths.
[[nodiscard]] std::vector<std::string> mirrored_paths(LiveLedger& ledger);
// Those, the key, a receipt and an inclusion proof for each of the sequences, and the consistency
// proof from `earlier` (a checkpoint), as tests/service/proofs/independent.py takes them.
void mirror(LiveLedger& ledger, const TemporaryDirectory& into, const std::string& earlier,
            const std::vector<std::uint64_t>& sequences);

}  // namespace runut::testing
