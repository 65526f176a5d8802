// Whose word a command is: the ledger's actor, as far as the credential vouches for it.
#pragma once

#include "domain/command.h"
#include "identity/principal.h"

namespace runut::identity {

// Checks who acts, and enters the evidence (method, issuer, digest of the credential) into
// `command.actor`. Call it after the command's digest was taken: a retry comes with another token.
//
//   - A person's own command, in a role that was granted: authenticated.
//   - Whoever holds `integrator` submits for others, or for systems, in any role: claimed, for the
//     credential says who brought the word and not whose it is. The same holds for what a principal
//     without a person (an operator's script, `local`) submits for a system in a granted role.
//
// unauthorised, in this order, and the command is left as it was:
//   actor.person      somebody else, and no integrator's
//   actor.role        a role that was not granted
//   actor.assurance   the command says authenticated where only claimed is true, or brings an
//                     issuer or the digest of a credential, which are the service's to enter
[[nodiscard]] Status authenticate_command(Command& command, const Principal& principal);

}  // namespace runut::identity
