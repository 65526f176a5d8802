#include "identity/jose.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/identity/tokens.h"

namespace runut::identity {
namespace {

PublicKey key_from(const std::string& jwk) {
  auto key = PublicKey::read(boost::json::parse(jwk));
  EXPECT_TRUE(key) << key.error().describe();
  return std::move(*key);
}

const std::string rfc_claims =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlf"
    "Q";

// RFC 7515 appendix A.2.
const std::string rfc_rsa_key =
    R"({"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp)"
    "-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7"
    "OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qC"
    "o5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXp"
    R"(oQ"})";
const std::string rfc_rsa_token =
    "eyJhbGciOiJSUzI1NiJ9." + rfc_claims +
    ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5"
    "jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L"
    "07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUi"
    "pUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

// RFC 7515 appendix A.3.
const std::string rfc_ec_key =
    R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})";
const std::string rfc_ec_token =
    "eyJhbGciOiJFUzI1NiJ9." + rfc_claims +
    ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

TEST(Jose, VerifiesTheExamplesOfRfc7515) {
  EXPECT_TRUE(key_from(rfc_rsa_key).verifies(rfc_rsa_token));
  EXPECT_TRUE(key_from(rfc_ec_key).verifies(rfc_ec_token));
}

TEST(Jose, TakesNoSignatureForAnotherKeyOrText) {
  EXPECT_FALSE(key_from(rfc_rsa_key).verifies(rfc_ec_token));
  EXPECT_FALSE(key_from(rfc_ec_key).verifies(rfc_rsa_token));
  for (const std::string& token : {rfc_rsa_token, rfc_ec_token}) {
    const PublicKey key = key_from(token == rfc_rsa_token ? rfc_rsa_key : rfc_ec_key);
    for (std::size_t at = 0; at < token.size(); at += 7) {
      std::string other = token;
      other[at] = other[at] == 'A' ? 'B' : 'A';
      EXPECT_FALSE(key.verifies(other)) << at;
    }
    EXPECT_FALSE(key.verifies(token.substr(0, token.rfind('.') + 1)));
    EXPECT_FALSE(key.verifies(""));
  }
}

TEST(Jose, SignsWhatItVerifies) {
  for (const Algorithm algorithm : {Algorithm::rs256, Algorithm::ps256, Algorithm::es256}) {
    const PrivateKey& key = key_of(algorithm);
    const auto token = key.sign("{}");
    ASSERT_TRUE(token) << token.error().describe();
    const PublicKey known = key_from(*key.public_jwk());
    EXPECT_TRUE(known.verifies(*token)) << to_string(algorithm);
    EXPECT_TRUE(known.fits(algorithm));
    EXPECT_EQ(known.kid(), key.kid());
    EXPECT_EQ(key.kid().size(), 43U) << "a SHA-256 in base64url";
    // The private form is read back, and signs with the same key.
    const auto again = PrivateKey::read(*key.private_jwk());
    ASSERT_TRUE(again) << again.error().describe();
    EXPECT_EQ(again->algorithm(), algorithm);
    EXPECT_TRUE(known.verifies(*again->sign("{\"a\":1}")));
    EXPECT_EQ(key.public_jwk()->find("\"d\""), std::string::npos);
    EXPECT_FALSE(PrivateKey::read(*key.public_jwk())) << "it has no private part";
  }
}

TEST(Jose, AKeyFitsItsTypeAndItsOwnAlgorithm) {
  EXPECT_TRUE(key_from(rfc_rsa_key).fits(Algorithm::rs256));
  EXPECT_TRUE(key_from(rfc_rsa_key).fits(Algorithm::ps256));
  EXPECT_FALSE(key_from(rfc_rsa_key).fits(Algorithm::es256));
  EXPECT_FALSE(key_from(rfc_ec_key).fits(Algorithm::rs256));
  std::string only = rfc_rsa_key;
  only.insert(1, R"("alg":"PS256",)");
  EXPECT_FALSE(key_from(only).fits(Algorithm::rs256));
  EXPECT_TRUE(key_from(only).fits(Algorithm::ps256));
}

TEST(Jose, RefusesKeysThatAreTooWeakOrForSomethingElse) {
  const auto with = [](std::string jwk, const std::string& from, const std::string& to) {
    jwk.replace(jwk.find(from), from.size(), to);
    return jwk;
  };
  std::string long_exponent = "\"e\":\"";
  long_exponent += std::string(24, 'B') + "\"";
  struct Row {
    std::string jwk;
    std::string field;
  };
  const Row rows[] = {
      {"[]", ""},
      {R"({"kty":"oct","k":"AAAA"})", "kty"},
      {R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})", "kty"},
      {R"({"kty":"RSA","e":"AQAB"})", "n"},
      {R"({"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNg"})", "n"},
      {R"({"kty":"RSA","e":"AQAB","n":")" + std::string(4096, 'B') + "\"}", "n"},
      {with(rfc_rsa_key, "\"AQAB\"", "\"AQ\""), "e"},
      {with(rfc_rsa_key, "\"AQAB\"", "\"Ag\""), "e"},
      {with(rfc_rsa_key, "\"AQAB\"", "\"AQAB=\""), "e"},
      {with(rfc_rsa_key, R"("e":"AQAB")", long_exponent), "e"},
      {with(rfc_ec_key, "P-256", "P-384"), "crv"},
      {with(rfc_ec_key, "f83O", "f84O"), "x"},
      {with(rfc_ec_key, "f83O", "f8"), "x"},
      {with(rfc_ec_key, "{", R"({"use":"enc",)"), "use"},
      {with(rfc_ec_key, "{", R"({"key_ops":["sign"],)"), "key_ops"},
      {with(rfc_ec_key, "{", R"({"alg":"ES384",)"), "alg"},
  };
  for (const Row& row : rows) {
    const auto key = PublicKey::read(boost::json::parse(row.jwk));
    ASSERT_FALSE(key) << row.jwk;
    EXPECT_EQ(key.error().rule, "key.unusable") << row.jwk;
    EXPECT_EQ(key.error().field, row.field) << row.jwk;
  }
  EXPECT_TRUE(PublicKey::read(
      boost::json::parse(with(rfc_ec_key, "{", R"({"use":"sig","key_ops":["verify"],)"))));
}

TEST(Base64Url, IsStrictAndHasOneFormAValue) {
  for (const std::string& raw : {std::string(), std::string("\xff\xfe\xfd"), std::string("a"),
                                 std::string("ab"), std::string("\0\0", 2)})
    EXPECT_EQ(from_base64url(to_base64url(raw)).value(), raw);
  EXPECT_EQ(to_base64url("\xff\xfe\xfd"), "__79");
  for (const char* text :
       {"a", "ab=", "ab==", "a+bc", "a/bc", "ab c", "YR", "YWJ", "abcd\n", "YQé"})
    EXPECT_FALSE(from_base64url(text)) << text;
}

}  // namespace
}  // namespace runut::identity
