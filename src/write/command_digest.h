// The keyed digest of a command as it was submitted: a command that comes again under its id is
// known by it, and nobody without the ledger's key can tell what a digest was made from.
#pragma once

#include "domain/command.h"
#include "seal/key_store.h"

namespace runut {

// HMAC-SHA-256 under LedgerKey::command_digest, cut to 128 bits (RFC 2104 section 5), over the
// command's canonical JSON (codec/command_json.h). Any thread.
[[nodiscard]] Mac128 command_digest(const KeyStore& keys, const Command& command);

}  // namespace runut
