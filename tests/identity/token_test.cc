#include "identity/token.h"

#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/sha256.h"
#include "tests/identity/tokens.h"

namespace runut::identity {
namespace {

using enum Algorithm;

TEST(Token, SaysWhoAsks) {
  for (const Algorithm algorithm : {rs256, ps256, es256}) {
    const TokenVerifier tokens = verifier_of({&key_of(rs256), &key_of(ps256), &key_of(es256)});
    const std::string token = *key_of(algorithm).sign(claims_with());
    const auto who = tokens.verify(token, at_second(noon));
    ASSERT_TRUE(who) << who.error().describe();
    EXPECT_EQ(who->name, "f3a1");
    EXPECT_EQ(who->method, "oidc");
    EXPECT_EQ(who->issuer, issuer_name);
    EXPECT_EQ(who->credential, sha256(token));
    EXPECT_EQ(who->person, PersonId{17});
    const std::vector<Grant> grants = {{Role::employee, {}}, {Role::hr, UnitId{3}}};
    EXPECT_EQ(who->grants, grants) << "roles that are not ours are somebody else's";
  }
}

TEST(Token, ClaimsAreCheckedEachByItsRule) {
  const auto second = [](std::int64_t seconds) { return std::to_string(noon + seconds); };
  struct Row {
    std::string claim;
    std::string value;  // empty: left out
    std::string rule;   // empty: accepted
  };
  const Row rows[] = {
      {"exp", "", "token.expired"},
      {"exp", second(-60), "token.expired"},
      {"exp", second(-59), ""},  // within the skew
      {"exp", second(-60) + ".9", "token.expired"},
      {"exp", second(1) + ".5", ""},
      {"exp", '"' + second(300) + '"', "token.malformed"},
      {"exp", "-1", "token.malformed"},
      {"exp", "1e300", "token.malformed"},
      {"exp", "18446744073709551615", "token.malformed"},
      {"exp", "null", "token.malformed"},
      {"exp", "253402300799", ""},
      {"nbf", second(60), ""},
      {"nbf", second(61), "token.not_yet"},
      {"nbf", "true", "token.malformed"},
      {"iat", second(60), ""},
      {"iat", second(61), "token.not_yet"},
      {"iat", "", ""},
      {"iss", "", "token.issuer"},
      {"iss", R"("https://sso.kediri.test/realms/asn/")", "token.issuer"},
      {"iss", R"(["https://sso.kediri.test/realms/asn"])", "token.issuer"},
      {"aud", "", "token.audience"},
      {"aud", R"("other")", "token.audience"},
      {"aud", R"(["other","runut"])", ""},
      {"aud", R"(["other"])", "token.audience"},
      {"aud", R"([["runut"]])", "token.audience"},
      {"aud", "[]", "token.audience"},
      {"aud", R"({"runut":1})", "token.audience"},
      {"sub", "", "token.subject"},
      {"sub", R"("")", "token.subject"},
      {"sub", "17", "token.subject"},
      {"sub", '"' + std::string(256, 's') + '"', "token.subject"},
      {"person", "", ""},
      {"person", "null", ""},
      {"person", "17", "token.person"},
      {"person", R"("17")", "token.person"},
      {"person", R"("P0")", "token.person"},
      {"person", R"(["P17"])", "token.person"},
      {"runut", "", ""},
      {"runut", R"({"grants":null})", ""},
      {"runut", R"({"grants":7})", "token.grant"},
      {"runut", R"({"grants":[7]})", "token.grant"},
      {"runut", R"({"grants":["hr@"]})", "token.grant"},
      {"runut", R"({"grants":["hr@P3"]})", "token.grant"},
      {"runut", R"({"grants":["hr@U3@U4"]})", "token.grant"},
      {"runut", R"({"grants":["operator@U3"]})", "token.grant"},
      {"runut", R"({"grants":["appraiser@U3"]})", "token.grant"},
      {"runut", R"({"grants":"employee treasurer@U3"})", ""},
  };
  const TokenVerifier tokens = verifier_of({&key_of(es256)});
  for (const Row& row : rows) {
    const auto who =
        tokens.verify(*key_of(es256).sign(claims_with(row.claim, row.value)), at_second(noon));
    EXPECT_EQ(rule_of(who), row.rule) << row.claim << " = " << row.value;
    if (!who) {
      EXPECT_EQ(who.error().code, ErrorCode::unauthorised);
      EXPECT_FALSE(who.error().message.empty());
    }
  }
}

TEST(Token, ThatNobodySignedIsRefused) {
  const TokenVerifier tokens = verifier_of({&key_of(es256), &key_of(rs256)});
  const std::string kid = key_of(es256).kid();
  const std::string claims = to_base64url(claims_with());
  struct Row {
    std::string token;
    std::string rule;
  };
  const Row rows[] = {
      {"", "token.malformed"},
      {"a.b", "token.malformed"},
      {"....", "token.malformed"},
      {"a.b.c.d.e", "token.malformed"},  // a JWE has five parts
      {unsigned_token("{}"), "token.malformed"},
      {unsigned_token("[]"), "token.malformed"},
      {unsigned_token("{\"alg\":"), "token.malformed"},
      {unsigned_token(R"({"alg":"ES256"})", "7"), "token.malformed"},
      {unsigned_token(R"({"alg":"ES256"})", "\xff"), "token.malformed"},
      {unsigned_token(R"({"alg":"ES256","alg":"none"})"), "token.malformed"},
      {unsigned_token(R"({"alg":7})"), "token.malformed"},
      {unsigned_token(R"({"alg":"none"})", claims_with(), ""), "token.algorithm"},
      {unsigned_token(R"({"alg":"None"})"), "token.algorithm"},
      {unsigned_token(R"({"alg":"HS256"})"), "token.algorithm"},
      {unsigned_token(R"({"alg":"es256"})"), "token.algorithm"},
      {unsigned_token(R"({"alg":"ES384"})"), "token.algorithm"},
      {unsigned_token(R"({"alg":"RS512"})"), "token.algorithm"},
      {unsigned_token(R"({"alg":"EdDSA"})"), "token.algorithm"},
      {unsigned_token(R"({"alg":"ES256","crit":["b64"],"b64":false})"), "token.malformed"},
      {unsigned_token(R"({"alg":"ES256","typ":"logout+jwt"})"), "token.type"},
      {unsigned_token(R"({"alg":"ES256","typ":7})"), "token.type"},
      {unsigned_token(R"({"alg":"ES256","kid":7})"), "token.malformed"},
      {unsigned_token(R"({"alg":"ES256","kid":"other"})"), "token.unknown_key"},
      {unsigned_token(R"({"alg":"RS256","kid":")" + kid + "\"}"), "token.algorithm"},
      {unsigned_token(R"({"alg":"ES256","typ":"at+JWT","kid":")" + kid + "\"}"), "token.signature"},
      {unsigned_token(R"({"alg":"ES256","typ":"application/jwt"})"), "token.signature"},
      {unsigned_token(R"({"alg":"ES256"})", claims_with(), to_base64url(std::string(64, '\0'))),
       "token.signature"},  // r = s = 0 (CVE-2022-21449)
      {to_base64url(R"({"alg":"ES256"})") + "." + claims + "=.AAAA", "token.malformed"},
      {" " + *key_of(es256).sign(claims_with()), "token.malformed"},
      {*key_of(es256).sign(claims_with()) + "\n", "token.malformed"},
      {*key_of(es256, 1).sign(claims_with()), "token.unknown_key"},
      {std::string(16'385, 'a'), "token.too_large"},
  };
  for (const Row& row : rows)
    EXPECT_EQ(rule_of(tokens.verify(row.token, at_second(noon))), row.rule)
        << row.token.substr(0, 200);
}

// The secret of HS256 would be the public key, which everybody has.
TEST(Token, APublicKeyIsNoSecret) {
  const TokenVerifier tokens = verifier_of({&key_of(rs256)});
  const std::string head =
      to_base64url(R"({"alg":"HS256","typ":"JWT"})") + "." + to_base64url(claims_with());
  const std::string mac = to_base64url(hmac_sha256(*key_of(rs256).public_jwk(), head).view());
  EXPECT_EQ(rule_of(tokens.verify(head + "." + mac, at_second(noon))), "token.algorithm");
}

// An issuer with RSA keys alone cannot be answered with its own key under the other padding when
// the key says which it is for.
TEST(Token, AnAlgorithmIsTheKeysOwn) {
  const TokenVerifier tokens = verifier_of({&key_of(rs256)});
  auto jwk = *key_of(rs256).private_jwk();
  const std::string from = "\"RS256\"";
  jwk.replace(jwk.find(from), from.size(), "\"PS256\"");
  const auto other = PrivateKey::read(jwk);
  ASSERT_TRUE(other);
  EXPECT_EQ(rule_of(tokens.verify(*other->sign(claims_with()), at_second(noon))),
            "token.algorithm");
}

TEST(Token, EachIssuerHasItsOwnKeysAndAudience) {
  IssuerOptions second = issuer_options();
  second.issuer = "https://other.test";
  second.audiences = {"payroll", "runut-api"};
  second.keys = "https://other.test/keys";
  second.roles = "/https:~1~1other.test~1claims/runut~0roles";
  second.person = "asn.id";
  const auto tokens = TokenVerifier::make(
      {issuer_options(), second}, [](const std::string& url) -> Result<std::string> {
        return key_set({&key_of(es256, url == "https://other.test/keys" ? 1 : 0)});
      });
  ASSERT_TRUE(tokens);
  const std::string claims =
      R"({"iss":"https://other.test","aud":"runut-api","sub":"m","exp":)" +
      std::to_string(noon + 9) +
      R"(,"asn":{"id":"P5"},"https://other.test/claims":{"runut~roles":["auditor"]}})";
  const auto who = tokens->verify(*key_of(es256, 1).sign(claims), at_second(noon));
  ASSERT_TRUE(who) << who.error().describe();
  EXPECT_EQ(who->person, PersonId{5});
  EXPECT_EQ(who->grants, (std::vector<Grant>{{Role::auditor, {}}}));
  EXPECT_EQ(who->issuer, "https://other.test");
  // The first issuer's key signs for the first issuer.
  EXPECT_EQ(rule_of(tokens->verify(*key_of(es256).sign(claims), at_second(noon))),
            "token.unknown_key");
  EXPECT_EQ(rule_of(tokens->verify(*key_of(es256, 1).sign(claims_with()), at_second(noon))),
            "token.unknown_key");
}

TEST(Token, RememberedOnesExpireAllTheSame) {
  const TokenVerifier tokens = verifier_of({&key_of(es256)});
  const std::string token = *key_of(es256).sign(claims_with());
  const auto first = tokens.verify(token, at_second(noon));
  ASSERT_TRUE(first);
  EXPECT_EQ(tokens.verify(token, at_second(noon + 359)).value(), *first);
  EXPECT_EQ(rule_of(tokens.verify(token, at_second(noon + 360))), "token.expired");
  EXPECT_EQ(rule_of(tokens.verify(token, at_second(noon - 361))), "token.not_yet");
  EXPECT_EQ(tokens.verify(token, at_second(noon)).value(), *first);
}

TEST(Token, RememberedOnesEndWithTheirKey) {
  std::string set = key_set({&key_of(es256)});
  auto tokens = TokenVerifier::make(
      {issuer_options()}, [&set](const std::string&) -> Result<std::string> { return set; });
  const std::string token = *key_of(es256).sign(claims_with());
  ASSERT_TRUE(tokens->verify(token, at_second(noon)));
  set = key_set({&key_of(es256, 1)});
  EXPECT_TRUE(tokens->verify(token, at_second(noon + 1))) << "nobody has looked yet";
  ASSERT_TRUE(tokens->reload(at_second(noon + 2)));
  EXPECT_EQ(rule_of(tokens->verify(token, at_second(noon + 2))), "token.unknown_key");
}

TEST(Token, MoreThanAreRememberedAreVerifiedAgain) {
  const TokenVerifier tokens =
      verifier_of({&key_of(es256)}, {issuer_options()}, {.bytes_max = 16'384, .remembered_max = 4});
  std::vector<std::string> made;
  for (int i = 0; i < 12; ++i)
    made.push_back(*key_of(es256).sign(claims_with("sub", "\"s" + std::to_string(i) + "\"")));
  for (int round = 0; round < 3; ++round)
    for (int i = 0; i < 12; ++i) {
      const auto who = tokens.verify(made[static_cast<std::size_t>(i)], at_second(noon));
      ASSERT_TRUE(who);
      EXPECT_EQ(who->name, "s" + std::to_string(i));
    }
}

// One changed byte anywhere makes another token, and nobody signed that one.
TEST(Token, NoMutationOfAnHonestOnePasses) {
  const TokenVerifier tokens = verifier_of({&key_of(rs256), &key_of(ps256), &key_of(es256)});
  SeededRandomness random(20220829);
  std::map<std::string, int> rules;
  for (const Algorithm algorithm : {rs256, ps256, es256}) {
    const std::string honest = *key_of(algorithm).sign(claims_with());
    ASSERT_TRUE(tokens.verify(honest, at_second(noon)));
    for (int i = 0; i < 1500; ++i) {
      std::string token = honest;
      for (std::uint64_t edits = 1 + random.below(3); edits > 0; --edits) {
        const auto at = static_cast<std::size_t>(random.below(token.size()));
        constexpr std::string_view letters = "ABCwxyz0189-_.=\n";
        const char letter = letters[static_cast<std::size_t>(random.below(letters.size()))];
        switch (random.below(4)) {
          case 0: token[at] = letter; break;
          case 1: token.insert(at, 1, letter); break;
          case 2: token.erase(at, 1); break;
          default: token.resize(at + 1);
        }
      }
      if (token == honest) continue;
      const auto who = tokens.verify(token, at_second(noon));
      ASSERT_FALSE(who) << token;
      ++rules[who.error().rule];
    }
  }
  for (const char* rule : {"token.malformed", "token.signature", "token.algorithm"})
    EXPECT_GT(rules[rule], 0) << rule;
}

TEST(Token, GarbageIsRefusedWithAReason) {
  const TokenVerifier tokens = verifier_of({&key_of(es256)});
  SeededRandomness random(7);
  for (int i = 0; i < 2000; ++i) {
    std::string bytes(static_cast<std::size_t>(random.below(300)), '\0');
    random.fill(bytes.data(), bytes.size());
    EXPECT_EQ(rule_of(tokens.verify(bytes, at_second(noon))), "token.malformed");
    // Three parts of base64url, whatever is in them.
    const std::string parts = to_base64url(bytes) + "." + to_base64url(bytes) + ".";
    EXPECT_FALSE(tokens.verify(parts, at_second(noon)));
  }
}

TEST(Token, AnIssuerThatCannotBeTrustedIsNotConfigured) {
  const auto rule = [](auto&& change) {
    IssuerOptions options = issuer_options();
    change(options);
    const auto made = TokenVerifier::make({options}, {});
    return made ? std::string() : made.error().rule;
  };
  EXPECT_EQ(rule([](IssuerOptions&) {}), "");
  EXPECT_EQ(rule([](IssuerOptions& o) { o.issuer.clear(); }), "identity.issuer");
  EXPECT_EQ(rule([](IssuerOptions& o) { o.audiences.clear(); }), "identity.audience");
  EXPECT_EQ(rule([](IssuerOptions& o) { o.keys.clear(); }), "identity.keys");
  EXPECT_EQ(rule([](IssuerOptions& o) { o.roles.clear(); }), "identity.claim");
  EXPECT_EQ(rule([](IssuerOptions& o) { o.skew_seconds = 601; }), "identity.skew");
  for (const char* far :
       {"http://sso.kediri.test/keys", "http://localhost.evil.test/", "http://127.0.0.1.evil.test",
        "http://[::1].evil.test/", "http://localhost:80@evil.test/", "http://localhost@evil.test"})
    EXPECT_EQ(rule([&](IssuerOptions& o) { o.keys = far; }), "identity.keys") << far;
  for (const char* near : {"http://localhost:8080/keys", "http://127.0.0.1/k", "http://[::1]:1/",
                           "https://sso.kediri.test/keys", "/etc/runut/jwks.json"})
    EXPECT_EQ(rule([&](IssuerOptions& o) { o.keys = near; }), "") << near;
  const auto twice = TokenVerifier::make({issuer_options(), issuer_options()}, {});
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().rule, "identity.issuer");
}

TEST(Grants, AreWrittenAsTheyAreRead) {
  for (const char* text : {"employee", "appraiser", "hr", "hr@U3", "auditor@U9", "treasurer@U3",
                           "integrator", "operator", "official@U1"}) {
    const auto grant = read_grant(text);
    ASSERT_TRUE(grant && *grant) << text;
    EXPECT_EQ(to_string(**grant), text);
  }
  for (const char* text : {"", "HR", "admin", "unspecified", "@U3", "uma_authorization"})
    EXPECT_FALSE(read_grant(text).value()) << text;
}

}  // namespace
}  // namespace runut::identity
