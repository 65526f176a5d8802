// Ed25519 (RFC 8032) and the seam behind which a signing key stays.
#pragma once

#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

struct evp_pkey_st;

namespace runut {

using Ed25519PublicKey = FixedBytes<struct Ed25519PublicKeyTag, 32>;
using Ed25519Signature = FixedBytes<struct Ed25519SignatureTag, 64>;

// False for a wrong signature and for bytes that are no public key.
[[nodiscard]] bool ed25519_verify(const Ed25519PublicKey& key, BytesView message,
                                  const Ed25519Signature& signature);

class Signer {
 public:
  virtual ~Signer() = default;
  // The key name of its note signatures: for a log, its origin.
  [[nodiscard]] virtual const std::string& name() const = 0;
  [[nodiscard]] virtual const Ed25519PublicKey& public_key() const = 0;
  // A signer outside the process may be `unavailable`.
  [[nodiscard]] virtual Result<Ed25519Signature> sign(BytesView message) = 0;
};

// Signs with a key in memory, e.g. the key store's `checkpoint_signing`. Not thread-safe.
class Ed25519Signer final : public Signer {
 public:
  // `seed` must hold exactly 32 bytes (RFC 8032 section 5.1.5). `invalid_input` for a name that no
  // signed note can carry (empty, blanks, plus).
  [[nodiscard]] static Result<std::unique_ptr<Ed25519Signer>> from_seed(std::string name,
                                                                        BytesView seed);

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] const Ed25519PublicKey& public_key() const override { return public_key_; }
  [[nodiscard]] Result<Ed25519Signature> sign(BytesView message) override;

 private:
  Ed25519Signer(std::string name, std::shared_ptr<evp_pkey_st> key);

  std::string name_;
  std::shared_ptr<evp_pkey_st> key_;
  Ed25519PublicKey public_key_;
};

}  // namespace runut
