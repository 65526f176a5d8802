#include "service/follow_scope.h"

#include <gtest/gtest.h>

namespace runut::service {
namespace {

// Everybody is nowhere and appraised by nobody.
class NoFacts final : public Facts {
 public:
  [[nodiscard]] Sequence known_at() const override { return Sequence{1}; }
  [[nodiscard]] const AgencyFacts& agency() const override { return agency_; }
  [[nodiscard]] const PersonFacts& person(PersonId) const override { return person_; }
  [[nodiscard]] const MonthFacts& month(PersonId, Month) const override { return month_; }
  [[nodiscard]] std::vector<LateMark> late_daily(PersonId, Sequence) const override { return {}; }

 private:
  AgencyFacts agency_;
  PersonFacts person_;
  MonthFacts month_;
};

TEST(FollowScope, WhoeverDoesNotReachEveryoneNamesWhomTheyReach) {
  const NoFacts facts;
  identity::Principal employee;
  employee.person = PersonId{17};
  identity::Scope own;
  own.self = true;
  identity::Scope all;
  all.everyone = true;
  const auto may = [&](const identity::Scope& scope, const feed::Filter& filter) {
    const Status allowed = check_follow(scope, employee, filter, date(2022, 8, 1), facts);
    if (!allowed) {
      EXPECT_EQ(allowed.error().code, ErrorCode::unauthorised);
      EXPECT_EQ(allowed.error().rule, "access.scope");
    }
    return allowed.has_value();
  };
  EXPECT_TRUE(may(all, {}));
  EXPECT_FALSE(may(own, {}));
  EXPECT_TRUE(may(own, {.persons = {PersonId{17}}}));
  EXPECT_FALSE(may(own, {.persons = {PersonId{17}, PersonId{18}}}));
  EXPECT_FALSE(may(own, {.units = {UnitId{1}}}));
  // Every list narrows: with oneself named, a unit opens nothing more.
  EXPECT_TRUE(may(own, {.units = {UnitId{1}}, .persons = {PersonId{17}}}));
  EXPECT_FALSE(may(own, {.types = {EventType::UnitCreated}}));
  EXPECT_FALSE(may({}, {.persons = {PersonId{17}}}));
}

TEST(FollowScope, AnEventIsAboutItsPersonElseItsUnitsElseTheAgency) {
  EXPECT_EQ(about({EventType::AssignmentStarted, subject_of(PersonId{17}), {UnitId{3}}}),
            (feed::Filter{.persons = {PersonId{17}}}));
  EXPECT_EQ(about({EventType::UnitCreated, subject_of(UnitId{3}), {UnitId{3}, UnitId{1}}}),
            (feed::Filter{.units = {UnitId{3}, UnitId{1}}}));
  EXPECT_EQ(about({EventType::HolidaySet, agency_subject, {}}), feed::Filter{});
}

}  // namespace
}  // namespace runut::service
