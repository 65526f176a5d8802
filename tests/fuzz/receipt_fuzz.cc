// Receipts: whatever is accepted writes back as the same text, and verifying it is an answer.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "proof/receipt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace runut;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto receipt = parse_receipt(text);
  if (!receipt) return 0;
  RUNUT_CHECK(to_string(*receipt) == text, "a receipt has one form");
  RUNUT_CHECK(!verify_receipt(*receipt, {}), "nobody is trusted here");
  const auto note = parse_note(receipt->checkpoint);
  const auto head = parse_checkpoint_text(note->text);
  (void)verify_inclusion({receipt->index, {}}, head->tree, receipt->inclusion);
  (void)verify_consistency({receipt->index, {}}, head->tree, receipt->inclusion);
  return 0;
}
