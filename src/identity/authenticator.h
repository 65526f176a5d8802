// From what a request brings along to who asks.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/token.h"

namespace runut::identity {

// Machines that come with a certificate of a trusted authority.
struct CertificateOptions {
  std::string subject;  // exactly as TLS gives it
  std::optional<PersonId> person;
  std::vector<Grant> grants;
};

struct AuthenticatorOptions {
  std::vector<IssuerOptions> issuers;
  std::vector<CertificateOptions> certificates;
  std::string certificate_issuer = "mtls";  // how the authority is called in the ledger
  TokenLimits limits{};
};

// What a request brings; borrowed for the call.
struct Credentials {
  std::optional<std::string_view> authorization;  // the header, whole
  std::string_view certificate;                   // subject, verified by TLS; or empty
};

// Thread-safe.
class Authenticator {
 public:
  // invalid_input: as TokenVerifier::make; identity.certificate: one without subject or grants, or
  // two of one subject.
  [[nodiscard]] static Result<Authenticator> make(AuthenticatorOptions options, Fetch fetch);

  // False: everybody is `local` and may do everything. The server then listens on loopback alone.
  [[nodiscard]] bool is_configured() const;
  // A bearer token that is brought must hold: a certificate beside it does not rescue a bad one.
  // unauthorised: token.*, credentials.missing, credentials.scheme, certificate.unknown (all 401).
  [[nodiscard]] Result<Principal> authenticate(const Credentials& credentials, Instant now) const;
  // Fetches all keys now, as on SIGHUP.
  [[nodiscard]] Status reload(Instant now) { return tokens_.reload(now); }

 private:
  Authenticator(TokenVerifier tokens, AuthenticatorOptions options);
  TokenVerifier tokens_;
  AuthenticatorOptions options_;
};

// WWW-Authenticate (RFC 6750 section 3) for an error of authenticate(), or of access (403,
// insufficient_scope); null: no credentials came.
[[nodiscard]] std::string challenge(const Error* error);
// Whether the answer is 401 with a challenge, not 403.
[[nodiscard]] bool is_unauthenticated(const Error& error);

}  // namespace runut::identity
