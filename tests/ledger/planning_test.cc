// Unit agreements, indicators and their cascade, plans and who agrees to them.
#include <gtest/gtest.h>

#include "computation/laws/cascade_is_a_forest.h"
#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

const Period year_2022{month(2022, 1), 12};
using Results = std::vector<PlannedResult>;

PlanDrafted draft(std::uint64_t person, Results results = {{1, std::nullopt}}) {
  return {PersonId{person}, s1_2022, std::move(results)};
}
PlanRevised revision(std::uint64_t person, Results results = {{1, std::nullopt}}) {
  return {PersonId{person}, s1_2022, std::move(results)};
}
template <class Body>
Body of_plan(std::uint64_t person) {
  return {PersonId{person}, s1_2022};
}
IndicatorDefined iku(std::uint64_t id, std::uint64_t unit, Period period = s1_2022) {
  return {UnitId{unit}, id, period, "Indeks kepuasan masyarakat", "85 %"};
}
IndicatorCascaded serves(std::uint64_t id, std::uint64_t unit, std::uint64_t superior) {
  return {UnitId{unit}, id, superior};
}
Answer drafts(Scene& s, const PlanDrafted& body, std::uint64_t by = 11) {
  return s.when(employee(by), body, says("melayani loket"));
}

void plan_drafted(Scene& s) {
  s.given(employee(11), draft(11), says("melayani loket"));
}
void plan_submitted(Scene& s) {
  plan_drafted(s);
  s.given(employee(11), of_plan<PlanSubmitted>(11));
}
void plan_approved(Scene& s) {
  plan_submitted(s);
  s.given(appraiser(3), of_plan<PlanApproved>(11));
}
// I1 of the root, I2 of U2, I3 and I4 of U3 below it; none is linked.
void four_indicators(Scene& s) {
  s.given(hr(), iku(1, 1, year_2022));
  s.given(hr(), iku(2, 2));
  s.given(hr(), iku(3, 3));
  s.given(hr(), iku(4, 3));
}
DelegationGranted plan_delegation(const Scene& s) {
  return {PersonId{3}, PersonId{12}, s.today(), s.today() + 6, s.decree()};
}
const PlanFact& plan_of_11(const Scene& s) {
  return *s.facts().person(PersonId{11}).plan(s1_2022);
}

}  // namespace

