// A key store that forgets: for tests and simulation.
#pragma once

#include <shared_mutex>

#include "seal/key_table.h"

namespace runut {

class MemoryKeyStore final : public KeyStore {
 public:
  // Keys come from `randomness`, which must outlive the store; a seeded one gives the same keys in
  // every run, as a simulated ledger wants.
  explicit MemoryKeyStore(Randomness& randomness);

  [[nodiscard]] Result<Key256> key_to_seal(PersonId person) override;
  [[nodiscard]] Result<Key256> key_to_open(PersonId person) const override;
  [[nodiscard]] Key256 ledger_key(LedgerKey name) const override;
  [[nodiscard]] Status sync() override;
  [[nodiscard]] Status destroy(PersonId person) override;
  [[nodiscard]] bool is_destroyed(PersonId person) const override;

 private:
  mutable std::shared_mutex mutex_;
  Randomness& randomness_;
  KeyTable table_;
};

}  // namespace runut
