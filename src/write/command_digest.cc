#include "write/command_digest.h"

#include "base/sha256.h"
#include "codec/command_json.h"

namespace runut {

Mac128 command_digest(const KeyStore& keys, const Command& command) {
  const Key256 key = keys.ledger_key(LedgerKey::command_digest);
  const Hash256 mac = hmac_sha256(key.view(), to_json(command));
  return Mac128::from(mac.view().substr(0, Mac128::size));
}

CommandId derived_command_id(const KeyStore& keys, const Command& command) {
  Command unnamed = command;
  unnamed.id = {};
  const Key256 key = keys.ledger_key(LedgerKey::command_digest);
  // The prefix keeps it apart from a digest of the same bytes.
  const Hash256 mac = hmac_sha256(key.view(), "derived command id\n" + to_json(unnamed));
  CommandId id = CommandId::from(mac.view().substr(0, CommandId::size));
  const std::int64_t millis = command.recorded_at.value_or(Instant{}).micros / 1'000;
  for (std::size_t i = 0; i < 6; ++i)
    id.bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(millis) >> (8 * (5 - i)));
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x70U);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
  return id;
}

}  // namespace runut
