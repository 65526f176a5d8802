#include "proof/signer.h"

#include <openssl/evp.h>

#include <utility>

#include "proof/note.h"

namespace runut {
namespace {

const unsigned char* in(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using PublicKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

DigestContext new_context() {
  DigestContext context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  RUNUT_CHECK(context, "out of memory");
  return context;
}

}  // namespace

bool ed25519_verify(const Ed25519PublicKey& key, BytesView message,
                    const Ed25519Signature& signature) {
  const PublicKey parsed(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.bytes.data(), key.bytes.size()),
      &EVP_PKEY_free);
  if (!parsed) return false;
  const DigestContext context = new_context();
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, parsed.get()) == 1 &&
         EVP_DigestVerify(context.get(), signature.bytes.data(), signature.bytes.size(),
                          in(message), message.size()) == 1;
}

Ed25519Signer::Ed25519Signer(std::string name, std::shared_ptr<evp_pkey_st> key)
    : name_(std::move(name)), key_(std::move(key)) {
  std::size_t length = Ed25519PublicKey::size;
  RUNUT_CHECK(EVP_PKEY_get_raw_public_key(key_.get(), public_key_.bytes.data(), &length) == 1 &&
                  length == Ed25519PublicKey::size,
              "an Ed25519 key has a public half");
}

Result<std::unique_ptr<Ed25519Signer>> Ed25519Signer::from_seed(std::string name, BytesView seed) {
  RUNUT_CHECK(seed.size() == 32, "an Ed25519 seed has 32 bytes");
  if (!is_key_name(name))
    return fail(Error{ErrorCode::invalid_input,
                      {},
                      "name",
                      name,
                      "a key name is UTF-8 without blanks, controls and plus signs"});
  std::shared_ptr<EVP_PKEY> key(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, in(seed), seed.size()),
      &EVP_PKEY_free);
  RUNUT_CHECK(key, "OpenSSL without Ed25519");
  return std::unique_ptr<Ed25519Signer>(new Ed25519Signer(std::move(name), std::move(key)));
}

Result<Ed25519Signature> Ed25519Signer::sign(BytesView message) {
  const DigestContext context = new_context();
  Ed25519Signature signature;
  std::size_t length = Ed25519Signature::size;
  RUNUT_CHECK(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
                  EVP_DigestSign(context.get(), signature.bytes.data(), &length, in(message),
                                 message.size()) == 1 &&
                  length == Ed25519Signature::size,
              "Ed25519 failed");
  return signature;
}

}  // namespace runut
