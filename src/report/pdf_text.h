// Text for the fonts that every PDF reader has: Windows-1252.
#pragma once

#include <string>
#include <string_view>

namespace runut::report {

// A letter that Windows-1252 lacks is written as its number, <U+A98F>: seen, not lost. `utf8` is
// well-formed; a byte that is not becomes <U+FFFD>.
[[nodiscard]] std::string to_windows_1252(std::string_view utf8);

}  // namespace runut::report
