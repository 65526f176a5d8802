// Feedback, dialogues and coaching by person.
#include "projections/feedback.h"

#include <gmock/gmock.h>
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

TEST(FeedbackOfAPeriod, IsCountedByPerson) {
  Events given;
  given.add(FeedbackGiven{siti, s1}, {.recorded = date(2022, 2, 1)});
  given.add(DialogueHeld{siti, s1, date(2022, 3, 1)}, {.recorded = date(2022, 3, 1)});
  given.add(FeedbackGiven{PersonId{5}, s1});
  given.add(FeedbackGiven{siti, s1.following()});
  given.add(CoachingPlanned{siti, s1, date(2022, 3, 1), date(2022, 3, 9)});
  const Sequence last = given.add(FeedbackGiven{siti, s1});
  const MapRows rows = fold_all(feedback::projection, given);
  const auto people = *feedback::in_period(rows, s1);
  ASSERT_EQ(people.size(), 2U);
  EXPECT_EQ(people[0].person, PersonId{5});
  EXPECT_EQ(people[0].given, 1U);
  EXPECT_EQ(people[1].person, siti);
  EXPECT_EQ(people[1].given, 2U);
  EXPECT_THAT(people[1].dialogues, ::testing::ElementsAre(date(2022, 3, 1)));
  EXPECT_EQ(people[1].coachings, 1U);
  EXPECT_EQ(people[1].last, last);
  EXPECT_EQ(feedback::in_period(rows, s1.following())->size(), 1U);
}

}  // namespace
}  // namespace runut
