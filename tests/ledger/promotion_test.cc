// A view that says something else than the one that serves: by decree only, and no fact of any
// computation.
#include <gtest/gtest.h>

#include "base/sha256.h"
#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

ProjectionPromoted promotion(const Scene& s) {
  return {"payments", Sequence{1}, sha256("old"), sha256("new"), 3, s.decree()};
}

}  // namespace

const std::vector<Refusal>& promotion_refusals() {
  static const std::vector<Refusal> rows = {
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) { return s.when(employee(11), promotion(s)); }},
      {"projection.name", no, "data.projection", "",
       [](Scene& s) {
         ProjectionPromoted body = promotion(s);
         body.projection = "";
         return s.when(hr(), body);
       }},
      {"projection.name", no, "data.projection", "Payments!",
       [](Scene& s) {
         ProjectionPromoted body = promotion(s);
         body.projection = "Payments!";
         return s.when(hr(), body);
       }},
      {"projection.at", no, "data.at", "0",
       [](Scene& s) {
         ProjectionPromoted body = promotion(s);
         body.at = Sequence{};
         return s.when(hr(), body);
       }},
      {"projection.at", no, "data.at", "99999",
       [](Scene& s) {
         ProjectionPromoted body = promotion(s);
         body.at = Sequence{99'999};
         return s.when(hr(), body);
       }},
      {"projection.equal", no, "data.differences", "0",
       [](Scene& s) {
         ProjectionPromoted body = promotion(s);
         body.differences = 0;
         return s.when(hr(), body);
       }},
      {"projection.equal", no, "data.differences", "3",
       [](Scene& s) {
         ProjectionPromoted body = promotion(s);
         body.digest_new = body.digest_old;
         return s.when(hr(), body);
       }},
  };
  return rows;
}

const std::vector<Acceptance>& promotion_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"an operator enters what was approved", "ProjectionPromoted",
       [](Scene& s) { return s.when(system_as(1, Role::operator_), promotion(s)); }},
      {"the same again is another approval", "ProjectionPromoted",
       [](Scene& s) {
         s.given(hr(), promotion(s));
         return s.when(hr(), promotion(s));
       }},
  };
  return rows;
}

namespace {

TEST(Promotions, AreRefusedByRuleFieldAndValue) {
  expect_refused(promotion_refusals());
}
TEST(Promotions, AreAcceptedWithTheseEvents) {
  expect_accepted(promotion_acceptances());
}
TEST(Promotions, AreNoFacts) {
  Scene city = Scene::of_a_city();
  AgencyFacts agency = city.facts().agency();
  city.given(hr(), promotion(city));
  agency.last_recorded = city.facts().agency().last_recorded;  // of whatever event
  EXPECT_EQ(city.facts().agency(), agency);
  EXPECT_FALSE(affected_months(city.events().back(), 420));
}

}  // namespace
}  // namespace runut::testing
