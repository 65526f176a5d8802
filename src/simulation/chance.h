// All chance of a simulation. A draw depends on the seed, on what it is for and on whom and when it
// concerns, never on how many draws came before: changing one habit leaves every other fact alone.
#pragma once

#include <cstdint>

#include "base/clock.h"
#include "base/date.h"

namespace runut::simulation {

enum class Purpose : std::uint64_t {
  person = 1,
  conduct,
  city,
  attendance,
  report,
  decision,
  narrative,
  leave,
  evaluation,
  rating_day,
  plan,
  identifiers,
  incident,
  promotion,
  planning,
  feedback,
  survey,
  survey_answer,
  predicate,
  evaluation_answer,
  qualification
};

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : seed_(seed) {}

  [[nodiscard]] SeededRandomness of(Purpose purpose, std::uint64_t who = 0,
                                    std::uint64_t when = 0) const {
    std::uint64_t key = seed_;
    for (const std::uint64_t part : {static_cast<std::uint64_t>(purpose), who, when})
      key = mix(key + 0x9E3779B97F4A7C15ULL * (part + 1));
    return SeededRandomness(key);
  }
  [[nodiscard]] SeededRandomness of(Purpose purpose, std::uint64_t who, Date when) const {
    return of(purpose, who, static_cast<std::uint64_t>(when.days));
  }

 private:
  static constexpr std::uint64_t mix(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31);
  }
  std::uint64_t seed_;
};

// Uniform, both ends included.
[[nodiscard]] inline std::int64_t between(SeededRandomness& random, std::int64_t low,
                                          std::int64_t high) {
  return low + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(high - low) + 1));
}

// More often in the middle: the mean of three uniform draws.
[[nodiscard]] inline std::int64_t around(SeededRandomness& random, std::int64_t low,
                                         std::int64_t high) {
  return (between(random, low, high) + between(random, low, high) + between(random, low, high)) / 3;
}

[[nodiscard]] inline bool happens(SeededRandomness& random, std::uint64_t per_ten_thousand) {
  return random.below(10'000) < per_ten_thousand;
}

template <class Table>
[[nodiscard]] const auto& pick(SeededRandomness& random, const Table& table) {
  return table[random.below(std::size(table))];
}

}  // namespace runut::simulation
