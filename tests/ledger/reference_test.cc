// Events that are named by the command they came from, by who knows no sequences.
#include <gtest/gtest.h>

#include "tests/ledger/scene.h"

namespace runut::testing {
namespace {

const Date monday = date(2022, 8, 1);

class Reference : public ::testing::Test {
 protected:
  Said by_command_of(Sequence event) const {
    return {.text = {}, .supersedes = {}, .refers_to = city_.events()[event.value - 1].command};
  }
  DelegationGranted grant(Date until) const {
    return {PersonId{3}, PersonId{12}, monday, until, city_.decree()};
  }
  Scene city_ = Scene::of_a_city();
};

TEST_F(Reference, SupersedesTheReportThatACommandSubmitted) {
  city_.at(monday, "16:00");
  const DailyReportSubmitted first{PersonId{11}, ReportId{1}, monday, Minutes{300}};
  const Sequence submitted = city_.given(employee(11), first, says("narasi"));
  Said said = by_command_of(submitted);
  said.supersedes = Sequence{};
  said.text = "narasi yang benar";
  const Sequence replaced = city_.given(
      employee(11), DailyReportSubmitted{PersonId{11}, ReportId{2}, monday, Minutes{240}}, said);
  EXPECT_EQ(city_.events()[replaced.value - 1].supersedes, submitted);
  city_.expect_live_is_replayed();
}

TEST_F(Reference, RevokesTheDelegationThatIsMeantOfSeveral) {
  city_.at(monday);
  const Sequence first = city_.given(appraiser(3), grant(monday + 9));
  const Sequence second = city_.given(appraiser(3), grant(monday + 19));
  const DelegationRevoked revoked{PersonId{3}, PersonId{12}, Sequence{}, monday + 2};
  EXPECT_EQ(city_.when(appraiser(3), revoked).refused->rule, "delegation.several");
  const Sequence at = city_.given(appraiser(3), revoked, by_command_of(second));
  EXPECT_EQ(city_.payload<DelegationRevoked>(at).delegation, second);
  EXPECT_NE(first, second);
}

TEST_F(Reference, CancelsTheSanctionThatIsMeantOfTwo) {
  city_.at(monday);
  const auto impose = [&] {
    return city_.given(official(2), DisciplinarySanctionImposed{PersonId{11}, monday,
                                                                month(2022, 9), 6, city_.decree()});
  };
  const Sequence first = impose();
  impose();
  const DisciplinarySanctionCancelled cancelled{PersonId{11}, Sequence{}, month(2022, 11),
                                                city_.decree()};
  EXPECT_EQ(city_.when(official(2), cancelled).refused->rule, "sanction.several");
  const Sequence at = city_.given(official(2), cancelled, by_command_of(first));
  EXPECT_EQ(city_.payload<DisciplinarySanctionCancelled>(at).sanction, first);
}

TEST_F(Reference, ToAnEventOfAnotherKindIsRefusedByTheRuleOfTheCommand) {
  city_.at(monday, "16:00");
  const Sequence granted = city_.given(appraiser(3), grant(monday + 9));
  Said said = by_command_of(granted);
  said.supersedes = Sequence{};
  said.text = "narasi";
  const Answer answer = city_.when(
      employee(11), DailyReportSubmitted{PersonId{11}, ReportId{1}, monday, Minutes{300}}, said);
  EXPECT_EQ(answer.refused->rule, "report.supersedes");
}

}  // namespace
}  // namespace runut::testing
