// Facts of planning: a person's plans, the agency's indicators (computation/facts.h).
#pragma once

#include <vector>

#include "domain/events_planning.h"

namespace runut {

enum class PlanState : std::uint8_t { drafted, submitted, returned, approved, revised };

struct PlanFact {
  Period period;
  PlanState state = PlanState::drafted;
  std::vector<PlannedResult> results;  // as last drafted or revised
  Sequence changed;                    // the event that gave the state
  std::vector<Sequence> approvals;     // of the plan, then of its revisions
  std::vector<Sequence> clarified;
  friend bool operator==(const PlanFact&, const PlanFact&) = default;
};

struct IndicatorFact {
  UnitId unit;
  Period period;
  Sequence defined;
  std::uint64_t superior = 0;  // 0: not linked
  Sequence cascaded;
  friend bool operator==(const IndicatorFact&, const IndicatorFact&) = default;
};

}  // namespace runut
