#include "identity/authenticator.h"

#include <algorithm>

#include "base/sha256.h"
#include "identity/access.h"

namespace runut::identity {
namespace {

constexpr std::string_view realm = "Bearer realm=\"runut\"";

tl::unexpected<Error> refuse_credentials(std::string rule, std::string field, std::string value,
                                         std::string message) {
  return fail(Error{ErrorCode::unauthorised, std::move(rule), std::move(field), std::move(value),
                    std::move(message)});
}

// "Bearer TOKEN", the scheme without regard to case (RFC 7235 section 2.1).
Result<std::string> token_of(std::string_view authorization) {
  constexpr std::string_view wanted = "bearer";
  const std::size_t end = std::min(authorization.find(' '), authorization.size());
  std::string scheme(authorization.substr(0, end));
  for (char& c : scheme)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (scheme != wanted)
    return refuse_credentials("credentials.scheme", "Authorization", scheme.substr(0, 20),
                              "the scheme must be Bearer");
  std::string_view token = authorization.substr(end);
  while (token.starts_with(' ')) token.remove_prefix(1);
  while (token.ends_with(' ')) token.remove_suffix(1);
  if (token.empty())
    return refuse_credentials("credentials.missing", "Authorization", {}, "no token follows");
  return std::string(token);
}

Principal local_principal() {
  Principal out;
  out.name = "local";
  out.method = "local";
  out.grants.reserve(every_role().size());
  for (const Role role : every_role()) out.grants.push_back({role, std::nullopt});
  return out;
}

// Between quotes stand printable characters without '"' and '\' (RFC 6750 section 3).
std::string quotable(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c < ' ' || c > '~' || c == '"' || c == '\\') c = '\'';
  return out;
}

}  // namespace

Authenticator::Authenticator(TokenVerifier tokens, AuthenticatorOptions options)
    : tokens_(std::move(tokens)), options_(std::move(options)) {}

Result<Authenticator> Authenticator::make(AuthenticatorOptions options, Fetch fetch) {
  std::vector<std::string_view> subjects;
  for (const CertificateOptions& certificate : options.certificates) {
    const auto wrong = [&](std::string message) {
      return fail(Error{ErrorCode::invalid_input, "identity.certificate", "subject",
                        certificate.subject, std::move(message)});
    };
    if (certificate.subject.empty()) return wrong("a certificate is known by its subject");
    if (certificate.grants.empty()) return wrong("without a grant it may do nothing");
    if (std::find(subjects.begin(), subjects.end(), certificate.subject) != subjects.end())
      return wrong("the subject is configured twice");
    subjects.push_back(certificate.subject);
  }
  RUNUT_ASSIGN(TokenVerifier tokens,
               TokenVerifier::make(std::move(options.issuers), std::move(fetch), options.limits));
  options.issuers.clear();
  return Authenticator(std::move(tokens), std::move(options));
}

bool Authenticator::is_configured() const {
  return !tokens_.empty() || !options_.certificates.empty();
}

Result<Principal> Authenticator::authenticate(const Credentials& credentials, Instant now) const {
  if (credentials.authorization) {
    RUNUT_ASSIGN(const std::string token, token_of(*credentials.authorization));
    return tokens_.verify(token, now);
  }
  if (!is_configured()) return local_principal();
  if (credentials.certificate.empty())
    return refuse_credentials("credentials.missing", "Authorization", {},
                              "a bearer token or a known certificate is wanted");
  for (const CertificateOptions& known : options_.certificates) {
    if (known.subject != credentials.certificate) continue;
    return Principal{known.subject,         "mtls",       options_.certificate_issuer,
                     sha256(known.subject), known.person, known.grants};
  }
  return refuse_credentials("certificate.unknown", "certificate",
                            std::string(credentials.certificate.substr(0, 200)),
                            "nothing is granted to this certificate");
}

bool is_unauthenticated(const Error& error) {
  return error.code == ErrorCode::unauthorised &&
         (error.rule.starts_with("token.") || error.rule.starts_with("credentials.") ||
          error.rule.starts_with("certificate."));
}

std::string challenge(const Error* error) {
  std::string out(realm);
  // RFC 6750 section 3.1: who brought nothing is told nothing but what to bring.
  if (error == nullptr || error->rule.starts_with("credentials.")) return out;
  const bool known = !is_unauthenticated(*error);
  out += known ? ", error=\"insufficient_scope\"" : ", error=\"invalid_token\"";
  out += ", error_description=\"" + quotable(error->rule + ": " + error->message) + "\"";
  return out;
}

}  // namespace runut::identity
