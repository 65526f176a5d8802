// A document as a value of Boost.JSON, for who keeps, changes or writes it.
#pragma once

#include <boost/json/fwd.hpp>
#include <string_view>

#include "json/document.h"

namespace runut {

// As JsonDocument::parse.
// Callers include <boost/json.hpp> themselves, in a .cc only. Thread-safe.
[[nodiscard]] Result<boost::json::value> parse_json(std::string_view text, JsonLimits limits = {});

}  // namespace runut
