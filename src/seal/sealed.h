// Personal text under its owner's key (architecture decision 9).
//
//   plaintext'  = salt (16 random bytes) || text
//   commitment  = SHA-256(plaintext')                 a disclosure can open it without any key
//   ciphertext  = AES-256-GCM(key of owner, nonce, aad, plaintext') || tag
//   nonce       = 96 random bits, never derived: two writers would repeat it
//   aad         = agency tag u64 || command id (16) || event type u16, big-endian (26 bytes)
//
// Serialised (84 bytes more than the text, big-endian):
//   owner u64 | nonce 12 | commitment 32 | ciphertext (16 + text) | tag 16
#pragma once

#include "seal/aead.h"
#include "seal/key_store.h"

namespace runut {

using Salt128 = FixedBytes<struct SaltTag, 16>;

// Where the text stands: a ciphertext moved to another agency, command or type does not open.
struct SealContext {
  std::uint64_t agency_tag = 0;
  CommandId command;
  std::uint16_t event_type = 0;
  friend bool operator==(const SealContext&, const SealContext&) = default;
};

struct Sealed {
  PersonId owner;
  Nonce96 nonce;
  Hash256 commitment;
  Bytes ciphertext;  // tag included, at least 32 bytes
  friend bool operator==(const Sealed&, const Sealed&) = default;
};

inline constexpr std::size_t sealed_overhead_bytes = 84;
// An event has 65 535 bytes in all; its envelope needs some of them.
inline constexpr std::size_t sealed_text_max_bytes = 60'000;

// Fails with `exhausted` (text too long), `person.erased`, or what the key store says. The key is
// durable only after KeyStore::sync().
[[nodiscard]] Result<Sealed> seal_text(KeyStore& keys, PersonId owner, BytesView text,
                                       const SealContext& context, Randomness& randomness);

// What a disclosure hands over: anybody can check it against the commitment in the event.
struct Disclosure {
  Salt128 salt;
  Bytes text;
  friend bool operator==(const Disclosure&, const Disclosure&) = default;
};

// `person.erased` when the key was destroyed, `not_found` when the store never had it, `corrupt`
// when the bytes, their context or the commitment are not what was sealed.
[[nodiscard]] Result<Disclosure> disclose(const KeyStore& keys, const Sealed& sealed,
                                          const SealContext& context);
[[nodiscard]] Result<Bytes> open_text(const KeyStore& keys, const Sealed& sealed,
                                      const SealContext& context);
[[nodiscard]] bool check_disclosure(const Hash256& commitment, const Salt128& salt, BytesView text);

[[nodiscard]] Bytes serialise(const Sealed& sealed);
// Strict: owner not 0, length within the bounds above; anything else is `corrupt`. The ciphertext
// is not checked here: that needs the key.
[[nodiscard]] Result<Sealed> parse_sealed(BytesView bytes);

}  // namespace runut
