// The engine in the recorder's part: every decision of a ledger written again as the engine
// computes it, from the events before it.
#pragma once

#include <vector>

#include "domain/event.h"

namespace runut::testing {

// Rewrites freezings, publications with their adjustments, runs with their payments, and what locks
// post; everything else stays. A decision of another shape (somebody more or less paid, another
// tie) is left as it was recorded and named in `differences`.
struct EngineRecording {
  std::vector<Event> events;
  std::vector<std::string> differences;
  std::size_t decisions = 0;  // commits written again
};
[[nodiscard]] EngineRecording recorded_by_engine(const std::vector<Event>& events);

}  // namespace runut::testing
