// What would have avoided a cut: ratings changed by hypothetical events, the group computed again.
#pragma once

#include "computation/ranking.h"
#include "query/explanation.h"

namespace runut {

// The group as published, and the facts from which the person's own score comes.
struct CutCase {
  const Facts& facts;  // as known when the ranking was computed
  const GroupFact& group;
  PersonId person;
  Period period;
  const Rules& rules;
};

// The smallest work result, in steps of 0.01 up to 120.00, with which the person is not below and
// in no tie; verified, as is that one step less fails.
[[nodiscard]] Result<Avoidance> avoid_by_result(const CutCase& at);
// The same for one of the seven behaviour values: the lowest, which has the most room.
[[nodiscard]] Result<Avoidance> avoid_by_behaviour(const CutCase& at);

}  // namespace runut
