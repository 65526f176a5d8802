// A believable small city at work: every command of some months, from the founding of its ledger to
// the last correction, streamed in the order of recorded_at. The same options give the same bytes.
//
// What is not ordinary is planted on purpose and listed (planted.h), so that audit and explain can
// be asked for exactly that. Commands that must fail are part of the stream: attempts without
// authority and a few that no ledger may accept.
#pragma once

#include <functional>

#include "domain/command.h"
#include "simulation/planted.h"
#include "simulation/setting.h"

namespace runut::simulation {

struct SimulateOptions {
  std::uint32_t people = 300;  // civil servants, 100 to 300 000; the Walikota comes on top
  Month from;                  // months of work, at most 60; founding before, settling after
  Month to;
  std::uint64_t seed = 1;
};

// Takes one command; an error ends the simulation and is returned. The command is borrowed.
using CommandSink = std::function<Status(const Command&)>;

// Streams: holds the people and what is pending for them, never the commands behind it nor, when a
// sink takes them, the planted items of months that are over (without one the result lists them).
// Rejects a pack without a document at the first month, months that its holidays do not cover or
// leave too few days, a cut-off that leaves no time to approve, sizes out of range, and a city too
// small for so many months (code invalid_input), all before the first command.
[[nodiscard]] Result<Planted> simulate(const SimulateOptions& options, const Setting& setting,
                                       const CommandSink& sink,
                                       const PlantedSink& planted_sink = {});

}  // namespace runut::simulation
