// Signed notes, checkpoints and verifier keys: whatever is accepted writes back as the same text.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "proof/checkpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace runut;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto key = parse_verifier_key(text))
    RUNUT_CHECK(to_string(*key) == text, "a verifier key has one form");
  if (const auto checkpoint = parse_checkpoint_text(text))
    RUNUT_CHECK(checkpoint_text(*checkpoint) == text, "a checkpoint has one form");
  const auto note = parse_note(text);
  if (!note) return 0;
  RUNUT_CHECK(to_string(*note) == text, "a note has one form");
  // A key that signed nothing, named like the first signature: it must never be satisfied.
  VerifierKey key{note->signatures.front().name, {}};
  key.public_key.bytes.fill(7);
  RUNUT_CHECK(!verify_note(*note, {&key, 1}), "a signature nobody made");
  return 0;
}
