// An issuer as the tests need one: keys made once, tokens by claims.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "identity/base64url.h"
#include "identity/token.h"

namespace runut::identity {

inline constexpr std::int64_t noon = 1'661'774'400;  // 2022-08-29T12:00:00Z
[[nodiscard]] inline Instant at_second(std::int64_t seconds) {
  return Instant{seconds * 1'000'000};
}
inline const std::string issuer_name = "https://sso.kediri.test/realms/asn";
inline const std::string audience = "runut";

// One key an algorithm and number for the whole binary: RSA keys take their time.
[[nodiscard]] inline const PrivateKey& key_of(Algorithm algorithm, int number = 0) {
  static std::map<std::pair<Algorithm, int>, PrivateKey> keys;
  const auto place = std::pair{algorithm, number};
  const auto found = keys.find(place);
  if (found != keys.end()) return found->second;
  auto made = PrivateKey::generate(algorithm);
  EXPECT_TRUE(made) << made.error().describe();
  return keys.emplace(place, std::move(*made)).first->second;
}

[[nodiscard]] inline std::string key_set(const std::vector<const PrivateKey*>& keys) {
  std::string out;
  for (const PrivateKey* key : keys) out += (out.empty() ? "" : ",") + *key->public_jwk();
  return R"({"keys":[)" + out + "]}";
}

// The claims of an honest token; a row of a test replaces one by name, or with "" leaves it out.
[[nodiscard]] inline std::string claims_with(const std::string& name = "",
                                             const std::string& value = "") {
  std::map<std::string, std::string> claims = {
      {"iss", '"' + issuer_name + '"'},
      {"aud", '"' + audience + '"'},
      {"sub", R"("f3a1")"},
      {"exp", std::to_string(noon + 300)},
      {"iat", std::to_string(noon - 300)},
      {"person", R"("P17")"},
      {"runut", R"({"grants":["employee","hr@U3","offline_access"]})"},
  };
  if (!name.empty()) claims[name] = value;
  std::string out;
  for (const auto& [key, text] : claims)
    if (!text.empty()) out += (out.empty() ? "{\"" : ",\"") + key + "\":" + text;
  return out + "}";
}

// Header and claims as given, and a signature that is none.
[[nodiscard]] inline std::string unsigned_token(const std::string& header,
                                                const std::string& claims = claims_with(),
                                                const std::string& signature = "AAAA") {
  return to_base64url(header) + "." + to_base64url(claims) + "." + signature;
}

[[nodiscard]] inline IssuerOptions issuer_options() {
  IssuerOptions out;
  out.issuer = issuer_name;
  out.audiences = {audience};
  out.keys = "https://sso.kediri.test/keys";
  return out;
}

[[nodiscard]] inline TokenVerifier verifier_of(
    const std::vector<const PrivateKey*>& keys,
    std::vector<IssuerOptions> issuers = {issuer_options()}, TokenLimits limits = {}) {
  auto made = TokenVerifier::make(
      std::move(issuers),
      [set = key_set(keys)](const std::string&) -> Result<std::string> { return set; }, limits);
  EXPECT_TRUE(made) << made.error().describe();
  return std::move(*made);
}

[[nodiscard]] inline std::string rule_of(const Result<Principal>& principal) {
  return principal ? "" : principal.error().rule;
}

}  // namespace runut::identity
