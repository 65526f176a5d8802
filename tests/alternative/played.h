// One simulated city, and the ledgers it would have become had one command been left out, or
// another been given: each played through from its founding. The truth that alternatives are
// compared with.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "query/alternative.h"
#include "query/difference.h"
#include "tests/rehearsal/rehearsal.h"

namespace runut::testing {

// A hundred people, May to August 2022, with the ranking of the half year; made once.
[[nodiscard]] const std::vector<Command>& city_commands();

struct Change {
  std::optional<CommandId> without;  // this one was never given
  std::optional<CommandId> behind;   // after this one …
  std::vector<Command> given;        // … these were
};
[[nodiscard]] std::unique_ptr<Rehearsal> play(const Change& change = {});
// As it was: made once.
[[nodiscard]] const Rehearsal& recorded_city();

// The same change asked of the recorded city.
[[nodiscard]] std::unique_ptr<Alternative> ask(const Change& change);

// Every event of every command, as text without the numbers of events: in the order of the log.
using EventTexts = std::vector<std::string>;
[[nodiscard]] EventTexts texts_of(const std::vector<Event>& events);
// The recorded city's events with the alternative's changes in their places, but for the events
// that were left out or supposed.
[[nodiscard]] EventTexts texts_of(const Alternative& alternative, const Change& change);

[[nodiscard]] bool is_refused_as_recorded(const CommandId& id);

}  // namespace runut::testing
