#include "seal/memory_key_store.h"

#include <mutex>

namespace runut {

MemoryKeyStore::MemoryKeyStore(Randomness& randomness) : randomness_(randomness) {
  for (const LedgerKey name : all_ledger_keys)
    table_.put_ledger_key(name, Key256::draw(randomness));
}

Result<Key256> MemoryKeyStore::key_to_seal(PersonId person) {
  const std::unique_lock lock(mutex_);
  RUNUT_ASSIGN(const KeyTable::Found found, table_.find_or_create(person, randomness_));
  return found.key;
}

Result<Key256> MemoryKeyStore::key_to_open(PersonId person) const {
  const std::shared_lock lock(mutex_);
  return table_.find(person);
}

Key256 MemoryKeyStore::ledger_key(LedgerKey name) const {
  return table_.ledger_key(name);
}

Status MemoryKeyStore::sync() {
  return {};
}

Status MemoryKeyStore::destroy(PersonId person) {
  const std::unique_lock lock(mutex_);
  table_.destroy(person);
  return {};
}

bool MemoryKeyStore::is_destroyed(PersonId person) const {
  const std::shared_lock lock(mutex_);
  return table_.is_destroyed(person);
}

}  // namespace runut
