// The tables that say what every command answers. One file a group of commands; the coverage test
// reads all of them.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "tests/ledger/scene.h"

namespace runut::testing {

// Given a city and what the story adds, the command is refused: by this rule, for this field and
// value.
struct Refusal {
  std::string rule;
  ErrorCode code{};
  std::string field;
  std::string value;
  std::function<Answer(Scene&)> story;
};

// Given a city and what the story adds, the command is accepted with these events.
struct Acceptance {
  std::string what;
  std::string events;
  std::function<Answer(Scene&)> story;
};

inline constexpr auto no = ErrorCode::rejected;
inline constexpr auto not_theirs = ErrorCode::unauthorised;
inline constexpr auto nobody = ErrorCode::not_found;
inline constexpr auto malformed = ErrorCode::invalid_input;

[[nodiscard]] const std::vector<Refusal>& form_refusals();
[[nodiscard]] const std::vector<Refusal>& regulation_refusals();
[[nodiscard]] const std::vector<Refusal>& roster_refusals();
[[nodiscard]] const std::vector<Refusal>& acting_refusals();
[[nodiscard]] const std::vector<Refusal>& planning_refusals();
[[nodiscard]] const std::vector<Refusal>& daily_refusals();
[[nodiscard]] const std::vector<Refusal>& evaluation_refusals();
[[nodiscard]] const std::vector<Refusal>& predicate_refusals();
[[nodiscard]] const std::vector<Refusal>& ranking_refusals();
[[nodiscard]] const std::vector<Refusal>& money_refusals();
[[nodiscard]] const std::vector<Refusal>& run_refusals();
[[nodiscard]] const std::vector<Refusal>& import_refusals();
[[nodiscard]] const std::vector<Refusal>& feedback_refusals();
[[nodiscard]] const std::vector<Refusal>& survey_refusals();
[[nodiscard]] const std::vector<Refusal>& merit_refusals();
[[nodiscard]] const std::vector<Refusal>& access_refusals();
[[nodiscard]] const std::vector<Refusal>& promotion_refusals();
[[nodiscard]] const std::vector<Refusal>& careers_refusals();
[[nodiscard]] const std::vector<Refusal>& qualification_refusals();
[[nodiscard]] std::vector<Refusal> all_refusals();

[[nodiscard]] const std::vector<Acceptance>& regulation_acceptances();
[[nodiscard]] const std::vector<Acceptance>& roster_acceptances();
[[nodiscard]] const std::vector<Acceptance>& acting_acceptances();
[[nodiscard]] const std::vector<Acceptance>& planning_acceptances();
[[nodiscard]] const std::vector<Acceptance>& daily_acceptances();
[[nodiscard]] const std::vector<Acceptance>& evaluation_acceptances();
[[nodiscard]] const std::vector<Acceptance>& predicate_acceptances();
[[nodiscard]] const std::vector<Acceptance>& ranking_acceptances();
[[nodiscard]] const std::vector<Acceptance>& money_acceptances();
[[nodiscard]] const std::vector<Acceptance>& run_acceptances();
[[nodiscard]] const std::vector<Acceptance>& import_acceptances();
[[nodiscard]] const std::vector<Acceptance>& feedback_acceptances();
[[nodiscard]] const std::vector<Acceptance>& survey_acceptances();
[[nodiscard]] const std::vector<Acceptance>& merit_acceptances();
[[nodiscard]] const std::vector<Acceptance>& access_acceptances();
[[nodiscard]] const std::vector<Acceptance>& promotion_acceptances();
[[nodiscard]] const std::vector<Acceptance>& careers_acceptances();
[[nodiscard]] const std::vector<Acceptance>& qualification_acceptances();
[[nodiscard]] std::vector<Acceptance> all_acceptances();

// Plays every row and compares.
void expect_refused(std::span<const Refusal> rows);
void expect_accepted(std::span<const Acceptance> rows);

}  // namespace runut::testing
