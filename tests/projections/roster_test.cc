#include "projections/roster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/map_rows.h"

namespace runut {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing_projections::Events;
using testing_projections::fold_all;
using testing_projections::MapRows;
using testing_projections::siti;

AssignmentStarted assignment(std::uint32_t number, UnitId unit, Date from,
                             std::optional<Date> until = std::nullopt) {
  AssignmentStarted e;
  e.person = siti;
  e.assignment = number;
  e.unit = unit;
  e.post = "Analis";
  e.job_class = 7;
  e.echelon = Echelon::staff;
  e.kind = PositionKind::executor;
  e.role = AssignmentRole::definitive;
  e.tpp_eligible = true;
  e.rankable = true;
  e.from = from;
  e.until = until;
  return e;
}

TEST(Roster, KnowsStatusGradeAndAppraiserOfEachDay) {
  Events given;
  given.add(PersonRegistered{siti});                                         // 2
  given.add(StatusChanged{siti, EmploymentStatus::cpns, date(2019, 3, 1)});  // 3
  given.add(StatusChanged{siti, EmploymentStatus::pns, date(2020, 3, 1)});   // 4
  given.add(GradeChanged{siti, "III/a", date(2020, 3, 1)});                  // 5
  given.add(GradeChanged{siti, "III/b", date(2020, 3, 1)});  // 6: the same day, later
  given.add(AppraiserAssigned{siti, PersonId{2}, PersonId{1}, date(2020, 3, 1)});
  given.add(AppraiserAssigned{siti, PersonId{3}, std::nullopt, date(2022, 7, 1)});
  given.add(GradeChanged{siti, "II/d", date(2019, 3, 1)});  // back-dated
  const MapRows then = fold_all(roster::projection, given);
  const auto person = *roster::find(then, siti);
  ASSERT_TRUE(person);
  EXPECT_EQ(person->registered, Sequence{2});
  struct Row {
    Date day;
    std::optional<EmploymentStatus> status;
    std::optional<std::string> grade;
    std::optional<roster::Appraisers> appraisers;
  };
  const Row rows[] = {
      {date(2019, 2, 28), std::nullopt, std::nullopt, std::nullopt},
      {date(2020, 2, 29), EmploymentStatus::cpns, "II/d", std::nullopt},
      {date(2020, 3, 1), EmploymentStatus::pns, "III/b",
       roster::Appraisers{PersonId{2}, PersonId{1}}},
      {date(2022, 7, 1), EmploymentStatus::pns, "III/b",
       roster::Appraisers{PersonId{3}, std::nullopt}},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(person->status_on(row.day), row.status) << to_string(row.day);
    EXPECT_EQ(person->grade_on(row.day), row.grade) << to_string(row.day);
    EXPECT_EQ(person->appraisers_on(row.day), row.appraisers) << to_string(row.day);
  }
}

TEST(Roster, EndsAnAssignmentWhenItIsEndedAndAllOfThemWhenThePersonLeaves) {
  Events given;
  given.add(assignment(1, UnitId{1}, date(2020, 1, 1)));                          // 2
  given.add(AssignmentEnded{siti, 1, date(2022, 8, 14)});                         // 3
  given.add(assignment(2, UnitId{2}, date(2022, 8, 15)));                         // 4
  given.add(assignment(3, UnitId{2}, date(2022, 8, 20), date(2022, 8, 31)));      // 5
  given.add(PersonSeparated{siti, SeparationCause::retired, date(2022, 9, 30)});  // 6
  const MapRows then = fold_all(roster::projection, given);
  const auto person = *roster::find(then, siti);
  ASSERT_TRUE(person);
  const auto units_on = [&](Date day) {
    std::vector<std::uint32_t> out;
    for (const auto& one : person->assignments_on(day)) out.push_back(one.assignment);
    return out;
  };
  EXPECT_THAT(units_on(date(2022, 8, 14)), ElementsAre(1));
  EXPECT_THAT(units_on(date(2022, 8, 15)), ElementsAre(2));
  EXPECT_THAT(units_on(date(2022, 8, 20)), ElementsAre(2, 3));
  EXPECT_THAT(units_on(date(2022, 9, 30)), ElementsAre(2));
  EXPECT_THAT(units_on(date(2022, 10, 1)), IsEmpty());
  EXPECT_EQ(person->assignments[0].ended, Sequence{3});
  EXPECT_EQ(person->assignments[1].ended, Sequence{6});
  EXPECT_EQ(person->assignments[2].ended, std::nullopt) << "it had ended before";
  EXPECT_EQ(person->assignments[2].days, (Interval{date(2022, 8, 20), date(2022, 8, 31)}));
  ASSERT_TRUE(person->separation);
  EXPECT_EQ(person->separation->cause, SeparationCause::retired);
}

TEST(Roster, KeepsActingRolesApartFromPosts) {
  Events given;
  given.add(ActingRoleStarted{siti, 1, UnitId{2}, "Kepala Bidang", 12, AssignmentRole::plt,
                              date(2022, 8, 1), std::nullopt, given.decree()});  // 2
  given.add(ActingRoleStarted{siti, 2, UnitId{1}, "Kepala Dinas", 14, AssignmentRole::plh,
                              date(2022, 10, 1), date(2022, 10, 9), given.decree()});  // 3
  given.add(ActingRoleEnded{siti, 1, date(2022, 8, 1), date(2022, 9, 30)});            // 4
  given.add(PersonSeparated{siti, SeparationCause::retired, date(2022, 10, 5)});       // 5
  const auto person = *roster::find(fold_all(roster::projection, given), siti);
  ASSERT_TRUE(person);
  EXPECT_THAT(person->assignments, IsEmpty());
  ASSERT_EQ(person->acting.size(), 2U);
  EXPECT_EQ(person->acting[0].post, "Kepala Bidang");
  EXPECT_EQ(person->acting[0].unit, UnitId{2});
  EXPECT_EQ(person->acting[0].role, AssignmentRole::plt);
  EXPECT_EQ(person->acting[0].days, (Interval{date(2022, 8, 1), date(2022, 9, 30)}));
  EXPECT_EQ(person->acting[0].started, Sequence{2});
  EXPECT_EQ(person->acting[0].ended, Sequence{4});
  EXPECT_EQ(person->acting[1].days, (Interval{date(2022, 10, 1), date(2022, 10, 9)}));
  EXPECT_EQ(person->acting[1].ended, std::nullopt);
}

TEST(Roster, FindsPeopleByIdentifierAndUnitsByTheirTree) {
  Events given;
  const Mac128 nip = Mac128::from(sha256("nip").view().substr(0, 16));
  given.add(UnitCreated{UnitId{1}, std::nullopt, "KDR", "Kota", true, date(2020, 1, 1)});
  given.add(UnitCreated{UnitId{2}, UnitId{1}, "DIN", "Dinas", false, date(2020, 1, 1)});
  given.add(PersonRegistered{siti});
  given.add(IdentifierAssigned{siti, IdentifierKind::nip, nip, date(2020, 1, 1)});
  given.add(PersonRegistered{PersonId{5}});
  given.add(assignment(1, UnitId{2}, date(2020, 1, 1)));
  const MapRows then = fold_all(roster::projection, given);
  EXPECT_EQ(*roster::person_of_identifier(then, nip), siti);
  EXPECT_EQ(*roster::person_of_identifier(then, Mac128{}), std::nullopt);
  EXPECT_THAT(*roster::persons(then), ElementsAre(PersonId{5}, siti));
  EXPECT_THAT(*roster::ever_in(then, UnitId{2}), ElementsAre(siti));
  EXPECT_THAT(*roster::ever_in(then, UnitId{1}), IsEmpty());
  const auto units = *roster::units(then);
  ASSERT_EQ(units.size(), 2U);
  EXPECT_EQ(units[1].parent, UnitId{1});
  EXPECT_TRUE(units[0].paying);
  EXPECT_EQ(*roster::find_unit(then, UnitId{2}), units[1]);
  EXPECT_FALSE(roster::find(then, PersonId{99})->has_value());
}

TEST(Roster, KnowsWhereAUnitIsOnADayAndWhenItEnds) {
  Events given;
  given.add(UnitCreated{UnitId{1}, std::nullopt, "KDR", "Kota", false, date(2020, 1, 1)});
  given.add(UnitCreated{UnitId{2}, UnitId{1}, "DIN", "Dinas", true, date(2020, 1, 1)});
  given.add(UnitCreated{UnitId{3}, UnitId{1}, "BID", "Bidang", false, date(2020, 1, 1)});
  given.add(UnitMoved{UnitId{3}, UnitId{2}, date(2022, 8, 1)});
  const Sequence closed = given.add(UnitClosed{UnitId{3}, date(2022, 12, 31)});
  const MapRows then = fold_all(roster::projection, given);
  const auto found = *roster::find_unit(then, UnitId{3});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->parent_on(date(2022, 7, 31)), UnitId{1});
  EXPECT_EQ(found->parent_on(date(2022, 8, 1)), UnitId{2});
  EXPECT_EQ(found->closed, (roster::UnitEnd{date(2022, 12, 31), closed}));
  EXPECT_EQ((*roster::units(then))[2], *found);
  EXPECT_FALSE((*roster::units(then))[1].closed);
}

