// A decided event as it will be recorded, but for what only the shell knows.
#pragma once

#include "ledger/decide.h"

namespace runut {

// The decision of one command as a commit that begins with `first`, recorded at `now`, which is
// also when it was done unless the command or the legacy act says otherwise. Left to the caller:
// the origin where it is unset (not of an import), and what the log adds (agency, chain, subject
// version, digest, sealed text).
[[nodiscard]] Event stamp(const Command& command, NewEvent decided, std::size_t index,
                          std::size_t count, Sequence first, Instant now);

}  // namespace runut
