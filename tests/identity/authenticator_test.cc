#include "identity/authenticator.h"

#include <gtest/gtest.h>

#include "base/sha256.h"
#include "identity/access.h"
#include "tests/identity/tokens.h"

namespace runut::identity {
namespace {

using enum Algorithm;

const std::string gateway = "CN=clock-gateway,O=Kota Kediri";

AuthenticatorOptions options_of(bool tokens, bool certificates) {
  AuthenticatorOptions out;
  if (tokens) out.issuers = {issuer_options()};
  if (certificates)
    out.certificates = {{gateway, std::nullopt, {{Role::integrator, UnitId{3}}}},
                        {"CN=audit", PersonId{9}, {{Role::auditor, std::nullopt}}}};
  out.certificate_issuer = "CN=Kediri CA";
  return out;
}

Authenticator made(const AuthenticatorOptions& options) {
  auto out = Authenticator::make(
      options, [](const std::string&) -> Result<std::string> { return key_set({&key_of(es256)}); });
  EXPECT_TRUE(out) << out.error().describe();
  return std::move(*out);
}

TEST(Authenticator, ReadsABearerToken) {
  const Authenticator known = made(options_of(true, true));
  const std::string token = *key_of(es256).sign(claims_with());
  for (const std::string scheme : {"Bearer ", "bearer ", "BEARER  "}) {
    const std::string header = scheme + token;
    const auto who =
        known.authenticate({.authorization = header, .certificate = {}}, at_second(noon));
    ASSERT_TRUE(who) << who.error().describe();
    EXPECT_EQ(who->name, "f3a1");
  }
}

TEST(Authenticator, KnowsACertificateByItsSubject) {
  const Authenticator known = made(options_of(true, true));
  const auto who =
      known.authenticate({.authorization = {}, .certificate = gateway}, at_second(noon));
  ASSERT_TRUE(who);
  EXPECT_EQ(who->name, gateway);
  EXPECT_EQ(who->method, "mtls");
  EXPECT_EQ(who->issuer, "CN=Kediri CA");
  EXPECT_EQ(who->credential, sha256(gateway));
  EXPECT_EQ(who->grants, (std::vector<Grant>{{Role::integrator, UnitId{3}}}));
  const auto audit =
      known.authenticate({.authorization = {}, .certificate = "CN=audit"}, at_second(noon));
  EXPECT_EQ(audit->person, PersonId{9});
}

TEST(Authenticator, SaysWhatIsMissingOrWrong) {
  struct Row {
    bool configured;
    std::optional<std::string_view> authorization;
    std::string_view certificate;
    std::string rule;
  };
  const Row rows[] = {
      {true, std::nullopt, "", "credentials.missing"},
      {true, "Bearer", "", "credentials.missing"},
      {true, "Bearer   ", "", "credentials.missing"},
      {true, "", "", "credentials.scheme"},
      {true, "Basic dXNlcjpwYXNz", "", "credentials.scheme"},
      {true, "Bearer x.y.z", "", "token.malformed"},
      {true, "Bearer x.y.z", gateway, "token.malformed"},  // the certificate does not rescue it
      {true, std::nullopt, "CN=clock-gateway", "certificate.unknown"},
      {true, std::nullopt, "CN=audit ", "certificate.unknown"},
      {false, "Bearer x.y.z", "", "token.malformed"},
  };
  for (const Row& row : rows) {
    const Authenticator known = made(options_of(row.configured, row.configured));
    const auto who = known.authenticate(
        {.authorization = row.authorization, .certificate = row.certificate}, at_second(noon));
    ASSERT_FALSE(who) << row.rule;
    EXPECT_EQ(who.error().rule, row.rule);
    EXPECT_TRUE(is_unauthenticated(who.error())) << row.rule;
  }
}

TEST(Authenticator, WithoutConfigurationEverybodyIsLocal) {
  const Authenticator open = made(options_of(false, false));
  EXPECT_FALSE(open.is_configured());
  const auto who = open.authenticate({}, at_second(noon));
  ASSERT_TRUE(who);
  EXPECT_EQ(who->name, "local");
  EXPECT_EQ(who->method, "local");
  EXPECT_FALSE(who->person || who->credential);
  for (const auto& row : EnumNames<Role>::table) EXPECT_TRUE(holds(*who, row.value)) << row.name;
  // A token that is brought is still to hold.
  const std::string header = "Bearer " + *key_of(es256).sign(claims_with());
  EXPECT_EQ(
      rule_of(open.authenticate({.authorization = header, .certificate = {}}, at_second(noon))),
      "token.issuer");
  EXPECT_TRUE(made(options_of(true, false)).is_configured());
  EXPECT_TRUE(made(options_of(false, true)).is_configured());
}

TEST(Authenticator, RefusesCertificatesThatMeanNothing) {
  const auto rule = [](const AuthenticatorOptions& options) {
    const auto out = Authenticator::make(options, {});
    return out ? std::string() : out.error().rule;
  };
  AuthenticatorOptions nameless = options_of(false, true);
  nameless.certificates[0].subject.clear();
  EXPECT_EQ(rule(nameless), "identity.certificate");
  AuthenticatorOptions useless = options_of(false, true);
  useless.certificates[0].grants.clear();
  EXPECT_EQ(rule(useless), "identity.certificate");
  AuthenticatorOptions twice = options_of(false, true);
  twice.certificates[1].subject = gateway;
  EXPECT_EQ(rule(twice), "identity.certificate");
}

// RFC 6750 section 3.
TEST(Challenge, TellsWhatIsWanted) {
  EXPECT_EQ(challenge(nullptr), "Bearer realm=\"runut\"");
  const Error missing{ErrorCode::unauthorised, "credentials.missing", "", "", "m"};
  EXPECT_EQ(challenge(&missing), "Bearer realm=\"runut\"");
  const Error expired{ErrorCode::unauthorised, "token.expired", "exp", "", "it \"has\" \\ \n é"};
  EXPECT_EQ(challenge(&expired),
            "Bearer realm=\"runut\", error=\"invalid_token\", "
            "error_description=\"token.expired: it 'has' ' ' ''\"");
  const Error role{ErrorCode::unauthorised, "access.role", "role", "", "no"};
  EXPECT_EQ(challenge(&role),
            "Bearer realm=\"runut\", error=\"insufficient_scope\", "
            "error_description=\"access.role: no\"");
  EXPECT_FALSE(is_unauthenticated(role));
  const Error keys{ErrorCode::unavailable, "token.keys", "", "", "later"};
  EXPECT_FALSE(is_unauthenticated(keys)) << "503: it is not the client's fault";
}

}  // namespace
}  // namespace runut::identity
