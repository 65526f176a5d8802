// A self-assessment's total is the sum of its aspects, each of which stands in it once.
#pragma once

#include <set>

#include "computation/laws/breach.h"

namespace runut::laws {

[[nodiscard]] inline Status merit_total_is_the_sum(const MeritSelfAssessed& assessed) {
  std::uint64_t sum = 0;
  std::set<MeritAspect> seen;
  for (const MeritAspectPoints& one : assessed.aspects) {
    sum += one.points_hundredths;
    if (!seen.insert(one.aspect).second)
      return breach("law.merit_total_is_the_sum", "aspects", std::string(to_string(one.aspect)),
                    fmt::format("{}: {} stands in it twice", assessed.year, to_string(one.aspect)));
  }
  if (sum == assessed.total_hundredths) return {};
  return breach("law.merit_total_is_the_sum", "total_hundredths",
                std::to_string(assessed.total_hundredths),
                fmt::format("{}: the aspects sum to {}, not {}", assessed.year, sum,
                            assessed.total_hundredths));
}

}  // namespace runut::laws
