// What a token says, read strictly; without a word about whether it is to be believed.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/jose.h"
#include "identity/token.h"

namespace runut::identity {

[[nodiscard]] inline tl::unexpected<Error> refuse_token(std::string_view rule,
                                                        std::string_view field,
                                                        std::string_view value,
                                                        std::string message) {
  constexpr std::size_t shown_max = 80;
  return fail(Error{ErrorCode::unauthorised, std::string(rule), std::string(field),
                    std::string(value.substr(0, shown_max)), std::move(message)});
}

struct TokenHeader {
  Algorithm algorithm{};
  std::string kid;  // empty without one
};
// token.malformed, token.algorithm, token.type.
[[nodiscard]] Result<TokenHeader> read_header(const std::string& json);

// token.malformed.
[[nodiscard]] Result<boost::json::value> read_claims(const std::string& json);

// Null where there is none. `path` as in IssuerOptions.
[[nodiscard]] const boost::json::value* claim_at(const boost::json::value& claims,
                                                 std::string_view path);
// Empty where it is absent or no text.
[[nodiscard]] std::string_view claim_text(const boost::json::value& claims, std::string_view name);

struct Validity {
  std::int64_t expires = 0;     // seconds since 1970
  std::int64_t not_before = 0;  // of nbf and iat the later; 0 without either
};
// token.malformed for what is no NumericDate, token.expired without `exp`.
[[nodiscard]] Result<Validity> read_validity(const boost::json::value& claims);
// token.expired, token.not_yet.
[[nodiscard]] Status check_validity(const Validity& validity, std::int64_t skew_seconds,
                                    Instant now);
// token.audience.
[[nodiscard]] Status check_audience(const boost::json::value& claims,
                                    const std::vector<std::string>& audiences);
// token.subject, token.person, token.grant. Name, person and grants.
[[nodiscard]] Result<Principal> read_principal(const boost::json::value& claims,
                                               const IssuerOptions& options);

}  // namespace runut::identity
