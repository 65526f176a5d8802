// Ratings, delivery, objections and corrections of an evaluation.
#include <gtest/gtest.h>

#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

const Date july11 = date(2022, 7, 11);
const PersonId eleven{11};

WorkResultRated result(std::int64_t value, Period period = s1_2022) {
  return {eleven, period, Score{value}};
}
BehaviourRated behaviour(std::size_t count, std::int64_t value = 8'000) {
  return {eleven, s1_2022, std::vector<Score>(count, Score{value})};
}
InnovationRecognised innovation(const Scene& s) {
  return {eleven, s1_2022, s.decree()};
}
EvaluationCorrected correction(const Scene& s, std::int64_t value = 9'000, std::size_t values = 7) {
  return {eleven, s1_2022, Score{value}, std::vector<Score>(values, Score{value}), s.decree()};
}
ObjectionDecided decision(const Scene& s, bool upheld = true) {
  return {eleven, s1_2022, upheld, s.decree()};
}
void rated(Scene& s) {
  s.at(july11);
  s.rate(11, 8'000, 8'000);
}
void delivered(Scene& s) {
  rated(s);
  s.deliver(11);
}
void objected(Scene& s) {
  delivered(s);
  s.given(employee(11), ObjectionFiled{eleven, s1_2022}, says("keberatan"));
}

}  // namespace

