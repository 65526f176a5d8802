// The seam to the keys of one ledger: a 256-bit key a person, and the ledger's own three keys.
//
// A person's key seals every personal text of that person; destroying it erases the text wherever
// a copy of the ciphertext lies. Keys never enter the event log or the ledger's database.
#pragma once

#include <array>
#include <string_view>

#include "base/result.h"
#include "base/strong.h"
#include "seal/secret.h"

namespace runut {

// What a ledger-wide key is for. Stored by number: append only.
enum class LedgerKey : std::uint8_t {
  command_digest = 1,      // HMAC over a command as submitted
  nip_lookup = 2,          // HMAC over a NIP or NI PPPK
  checkpoint_signing = 3,  // Ed25519 seed (RFC 8032 section 5.1.5)
};
inline constexpr std::array all_ledger_keys{LedgerKey::command_digest, LedgerKey::nip_lookup,
                                            LedgerKey::checkpoint_signing};
[[nodiscard]] std::string_view to_string(LedgerKey name);

// Thread-safe. Errors: `rejected` with rule `person.erased` for a person whose key was destroyed.
class KeyStore {
 public:
  virtual ~KeyStore() = default;

  // The person's key, created on first use. A created key is NOT durable before sync() returns:
  // call sync() after the last seal of a batch and before the batch goes to the log.
  [[nodiscard]] virtual Result<Key256> key_to_seal(PersonId person) = 0;

  // The person's key for opening; `not_found` when the person never had one.
  [[nodiscard]] virtual Result<Key256> key_to_open(PersonId person) const = 0;

  [[nodiscard]] virtual Key256 ledger_key(LedgerKey name) const = 0;

  // Makes every key created so far durable: many new keys, one fsync; free when there are none.
  // `exhausted` (disk full) may be tried again. After `unavailable` the store refuses until opened
  // anew, for a failed fsync leaves unknown what the disk holds.
  [[nodiscard]] virtual Status sync() = 0;

  // Destroys the key for ever and leaves a tombstone, durable when this returns, so that it is
  // never created again. Also for a person without a key; repeating it changes nothing. Idempotent
  // on purpose: after restoring a key backup, destroy again whomever the log says was erased.
  [[nodiscard]] virtual Status destroy(PersonId person) = 0;

  [[nodiscard]] virtual bool is_destroyed(PersonId person) const = 0;
};

inline constexpr std::string_view erased_rule = "person.erased";
// True for the error that means "erased", which is no corruption.
[[nodiscard]] inline bool is_erased(const Error& error) {
  return error.rule == erased_rule;
}

}  // namespace runut
