// The command behind a recorded commit, as far as a decision depends on it.
#pragma once

#include <optional>
#include <vector>

#include "ledger/decide.h"

namespace runut {

// Nothing for commits that no command asked for (takeovers, refused attempts) and for those whose
// command can not be put together again: a publication that found only ties carries no decree, and
// an identifier's number is sealed. Personal text is replaced by a placeholder.
[[nodiscard]] std::optional<Command> reconstruct_command(const std::vector<Event>& commit);

// What the shell gave to the decision beside the facts: times, what it had pinned or computed.
[[nodiscard]] Context reconstructed_context(const Facts& facts, const Event& first);

// A publication that found ties alone carries no decree, so its command can not be put together
// again: the group is ranked again instead. Rejected (audit.tie): on these facts there is no such
// tie; and what ranking rejects.
[[nodiscard]] Status check_found_tie(const Facts& facts, const Event& event,
                                     const TieAtCutoffFound& found);

}  // namespace runut
