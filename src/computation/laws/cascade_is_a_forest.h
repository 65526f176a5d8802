// Each indicator serves at most one other, and the links never lead back (rulebook sections 1, 2).
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "computation/facts.h"
#include "computation/laws/breach.h"

namespace runut::laws {

// The indicator, the one that it serves, ... up to the one that serves none; where the links lead
// back, up to and with the first that comes twice.
[[nodiscard]] inline std::vector<std::uint64_t> cascade_path(const AgencyFacts& facts,
                                                             std::uint64_t indicator,
                                                             Sequence known_at) {
  std::vector<std::uint64_t> path = {indicator};
  while (const auto above = facts.superior_indicator(path.back(), known_at)) {
    const bool seen = std::find(path.begin(), path.end(), *above) != path.end();
    path.push_back(*above);
    if (seen) break;
  }
  return path;
}

// "I3 > I2 > I1".
[[nodiscard]] inline std::string to_string(const std::vector<std::uint64_t>& path) {
  return fmt::format("I{}", fmt::join(path, " > I"));
}

[[nodiscard]] inline Status cascade_is_a_forest(const AgencyFacts& facts, Sequence known_at) {
  for (const auto& [id, fact] : facts.indicators) {
    const std::vector<std::uint64_t> path = cascade_path(facts, id, known_at);
    if (std::count(path.begin(), path.end(), path.back()) > 1)
      return breach("law.cascade_is_a_forest", "indicator", fmt::format("I{}", id),
                    "the cascade leads back: " + to_string(path));
  }
  return {};
}

}  // namespace runut::laws
