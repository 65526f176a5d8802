// Strict JSON: whatever is accepted is UTF-8 that writes and reads back as the same value.
#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "json/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = runut::parse_json(text);
  if (!value) {
    RUNUT_CHECK(!value.error().rule.empty(), "a refusal names its rule");
    return 0;
  }
  const std::string written = boost::json::serialize(*value);
  const auto again = runut::parse_json(written);
  RUNUT_CHECK(again.has_value() && *again == *value, "an accepted value reads back as itself");
  return 0;
}
