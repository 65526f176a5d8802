// SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104) over OpenSSL.
#pragma once

#include <initializer_list>
#include <memory>

#include "base/bytes.h"

namespace runut {

// One digest over the concatenated parts. Thread-safe; each thread reuses one context.
[[nodiscard]] Hash256 sha256(std::initializer_list<BytesView> parts);
[[nodiscard]] inline Hash256 sha256(BytesView data) {
  return sha256({data});
}

// A digest over data that does not fit into memory, part by part.
class Sha256Stream {
 public:
  Sha256Stream();
  void add(BytesView part);
  [[nodiscard]] Hash256 finish();  // once; nothing may be added afterwards

 private:
  std::shared_ptr<void> context_;
};

// RFC 6962 section 2.1: leaf = SHA-256(0x00 || data), node = SHA-256(0x01 || left || right).
[[nodiscard]] Hash256 leaf_hash(BytesView data);
[[nodiscard]] Hash256 node_hash(const Hash256& left, const Hash256& right);

// Keys of any length.
[[nodiscard]] Hash256 hmac_sha256(BytesView key, BytesView data);

}  // namespace runut
