// Acting roles (Plt, Plh) beside a post of one's own.
#include <gtest/gtest.h>

#include <tuple>

#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

const Date february = date(2022, 2, 1);

// Plt of the head of U4, beside a post in U3.
ActingRoleStarted acts(const Scene& s, std::uint64_t person, Date from,
                       std::optional<Date> until = {}, std::uint32_t acting = 1) {
  return {PersonId{person},    acting, UnitId{4}, "Kepala Badan", 12,
          AssignmentRole::plt, from,   until,     s.decree()};
}
EndActingRole stops(std::uint64_t person, Date last_day, std::uint32_t acting = 1) {
  return {PersonId{person}, acting, last_day};
}

}  // namespace

const std::vector<Refusal>& acting_refusals() {
  static const std::vector<Refusal> rows = {
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) { return s.when(employee(11), acts(s, 11, february)); }},
      {"person.unknown", nobody, "data.person", "P99",
       [](Scene& s) { return s.when(hr(), acts(s, 99, february)); }},
      {"unit.unknown", nobody, "data.unit", "U7",
       [](Scene& s) {
         ActingRoleStarted body = acts(s, 11, february);
         body.unit = UnitId{7};
         return s.when(hr(), body);
       }},
      {"decree.number", no, "data.decree.number", "",
       [](Scene& s) {
         ActingRoleStarted body = acts(s, 11, february);
         body.decree.number.clear();
         return s.when(hr(), body);
       }},
      {"interval.reversed", no, "data.until", "2022-01-31",
       [](Scene& s) { return s.when(hr(), acts(s, 11, february, february - 1)); }},
      {"acting.id", no, "data.acting", "0",
       [](Scene& s) { return s.when(hr(), acts(s, 11, february, {}, 0)); }},
      {"acting.role", no, "data.role", "definitive",
       [](Scene& s) {
         ActingRoleStarted body = acts(s, 11, february);
         body.role = AssignmentRole::definitive;
         return s.when(hr(), body);
       }},
      {"assignment.job_class", no, "data.job_class", "18",
       [](Scene& s) {
         ActingRoleStarted body = acts(s, 11, february);
         body.job_class = 18;
         return s.when(hr(), body);
       }},
      {"assignment.post", no, "data.post", "",
       [](Scene& s) {
         ActingRoleStarted body = acts(s, 11, february);
         body.post.clear();
         return s.when(hr(), body);
       }},
      {"acting.id_taken", no, "data.acting", "1",
       [](Scene& s) {
         s.given(hr(), acts(s, 11, february, february + 9));
         return s.when(hr(), acts(s, 11, february + 10));
       }},
      {"acting.overlap", no, "data.from", "2022-02-10",
       [](Scene& s) {
         s.given(hr(), acts(s, 11, february, february + 9));
         return s.when(hr(), acts(s, 11, february + 9, {}, 2));
       }},
      {"person.separated", no, "data.from", "2022-02-01",
       [](Scene& s) {
         s.given(hr(), PersonSeparated{PersonId{11}, SeparationCause::retired, february + 20});
         return s.when(hr(), acts(s, 11, february, february + 21));
       }},
      {"acting.no_assignment", no, "data.from", "2022-02-01",
       [](Scene& s) {
         s.given(hr(), AssignmentEnded{PersonId{11}, 1, february - 1});
         return s.when(hr(), acts(s, 11, february));
       }},
      {"acting.own_post", no, "data.post", "Kepala Badan",
       [](Scene& s) { return s.when(hr(), acts(s, 4, february)); }},
      {"unit.closed", no, "data.unit", "U9",
       [](Scene& s) {
         s.given(hr(),
                 UnitCreated{UnitId{9}, UnitId{1}, "u9", "Unit baru", false, date(2020, 1, 1)});
         s.given(hr(), UnitClosed{UnitId{9}, february});
         ActingRoleStarted body = acts(s, 11, february, february + 1);
         body.unit = UnitId{9};
         return s.when(hr(), body);
       }},
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) {
         s.given(hr(), acts(s, 11, february));
         return s.when(employee(11), stops(11, february));
       }},
      {"person.unknown", nobody, "data.person", "P99",
       [](Scene& s) { return s.when(hr(), stops(99, february)); }},
      {"acting.unknown", nobody, "data.acting", "2",
       [](Scene& s) {
         s.given(hr(), acts(s, 11, february));
         return s.when(hr(), stops(11, february, 2));
       }},
      {"acting.last_day", no, "data.last_day", "2022-01-31",
       [](Scene& s) {
         s.given(hr(), acts(s, 11, february));
         return s.when(hr(), stops(11, february - 1));
       }},
  };
  return rows;
}

const std::vector<Acceptance>& acting_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"somebody acts until further notice", "ActingRoleStarted",
       [](Scene& s) { return s.when(hr(), acts(s, 11, february)); }},
      {"and stops", "ActingRoleEnded",
       [](Scene& s) {
         s.given(hr(), acts(s, 11, february));
         return s.when(hr(), stops(11, february + 40));
       }},
      {"another role the day after the first has ended", "ActingRoleStarted",
       [](Scene& s) {
         s.given(hr(), acts(s, 11, february));
         s.given(hr(), stops(11, february + 9));
         return s.when(hr(), acts(s, 11, february + 10, {}, 2));
       }},
      {"two act in one post, of which nobody says that it is one chair", "ActingRoleStarted",
       [](Scene& s) {
         s.given(hr(), acts(s, 11, february));
         return s.when(hr(), acts(s, 12, february));
       }},
  };
  return rows;
}

namespace {

TEST(ActingRoles, RefuseWhatTheRulesForbid) {
  expect_refused(acting_refusals());
}
TEST(ActingRoles, AcceptWhatTheRulesAllow) {
  expect_accepted(acting_acceptances());
}

// The end names the role's first day, and reaches back to its months.
TEST(ActingRoles, TouchEveryMonthOfTheirsWhenTheyEnd) {
  Scene s = Scene::of_a_city();
  s.given(hr(), acts(s, 11, february));
  s.at(date(2022, 4, 20));
  const Sequence ended = s.given(hr(), stops(11, date(2022, 4, 15)));
  EXPECT_EQ(s.payload<ActingRoleEnded>(ended).from, february);
  const auto& late = s.facts().person(PersonId{11}).late;
  ASSERT_FALSE(late.empty());
  EXPECT_EQ(late.back().sequence, ended);
  EXPECT_EQ(late.back().months.first, month(2022, 2));
}

// Rulebook 3.4: acting roles never count for the members of a ranking.
TEST(ActingRoles, ChangeNoGroup) {
  const std::vector<std::int64_t> results = {9'000, 8'900, 8'800, 8'700, 8'600, 8'500, 8'400};
  const auto groups_of = [&](bool somebody_acts) {
    Scene s = Scene::of_a_city();
    if (somebody_acts) s.given(hr(), acts(s, 11, february));
    s.freeze(results);
    std::vector<std::tuple<PersonId, std::string, UnitId, std::uint32_t>> out;
    for (const auto& [name, group] : s.facts().agency().rankings.at(s1_2022).groups)
      for (const GroupMemberFact& one : group.members)
        out.emplace_back(one.person, name, one.unit, one.job_class);
    return out;
  };
  EXPECT_EQ(groups_of(true), groups_of(false));
  EXPECT_EQ(groups_of(true).size(), 7U);
}

}  // namespace
}  // namespace runut::testing
