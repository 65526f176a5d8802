// The command behind a recorded commit, as far as a decision depends on it.
#pragma once

#include <optional>
#include <vector>

#include "domain/command.h"

namespace runut {

// Nothing for commits that no command asked for (takeovers, refused attempts) and for those whose
// command can not be put together again: a publication that found only ties carries no decree, and
// an identifier's number is sealed. Personal text is replaced by a placeholder.
[[nodiscard]] std::optional<Command> reconstruct_command(const std::vector<Event>& commit);

// What the shell had pinned or computed for that event; zero or empty for others.
[[nodiscard]] Mac128 reconstructed_lookup(const Event& first);
[[nodiscard]] Hash256 reconstructed_key(const Event& first);
[[nodiscard]] std::string reconstructed_origin(const Event& first);

}  // namespace runut
