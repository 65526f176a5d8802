// The entity tag of what has a version: `"7"`. Whoever changes it says in If-Match which version
// they have seen.
#pragma once

#include <string>

#include "base/result.h"

namespace runut::service {

[[nodiscard]] std::string version_tag(std::uint32_t version);
// invalid_input (http.if_match): it is not one strong tag of a version.
[[nodiscard]] Result<std::uint32_t> version_in(std::string_view if_match);

}  // namespace runut::service
