// Errors on the wire: problem details (RFC 9457), one stable `type` for each rule.
#pragma once

#include <span>

#include "base/result.h"
#include "http/message.h"

namespace runut::http {

// invalid_input 400, rejected 422, unauthorised 403, not_found 404, conflict 409, corrupt 500,
// unavailable 503, unsupported 501, exhausted 429, internal 500.
[[nodiscard]] unsigned status_of(ErrorCode code);

// application/problem+json: type "urn:runut:rule:RULE" (a rule of its own, else "urn:runut:CODE"),
// title, status, detail, and rule, field and value as extension members.
[[nodiscard]] Response problem(const Error& error);
// Another status than the code's: 405, 412, 415, 428 and such.
[[nodiscard]] Response problem(unsigned status, const Error& error);
// Several violations of one body: the first as above, all of them in `errors`.
[[nodiscard]] Response problem(std::span<const Error> errors);
// As JSON, for one item of many.
[[nodiscard]] std::string problem_json(unsigned status, const Error& error);

}  // namespace runut::http
