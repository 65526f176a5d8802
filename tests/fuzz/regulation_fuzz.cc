// Regulation documents and packs: read, or refused with rules; never a third thing.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "regulation/document_json.h"
#include "regulation/pack.h"
#include "regulation/validate.h"

namespace {

template <class R>
void check_refusal(const R& result) {
  if (result) return;
  RUNUT_CHECK(!result.error().empty(), "a refusal has a reason");
  for (const runut::Error& error : result.error()) {
    RUNUT_CHECK(!error.rule.empty(), "a reason names its rule");
    RUNUT_CHECK(!error.describe().empty(), "a reason can be told");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = runut::read_document(text);
  check_refusal(document);
  if (document) {
    RUNUT_CHECK(runut::validate(*document).empty(), "a document that was read is valid");
  }
  check_refusal(runut::read_pack(text));
  return 0;
}