const std::vector<Refusal>& evaluation_refusals() {
  static const std::vector<Refusal> rows = {
      // --- rating
      {"person.unknown", nobody, "data.person", "P99",
       [](Scene& s) {
         s.at(july11);
         return s.when(appraiser(3), WorkResultRated{PersonId{99}, s1_2022, Score{8'000}});
       }},
      {"evaluation.score_range", no, "data.result", "120.01",
       [](Scene& s) {
         s.at(july11);
         return s.when(appraiser(3), result(12'001));
       }},
      {"evaluation.score_range", no, "data.values[0]", "-0.01",
       [](Scene& s) {
         s.at(july11);
         return s.when(appraiser(3), behaviour(7, -1));
       }},
      {"evaluation.behaviour_values", no, "data.values", "6",
       [](Scene& s) {
         s.at(july11);
         return s.when(appraiser(3), behaviour(6));
       }},
      {"evaluation.period_length", no, "data.period", "2022-Q1",
       [](Scene& s) {
         s.at(july11);
         return s.when(appraiser(3), result(8'000, Period{month(2022, 1), 3}));
       }},
      {"evaluation.regime", no, "data.period", "2022-S1",
       [](Scene& s) {
         s = Scene::of_a_city(RegulationText("../kota-denpasar/2022-07.json"));
         s.at(july11);
         return s.when(appraiser(3), result(8'000));
       }},
      {"evaluation.period_in_future", no, "data.period", "2022-S2",
       [](Scene& s) {
         s.at(date(2022, 6, 30), "23:59");
         return s.when(appraiser(3), result(8'000, s1_2022.following()));
       }},
      {"regulation.none", no, "data.period", "2022-S1",
       [](Scene& s) {
         s.given(hr(), RegulationRepealed{"kota-uji", date(2022, 7, 1), false, s.decree()});
         s.at(july11);
         return s.when(appraiser(3), result(8'000));
       }},
      {"authority.self", not_theirs, "actor.id", "P11",
       [](Scene& s) {
         s.at(july11);
         return s.when(appraiser(11), result(12'000));
       }},
      {"authority.not_appraiser", not_theirs, "actor.id", "P4",
       [](Scene& s) {
         s.at(july11);
         return s.when(appraiser(4), result(8'000));
       }},
      {"authority.delegation", not_theirs, "actor.on_behalf_of", "P3",
       [](Scene& s) {
         s.at(july11);
         return s.when(delegate(12, 3), result(8'000));
       }},
      {"evaluation.delivered", no, "data.period", "2022-S1",
       [](Scene& s) {
         delivered(s);
         return s.when(appraiser(3), result(8'100));
       }},
      {"evaluation.delivered", no, "data.period", "2022-S1",
       [](Scene& s) {
         delivered(s);
         return s.when(appraiser(3), behaviour(7));
       }},
      // --- innovation: by the appraiser's superior, before delivery
      {"authority.not_superior", not_theirs, "actor.id", "P3",
       [](Scene& s) {
         rated(s);
         return s.when(appraiser(3), innovation(s));
       }},
      {"evaluation.delivered", no, "data.period", "2022-S1",
       [](Scene& s) {
         delivered(s);
         return s.when(official(2), innovation(s));
       }},
      {"appraiser.no_superior", no, "data.person", "P2",
       [](Scene& s) {
         s.at(july11);
         return s.when(official(1),
                       InnovationRecognised{PersonId{2}, s1_2022, s.decree(1, "Walikota")});
       }},
      // --- delivery
      {"evaluation.incomplete", no, "data.period", "2022-S1",
       [](Scene& s) {
         s.at(july11);
         s.given(appraiser(3), result(8'000));
         return s.when(appraiser(3), EvaluationDelivered{eleven, s1_2022});
       }},
      {"evaluation.delivered", no, "data.period", "2022-S1",
       [](Scene& s) {
         delivered(s);
         return s.when(appraiser(3), EvaluationDelivered{eleven, s1_2022});
       }},
      {"authority.not_appraiser", not_theirs, "actor.id", "P2",
       [](Scene& s) {
         rated(s);
         return s.when(appraiser(2), EvaluationDelivered{eleven, s1_2022});
       }},
      // --- objections
      {"evaluation.not_delivered", no, "data.period", "2022-S1",
       [](Scene& s) {
         rated(s);
         return s.when(employee(11), ObjectionFiled{eleven, s1_2022}, says("keberatan"));
       }},
      {"authority.own_objection", not_theirs, "actor.id", "P12",
       [](Scene& s) {
         delivered(s);
         return s.when(employee(12), ObjectionFiled{eleven, s1_2022}, says("keberatan"));
       }},
      {"objection.open", no, "data.period", "2022-S1",
       [](Scene& s) {
         objected(s);
         return s.when(employee(11), ObjectionFiled{eleven, s1_2022}, says("lagi"));
       }},
      {"objection.none_open", no, "data.period", "2022-S1",
       [](Scene& s) {
         delivered(s);
         return s.when(official(2), ExplanationRequested{eleven, s1_2022});
       }},
      {"authority.not_superior", not_theirs, "actor.id", "P3",
       [](Scene& s) {
         objected(s);
         return s.when(appraiser(3), ExplanationRequested{eleven, s1_2022});
       }},
      {"objection.requested", no, "data.period", "2022-S1",
       [](Scene& s) {
         objected(s);
         s.given(official(2), ExplanationRequested{eleven, s1_2022});
         return s.when(official(2), ExplanationRequested{eleven, s1_2022});
       }},
      {"objection.none_open", no, "data.period", "2022-S1",
       [](Scene& s) {
         delivered(s);
         return s.when(appraiser(3), ExplanationGiven{eleven, s1_2022}, says("penjelasan"));
       }},
      {"objection.explanation", no, "data.period", "2022-S1",  // nobody asked
       [](Scene& s) {
         objected(s);
         return s.when(appraiser(3), ExplanationGiven{eleven, s1_2022}, says("penjelasan"));
       }},
      {"objection.explanation", no, "data.period", "2022-S1",  // given already
       [](Scene& s) {
         objected(s);
         s.given(official(2), ExplanationRequested{eleven, s1_2022});
         s.given(appraiser(3), ExplanationGiven{eleven, s1_2022}, says("penjelasan"));
         return s.when(appraiser(3), ExplanationGiven{eleven, s1_2022}, says("penjelasan"));
       }},
      {"authority.not_superior", not_theirs, "actor.id", "P3",
       [](Scene& s) {
         objected(s);
         return s.when(appraiser(3), decision(s));
       }},
      {"objection.none_open", no, "data.period", "2022-S1",
       [](Scene& s) {
         objected(s);
         s.given(official(2), decision(s));
         return s.when(official(2), decision(s, false));
       }},
      // --- corrections
      {"evaluation.not_delivered", no, "data.period", "2022-S1",
       [](Scene& s) {
         rated(s);
         return s.when(official(2), correction(s), {.reason = "salah catat"});
       }},
      {"correction.reason", no, "reason", "",
       [](Scene& s) {
         delivered(s);
         return s.when(official(2), correction(s));
       }},
      {"correction.supersedes", no, "supersedes", "2",
       [](Scene& s) {
         delivered(s);
         return s.when(official(2), correction(s),
                       {.reason = "salah catat", .supersedes = Sequence{2}});
       }},
      {"authority.not_superior", not_theirs, "actor.id", "P3",
       [](Scene& s) {
         delivered(s);
         return s.when(appraiser(3), correction(s), {.reason = "salah catat"});
       }},
      {"evaluation.score_range", no, "data.result", "130.00",
       [](Scene& s) {
         delivered(s);
         return s.when(official(2), correction(s, 13'000), {.reason = "salah catat"});
       }},
      {"evaluation.behaviour_values", no, "data.values", "8",
       [](Scene& s) {
         delivered(s);
         return s.when(official(2), correction(s, 9'000, 8), {.reason = "salah catat"});
       }},
      // --- the rated person's answer
      {"person.unknown", nobody, "data.person", "P99",
       [](Scene& s) {
         return s.when(employee(11), EvaluationAcknowledged{PersonId{99}, s1_2022});
       }},
      {"authority.own_evaluation", not_theirs, "actor.id", "P12",
       [](Scene& s) {
         delivered(s);
         return s.when(employee(12), EvaluationAcknowledged{eleven, s1_2022});
       }},
      {"authority.own_evaluation", not_theirs, "actor.id", "P3",
       [](Scene& s) {
         delivered(s);
         return s.when(appraiser(3), EvaluationRefused{eleven, s1_2022});
       }},
      {"evaluation.not_delivered", no, "data.period", "2022-S1",
       [](Scene& s) {
         rated(s);
         return s.when(employee(11), EvaluationAcknowledged{eleven, s1_2022});
       }},
      {"evaluation.answered", no, "data.period", "2022-S1",
       [](Scene& s) {
         delivered(s);
         s.given(employee(11), EvaluationAcknowledged{eleven, s1_2022});
         return s.when(employee(11), EvaluationRefused{eleven, s1_2022});
       }},
      {"evaluation.answered", no, "data.period", "2022-S1",
       [](Scene& s) {
         delivered(s);
         s.given(employee(11), EvaluationRefused{eleven, s1_2022});
         return s.when(employee(11), EvaluationAcknowledged{eleven, s1_2022});
       }},
  };
  return rows;
}

const std::vector<Acceptance>& evaluation_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"a work result", "WorkResultRated",
       [](Scene& s) {
         s.at(july11);
         return s.when(appraiser(3), result(12'000));
       }},
      {"seven values", "BehaviourRated",
       [](Scene& s) {
         s.at(july11);
         return s.when(appraiser(3), behaviour(7, 0));
       }},
      {"an appraiser of an earlier part of the period rates too", "WorkResultRated",
       [](Scene& s) {
         s.appraise(11, 4, 2, date(2022, 4, 1));
         s.at(july11);
         return s.when(appraiser(3), result(8'000));
       }},
      {"a delegate rates for the appraiser", "WorkResultRated",
       [](Scene& s) {
         s.at(july11);
         s.given(appraiser(3),
                 DelegationGranted{PersonId{3}, PersonId{12}, july11, july11, s.decree()});
         return s.when(delegate(12, 3), result(8'000));
       }},
      {"the superior rates once the appraiser has separated", "WorkResultRated",
       [](Scene& s) {
         s.given(hr(), PersonSeparated{PersonId{3}, SeparationCause::died, july11 - 1});
         s.at(july11);
         return s.when(official(2), result(8'000));
       }},
      {"an innovation", "InnovationRecognised",
       [](Scene& s) {
         rated(s);
         return s.when(official(2), innovation(s));
       }},
      {"delivered", "EvaluationDelivered",
       [](Scene& s) {
         rated(s);
         return s.when(appraiser(3), EvaluationDelivered{eleven, s1_2022});
       }},
      {"the rated person takes note", "EvaluationAcknowledged",
       [](Scene& s) {
         delivered(s);
         return s.when(employee(11), EvaluationAcknowledged{eleven, s1_2022});
       }},
      {"the rated person does not sign, and need not say why", "EvaluationRefused",
       [](Scene& s) {
         delivered(s);
         return s.when(employee(11), EvaluationRefused{eleven, s1_2022});
       }},
      {"a correction is answered anew", "EvaluationAcknowledged",
       [](Scene& s) {
         delivered(s);
         s.given(employee(11), EvaluationRefused{eleven, s1_2022}, says("terlalu rendah"));
         s.given(official(2), correction(s), {.reason = "salah catat"});
         return s.when(employee(11), EvaluationAcknowledged{eleven, s1_2022});
       }},
      {"who did not sign may still object", "ObjectionFiled",
       [](Scene& s) {
         delivered(s);
         s.given(employee(11), EvaluationRefused{eleven, s1_2022});
         return s.when(employee(11), ObjectionFiled{eleven, s1_2022}, says("keberatan"));
       }},
      {"an objection", "ObjectionFiled",
       [](Scene& s) {
         delivered(s);
         return s.when(employee(11), ObjectionFiled{eleven, s1_2022}, says("keberatan"));
       }},
      {"an objection long after its term is recorded", "ObjectionFiled",
       [](Scene& s) {
         delivered(s);
         s.at(date(2022, 12, 1));
         return s.when(employee(11), ObjectionFiled{eleven, s1_2022}, says("keberatan"));
       }},
      {"a second objection once the first is decided", "ObjectionFiled",
       [](Scene& s) {
         objected(s);
         s.given(official(2), decision(s, false));
         return s.when(employee(11), ObjectionFiled{eleven, s1_2022}, says("keberatan"));
       }},
      {"an explanation is asked for", "ExplanationRequested",
       [](Scene& s) {
         objected(s);
         return s.when(official(2), ExplanationRequested{eleven, s1_2022});
       }},
      {"and given", "ExplanationGiven",
       [](Scene& s) {
         objected(s);
         s.given(official(2), ExplanationRequested{eleven, s1_2022});
         return s.when(appraiser(3), ExplanationGiven{eleven, s1_2022}, says("penjelasan"));
       }},
      {"an objection is decided, explained or not", "ObjectionDecided",
       [](Scene& s) {
         objected(s);
         return s.when(official(2), decision(s));
       }},
      {"an evaluation is corrected before any ranking", "EvaluationCorrected",
       [](Scene& s) {
         delivered(s);
         return s.when(official(2), correction(s), {.reason = "salah catat"});
       }},
      {"the correction is corrected", "EvaluationCorrected",
       [](Scene& s) {
         delivered(s);
         const Sequence first = s.given(official(2), correction(s), {.reason = "salah catat"});
         return s.when(official(2), correction(s, 8'500), {.reason = "lagi", .supersedes = first});
       }},
  };
  return rows;
}

namespace {

TEST(Evaluation, IsRefusedByRuleFieldAndValue) {
  expect_refused(evaluation_refusals());
}
TEST(Evaluation, IsAcceptedWithTheseEvents) {
  expect_accepted(evaluation_acceptances());
}

TEST(Objection, KeepsTheMomentsByWhichLateStepsAreMarked) {
  Scene s = Scene::of_a_city();
  delivered(s);
  s.at(date(2022, 7, 26));  // 15 days after the delivery; 14 are allowed
  s.given(employee(11), ObjectionFiled{eleven, s1_2022}, says("keberatan"));
  s.at(date(2022, 7, 27));
  s.given(official(2), ExplanationRequested{eleven, s1_2022});
  s.at(date(2022, 8, 29));
  s.given(appraiser(3), ExplanationGiven{eleven, s1_2022}, says("penjelasan"));
  s.at(date(2022, 9, 30));
  s.given(official(2), decision(s));
  const EvaluationFact& fact = *s.facts().person(eleven).evaluation(s1_2022);
  ASSERT_EQ(fact.objections.size(), 1U);
  const ObjectionFact& objection = fact.objections.front();
  EXPECT_EQ(local_date(*fact.delivered_at, 420), july11);
  EXPECT_EQ(local_date(objection.filed_at, 420), date(2022, 7, 26));
  EXPECT_EQ(local_date(*objection.explained_at, 420), date(2022, 8, 29));
  EXPECT_EQ(local_date(*objection.decided_at, 420), date(2022, 9, 30));
  EXPECT_TRUE(objection.upheld);
}

TEST(Correction, SupersedesWhatStandsAndKeepsThePeriodsDate) {
  Scene s = Scene::of_a_city();
  delivered(s);
  const Sequence delivery{s.events().size()};
  const Sequence first = s.given(official(2), correction(s), {.reason = "salah catat"});
  const Sequence second = s.given(official(2), correction(s, 8'500), {.reason = "lagi"});
  EXPECT_EQ(s.events()[first.value - 1].supersedes, delivery);
  EXPECT_EQ(s.events()[first.value - 1].occurred_on, date(2022, 6, 30));
  EXPECT_EQ(s.events()[second.value - 1].supersedes, first);
}

}  // namespace
}  // namespace runut::testing
