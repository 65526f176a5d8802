// Personal texts of a simulation, in Indonesian: what a day's work was, why somebody was late, why
// an evaluation is disputed. Deterministic for its randomness; 60 to 250 bytes for a report.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

namespace runut::simulation {

[[nodiscard]] std::string plan_text(SeededRandomness& random, std::size_t results);
[[nodiscard]] std::string expectation_text(SeededRandomness& random);
[[nodiscard]] std::string report_text(SeededRandomness& random);
[[nodiscard]] std::string return_text(SeededRandomness& random);
[[nodiscard]] std::string excuse_text(SeededRandomness& random);
[[nodiscard]] std::string feedback_text(SeededRandomness& random);
[[nodiscard]] std::string dialogue_text(SeededRandomness& random);
[[nodiscard]] std::string coaching_text(SeededRandomness& random);
[[nodiscard]] std::string education_text(SeededRandomness& random);
[[nodiscard]] std::string refusal_text(SeededRandomness& random);
[[nodiscard]] std::string objection_text(std::string_view period, bool heroine);
[[nodiscard]] std::string explanation_text(bool upheld);

}  // namespace runut::simulation
