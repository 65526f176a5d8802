// Sealed text: whatever is accepted serialises to the same bytes, and opening it is an answer.
#include <cstddef>
#include <cstdint>

#include "seal/memory_key_store.h"
#include "seal/sealed.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace runut;
  SeededRandomness randomness(1);
  MemoryKeyStore keys(randomness);
  const BytesView bytes(reinterpret_cast<const char*>(data), size);
  const auto sealed = parse_sealed(bytes);
  if (!sealed) {
    RUNUT_CHECK(sealed.error().code == ErrorCode::corrupt, "a refusal is named");
    return 0;
  }
  RUNUT_CHECK(serialise(*sealed) == bytes, "one sealed text has one form");
  RUNUT_CHECK(keys.key_to_seal(sealed->owner).has_value(), "an owner can have a key");
  // 2^-128: a key drawn here never made these bytes.
  RUNUT_CHECK(!open_text(keys, *sealed, {}), "a stranger's key opens nothing");
  RUNUT_CHECK(keys.destroy(sealed->owner).has_value(), "any key can be destroyed");
  RUNUT_CHECK(is_erased(open_text(keys, *sealed, {}).error()), "erased is told apart");
  return 0;
}
