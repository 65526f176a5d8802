// The keyed digest of a command as it was submitted: a command that comes again under its id is
// known by it, and nobody without the ledger's key can tell what a digest was made from.
#pragma once

#include "domain/command.h"
#include "seal/key_store.h"

namespace runut {

// HMAC-SHA-256 under LedgerKey::command_digest, cut to 128 bits (RFC 2104 section 5), over the
// command's canonical JSON (codec/command_json.h). Any thread.
[[nodiscard]] Mac128 command_digest(const KeyStore& keys, const Command& command);

// The id of a command that was derived from a row of a table: the same command has the same one in
// this ledger, so that importing a file again records only what is missing, and without the
// ledger's key nothing of the row can be guessed from it. Shaped as a UUIDv7 (RFC 9562) of the
// command's recorded_at, or of 1970. Ignores the id that the command has.
[[nodiscard]] CommandId derived_command_id(const KeyStore& keys, const Command& command);

}  // namespace runut
