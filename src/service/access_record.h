// Whoever reads other people's data leaves an event (AccessRecorded).
#pragma once

#include <set>

#include "identity/principal.h"
#include "service/ledger.h"

namespace runut::service {

// Submits identity::access_commands() for these people; does not wait for them. A command that
// cannot be taken is told in the log. Nothing of a simulated ledger: it takes its time from its
// input, and its people are nobody.
void record_access(Ledger& ledger, const identity::Principal& principal,
                   identity::Resource resource, const std::string& purpose,
                   const std::set<PersonId>& people);

}  // namespace runut::service
