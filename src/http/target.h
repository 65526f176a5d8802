// The request target, taken apart.
#pragma once

#include "base/result.h"
#include "http/message.h"

namespace runut::http {

// Origin form and absolute form (RFC 9112 section 3.2); "*" has no segments. Fills segments and
// query, percent-decoded. invalid_input: no such thing, or a NUL byte in it.
[[nodiscard]] Status parse_target(std::string_view target, Request& out);

// "a=b&c" as parse_target reads it after the question mark.
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace runut::http
