// What a mirror serves and runut-verify reads: tile addresses, bundles, proofs, files of receipts.
// Whatever is accepted writes back as the same bytes, and what it says may be verified.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/sha256.h"
#include "proof/entry_bundle.h"
#include "proof/proof_text.h"
#include "proof/receipt.h"
#include "proof/tile_path.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace runut;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto address = parse_tile_address(text))
    RUNUT_CHECK(to_string(*address).substr(5) == text, "an address has one form");
  if (const auto proof = parse_proof_text(text)) {
    RUNUT_CHECK(proof_text(*proof) == text, "a proof has one form");
    (void)verify_consistency({size, {}}, {3 * size, {}}, *proof);
  }
  if (const auto entries = read_bundle(text)) {
    Bytes again;
    for (const BytesView entry : *entries) append_entry(again, entry);
    RUNUT_CHECK(again == text, "a bundle has one form");
  }
  std::size_t covered = 0;
  for (const std::string_view receipt : split_receipts(text)) {
    covered += receipt.size();
    (void)parse_receipt(receipt);
  }
  RUNUT_CHECK(covered <= size, "receipts do not overlap");
  return 0;
}
