#include "write/command_digest.h"

#include "base/sha256.h"
#include "codec/command_json.h"

namespace runut {

Mac128 command_digest(const KeyStore& keys, const Command& command) {
  const Key256 key = keys.ledger_key(LedgerKey::command_digest);
  const Hash256 whole = hmac_sha256(key.view(), to_json(command));
  return Mac128::from(whole.view().substr(0, Mac128::size));
}

}  // namespace runut
