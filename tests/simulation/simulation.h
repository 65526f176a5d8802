// Deterministic simulation of the protocol: several nodes, one log, a bad network, one seed.
//
// Each node runs the real WriterSession and ReaderRule; the log, the network, the clients and the
// clock are simulated. Everything that happens is a function of the seed.
#pragma once

#include <cstdint>
#include <string>

#include "log/writer_session.h"

namespace runut::simulation {

// The protocol with all its rules, or with some of them broken to show what each is for.
struct Rules {
  ReaderRules reader{};
  WriterRules writer{};
  bool keep_pending = true;         // R5: a restarted reader has its pending commit
  bool recheck_last_read = true;    // R6: after an error, read the last record again
  bool look_up_commands = true;     // W7
  bool reject_from_history = true;  // W10
};

struct Scenario {
  std::size_t nodes = 3;
  std::size_t commands = 40;
  std::int64_t trouble_until = 3'000;  // milliseconds with faults; then all is well
  std::int64_t calm_until = 60'000;    // by then every command must be answered
  bool crashes = true;
  bool pauses = true;
  bool brokers_lose_the_tail = false;  // breaks what the protocol assumes; only R6 is left
};

struct Report {
  std::string breach;  // which invariant broke; empty when all hold
  // So that a run that tests nothing is noticed.
  std::size_t records = 0, voids = 0, takeovers = 0, done = 0, not_done = 0, rejected = 0,
              crashes = 0, pauses = 0, refused = 0;
};

[[nodiscard]] Report simulate(std::uint64_t seed, const Rules& rules, const Scenario& scenario);

}  // namespace runut::simulation
