// Where people's events stand in the log: whoever follows people far behind the head reads these
// events alone, and what that costs is by the events and not by the log.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "domain/event.h"

namespace runut::feed {

// A seam: views that follow the log. Thread-safe.
class PersonEvents {
 public:
  virtual ~PersonEvents() = default;
  // Up to here they are known. Never goes back.
  [[nodiscard]] virtual Sequence known() const = 0;
  // Of the events with after < sequence <= until that touch one of the people (every event whose
  // subject they are is among them) the first `most`, ascending. `until` is at most known().
  [[nodiscard]] virtual Result<std::vector<Sequence>> find(std::span<const PersonId> people,
                                                           Sequence after, Sequence until,
                                                           std::size_t most) const = 0;
};

}  // namespace runut::feed
