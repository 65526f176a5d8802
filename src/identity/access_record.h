// What a read of other people's data leaves in the ledger (rulebook section 2, AccessRecorded).
#pragma once

#include <string>
#include <vector>

#include "domain/command.h"
#include "identity/access.h"

namespace runut::identity {

// The commands that record the read, each of at most 1 000 people; none where it was of nobody but
// oneself. Id, agency and times are the shell's to fill. The actor is the person that the
// credential is of, authenticated, in the granted role that reaches furthest; where it is of nobody
// (a script's, a machine's), system 1, claimed: who it was is then in issuer and digest. An empty
// purpose is recorded as "tidak disebutkan" (not stated).
[[nodiscard]] std::vector<Command> access_commands(const Principal& principal,
                                                   std::vector<PersonId> people, Resource resource,
                                                   std::string purpose);

}  // namespace runut::identity
