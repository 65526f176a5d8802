#include "identity/jose.h"

#include <cjose/cjose.h>

#include <array>
#include <boost/json.hpp>
#include <cstdlib>

#include "base/sha256.h"
#include "identity/base64url.h"
#include "json/json.h"

namespace runut::identity {
namespace {

constexpr std::size_t rsa_bytes_min = 2048 / 8;
constexpr std::size_t rsa_bytes_max = 8192 / 8;  // larger ones cost a second of processor a check
constexpr std::size_t exponent_bytes_max = 8;
constexpr std::size_t p256_bytes = 32;

constexpr std::array<std::pair<Algorithm, std::string_view>, 3> algorithms = {
    {{Algorithm::rs256, "RS256"}, {Algorithm::ps256, "PS256"}, {Algorithm::es256, "ES256"}}};

struct Released {
  void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
  void operator()(cjose_header_t* header) const { cjose_header_release(header); }
};
using Jws = std::unique_ptr<cjose_jws_t, Released>;
using Header = std::unique_ptr<cjose_header_t, Released>;

tl::unexpected<Error> unusable(std::string field, std::string message) {
  return fail(
      Error{ErrorCode::invalid_input, "key.unusable", std::move(field), {}, std::move(message)});
}

tl::unexpected<Error> failed(const char* what, const cjose_err& error) {
  return fail(ErrorCode::internal,
              std::string(what) + ": " + (error.message == nullptr ? "" : error.message));
}

std::string_view text_member(const boost::json::object& jwk, std::string_view name) {
  const auto* value = jwk.if_contains(name);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string())
                                                : std::string_view();
}

Result<Bytes> number_member(const boost::json::object& jwk, std::string_view name) {
  const std::string_view text = text_member(jwk, name);
  auto raw = from_base64url(text);
  if (text.empty() || !raw) return unusable(std::string(name), "a base64url number is wanted");
  return raw;
}

std::uint8_t* bytes_of(Bytes& raw) {
  return reinterpret_cast<std::uint8_t*>(raw.data());
}

// What the key is for, where it says so (RFC 7517 sections 4.2 and 4.3).
Status check_use(const boost::json::object& jwk) {
  if (const std::string_view use = text_member(jwk, "use"); !use.empty() && use != "sig")
    return unusable("use", "the key is not for signatures");
  const auto* operations = jwk.if_contains("key_ops");
  if (operations == nullptr) return {};
  if (operations->is_array())
    for (const auto& operation : operations->get_array())
      if (operation.is_string() && operation.get_string() == "verify") return {};
  return unusable("key_ops", "the key is not for verifying");
}

Result<cjose_jwk_t*> read_rsa(const boost::json::object& jwk) {
  RUNUT_ASSIGN(Bytes modulus, number_member(jwk, "n"));
  RUNUT_ASSIGN(Bytes exponent, number_member(jwk, "e"));
  if (modulus.size() < rsa_bytes_min || modulus.size() > rsa_bytes_max || modulus[0] == '\0' ||
      (modulus.size() == rsa_bytes_min && (modulus[0] & 0x80) == 0))
    return unusable("n", "an RSA key has 2048 to 8192 bits");
  const bool odd = (exponent.back() & 1) != 0;
  const bool small = exponent.size() == 1 && exponent[0] == 1;
  if (exponent.size() > exponent_bytes_max || !odd || small)
    return unusable("e", "an RSA exponent is odd and at least 3");
  cjose_jwk_rsa_keyspec spec{};
  spec.n = bytes_of(modulus);
  spec.nlen = modulus.size();
  spec.e = bytes_of(exponent);
  spec.elen = exponent.size();
  cjose_err error{};
  auto* made = cjose_jwk_create_RSA_spec(&spec, &error);
  if (made == nullptr) return unusable("n", "this is no RSA key");
  return made;
}

Result<cjose_jwk_t*> read_p256(const boost::json::object& jwk) {
  if (text_member(jwk, "crv") != "P-256") return unusable("crv", "the curve must be P-256");
  RUNUT_ASSIGN(Bytes x, number_member(jwk, "x"));
  RUNUT_ASSIGN(Bytes y, number_member(jwk, "y"));
  if (x.size() != p256_bytes || y.size() != p256_bytes)
    return unusable("x", "a coordinate of P-256 has 32 bytes");
  cjose_jwk_ec_keyspec spec{};
  spec.crv = CJOSE_JWK_EC_P_256;
  spec.x = bytes_of(x);
  spec.xlen = x.size();
  spec.y = bytes_of(y);
  spec.ylen = y.size();
  cjose_err error{};
  auto* made = cjose_jwk_create_EC_spec(&spec, &error);
  if (made == nullptr) return unusable("x", "this is no point of P-256");
  return made;
}

cjose_jwk_t* jwk_of(const std::shared_ptr<void>& jwk) {
  return static_cast<cjose_jwk_t*>(jwk.get());
}

Result<std::string> as_json(const std::shared_ptr<void>& jwk, bool with_private) {
  cjose_err error{};
  char* text = cjose_jwk_to_json(jwk_of(jwk), with_private, &error);
  if (text == nullptr) return failed("a key cannot be written", error);
  std::string out(text);
  std::free(text);  // cjose's own allocator is malloc
  return out;
}

// RFC 7638: SHA-256 of the required members, in lexicographic order, without blanks.
Result<std::string> thumbprint(const std::shared_ptr<void>& jwk) {
  RUNUT_ASSIGN(const std::string text, as_json(jwk, false));
  RUNUT_ASSIGN(const boost::json::value value, parse_json(text));
  const auto& members = value.get_object();
  const bool rsa = text_member(members, "kty") == "RSA";
  boost::json::object required;
  for (const char* name : {"crv", "e", "kty", "n", "x", "y"}) {
    const std::string_view member = text_member(members, name);
    const bool wanted = rsa ? std::string_view("e kty n").find(name) != std::string_view::npos
                            : std::string_view("crv kty x y").find(name) != std::string_view::npos;
    if (wanted) required[name] = member;
  }
  return to_base64url(sha256(boost::json::serialize(required)).view());
}

}  // namespace

