// Facts of acting roles, Plt and Plh (computation/facts.h).
#pragma once

#include <optional>
#include <string>

#include "domain/events_roster.h"

namespace runut {

struct ActingFact {
  std::uint32_t acting = 0;
  UnitId unit;
  std::string post;
  std::uint32_t job_class = 0;
  AssignmentRole role{};
  Interval days;  // as known: ends with ActingRoleEnded
  Sequence started;
  std::optional<Sequence> ended;  // the event that set the last day
  friend bool operator==(const ActingFact&, const ActingFact&) = default;
};

}  // namespace runut
