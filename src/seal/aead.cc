#include "seal/aead.h"

#include <openssl/evp.h>

#include <memory>

namespace runut {
namespace {

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

// Fetching the algorithm and building a context cost more than sealing 100 bytes: once a thread,
// one context a direction (switching direction would set up the cipher again).
struct Contexts {
  std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> cipher{
      EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr), &EVP_CIPHER_free};
  CipherContext encrypt{EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free};
  CipherContext decrypt{EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free};

  Contexts() {
    RUNUT_CHECK(cipher && encrypt && decrypt, "OpenSSL without AES-256-GCM");
    RUNUT_CHECK(
        EVP_EncryptInit_ex2(encrypt.get(), cipher.get(), nullptr, nullptr, nullptr) == 1 &&
            EVP_DecryptInit_ex2(decrypt.get(), cipher.get(), nullptr, nullptr, nullptr) == 1,
        "AES-256-GCM cannot be set up");
  }
};

Contexts& this_thread() {
  thread_local Contexts contexts;
  return contexts;
}

const unsigned char* in(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* out(Bytes& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

int length_of(BytesView bytes) {
  RUNUT_CHECK(bytes.size() < (1U << 30), "too long for one GCM message");
  return static_cast<int>(bytes.size());
}

}  // namespace

Bytes aead_encrypt(const Key256& key, const Nonce96& nonce, BytesView aad, BytesView plaintext) {
  EVP_CIPHER_CTX* const context = this_thread().encrypt.get();
  Bytes sealed(plaintext.size() + aead_tag_bytes, '\0');
  int written = 0;
  bool ok = EVP_EncryptInit_ex2(context, nullptr, key.data(), nonce.bytes.data(), nullptr) == 1;
  if (!aad.empty())
    ok = ok && EVP_EncryptUpdate(context, nullptr, &written, in(aad), length_of(aad)) == 1;
  if (!plaintext.empty())
    ok = ok && EVP_EncryptUpdate(context, out(sealed), &written, in(plaintext),
                                 length_of(plaintext)) == 1;
  int rest = 0;
  unsigned char* const tag = out(sealed) + plaintext.size();
  ok = ok && EVP_EncryptFinal_ex(context, tag, &rest) == 1 && rest == 0 &&
       EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, aead_tag_bytes, tag) == 1;
  RUNUT_CHECK(ok, "AES-256-GCM failed");
  return sealed;
}

Result<Bytes> aead_decrypt(const Key256& key, const Nonce96& nonce, BytesView aad,
                           BytesView ciphertext_and_tag) {
  if (ciphertext_and_tag.size() < aead_tag_bytes)
    return fail(ErrorCode::corrupt, "sealed bytes are shorter than their tag");
  const BytesView ciphertext =
      ciphertext_and_tag.substr(0, ciphertext_and_tag.size() - aead_tag_bytes);
  Bytes tag(ciphertext_and_tag.substr(ciphertext.size()));
  EVP_CIPHER_CTX* const context = this_thread().decrypt.get();
  Bytes plaintext(ciphertext.size(), '\0');
  int written = 0;
  bool ok = EVP_DecryptInit_ex2(context, nullptr, key.data(), nonce.bytes.data(), nullptr) == 1;
  if (!aad.empty())
    ok = ok && EVP_DecryptUpdate(context, nullptr, &written, in(aad), length_of(aad)) == 1;
  if (!ciphertext.empty())
    ok = ok && EVP_DecryptUpdate(context, out(plaintext), &written, in(ciphertext),
                                 length_of(ciphertext)) == 1;
  ok = ok && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, aead_tag_bytes, out(tag)) == 1;
  RUNUT_CHECK(ok, "AES-256-GCM failed");
  unsigned char none[16];
  int rest = 0;
  if (EVP_DecryptFinal_ex(context, none, &rest) != 1) {
    OPENSSL_cleanse(plaintext.data(), plaintext.size());
    return fail(ErrorCode::corrupt, "sealed bytes do not authenticate");
  }
  return plaintext;
}

}  // namespace runut
