// Which form of an answer the client prefers (RFC 9110 section 12.5.1).
#pragma once

#include <span>

#include "base/result.h"
#include "http/message.h"

namespace runut::http {

// One of the media types that are offered, the best first: of equal weight the first one, and the
// first of all when the request names none. Errors: invalid_input (negotiation.none), for
// problem(406, …).
[[nodiscard]] Result<std::string_view> preferred_type(const Request& request,
                                                      std::span<const std::string_view> offered);

}  // namespace runut::http
