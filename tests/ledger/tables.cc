#include "tests/ledger/tables.h"

#include <gtest/gtest.h>

namespace runut::testing {

std::vector<Refusal> all_refusals() {
  std::vector<Refusal> out;
  for (const auto* table :
       {&form_refusals(), &regulation_refusals(), &roster_refusals(), &acting_refusals(),
        &planning_refusals(), &daily_refusals(), &evaluation_refusals(), &ranking_refusals(),
        &money_refusals(), &run_refusals(), &import_refusals(), &feedback_refusals(),
        &survey_refusals(), &merit_refusals(), &access_refusals(), &predicate_refusals(),
        &careers_refusals(), &qualification_refusals(), &promotion_refusals()})
    out.insert(out.end(), table->begin(), table->end());
  return out;
}

std::vector<Acceptance> all_acceptances() {
  std::vector<Acceptance> out;
  for (const auto* table :
       {&regulation_acceptances(), &roster_acceptances(), &acting_acceptances(),
        &planning_acceptances(), &daily_acceptances(), &evaluation_acceptances(),
        &ranking_acceptances(), &money_acceptances(), &run_acceptances(), &import_acceptances(),
        &feedback_acceptances(), &survey_acceptances(), &merit_acceptances(), &access_acceptances(),
        &predicate_acceptances(), &careers_acceptances(), &qualification_acceptances(),
        &promotion_acceptances()})
    out.insert(out.end(), table->begin(), table->end());
  return out;
}

void expect_refused(std::span<const Refusal> rows) {
  for (const Refusal& row : rows) {
    SCOPED_TRACE(row.rule + " " + row.field + " = " + row.value);
    Scene scene = Scene::of_a_city();
    const Answer answer = row.story(scene);
    if (!answer.refused) {
      ADD_FAILURE() << "accepted with " << answer.events;
      continue;
    }
    const Error& error = *answer.refused;
    EXPECT_EQ(error.rule, row.rule) << error.describe();
    EXPECT_EQ(error.field, row.field) << error.describe();
    EXPECT_EQ(error.value, row.value) << error.describe();
    EXPECT_EQ(to_string(error.code), to_string(row.code)) << error.describe();
    EXPECT_FALSE(error.message.empty());
  }
}

void expect_accepted(std::span<const Acceptance> rows) {
  for (const Acceptance& row : rows) {
    SCOPED_TRACE(row.what);
    Scene scene = Scene::of_a_city();
    const Answer answer = row.story(scene);
    if (answer.refused)
      ADD_FAILURE() << answer.refused->describe();
    else
      EXPECT_EQ(answer.events, row.events);
    scene.expect_live_is_replayed();
  }
}

}  // namespace runut::testing
