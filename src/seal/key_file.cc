#include "seal/key_file.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/sha256.h"

namespace runut {
namespace {

constexpr BytesView magic = "RUNUTKEY";
constexpr std::uint32_t format_version = 1;
constexpr std::size_t checksum_bytes = 8;
constexpr std::size_t edge_bytes = 16;  // file system blocks and record borders meet at multiples

Bytes checksum_of(BytesView covered) {
  return Bytes(sha256(covered).view().substr(0, checksum_bytes));
}

bool checksum_holds(BytesView block) {
  const std::size_t covered = block.size() - checksum_bytes;
  return checksum_of(block.substr(0, covered)) == block.substr(covered);
}

bool all_zero(BytesView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\0'; });
}

bool looks_torn(BytesView record) {
  return record.size() < key_record_bytes || all_zero(record.substr(0, edge_bytes)) ||
         all_zero(record.substr(record.size() - edge_bytes));
}

Bytes aad_of(KeyRecordName name) {
  Bytes aad(1, static_cast<char>(name.kind));
  append_u64(aad, name.id);
  return aad;
}

tl::unexpected<Error> corrupt_record(std::size_t index, std::string_view what) {
  return fail(Error{ErrorCode::corrupt,
                    {},
                    "record",
                    std::to_string(index),
                    std::string(what) + " at byte " +
                        std::to_string(key_header_bytes + index * key_record_bytes)});
}

// Null when the checksum does not hold; a kind nobody knows with a good checksum is left to the
// caller (kind outside the enumeration).
std::optional<KeyRecord> read_record(BytesView block) {
  if (block.size() < key_record_bytes || !checksum_holds(block)) return std::nullopt;
  const std::uint32_t kind_and_place = read_u32(block);
  KeyRecord record;
  record.kind = static_cast<KeyRecordKind>(kind_and_place >> 24);
  record.place = kind_and_place & (key_group_max - 1);
  record.id = read_u64(block.substr(4));
  record.nonce = Nonce96::from(block.substr(12, Nonce96::size));
  record.wrapped = Bytes(block.substr(24, Key256::size + aead_tag_bytes));
  return record;
}

Result<KeyFileHeader> read_header(BytesView bytes) {
  const auto wrong = [](std::string_view what) {
    return fail(Error{ErrorCode::corrupt, {}, "header", {}, std::string(what)});
  };
  if (bytes.size() < key_header_bytes) return wrong("a key file begins with 48 bytes of header");
  const BytesView block = bytes.substr(0, key_header_bytes);
  if (block.substr(0, magic.size()) != magic) return wrong("not a Runut key file");
  if (!checksum_holds(block)) return wrong("the header's checksum does not hold");
  const std::uint32_t format = read_u32(block.substr(8));
  if (format != format_version)
    return fail(Error{ErrorCode::unsupported,
                      {},
                      "format",
                      std::to_string(format),
                      "this binary knows key file format 1"});
  if (read_u32(block.substr(12)) != key_record_bytes || !all_zero(block.substr(32, 8)))
    return wrong("format 1 has records of 80 bytes and a reserved field of zeros");
  return KeyFileHeader{read_u64(block.substr(16)), MasterKeyId::from(block.substr(24, 8))};
}

}  // namespace

void append_key_header(Bytes& out, const KeyFileHeader& header) {
  Bytes block(magic);
  append_u32(block, format_version);
  append_u32(block, key_record_bytes);
  append_u64(block, header.agency_tag);
  block.append(header.master.view());
  append_u64(block, 0);
  out.append(block);
  out.append(checksum_of(block));
}

void append_key_record(Bytes& out, const KeyRecord& record) {
  RUNUT_CHECK(record.place < key_group_max, "too many keys in one group");
  RUNUT_CHECK(record.wrapped.size() == Key256::size + aead_tag_bytes, "not a wrapped key");
  Bytes block;
  block.reserve(key_record_bytes);
  append_u32(block, (static_cast<std::uint32_t>(record.kind) << 24) | record.place);
  append_u64(block, record.id);
  block.append(record.nonce.view());
  block.append(record.wrapped);
  out.append(block);
  out.append(checksum_of(block));
}

Result<KeyFileContents> parse_key_file(BytesView bytes) {
  KeyFileContents contents;
  RUNUT_ASSIGN(contents.header, read_header(bytes));
  const BytesView body = bytes.substr(key_header_bytes);
  contents.records.reserve(body.size() / key_record_bytes);
  std::optional<std::size_t> first_damaged;
  for (std::size_t index = 0; index * key_record_bytes < body.size(); ++index) {
    const BytesView block = body.substr(index * key_record_bytes, key_record_bytes);
    std::optional<KeyRecord> record = read_record(block);
    if (!record) {
      if (!looks_torn(block)) return corrupt_record(index, "the checksum does not hold");
      if (!first_damaged) first_damaged = index;
      continue;
    }
    if (record->place > index) return corrupt_record(index, "impossible place in its group");
    if (first_damaged) {
      // A group that began after the damage proves that the damaged bytes had been durable.
      if (index - record->place > *first_damaged)
        return corrupt_record(*first_damaged, "zeros instead of a key that was durable");
      continue;
    }
    const auto kind = static_cast<std::uint8_t>(record->kind);
    if (kind < 1 || kind > 3) return corrupt_record(index, "unknown kind");
    contents.records.push_back(std::move(*record));
  }
  contents.intact_bytes = key_header_bytes + contents.records.size() * key_record_bytes;
  contents.torn_bytes = bytes.size() - contents.intact_bytes;
  return contents;
}

MasterKeyId master_key_id(const Key256& master) {
  return MasterKeyId::from(hmac_sha256(master.view(), "runut master key id").view().substr(0, 8));
}

Key256 wrapping_key(const Key256& master, std::uint64_t agency_tag) {
  Bytes label("runut key wrap v1");
  append_u64(label, agency_tag);
  return Key256(hmac_sha256(master.view(), label).view());
}

KeyRecord wrap_key(const Key256& wrapping, KeyRecordName name, const Key256& key,
                   Randomness& randomness) {
  KeyRecord record{name.kind, 0, name.id, randomness.draw<Nonce96>(), {}};
  record.wrapped = aead_encrypt(wrapping, record.nonce, aad_of(name), key.view());
  return record;
}

Result<Key256> unwrap_key(const Key256& wrapping, const KeyRecord& record) {
  auto raw = aead_decrypt(wrapping, record.nonce, aad_of({record.kind, record.id}), record.wrapped);
  if (!raw || raw->size() != Key256::size)
    return fail(Error{ErrorCode::corrupt,
                      {},
                      "id",
                      std::to_string(record.id),
                      "a wrapped key does not authenticate under the master key"});
  Key256 key(*raw);
  OPENSSL_cleanse(raw->data(), raw->size());
  return key;
}

}  // namespace runut
