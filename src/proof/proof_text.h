// Proofs and receipts as files that travel: several to a file, or a proof alone.
#pragma once

#include "proof/merkle.h"

namespace runut {

// A hash in base64 a line, in the order of the proof.
[[nodiscard]] std::string proof_text(std::span<const Hash256> proof);
// invalid_input names the line; more hashes than a proof between trees of 2^64 leaves can have are
// none.
[[nodiscard]] Result<HashPath> parse_proof_text(std::string_view text);

// The receipts that stand in one file one after the other, a blank line between two, as
// `runut explain --proof` writes them. Views; nothing of them is read. One at least, if only a
// piece of something else.
[[nodiscard]] std::vector<std::string_view> split_receipts(std::string_view text);

}  // namespace runut