const std::vector<Refusal>& planning_refusals() {
  static const std::vector<Refusal> rows = {
      // --- agreements and indicators
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) {
         return s.when(employee(11), UnitAgreementSigned{UnitId{2}, s1_2022, s.decree()});
       }},
      {"unit.unknown", nobody, "data.unit", "U7",
       [](Scene& s) {
         return s.when(hr(), UnitAgreementSigned{UnitId{7}, s1_2022, s.decree()});
       }},
      {"agreement.signed", no, "data.period", "2022-S1",
       [](Scene& s) {
         s.given(hr(), UnitAgreementSigned{UnitId{2}, s1_2022, s.decree()});
         return s.when(hr(), UnitAgreementSigned{UnitId{2}, s1_2022, s.decree()});
       }},
      {"actor.role", not_theirs, "actor.role", "appraiser",
       [](Scene& s) { return s.when(appraiser(3), iku(1, 2)); }},
      {"unit.unknown", nobody, "data.unit", "U7", [](Scene& s) { return s.when(hr(), iku(1, 7)); }},
      {"indicator.id", no, "data.indicator", "I0",
       [](Scene& s) { return s.when(hr(), iku(0, 2)); }},
      {"indicator.id_taken", no, "data.indicator", "I1",
       [](Scene& s) {
         four_indicators(s);
         return s.when(hr(), iku(1, 2));
       }},
      {"indicator.name", no, "data.name", "",
       [](Scene& s) {
         IndicatorDefined body = iku(1, 2);
         body.name.clear();
         return s.when(hr(), body);
       }},
      {"indicator.target", no, "data.target", "",
       [](Scene& s) {
         IndicatorDefined body = iku(1, 2);
         body.target.clear();
         return s.when(hr(), body);
       }},
      // --- the cascade
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) {
         four_indicators(s);
         return s.when(employee(11), serves(3, 3, 2));
       }},
      {"indicator.unknown", nobody, "data.indicator", "I9",
       [](Scene& s) {
         four_indicators(s);
         return s.when(hr(), serves(9, 3, 2));
       }},
      {"indicator.unknown", nobody, "data.superior", "I9",
       [](Scene& s) {
         four_indicators(s);
         return s.when(hr(), serves(3, 3, 9));
       }},
      {"indicator.unit", no, "data.unit", "U4",
       [](Scene& s) {
         four_indicators(s);
         return s.when(hr(), serves(3, 4, 2));
       }},
      {"indicator.cascaded", no, "data.indicator", "I3",  // at most one link
       [](Scene& s) {
         four_indicators(s);
         s.given(hr(), serves(3, 3, 2));
         return s.when(hr(), serves(3, 3, 1));
       }},
      {"indicator.cycle", no, "data.superior", "I3",  // not even oneself
       [](Scene& s) {
         four_indicators(s);
         return s.when(hr(), serves(3, 3, 3));
       }},
      {"indicator.cycle", no, "data.superior", "I4",
       [](Scene& s) {
         four_indicators(s);
         s.given(hr(), serves(3, 3, 2));
         s.given(hr(), serves(4, 3, 3));
         return s.when(hr(), serves(2, 2, 4));
       }},
      {"indicator.not_above", no, "data.superior", "I3",
       [](Scene& s) {
         four_indicators(s);
         return s.when(hr(), serves(2, 2, 3));
       }},
      {"indicator.period", no, "data.superior", "I2",
       [](Scene& s) {
         four_indicators(s);
         s.given(hr(), iku(5, 3, year_2022));
         return s.when(hr(), serves(5, 3, 2));
       }},
      // --- drafting and submitting
      {"person.unknown", nobody, "data.person", "P99",
       [](Scene& s) { return drafts(s, draft(99)); }},
      {"authority.own_plan", not_theirs, "actor.id", "P12",
       [](Scene& s) { return drafts(s, draft(11), 12); }},
      {"plan.results", no, "data.results", "0", [](Scene& s) { return drafts(s, draft(11, {})); }},
      {"plan.results", no, "data.results", "51",
       [](Scene& s) { return drafts(s, draft(11, Results(51))); }},
      {"plan.result", no, "data.results[0].result", "0",
       [](Scene& s) {
         return drafts(s, draft(11, {{0, std::nullopt}}));
       }},
      {"plan.result", no, "data.results[1].result", "1",
       [](Scene& s) {
         return drafts(s, draft(11, {{1, std::nullopt}, {1, std::nullopt}}));
       }},
      {"indicator.unknown", nobody, "data.results[0].indicator", "I9",
       [](Scene& s) {
         return drafts(s, draft(11, {{1, 9}}));
       }},
      {"plan.no_assignment", no, "data.period", "2019-S1",
       [](Scene& s) {
         PlanDrafted body = draft(11);
         body.period = Period{month(2019, 1), 6};
         return drafts(s, body);
       }},
      {"plan.state", no, "data.period", "2022-S1",
       [](Scene& s) {
         plan_submitted(s);
         return drafts(s, draft(11));
       }},
      {"plan.unknown", nobody, "data.period", "2022-S1",
       [](Scene& s) { return s.when(employee(11), of_plan<PlanSubmitted>(11)); }},
      {"authority.own_plan", not_theirs, "actor.id", "P3",
       [](Scene& s) {
         plan_drafted(s);
         return s.when(appraiser(3), of_plan<PlanSubmitted>(11));
       }},
      {"plan.state", no, "data.period", "2022-S1",  // once
       [](Scene& s) {
         plan_submitted(s);
         return s.when(employee(11), of_plan<PlanSubmitted>(11));
       }},
      {"plan.state", no, "data.period", "2022-S1",  // drafted anew first
       [](Scene& s) {
         plan_submitted(s);
         s.given(appraiser(3), of_plan<PlanReturned>(11));
         return s.when(employee(11), of_plan<PlanSubmitted>(11));
       }},
      // --- answering
      {"plan.unknown", nobody, "data.period", "2022-S1",
       [](Scene& s) { return s.when(appraiser(3), of_plan<PlanApproved>(11)); }},
      {"authority.self", not_theirs, "actor.id", "P11",
       [](Scene& s) {
         plan_submitted(s);
         return s.when(appraiser(11), of_plan<PlanApproved>(11));
       }},
      {"authority.not_appraiser", not_theirs, "actor.id", "P4",
       [](Scene& s) {
         plan_submitted(s);
         return s.when(appraiser(4), of_plan<PlanApproved>(11));
       }},
      {"authority.not_appraiser", not_theirs, "actor.id", "P4",
       [](Scene& s) {
         plan_submitted(s);
         return s.when(appraiser(4), of_plan<PlanReturned>(11));
       }},
      {"authority.not_appraiser", not_theirs, "actor.id", "P3",  // somebody else's turn by now
       [](Scene& s) {
         plan_submitted(s);
         s.appraise(11, 4, 2, s.today());
         return s.when(appraiser(3), of_plan<PlanApproved>(11));
       }},
      {"authority.delegation", not_theirs, "actor.on_behalf_of", "P3",
       [](Scene& s) {
         plan_submitted(s);
         return s.when(delegate(12, 3), of_plan<PlanApproved>(11));
       }},
      {"plan.state", no, "data.period", "2022-S1",
       [](Scene& s) {
         plan_drafted(s);
         return s.when(appraiser(3), of_plan<PlanApproved>(11));
       }},
      {"plan.state", no, "data.period", "2022-S1",  // no second answer
       [](Scene& s) {
         plan_approved(s);
         return s.when(appraiser(3), of_plan<PlanReturned>(11));
       }},
      // --- revising and clarifying
      {"authority.own_plan", not_theirs, "actor.id", "P3",
       [](Scene& s) {
         plan_approved(s);
         return s.when(appraiser(3), revision(11), says("loket baru"));
       }},
      {"plan.results", no, "data.results", "0",
       [](Scene& s) {
         plan_approved(s);
         return s.when(employee(11), revision(11, {}), says("loket baru"));
       }},
      {"plan.unknown", nobody, "data.period", "2022-S1",
       [](Scene& s) { return s.when(employee(11), revision(11), says("loket baru")); }},
      {"plan.state", no, "data.period", "2022-S1",
       [](Scene& s) {
         plan_submitted(s);
         return s.when(employee(11), revision(11), says("loket baru"));
       }},
      {"plan.unknown", nobody, "data.period", "2022-S1",
       [](Scene& s) {
         return s.when(appraiser(3), of_plan<ExpectationClarified>(11), says("ramah"));
       }},
      {"authority.self", not_theirs, "actor.id", "P11",
       [](Scene& s) {
         plan_drafted(s);
         return s.when(appraiser(11), of_plan<ExpectationClarified>(11), says("ramah"));
       }},
      {"text.required", malformed, "text", "",
       [](Scene& s) {
         plan_drafted(s);
         return s.when(appraiser(3), of_plan<ExpectationClarified>(11));
       }},
  };
  return rows;
}