std::string_view to_string(Algorithm algorithm) {
  for (const auto& [value, name] : algorithms)
    if (value == algorithm) return name;
  return "";
}

std::optional<Algorithm> algorithm_from(std::string_view name) {
  for (const auto& [value, text] : algorithms)
    if (text == name) return value;
  return std::nullopt;
}

Result<PublicKey> PublicKey::read(const boost::json::value& jwk) {
  const auto* members = jwk.if_object();
  if (members == nullptr) return unusable("", "a key is a JSON object");
  RUNUT_TRY(check_use(*members));
  PublicKey key;
  const std::string_view type = text_member(*members, "kty");
  key.is_rsa_ = type == "RSA";
  if (!key.is_rsa_ && type != "EC") return unusable("kty", "the type must be RSA or EC");
  if (const std::string_view name = text_member(*members, "alg"); !name.empty()) {
    key.only_ = algorithm_from(name);
    if (!key.only_) return unusable("alg", "the algorithm must be RS256, PS256 or ES256");
  }
  RUNUT_ASSIGN(cjose_jwk_t* const made, key.is_rsa_ ? read_rsa(*members) : read_p256(*members));
  key.jwk_ = std::shared_ptr<cjose_jwk_t>(made, Released{});
  key.kid_ = text_member(*members, "kid");
  return key;
}

bool PublicKey::fits(Algorithm algorithm) const {
  return (algorithm != Algorithm::es256) == is_rsa_ && (!only_ || *only_ == algorithm);
}

bool PublicKey::verifies(const std::string& compact) const {
  cjose_err error{};
  const Jws jws(cjose_jws_import(compact.data(), compact.size(), &error));
  if (jws == nullptr) return false;
  return cjose_jws_verify(jws.get(), static_cast<const cjose_jwk_t*>(jwk_.get()), &error);
}

Result<PrivateKey> PrivateKey::generate(Algorithm algorithm) {
  constexpr std::array<std::uint8_t, 3> exponent = {1, 0, 1};  // 65537
  cjose_err error{};
  auto* made = algorithm == Algorithm::es256
                   ? cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error)
                   : cjose_jwk_create_RSA_random(rsa_bytes_min * 8, exponent.data(),
                                                 exponent.size(), &error);
  if (made == nullptr) return failed("no key can be made", error);
  PrivateKey key;
  key.jwk_ = std::shared_ptr<cjose_jwk_t>(made, Released{});
  key.algorithm_ = algorithm;
  RUNUT_ASSIGN(key.kid_, thumbprint(key.jwk_));
  if (!cjose_jwk_set_kid(made, key.kid_.data(), key.kid_.size(), &error))
    return failed("a key cannot be named", error);
  return key;
}

Result<PrivateKey> PrivateKey::read(const std::string& jwk) {
  RUNUT_ASSIGN(const boost::json::value value, parse_json(jwk));
  RUNUT_ASSIGN(const PublicKey known, PublicKey::read(value));
  const auto& members = value.get_object();
  if (text_member(members, "d").empty()) return unusable("d", "the key has no private part");
  cjose_err error{};
  auto* made = cjose_jwk_import(jwk.data(), jwk.size(), &error);
  if (made == nullptr) return unusable("d", "this is no private key");
  PrivateKey key;
  key.jwk_ = std::shared_ptr<cjose_jwk_t>(made, Released{});
  key.kid_ = known.kid();
  const auto named = algorithm_from(text_member(members, "alg"));
  key.algorithm_ = named                          ? *named
                   : known.fits(Algorithm::es256) ? Algorithm::es256
                                                  : Algorithm::rs256;
  return key;
}

Result<std::string> PrivateKey::private_jwk() const {
  RUNUT_ASSIGN(const std::string text, as_json(jwk_, true));
  RUNUT_ASSIGN(boost::json::value value, parse_json(text));
  value.get_object()["alg"] = to_string(algorithm_);
  return boost::json::serialize(value);
}

Result<std::string> PrivateKey::public_jwk() const {
  RUNUT_ASSIGN(const std::string text, as_json(jwk_, false));
  RUNUT_ASSIGN(boost::json::value value, parse_json(text));
  auto& members = value.get_object();
  members["alg"] = to_string(algorithm_);
  members["use"] = "sig";
  return boost::json::serialize(value);
}

Result<std::string> PrivateKey::sign(const std::string& claims) const {
  cjose_err error{};
  const Header header(cjose_header_new(&error));
  const std::string name(to_string(algorithm_));
  if (header == nullptr || !cjose_header_set(header.get(), CJOSE_HDR_ALG, name.c_str(), &error) ||
      !cjose_header_set(header.get(), "typ", "JWT", &error) ||
      (!kid_.empty() && !cjose_header_set(header.get(), CJOSE_HDR_KID, kid_.c_str(), &error)))
    return failed("a header cannot be made", error);
  const Jws jws(cjose_jws_sign(jwk_of(jwk_), header.get(),
                               reinterpret_cast<const std::uint8_t*>(claims.data()), claims.size(),
                               &error));
  const char* compact = nullptr;
  if (jws == nullptr || !cjose_jws_export(jws.get(), &compact, &error))
    return failed("a token cannot be signed", error);
  return std::string(compact);
}

}  // namespace runut::identity
