// 256-bit keys in memory.
#pragma once

#include <openssl/crypto.h>

#include <cstring>

#include "base/bytes.h"
#include "base/clock.h"

namespace runut {

// 32 secret bytes; wiped when they go out of scope. No printing, no ordering, comparison in
// constant time.
class Key256 {
 public:
  static constexpr std::size_t size = 32;

  Key256() = default;
  // `raw` must hold exactly 32 bytes.
  explicit Key256(BytesView raw) {
    RUNUT_CHECK(raw.size() == size, "a key has 32 bytes");
    std::memcpy(bytes_, raw.data(), size);
  }
  Key256(const Key256&) = default;
  Key256& operator=(const Key256&) = default;
  ~Key256() { OPENSSL_cleanse(bytes_, size); }

  [[nodiscard]] static Key256 draw(Randomness& randomness) {
    Key256 key;
    randomness.fill(reinterpret_cast<char*>(key.bytes_), size);
    return key;
  }
  [[nodiscard]] BytesView view() const { return {reinterpret_cast<const char*>(bytes_), size}; }
  [[nodiscard]] const unsigned char* data() const { return bytes_; }

  friend bool operator==(const Key256& a, const Key256& b) {
    return CRYPTO_memcmp(a.bytes_, b.bytes_, size) == 0;
  }

 private:
  unsigned char bytes_[size] = {};
};

}  // namespace runut
