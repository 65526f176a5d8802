// Surveys by person: answers counted, sums once closed.
#include "projections/surveys.h"

#include <gtest/gtest.h>

#include "tests/projections/map_rows.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing::s1;
using testing_projections::Events;
using testing_projections::fold_all;
using testing_projections::MapRows;
using testing_projections::siti;

TEST(SurveysOfAPeriod, CountAnswersAndShowSumsOnceClosed) {
  Events given;
  given.add(SurveyOpened{siti, s1});
  given.add(SurveyAnswered{siti, s1, SurveyRelation::peer});
  given.add(SurveyAnswered{siti, s1, SurveyRelation::superior});
  const Sequence last = given.add(SurveyAnswered{siti, s1, SurveyRelation::peer});
  const Sequence opened = given.add(SurveyOpened{PersonId{5}, s1});
  const Sequence closed =
      given.add(SurveyClosed{PersonId{5}, s1, {{SurveyRelation::peer, 200, 3}}});
  given.add(SurveyOpened{siti, s1.following()});
  const MapRows rows = fold_all(surveys::projection, given);
  const auto found = *surveys::in_period(rows, s1);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].person, PersonId{5});
  EXPECT_EQ(found[0].opened, opened);
  EXPECT_EQ(found[0].last, closed);
  ASSERT_TRUE(found[0].closed);
  EXPECT_EQ(found[0].of(SurveyRelation::peer), (SurveyRelationSum{SurveyRelation::peer, 200, 3}));
  EXPECT_FALSE(found[0].of(SurveyRelation::subordinate));
  EXPECT_EQ(found[1].person, siti);
  EXPECT_FALSE(found[1].closed);
  EXPECT_EQ(found[1].of(SurveyRelation::peer), (SurveyRelationSum{SurveyRelation::peer, 0, 2}));
  EXPECT_EQ(found[1].of(SurveyRelation::superior)->answers, 1U);
  EXPECT_EQ(found[1].last, last);
}

}  // namespace
}  // namespace runut
