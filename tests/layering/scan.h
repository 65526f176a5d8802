// C++ source without its comments and literals, so that a rule about code never trips over prose.
#pragma once

#include <string>
#include <string_view>

namespace runut::layering {

// The text with comments and the contents of string and character literals (raw ones too) replaced
// by spaces; line breaks stay, so that every line keeps its number and every column its place.
[[nodiscard]] std::string code_only(std::string_view text);

}  // namespace runut::layering