const std::vector<Acceptance>& planning_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"a unit's agreement", "UnitAgreementSigned",
       [](Scene& s) {
         return s.when(official(2), UnitAgreementSigned{UnitId{2}, s1_2022, s.decree()});
       }},
      {"another unit's agreement of the period", "UnitAgreementSigned",
       [](Scene& s) {
         s.given(hr(), UnitAgreementSigned{UnitId{2}, s1_2022, s.decree()});
         return s.when(hr(), UnitAgreementSigned{UnitId{4}, s1_2022, s.decree()});
       }},
      {"an indicator", "IndicatorDefined", [](Scene& s) { return s.when(hr(), iku(1, 2)); }},
      {"an indicator serves one of the unit above", "IndicatorCascaded",
       [](Scene& s) {
         four_indicators(s);
         return s.when(hr(), serves(3, 3, 2));
       }},
      {"an indicator serves one of its own unit", "IndicatorCascaded",
       [](Scene& s) {
         four_indicators(s);
         s.given(hr(), serves(3, 3, 2));
         return s.when(hr(), serves(4, 3, 3));
       }},
      {"a longer period covers a shorter one", "IndicatorCascaded",
       [](Scene& s) {
         four_indicators(s);
         return s.when(hr(), serves(2, 2, 1));
       }},
      {"a plan, linked or not", "PlanDrafted",
       [](Scene& s) {
         four_indicators(s);
         return drafts(s, draft(11, {{1, 3}, {2, std::nullopt}}));
       }},
      {"a plan has at most 50 results", "PlanDrafted",
       [](Scene& s) {
         Results results(50);
         for (std::uint32_t i = 0; i < 50; ++i) results[i].result = i + 1;
         return drafts(s, draft(11, results));
       }},
      {"drafted anew before it is submitted", "PlanDrafted",
       [](Scene& s) {
         plan_drafted(s);
         return drafts(s, draft(11));
       }},
      {"a plan of a period that is over: lateness is read off the dates", "PlanDrafted",
       [](Scene& s) {
         s.at(date(2022, 9, 1));
         return drafts(s, draft(11));
       }},
      {"submitted", "PlanSubmitted",
       [](Scene& s) {
         plan_drafted(s);
         return s.when(employee(11), of_plan<PlanSubmitted>(11));
       }},
      {"returned without a word", "PlanReturned",
       [](Scene& s) {
         plan_submitted(s);
         return s.when(appraiser(3), of_plan<PlanReturned>(11));
       }},
      {"drafted anew after a return", "PlanDrafted",
       [](Scene& s) {
         plan_submitted(s);
         s.given(appraiser(3), of_plan<PlanReturned>(11), says("terlalu umum"));
         return drafts(s, draft(11));
       }},
      {"the appraiser approves", "PlanApproved",
       [](Scene& s) {
         plan_submitted(s);
         return s.when(appraiser(3), of_plan<PlanApproved>(11));
       }},
      {"the appraiser of the day approves, whoever it was before", "PlanApproved",
       [](Scene& s) {
         plan_submitted(s);
         s.appraise(11, 4, 2, s.today());
         return s.when(appraiser(4), of_plan<PlanApproved>(11));
       }},
      {"a delegate approves", "PlanApproved",
       [](Scene& s) {
         s.given(appraiser(3), plan_delegation(s));
         plan_submitted(s);
         return s.when(delegate(12, 3), of_plan<PlanApproved>(11));
       }},
      {"an approved plan is revised", "PlanRevised",
       [](Scene& s) {
         plan_approved(s);
         return s.when(employee(11), revision(11), says("loket baru"));
       }},
      {"a revision is approved", "PlanApproved",
       [](Scene& s) {
         plan_approved(s);
         s.given(employee(11), revision(11), says("loket baru"));
         return s.when(appraiser(3), of_plan<PlanApproved>(11));
       }},
      {"an expectation, at any state", "ExpectationClarified",
       [](Scene& s) {
         plan_drafted(s);
         return s.when(appraiser(3), of_plan<ExpectationClarified>(11), says("ramah"));
       }},
  };
  return rows;
}

