// Strict JSON (RFC 8259) in: what a lenient parser would quietly repair is refused here, because
// two readers that repair differently read two different facts.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstddef>
#include <string_view>

#include "base/result.h"

namespace runut {

struct JsonLimits {
  std::size_t bytes_max = std::size_t{1} << 20;
  std::size_t depth_max = 32;
  // False refuses every number that is not a 64-bit integer written without point or exponent.
  // True lets it through as a double, for a reader that reports it beside its other findings.
  bool fractions = false;
};

// One value and nothing after it. Refused, with code invalid_input (exhausted for the size) and
// rule json.size, json.syntax, json.encoding (not UTF-8), json.depth, json.duplicate_key or
// json.number: the message names line and column (from 1, column in bytes), and `field` is the
// JSON pointer (RFC 6901) of the place for json.duplicate_key and json.number.
// Callers include <boost/json.hpp> themselves, in a .cc only. Thread-safe.
[[nodiscard]] Result<boost::json::value> parse_json(std::string_view text, JsonLimits limits = {});
// The value lives in `storage`, as in a monotonic_resource for a value that is read once.
[[nodiscard]] Result<boost::json::value> parse_json(std::string_view text, JsonLimits limits,
                                                    const boost::json::storage_ptr& storage);

}  // namespace runut
