#include "service/scope.h"

#include <gtest/gtest.h>

#include "identity/token.h"
#include "test_ledger/test_ledger.h"

namespace runut::service {
namespace {

using identity::Access;
using identity::Grant;
using identity::Principal;
using identity::Resource;
using identity::Scope;
using testing::TestLedger;

Principal who(std::uint64_t person, std::vector<Grant> grants) {
  return {"who",
          "oidc",
          "https://sso.test",
          std::nullopt,
          person == 0 ? std::nullopt : std::optional(PersonId{person}),
          std::move(grants)};
}

// U1 is the root; U2 below it with its division U3, and U4. P1 heads the city, P2 U2, P3 U3; P11
// and P12 work in U3, P21 in U4. P3 appraises P11 and P12 (superior P2), P1 appraises P21. P30 is
// registered and nothing else yet.
class Scopes : public ::testing::Test {
 protected:
  Scopes() {
    ledger.unit(1, 0, false);
    ledger.unit(2, 1, true);
    ledger.unit(3, 2, false);
    ledger.unit(4, 1, true);
    for (const auto& [person, unit] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{
             {1, 1}, {2, 2}, {3, 3}, {11, 3}, {12, 3}, {21, 4}})
      ledger.person(person, {.unit = unit, .title = person == 1 ? "Walikota" : "Pelaksana"});
    ledger.appraiser(11, 3, 2);
    ledger.appraiser(12, 3, 2);
    ledger.appraiser(21, 1, 0);
    ledger.given({"RegisterPerson", "S2 hr", R"({"person":"P30"})", "Nama"});
  }

  // Who of everybody is reached.
  std::string reached(const Principal& principal, Resource resource, Date day = august) {
    const Scope scope = identity::scope_of(principal, resource, Access::read);
    RowFilter filter(scope, principal, day, ledger.facts());
    std::string out;
    for (const unsigned id : {1U, 2U, 3U, 11U, 12U, 21U, 30U}) {
      const PersonId person{id};
      const Status one = check(scope, principal, person, day, ledger.facts());
      EXPECT_EQ(filter(person), one.has_value());
      EXPECT_EQ(filter(person), one.has_value()) << "asked again";
      if (!one) {
        EXPECT_EQ(one.error().code, ErrorCode::unauthorised);
        EXPECT_EQ(one.error().rule, "access.scope");
        EXPECT_EQ(one.error().value, to_string(person));
        continue;
      }
      out += (out.empty() ? "" : " ") + to_string(person);
    }
    return out;
  }

  std::string refusal(const Principal& principal, const TestLedger::Ask& ask) {
    const Status status = check_command(principal, ledger.build(ask), august, ledger.facts());
    return status ? "" : status.error().rule;
  }

