// A closed survey has each relation once, with answers, and no sum that so many values could not
// have.
#pragma once

#include "computation/laws/breach.h"

namespace runut::laws {

[[nodiscard]] inline Status survey_sums_are_of_answers(const SurveyClosed& closed) {
  constexpr std::uint64_t highest_hundredths = behaviour_values * 12'000;
  SurveyRelation last{};
  for (const SurveyRelationSum& one : closed.relations) {
    if (one.relation <= last || one.answers == 0)
      return breach("law.survey_sums_are_of_answers", "relations",
                    std::string(to_string(one.relation)),
                    fmt::format("{}: {} with {} answers is out of place", to_string(closed.person),
                                to_string(one.relation), one.answers));
    last = one.relation;
    if (one.sum_hundredths > highest_hundredths * one.answers)
      return breach(
          "law.survey_sums_are_of_answers", "sum_hundredths", std::to_string(one.sum_hundredths),
          fmt::format("{}: {} answers of {} sum to no more than {}", to_string(closed.person),
                      one.answers, to_string(one.relation), highest_hundredths * one.answers));
  }
  return {};
}

}  // namespace runut::laws
