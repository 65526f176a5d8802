#pragma once

#include <algorithm>
#include <cstdlib>

namespace runut::testing {

// How many rounds a test goes: RUNUT_ROUNDS where it is set (the soak tests do), else `usual`, but
// no more than RUNUT_ROUNDS_MAX (the sanitizers do).
[[nodiscard]] inline unsigned rounds(unsigned usual) {
  const auto number = [](const char* name, unsigned otherwise) {
    const char* set = std::getenv(name);
    return set == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(set, nullptr, 10));
  };
  return number("RUNUT_ROUNDS", std::min(usual, number("RUNUT_ROUNDS_MAX", usual)));
}

}  // namespace runut::testing
