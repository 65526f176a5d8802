// AES-256-GCM (NIST SP 800-38D) with 96-bit nonces and 128-bit tags, over OpenSSL.
#pragma once

#include "base/bytes.h"
#include "seal/secret.h"

namespace runut {

using Nonce96 = FixedBytes<struct NonceTag, 12>;
inline constexpr std::size_t aead_tag_bytes = 16;

// Ciphertext || tag. A (key, nonce) pair must never meet two plaintexts: draw nonces at random.
// Thread-safe; each thread reuses one context and only sets key and nonce.
[[nodiscard]] Bytes aead_encrypt(const Key256& key, const Nonce96& nonce, BytesView aad,
                                 BytesView plaintext);

// The plaintext, or `corrupt` when key, nonce, aad, ciphertext or tag differ from what was sealed
// (GCM cannot tell which).
[[nodiscard]] Result<Bytes> aead_decrypt(const Key256& key, const Nonce96& nonce, BytesView aad,
                                         BytesView ciphertext_and_tag);

}  // namespace runut
