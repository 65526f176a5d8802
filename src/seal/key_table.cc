#include "seal/key_table.h"

#include <string>

namespace runut {
namespace {

std::string written(PersonId person) {
  return "P" + std::to_string(person.value);
}

tl::unexpected<Error> erased(PersonId person) {
  return fail(Error{ErrorCode::rejected, std::string(erased_rule), "person", written(person),
                    "the key of this person was destroyed; the personal text is gone for ever"});
}

}  // namespace

std::string_view to_string(LedgerKey name) {
  switch (name) {
    case LedgerKey::command_digest: return "command_digest";
    case LedgerKey::nip_lookup: return "nip_lookup";
    case LedgerKey::checkpoint_signing: return "checkpoint_signing";
  }
  return "unknown";
}

Result<KeyTable::Found> KeyTable::find_or_create(PersonId person, Randomness& randomness) {
  if (person == PersonId{})
    return fail(Error{ErrorCode::invalid_input, {}, "person", written(person), "not a person"});
  if (const Key256* const key = held(person)) return Found{*key, false};
  if (is_destroyed(person)) return erased(person);
  return Found{keys_.emplace(person, Key256::draw(randomness)).first->second, true};
}

Result<Key256> KeyTable::find(PersonId person) const {
  if (const Key256* const key = held(person)) return *key;
  if (is_destroyed(person)) return erased(person);
  return fail(
      Error{ErrorCode::not_found,
            {},
            "person",
            written(person),
            "the key store holds no key of this person; is it the right --keys directory?"});
}

void KeyTable::destroy(PersonId person) {
  keys_.erase(person);
  destroyed_.insert(person);
}

void KeyTable::restore(PersonId person, const Key256* key) {
  destroyed_.erase(person);
  if (key != nullptr) put(person, *key);
}

}  // namespace runut