  static inline const Date august = date(2022, 8, 15);
  TestLedger ledger;
};

TEST_F(Scopes, ReachWhomTheRoleIsFor) {
  struct Row {
    Principal principal;
    Resource resource;
    const char* people;
  };
  const char* const everybody = "P1 P2 P3 P11 P12 P21 P30";
  const Row rows[] = {
      {who(11, {{Role::employee, {}}}), Resource::people, "P11"},
      {who(11, {{Role::employee, {}}}), Resource::audits, ""},
      {who(0, {{Role::employee, {}}}), Resource::people, ""},
      {who(3, {{Role::appraiser, {}}}), Resource::people, "P3 P11 P12"},
      {who(3, {{Role::appraiser, {}}}), Resource::payments, ""},
      {who(2, {{Role::appraiser, {}}}), Resource::texts, "P2 P11 P12"},  // the superior
      {who(1, {{Role::appraiser, {}}}), Resource::people, "P1 P21"},
      {who(12, {{Role::appraiser, {}}}), Resource::people, "P12"},
      {who(0, {{Role::hr, UnitId{2}}}), Resource::people, "P2 P3 P11 P12"},
      {who(0, {{Role::hr, UnitId{3}}}), Resource::names, "P3 P11 P12"},
      {who(0, {{Role::hr, UnitId{3}}}), Resource::texts, ""},
      {who(0, {{Role::hr, UnitId{99}}}), Resource::people, ""},
      {who(0, {{Role::hr, {}}}), Resource::people, everybody},
      {who(0, {{Role::treasurer, UnitId{4}}}), Resource::payments, "P21"},
      {who(0, {{Role::treasurer, UnitId{4}}}), Resource::people, ""},
      {who(0, {{Role::treasurer, UnitId{1}}}), Resource::payments, "P1 P2 P3 P11 P12 P21"},
      {who(0, {{Role::auditor, {}}}), Resource::texts, everybody},
      {who(0, {{Role::operator_, {}}}), Resource::people, ""},
      {who(21, {{Role::employee, {}}, {Role::auditor, UnitId{3}}}), Resource::people,
       "P3 P11 P12 P21"},
  };
  for (const Row& row : rows)
    EXPECT_EQ(reached(row.principal, row.resource), row.people)
        << identity::to_string(row.principal.grants.back()) << " " << to_string(row.resource);
}

TEST_F(Scopes, FollowTheDay) {
  ledger.at("2022-08-20T01:00:00Z");
  ledger.given({"AssignAppraiser", "S2 hr",
                R"({"person":"P12","appraiser":"P2","superior":"P1","from":"2022-09-01"})"});
  ledger.given(
      {"EndAssignment", "S2 hr", R"({"person":"P11","assignment":1,"last_day":"2022-08-31"})"});
  const Principal head = who(3, {{Role::appraiser, {}}});
  EXPECT_EQ(reached(head, Resource::people), "P3 P11 P12");
  EXPECT_EQ(reached(head, Resource::people, date(2022, 9, 1)), "P3 P11");
  // Whoever has left belongs where they last were.
  EXPECT_EQ(reached(who(0, {{Role::hr, UnitId{3}}}), Resource::people, date(2022, 9, 1)),
            "P3 P11 P12");
}

TEST_F(Scopes, ADelegateStandsInWhileTheDelegationHolds) {
  ledger.at("2022-08-01T01:00:00Z");
  ledger.given({"GrantDelegation", "P1 appraiser",
                R"({"from_person":"P1","to_person":"P12","from":"2022-08-10","until":"2022-08-20",)"
                R"("decree":)" +
                    TestLedger::decree(1, "Walikota", "2022-08-01") + "}"});
  const Principal delegate = who(12, {{Role::appraiser, {}}});
  EXPECT_EQ(reached(delegate, Resource::people, date(2022, 8, 9)), "P12");
  EXPECT_EQ(reached(delegate, Resource::people, date(2022, 8, 10)), "P12 P21");
  EXPECT_EQ(reached(delegate, Resource::people, date(2022, 8, 20)), "P12 P21");
  EXPECT_EQ(reached(delegate, Resource::people, date(2022, 8, 21)), "P12");
}

TEST_F(Scopes, OfAUnitAreItselfAndWhatIsBelow) {
  const Scope two =
      identity::scope_of(who(0, {{Role::hr, UnitId{2}}}), Resource::people, Access::read);
  const auto said = [&](std::uint64_t unit) {
    const Status status = check(two, UnitId{unit}, august, ledger.facts());
    return status ? "" : status.error().rule;
  };
  EXPECT_EQ(said(2), "");
  EXPECT_EQ(said(3), "");
  for (const unsigned other : {1U, 4U, 99U}) EXPECT_EQ(said(other), "access.scope");
  EXPECT_FALSE(check_whole_agency(two));
  const Scope own =
      identity::scope_of(who(3, {{Role::appraiser, {}}}), Resource::people, Access::read);
  EXPECT_FALSE(check(own, UnitId{3}, august, ledger.facts())) << "people are not their unit";
  EXPECT_TRUE(check_whole_agency(
      identity::scope_of(who(0, {{Role::hr, {}}}), Resource::people, Access::read)));
}

TEST_F(Scopes, CommandsStayWithinTheGrantOfTheirRole) {
  const Principal hr_two = who(12, {{Role::employee, {}}, {Role::hr, UnitId{2}}});
  const Principal gateway_two = who(0, {{Role::integrator, UnitId{2}}});
  const Principal clerk = who(0, {{Role::treasurer, UnitId{4}}});
  const auto grade = [](const char* person) {
    return R"({"person":")" + std::string(person) + R"(","grade":"III/a","from":"2022-08-01"})";
  };
  const auto post = [](const char* person, const char* unit) {
    return R"({"person":")" + std::string(person) + R"(","assignment":1,"unit":")" + unit +
           R"(","post":"Pengadministrasi Umum","job_class":7,"kind":"executor","echelon":"staff",)"
           R"("role":"definitive","tpp_eligible":true,"rankable":true,"from":"2022-08-01"})";
  };
  struct Row {
    Principal principal;
    TestLedger::Ask ask;
    const char* rule;
  };
  const Row rows[] = {
      {hr_two, {"ChangeGrade", "P12 hr", grade("P11")}, ""},
      {hr_two, {"ChangeGrade", "P12 hr", grade("P21")}, "access.scope"},
      {hr_two, {"ChangeGrade", "P12 hr", grade("P1")}, "access.scope"},
      {hr_two, {"ChangeGrade", "P12 hr", grade("P30")}, ""},  // nobody's yet
      {hr_two, {"StartAssignment", "P12 hr", post("P30", "U3")}, ""},
      {hr_two, {"StartAssignment", "P12 hr", post("P30", "U4")}, "access.scope"},
      {hr_two, {"StartAssignment", "P12 hr", post("P21", "U3")}, "access.scope"},
      {hr_two, {"RegisterPerson", "P12 hr", R"({"person":"P31"})", "Nama"}, ""},
      {hr_two,
       {"SeparatePerson", "P12 hr",
        R"({"person":"P30","cause":"retired","last_day":"2022-08-01"})"},
       "access.scope"},
      {hr_two,
       {"CreateUnit", "P12 hr",
        R"({"unit":"U9","parent":"U3","code":"9","name":"n","paying":false,"from":"2022-08-01"})"},
       ""},
      {hr_two,
       {"CreateUnit", "P12 hr",
        R"({"unit":"U9","parent":"U1","code":"9","name":"n","paying":false,"from":"2022-08-01"})"},
       "access.scope"},
      {hr_two,
       {"MoveUnit", "P12 hr", R"({"unit":"U3","parent":"U4","from":"2022-09-01"})"},
       "access.scope"},
      {hr_two, {"FreezeRanking", "P12 hr", R"({"period":"2022-S1"})"}, "access.scope"},
      // The ledger's own law says whose report an employee may submit.
      {hr_two,
       {"WithdrawDailyReport", "P12 employee",
        R"({"person":"P21","report":"R1","date":"2022-08-03"})"},
       ""},
      {gateway_two,
       {"WithdrawDailyReport", "P11 employee",
        R"({"person":"P11","report":"R1","date":"2022-08-03"})"},
       ""},
      {gateway_two,
       {"WithdrawDailyReport", "P21 employee",
        R"({"person":"P21","report":"R1","date":"2022-08-03"})"},
       "access.scope"},
      {clerk, {"ComputeTppRun", "S1 treasurer", R"({"run":"U4/2022-08/regular/1"})"}, ""},
      {clerk,
       {"ComputeTppRun", "S1 treasurer", R"({"run":"U2/2022-08/regular/1"})"},
       "access.scope"},
      {who(5, {{Role::auditor, {}}}),
       {"FreezeRanking", "P5 hr", R"({"period":"2022-S1"})"},
       "access.role"},
      {who(0, {{Role::hr, {}}}), {"FreezeRanking", "S1 hr", R"({"period":"2022-S1"})"}, ""},
  };
  for (const Row& row : rows)
    EXPECT_EQ(refusal(row.principal, row.ask), row.rule)
        << row.ask.command << " " << row.ask.actor << " " << row.ask.data;
}

TEST_F(Scopes, OnesOwnDataIsNoAccess) {
  EXPECT_FALSE(is_another(who(11, {}), PersonId{11}));
  EXPECT_TRUE(is_another(who(11, {}), PersonId{12}));
  EXPECT_TRUE(is_another(who(0, {}), PersonId{11}));
}

}  // namespace
}  // namespace runut::service
