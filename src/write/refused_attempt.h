// What is recorded of a command that its actor had no right to: AttemptRefused. Pure.
#pragma once

#include "computation/facts.h"
#include "domain/command.h"

namespace runut {

// Whether a refusal becomes an event: a rule of authority, and an actor we know.
[[nodiscard]] bool leaves_trace(const Error& error, const Command& command,
                                const AgencyFacts& agency);
[[nodiscard]] AttemptRefused trace_of(const Command& command, const Error& error,
                                      const AgencyFacts& agency);
// What whoever asks once more is told.
[[nodiscard]] Error refusal_of(const AttemptRefused& refused);

}  // namespace runut
