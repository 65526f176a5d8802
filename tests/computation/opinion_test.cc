// Behaviour with opinion_360, worked by hand (rulebook section 3.2).
#include "computation/opinion.h"

#include <gtest/gtest.h>

#include "computation/score.h"
#include "tests/computation/office.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing::Office;
using testing::s1;

const RelationWeights kediri_relations{BasisPoints{6'000}, BasisPoints{2'000}, BasisPoints{2'000}};

PersonFacts surveyed(std::vector<SurveyRelationSum> relations) {
  PersonFacts person;
  person.surveys.push_back(
      {s1, Sequence{1}, {}, SurveyClosingFact{std::move(relations), Sequence{9}}});
  return person;
}

Score behaviour(std::vector<SurveyRelationSum> relations, bool is_corrected = false) {
  return opinion_of(surveyed(std::move(relations)), s1, Score{8'000}, is_corrected,
                    kediri_relations, Rounding::half_up)
      ->behaviour;
}

TEST(Opinion, IsTheWeightedMeanOfRelationMeans) {
  struct Row {
    const char* what;
    std::vector<SurveyRelationSum> relations;
    std::int64_t behaviour;
  };
  const SurveyRelationSum superior{SurveyRelation::superior, 63'000, 1};  // 630.00 ÷ 7 = 90.00
  const SurveyRelationSum peers{SurveyRelation::peer, 164'101, 3};        // 1641.01 ÷ 21 = 78.14
  const SurveyRelationSum subordinates{SurveyRelation::subordinate, 70'000, 1};  // 700.00 ÷ 7 = 100
  const Row rows[] = {
      {"nobody answered: the superior's rating", {}, 8'000},
      {"the superior answered: that counts, not the rating", {superior}, 9'000},
      // 0.8 × 80.00 + 0.2 × 78.14 = 64.00 + 15.628 = 79.628
      {"peers alone: subordinates' weight is the superior's", {peers}, 7'963},
      // 0.8 × 80.00 + 0.2 × 100.00
      {"subordinates alone", {subordinates}, 8'400},
      // 0.6 × 90.00 + 0.2 × 78.14 + 0.2 × 100.00 = 54.00 + 15.628 + 20.00 = 89.628
      {"all", {superior, peers, subordinates}, 8'963},
  };
  for (const Row& row : rows) EXPECT_EQ(behaviour(row.relations), Score{row.behaviour}) << row.what;
  // A correction is the superior's: 0.6 × 80.00 + 15.628 + 20.00 = 83.628
  EXPECT_EQ(behaviour({superior, peers, subordinates}, true), Score{8'363});
}

TEST(Opinion, ShowsNoMeanOfFewerThanThree) {
  const auto opinion = *opinion_of(surveyed({{SurveyRelation::superior, 63'000, 1},
                                             {SurveyRelation::peer, 112'000, 2},
                                             {SurveyRelation::subordinate, 210'000, 3}}),
                                   s1, Score{8'000}, false, kediri_relations, Rounding::half_up);
  EXPECT_EQ(
      opinion_formula(opinion),
      "(6.000 × superior 90.00 + 2.000 × peer not_shown + 2.000 × subordinate 100.00) ÷ 10.000");
}

// One person, rated and surveyed, under a document with or without the opinion of others.
std::optional<Evaluation> scored(const char* opinion_360, DerivationRecorder& recorder) {
  Office office(testing::RegulationText().set("opinion_360", opinion_360));
  office.ledger.person(17).hired({.unit = 3, .appraiser = 50});
  office.ledger.clock(date(2022, 8, 1));
  office.ledger.person(17).rated(s1, 50, 9'000);
  office.ledger.person(17).behaved(s1, 50, std::vector<std::int64_t>(7, 8'000));
  office.ledger.add(SurveyOpened{PersonId{17}, s1});
  office.ledger.add(SurveyClosed{PersonId{17},
                                 s1,
                                 {{SurveyRelation::superior, 63'000, 1},
                                  {SurveyRelation::peer, 164'101, 3},
                                  {SurveyRelation::subordinate, 70'000, 1}}});
  const auto facts = office.facts();
  const auto rules = ranking_rules(facts, date(2022, 8, 1));
  return *compute_score(facts, PersonId{17}, s1, *rules, recorder);
}

TEST(Score, UsesTheSurveyWithOpinion360AndNotWithoutIt) {
  DerivationRecorder recorder;
  // 0.7 × 90.00 + 0.3 × 80.00
  const auto without = scored("false", recorder);
  EXPECT_EQ(without->behaviour, Score{8'000});
  EXPECT_EQ(without->score, Score{8'700});
  EXPECT_EQ(without->events.size(), 2U);
  EXPECT_EQ(recorder.take().front().find(Quantity::relation_mean), nullptr);
  // 0.6 × 90.00 + 0.4 × 89.63 = 54.00 + 35.852
  const auto with = scored("true", recorder);
  EXPECT_EQ(with->behaviour, Score{8'963});
  EXPECT_EQ(with->score, Score{8'985});
  EXPECT_EQ(with->events.size(), 3U);
  const Derivation told = recorder.take().front();
  ASSERT_NE(told.find(Quantity::relation_mean, "superior"), nullptr);
  EXPECT_EQ(told.find(Quantity::relation_mean, "superior")->value, 9'000);
  ASSERT_NE(told.find(Quantity::relation_mean, "peer"), nullptr);
  EXPECT_EQ(told.find(Quantity::relation_mean, "peer")->value, 7'814);
  EXPECT_EQ(told.find(Quantity::relation_mean, "subordinate"), nullptr) << "one answer";
}

}  // namespace
}  // namespace runut
