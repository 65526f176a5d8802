// Facts of ongoing feedback about a person (computation/facts.h).
#pragma once

#include <vector>

#include "domain/events_feedback.h"

namespace runut {

struct DialogueFact {
  Period period;
  Date date;
  Sequence sequence;
  friend bool operator==(const DialogueFact&, const DialogueFact&) = default;
};

struct CoachingFact {
  Interval days;
  Sequence sequence;
  friend bool operator==(const CoachingFact&, const CoachingFact&) = default;
};

}  // namespace runut
