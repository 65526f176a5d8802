// The key file, format 1: bytes only, no I/O. All integers big-endian.
//
//   header, 48 bytes
//     magic        8   "RUNUTKEY"
//     format       4   1
//     record size  4   80
//     agency tag   8   the ledger these keys belong to
//     master id    8   HMAC-SHA-256(master, "runut master key id"), first 8 bytes
//     reserved     8   zero
//     checksum     8   SHA-256 of the 40 bytes before, first 8
//   records, 80 bytes each
//     kind         1   1 person key, 2 ledger key, 3 tombstone (person destroyed)
//     place        3   how many records of the same sync stand before this one
//     id           8   person id, or the number of the LedgerKey
//     nonce       12   random
//     wrapped     32   AES-256-GCM(wrapping key, nonce, aad, key); a tombstone wraps 32 zero bytes
//     tag         16   aad = kind (1) || id (8)
//     checksum     8   SHA-256 of the 72 bytes before, first 8
//
// wrapping key = HMAC-SHA-256(master, "runut key wrap v1" || agency tag). Records are appended in
// groups, one fsync a group; destroying a person rewrites the file (each record then a group of its
// own, for it is durable before the file takes its name).
//
// Torn or corrupt? A crash before the fsync may leave the last group cut short, or with pages of
// zeros. So a damaged record is *torn* when it is cut short by the end of the file, or begins or
// ends with 16 zero bytes (no written record does: groups and pages meet at multiples of 16), and
// no later group follows it. Torn groups were never acknowledged: the file is cut before the first
// torn record. Every other damage is *corrupt* and named.
#pragma once

#include <vector>

#include "seal/aead.h"
#include "seal/key_store.h"

namespace runut {

enum class KeyRecordKind : std::uint8_t { person = 1, ledger = 2, tombstone = 3 };

struct KeyRecord {
  KeyRecordKind kind = KeyRecordKind::person;
  std::uint32_t place = 0;  // below key_group_max
  std::uint64_t id = 0;
  Nonce96 nonce;
  Bytes wrapped;  // 48 bytes, tag included
  friend bool operator==(const KeyRecord&, const KeyRecord&) = default;
};

using MasterKeyId = FixedBytes<struct MasterKeyIdTag, 8>;

struct KeyFileHeader {
  std::uint64_t agency_tag = 0;
  MasterKeyId master;
  friend bool operator==(const KeyFileHeader&, const KeyFileHeader&) = default;
};

inline constexpr std::size_t key_header_bytes = 48;
inline constexpr std::size_t key_record_bytes = 80;
inline constexpr std::uint32_t key_group_max = 1U << 24;

struct KeyFileContents {
  KeyFileHeader header;
  std::vector<KeyRecord> records;
  std::size_t intact_bytes = 0;  // the file is to be cut to this length
  std::size_t torn_bytes = 0;    // what is cut
};

void append_key_header(Bytes& out, const KeyFileHeader& header);
void append_key_record(Bytes& out, const KeyRecord& record);
// `corrupt` names the record and its offset, `unsupported` a newer format. Never crashes.
[[nodiscard]] Result<KeyFileContents> parse_key_file(BytesView bytes);

[[nodiscard]] MasterKeyId master_key_id(const Key256& master);
[[nodiscard]] Key256 wrapping_key(const Key256& master, std::uint64_t agency_tag);

struct KeyRecordName {
  KeyRecordKind kind = KeyRecordKind::person;
  std::uint64_t id = 0;
};
[[nodiscard]] KeyRecord wrap_key(const Key256& wrapping, KeyRecordName name, const Key256& key,
                                 Randomness& randomness);
// `corrupt` when it was not wrapped under this key, kind and id.
[[nodiscard]] Result<Key256> unwrap_key(const Key256& wrapping, const KeyRecord& record);

}  // namespace runut
