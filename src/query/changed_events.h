// Two versions of one commit, event by event.
#pragma once

#include <optional>
#include <vector>

#include "domain/event.h"
#include "query/quantities.h"

namespace runut {

// One event that is there in one of two histories alone, or says something else in them; at least
// one side stands. Both name events by their recorded sequences.
struct ChangedEvent {
  std::optional<Event> recorded;
  std::optional<Event> instead;

  [[nodiscard]] const Event& either() const { return recorded ? *recorded : *instead; }
};

// Paired by what they are about, in the order of the first and then of what only the second has.
// Events that differ in nothing but the numbers of other events are not listed.
[[nodiscard]] std::vector<ChangedEvent> changed_events(const std::vector<Event>& recorded,
                                                       const std::vector<Event>& instead);

// What it says on either side: of a payment its lines and net, of anything else its fields.
[[nodiscard]] std::vector<ChangedQuantity> changed_quantities(const ChangedEvent& changed);

}  // namespace runut