TEST(Roster, ListsDelegationsAsTheyStand) {
  Events given;
  const Sequence granted = given.add(
      DelegationGranted{PersonId{2}, siti, date(2022, 8, 1), date(2022, 8, 31), given.decree()});
  given.add(
      DelegationGranted{PersonId{3}, siti, date(2022, 9, 1), date(2022, 9, 30), given.decree()});
  given.add(DelegationRevoked{PersonId{2}, siti, granted, date(2022, 8, 10)});
  const MapRows then = fold_all(roster::projection, given);
  const auto delegations = *roster::delegations_to(then, siti);
  ASSERT_EQ(delegations.size(), 2U);
  EXPECT_EQ(delegations[0].from_person, PersonId{2});
  EXPECT_EQ(delegations[0].days, (Interval{date(2022, 8, 1), date(2022, 8, 10)}));
  EXPECT_EQ(delegations[1].days, (Interval{date(2022, 9, 1), date(2022, 9, 30)}));
  EXPECT_THAT(*roster::delegations_to(then, PersonId{2}), IsEmpty());
}

TEST(Roster, RemembersLeaveAndThatThePersonsTextIsErased) {
  Events given;
  given.add(PersonRegistered{siti});
  given.add(LeaveGranted{siti, LeaveKind::sick, date(2022, 8, 1), date(2022, 8, 3)});
  const Sequence erased = given.add(SubjectKeyDestroyed{siti, given.decree()});
  const auto person = *roster::find(fold_all(roster::projection, given), siti);
  ASSERT_TRUE(person);
  ASSERT_EQ(person->leaves.size(), 1U);
  EXPECT_EQ(person->leaves[0].kind, LeaveKind::sick);
  EXPECT_EQ(person->leaves[0].days, (Interval{date(2022, 8, 1), date(2022, 8, 3)}));
  EXPECT_EQ(person->erased, erased);
}

}  // namespace
}  // namespace runut
