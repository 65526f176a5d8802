// The unwrapped keys of one ledger in memory: what every key store looks up in.
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "seal/key_store.h"

namespace runut {

// Not thread-safe. Person 0 is no person and is refused as invalid_input.
class KeyTable {
 public:
  struct Found {
    Key256 key;
    bool created = false;
  };
  [[nodiscard]] Result<Found> find_or_create(PersonId person, Randomness& randomness);
  [[nodiscard]] Result<Key256> find(PersonId person) const;
  [[nodiscard]] bool is_destroyed(PersonId person) const { return destroyed_.contains(person); }
  // Null: none, or none any more. Until the table changes.
  [[nodiscard]] const Key256* held(PersonId person) const {
    const auto at = keys_.find(person);
    return at == keys_.end() ? nullptr : &at->second;
  }

  void put(PersonId person, const Key256& key) { keys_.insert_or_assign(person, key); }
  // Forgets the key and remembers that it is gone.
  void destroy(PersonId person);
  // Undoes destroy() when it could not be made durable.
  void restore(PersonId person, const Key256* key);

  [[nodiscard]] bool has_ledger_key(LedgerKey name) const { return ledger_keys_.contains(name); }
  void put_ledger_key(LedgerKey name, const Key256& key) {
    ledger_keys_.insert_or_assign(name, key);
  }
  // All three must have been put.
  [[nodiscard]] const Key256& ledger_key(LedgerKey name) const { return ledger_keys_.at(name); }

  void reserve(std::size_t persons) { keys_.reserve(persons); }
  [[nodiscard]] const std::unordered_map<PersonId, Key256>& keys() const { return keys_; }
  [[nodiscard]] const std::unordered_set<PersonId>& destroyed() const { return destroyed_; }

 private:
  std::unordered_map<PersonId, Key256> keys_;
  std::unordered_set<PersonId> destroyed_;
  std::unordered_map<LedgerKey, Key256> ledger_keys_;
};

}  // namespace runut
