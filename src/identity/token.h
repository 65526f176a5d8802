// Bearer tokens: a signed JWT (RFC 7519, compact JWS) of a configured issuer becomes a Principal.
// RFC 8725 says what goes wrong with them; each refusal has a rule of its own.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "identity/keys.h"
#include "identity/principal.h"

namespace runut::identity {

struct IssuerOptions {
  std::string issuer;                   // as it stands in `iss`
  std::vector<std::string> audiences;   // one of them must be in `aud`
  std::string keys;                     // file or URL of its JWK set
  std::string roles = "runut.grants";   // where the grants are: members joined by '.', or a JSON
  std::string person = "person";        // pointer (RFC 6901) where a member's name has a '.'
  std::int64_t skew_seconds = 60;       // how far the issuer's clock may be from ours
  std::int64_t retry_seconds = 30;      // KeysOptions
  std::int64_t refresh_seconds = 3600;  // KeysOptions
};

struct TokenLimits {
  std::size_t bytes_max = 16'384;
  std::size_t remembered_max = 20'000;  // tokens verified lately; 0: none
};

// "hr", "treasurer@U3". Nothing for another word: issuers have roles of their own. invalid_input
// (token.grant): a role of ours with something else than a unit behind it, or one that no unit
// narrows (employee and appraiser follow from the ledger, operator is about the service).
[[nodiscard]] Result<std::optional<Grant>> read_grant(std::string_view text);
[[nodiscard]] std::string to_string(const Grant& grant);

// Thread-safe.
class TokenVerifier {
 public:
  // invalid_input (identity.*): an issuer without name, audience or keys, two of one name, or keys
  // from a URL that anybody on the way can change. Keys are fetched when the first token comes.
  [[nodiscard]] static Result<TokenVerifier> make(std::vector<IssuerOptions> issuers, Fetch fetch,
                                                  TokenLimits limits = {});
  TokenVerifier(TokenVerifier&&) noexcept;
  TokenVerifier& operator=(TokenVerifier&&) noexcept;
  ~TokenVerifier();

  // Asked in this order, and the first that says no is the answer, always unauthorised:
  //   token.too_large   more bytes than any honest token has
  //   token.malformed   not three parts of base64url, header or claims no JSON object, `crit`
  //   token.algorithm   not RS256, PS256 or ES256 (none, HS256, EdDSA, …)
  //   token.type        a JWT for something else than access (RFC 8725 section 3.11)
  //   token.issuer      not a configured one
  //   token.unknown_key, token.algorithm   as Keys::find; unavailable (token.keys) too
  //   token.signature
  //   token.expired     `exp` has passed, or there is none
  //   token.not_yet     `nbf` or `iat` is in the future
  //   token.audience    meant for somebody else
  //   token.subject     no `sub`
  //   token.person, token.grant   present, and not what is written there
  // Nothing of the token itself is in an error but the value that it names.
  [[nodiscard]] Result<Principal> verify(const std::string& token, Instant now) const;
  // Fetches all keys now; the first error, after all were tried.
  [[nodiscard]] Status reload(Instant now);
  [[nodiscard]] bool empty() const;  // no issuer: every token is refused

 private:
  struct Parts;
  struct Issuer;
  class Remembered;
  TokenVerifier();
  [[nodiscard]] Result<const Issuer*> issuer_of(std::string_view name) const;

  std::vector<std::unique_ptr<Issuer>> issuers_;
  TokenLimits limits_;
  std::unique_ptr<Remembered> remembered_;
};

}  // namespace runut::identity
