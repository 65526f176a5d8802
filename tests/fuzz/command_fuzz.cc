// Commands as NDJSON: a line that is accepted has one canonical form, which means the same.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "codec/command_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto command = runut::parse_command({reinterpret_cast<const char*>(data), size});
  if (!command) {
    RUNUT_CHECK(!command.error().rule.empty(), "a refusal names its rule");
    return 0;
  }
  const std::string canonical = runut::to_json(*command);
  const auto again = runut::parse_command(canonical);
  RUNUT_CHECK(again.has_value() && *again == *command, "the canonical form means the same");
  RUNUT_CHECK(runut::to_json(*again) == canonical, "and there is only one");
  return 0;
}
