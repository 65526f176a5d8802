// Signatures of tokens and the keys that check them: RFC 7515 (JWS), 7517 (JWK), 7518 (JWA), by
// cjose.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace runut::identity {

// All that is accepted. `none`, the HS family (a public key would pass for a secret) and EdDSA are
// not, nor any other hash.
enum class Algorithm : std::uint8_t { rs256, ps256, es256 };
[[nodiscard]] std::string_view to_string(Algorithm algorithm);  // "RS256"
[[nodiscard]] std::optional<Algorithm> algorithm_from(std::string_view name);

// Cheap to copy. Thread-safe.
class PublicKey {
 public:
  // One JWK: kty RSA with 2048 to 8192 bits (RFC 7518 section 3.3), or EC on P-256. Only its public
  // members are read, whatever else it holds. invalid_input: rule key.unusable says why not.
  [[nodiscard]] static Result<PublicKey> read(const boost::json::value& jwk);

  [[nodiscard]] const std::string& kid() const { return kid_; }  // empty without one
  // By the key's type, and its `alg` where it has one (RFC 7517 section 4.4).
  [[nodiscard]] bool fits(Algorithm algorithm) const;
  // `compact` is a compact JWS whose header names `algorithm`, which the key fits.
  [[nodiscard]] bool verifies(const std::string& compact) const;

 private:
  std::shared_ptr<const void> jwk_;
  bool is_rsa_ = false;
  std::optional<Algorithm> only_;
  std::string kid_;
};

// Of a local issuer. Not thread-safe.
class PrivateKey {
 public:
  // RSA of 2048 bits, or P-256; `kid` is its thumbprint (RFC 7638).
  [[nodiscard]] static Result<PrivateKey> generate(Algorithm algorithm);
  [[nodiscard]] static Result<PrivateKey> read(const std::string& jwk);

  [[nodiscard]] Algorithm algorithm() const { return algorithm_; }
  [[nodiscard]] const std::string& kid() const { return kid_; }
  [[nodiscard]] Result<std::string> private_jwk() const;
  [[nodiscard]] Result<std::string> public_jwk() const;
  // A compact JWS with header alg, kid and typ JWT.
  [[nodiscard]] Result<std::string> sign(const std::string& claims) const;

 private:
  std::shared_ptr<void> jwk_;
  Algorithm algorithm_{};
  std::string kid_;
};

}  // namespace runut::identity
