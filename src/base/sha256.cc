#include "base/sha256.h"

#include <openssl/evp.h>

#include <memory>

namespace runut {
namespace {

// Fetching the algorithm and allocating a context cost more than hashing 200 bytes: once a thread.
struct Context {
  std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm{
      EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free};
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                  &EVP_MD_CTX_free};
  Context() { RUNUT_CHECK(algorithm && context, "OpenSSL without SHA-256"); }
};

Context& this_thread() {
  thread_local Context context;
  return context;
}

}  // namespace

Hash256 sha256(std::initializer_list<BytesView> parts) {
  Context& own = this_thread();
  EVP_MD_CTX* const context = own.context.get();
  Hash256 digest;
  unsigned int length = 0;
  bool ok = EVP_DigestInit_ex2(context, own.algorithm.get(), nullptr) == 1;
  for (const BytesView part : parts)
    ok = ok && EVP_DigestUpdate(context, part.data(), part.size()) == 1;
  ok = ok && EVP_DigestFinal_ex(context, digest.bytes.data(), &length) == 1;
  RUNUT_CHECK(ok && length == Hash256::size, "SHA-256 failed");
  return digest;
}

Sha256Stream::Sha256Stream()
    : context_(EVP_MD_CTX_new(),
               [](void* raw) { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(raw)); }) {
  RUNUT_CHECK(context_ && EVP_DigestInit_ex2(static_cast<EVP_MD_CTX*>(context_.get()),
                                             this_thread().algorithm.get(), nullptr) == 1,
              "OpenSSL without SHA-256");
}

void Sha256Stream::add(BytesView part) {
  RUNUT_CHECK(
      EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_.get()), part.data(), part.size()) == 1,
      "SHA-256 failed");
}

Hash256 Sha256Stream::finish() {
  Hash256 digest;
  unsigned int length = 0;
  RUNUT_CHECK(EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_.get()), digest.bytes.data(),
                                 &length) == 1 &&
                  length == Hash256::size,
              "SHA-256 failed");
  return digest;
}

Hash256 leaf_hash(BytesView data) {
  return sha256({BytesView("\x00", 1), data});
}

Hash256 node_hash(const Hash256& left, const Hash256& right) {
  return sha256({BytesView("\x01", 1), left.view(), right.view()});
}

Hash256 hmac_sha256(BytesView key, BytesView data) {
  // Two passes over our own context: OpenSSL's one-shot HMAC() fetches the algorithm every time.
  std::array<char, 64> inner{};
  std::array<char, 64> outer{};
  Hash256 shortened;
  if (key.size() > 64) {
    shortened = sha256(key);
    key = shortened.view();
  }
  for (std::size_t i = 0; i < 64; ++i) {
    const auto byte = static_cast<unsigned char>(i < key.size() ? key[i] : 0);
    inner[i] = static_cast<char>(byte ^ 0x36U);
    outer[i] = static_cast<char>(byte ^ 0x5CU);
  }
  const Hash256 first = sha256({BytesView(inner.data(), 64), data});
  return sha256({BytesView(outer.data(), 64), first.view()});
}

}  // namespace runut