namespace {

TEST(Planning, Refuses) {
  expect_refused(planning_refusals());
}
TEST(Planning, Accepts) {
  expect_accepted(planning_acceptances());
}

TEST(Planning, KeepsEveryApprovalAndTheLastResults) {
  Scene s = Scene::of_a_city();
  plan_approved(s);
  s.given(employee(11), revision(11, {{1, std::nullopt}, {2, std::nullopt}}), says("loket baru"));
  EXPECT_EQ(plan_of_11(s).state, PlanState::revised);
  EXPECT_EQ(plan_of_11(s).approvals.size(), 1U);
  s.given(appraiser(3), of_plan<PlanApproved>(11));
  EXPECT_EQ(plan_of_11(s).state, PlanState::approved);
  EXPECT_EQ(plan_of_11(s).approvals.size(), 2U);
  EXPECT_EQ(plan_of_11(s).results.size(), 2U);
}

TEST(Cascade, NamesThePathThatWouldLeadBack) {
  Scene s = Scene::of_a_city();
  four_indicators(s);
  s.given(hr(), serves(3, 3, 2));
  s.given(hr(), serves(4, 3, 3));
  const Answer answer = s.when(hr(), serves(2, 2, 4));
  ASSERT_TRUE(answer.refused);
  EXPECT_EQ(answer.refused->message, "the cascade would lead back: I2 > I4 > I3 > I2");
}

TEST(Cascade, IsAForestByLaw) {
  AgencyFacts facts;
  facts.indicators[1] = {UnitId{1}, s1_2022, Sequence{1}, 2, Sequence{3}};
  facts.indicators[2] = {UnitId{1}, s1_2022, Sequence{2}, 1, Sequence{4}};
  EXPECT_TRUE(laws::cascade_is_a_forest(facts, Sequence{3}));  // the second link is not known yet
  const Status broken = laws::cascade_is_a_forest(facts, Sequence{4});
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().rule, "law.cascade_is_a_forest");
  EXPECT_EQ(broken.error().message, "the cascade leads back: I1 > I2 > I1");
}

}  // namespace
}  // namespace runut::testing
