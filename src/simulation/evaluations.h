// The ratings of one period, chosen so that every group's order, cut-offs and tiers are known here:
// no unplanned tie, one planted tie, and a heroine just below her cut-off.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "computation/tiers.h"
#include "domain/events_evaluation.h"
#include "simulation/city.h"

namespace runut::simulation {

struct Ratings {
  Score result;
  std::array<Score, behaviour_values> values{};
  friend bool operator==(const Ratings&, const Ratings&) = default;
};

// Discipline is left out: by construction it decides nothing here.
[[nodiscard]] RankKey rank_key(const Ratings& ratings, const Document& rules);

struct RankedGroup {
  std::string name;  // "U12"
  UnitIndex unit = 0;
  std::vector<PersonIndex> order;  // best first
  TierCounts counts;
};

struct Evaluations {
  Period period;
  std::vector<Ratings> ratings;  // by person; a zero result: not rated
  std::vector<PersonIndex> innovators;
  std::vector<RankedGroup> groups;
  PersonIndex heroine = nobody;
  PersonIndex neighbour = nobody;
  std::array<PersonIndex, 2> tied{nobody, nobody};
  Score heroine_avoids;  // smallest addition to the result that avoids the cut
  Ratings heroine_corrected;

  [[nodiscard]] const RankedGroup& group_of(UnitIndex unit) const;
};

// `undelivered` are rated, but not delivered before the freezing. Reserves heroine, neighbour and
// the tied in the city, and makes them clean.
[[nodiscard]] Evaluations build_evaluations(City& city, Period period, const Document& rules,
                                            const std::vector<PersonIndex>& undelivered,
                                            const Chance& chance);

}  // namespace runut::simulation
