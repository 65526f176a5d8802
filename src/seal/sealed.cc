#include "seal/sealed.h"

#include "base/sha256.h"

namespace runut {
namespace {

constexpr std::size_t head_bytes = 8 + Nonce96::size + Hash256::size;
static_assert(head_bytes + Salt128::size + aead_tag_bytes == sealed_overhead_bytes);

Bytes aad_of(const SealContext& context) {
  Bytes aad;
  aad.reserve(26);
  append_u64(aad, context.agency_tag);
  aad.append(context.command.view());
  append_u16(aad, context.event_type);
  return aad;
}

}  // namespace

Result<Sealed> seal_text(KeyStore& keys, PersonId owner, BytesView text, const SealContext& context,
                         Randomness& randomness) {
  if (text.size() > sealed_text_max_bytes)
    return fail(Error{ErrorCode::exhausted,
                      {},
                      "text",
                      std::to_string(text.size()) + " bytes",
                      "personal text of one event is at most " +
                          std::to_string(sealed_text_max_bytes) + " bytes"});
  const Result<Key256> key = keys.key_to_seal(owner);
  if (!key) return fail(key.error());
  Bytes salted;
  salted.reserve(Salt128::size + text.size());
  salted.resize(Salt128::size);
  randomness.fill(salted.data(), Salt128::size);
  salted.append(text);
  Sealed sealed{owner, randomness.draw<Nonce96>(), sha256(salted), {}};
  sealed.ciphertext = aead_encrypt(*key, sealed.nonce, aad_of(context), salted);
  OPENSSL_cleanse(salted.data(), salted.size());
  return sealed;
}

Result<Disclosure> disclose(const KeyStore& keys, const Sealed& sealed,
                            const SealContext& context) {
  RUNUT_ASSIGN(const Key256 key, keys.key_to_open(sealed.owner));
  RUNUT_ASSIGN(Bytes salted, aead_decrypt(key, sealed.nonce, aad_of(context), sealed.ciphertext));
  if (salted.size() < Salt128::size)
    return fail(ErrorCode::corrupt, "sealed text is shorter than its salt");
  if (sha256(salted) != sealed.commitment)
    return fail(ErrorCode::corrupt, "the commitment is not that of the sealed text");
  Disclosure disclosure{Salt128::from(BytesView(salted).substr(0, Salt128::size)),
                        salted.substr(Salt128::size)};
  OPENSSL_cleanse(salted.data(), salted.size());
  return disclosure;
}

Result<Bytes> open_text(const KeyStore& keys, const Sealed& sealed, const SealContext& context) {
  RUNUT_ASSIGN(Disclosure disclosure, disclose(keys, sealed, context));
  return std::move(disclosure.text);
}

bool check_disclosure(const Hash256& commitment, const Salt128& salt, BytesView text) {
  return sha256({salt.view(), text}) == commitment;
}

Bytes serialise(const Sealed& sealed) {
  Bytes bytes;
  bytes.reserve(head_bytes + sealed.ciphertext.size());
  append_u64(bytes, sealed.owner.value);
  bytes.append(sealed.nonce.view());
  bytes.append(sealed.commitment.view());
  bytes.append(sealed.ciphertext);
  return bytes;
}

Result<Sealed> parse_sealed(BytesView bytes) {
  if (bytes.size() < sealed_overhead_bytes ||
      bytes.size() > sealed_overhead_bytes + sealed_text_max_bytes)
    return fail(Error{ErrorCode::corrupt,
                      {},
                      "sealed",
                      std::to_string(bytes.size()) + " bytes",
                      "sealed text has " + std::to_string(sealed_overhead_bytes) + " to " +
                          std::to_string(sealed_overhead_bytes + sealed_text_max_bytes) +
                          " bytes"});
  Sealed sealed;
  sealed.owner = PersonId{read_u64(bytes)};
  if (sealed.owner == PersonId{})
    return fail(Error{ErrorCode::corrupt, {}, "sealed.owner", "0", "sealed text has an owner"});
  sealed.nonce = Nonce96::from(bytes.substr(8, Nonce96::size));
  sealed.commitment = Hash256::from(bytes.substr(8 + Nonce96::size, Hash256::size));
  sealed.ciphertext = Bytes(bytes.substr(head_bytes));
  return sealed;
}

}  // namespace runut
