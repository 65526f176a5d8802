// Who read whose data: recorded for anybody who says so, with a purpose, and outside everything
// that is computed.
#include <gtest/gtest.h>

#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

AccessRecorded read_by(std::vector<std::uint64_t> people, std::string resource = "payments",
                       std::string purpose = "pemeriksaan TPP Agustus") {
  AccessRecorded out{{}, std::move(resource), std::move(purpose)};
  for (const std::uint64_t id : people) out.people.push_back(PersonId{id});
  return out;
}
By auditing() {
  return person_as(21, Role::auditor);
}

}  // namespace

const std::vector<Refusal>& access_refusals() {
  static const std::vector<Refusal> rows = {
      {"access.people", no, "data.people", "0",
       [](Scene& s) { return s.when(auditing(), read_by({})); }},
      {"access.people", no, "data.people", "1001",
       [](Scene& s) {
         AccessRecorded body = read_by({});
         for (std::uint64_t id = 1; id <= 1001; ++id) body.people.push_back(PersonId{id});
         return s.when(auditing(), body);
       }},
      {"access.order", no, "data.people", "P11",
       [](Scene& s) {
         return s.when(auditing(), read_by({12, 11}));
       }},
      {"access.order", no, "data.people", "P11",
       [](Scene& s) {
         return s.when(auditing(), read_by({11, 11}));
       }},
      {"access.resource", no, "data.resource", "",
       [](Scene& s) { return s.when(auditing(), read_by({11}, "")); }},
      {"access.resource", no, "data.resource", "/v1/x",
       [](Scene& s) { return s.when(auditing(), read_by({11}, "/v1/x")); }},
      {"access.purpose", no, "data.purpose", "  ",
       [](Scene& s) { return s.when(auditing(), read_by({11}, "texts", "  ")); }},
      {"access.purpose", no, "data.purpose", std::string(80, 'x'),
       [](Scene& s) { return s.when(auditing(), read_by({11}, "texts", std::string(201, 'x'))); }},
      {"person.unknown", nobody, "data.people", "P99",
       [](Scene& s) {
         return s.when(auditing(), read_by({11, 99}));
       }},
      {"access.own", no, "data.people", "P11",
       [](Scene& s) { return s.when(employee(11), read_by({11})); }},
  };
  return rows;
}

const std::vector<Acceptance>& access_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"an auditor read one person's pay", "AccessRecorded",
       [](Scene& s) {
         const Answer answer = s.when(auditing(), read_by({11}));
         EXPECT_EQ(s.events().back().subject, subject_of(PersonId{11}));
         return answer;
       }},
      {"a page of a list is one access", "AccessRecorded",
       [](Scene& s) {
         const Answer answer = s.when(hr(), read_by({11, 12, 13}, "listings", "rekap bulanan"));
         EXPECT_EQ(s.events().back().subject, agency_subject);
         return answer;
       }},
      {"who reads a list with themself in it", "AccessRecorded",
       [](Scene& s) {
         return s.when(employee(11), read_by({11, 12}, "people"));
       }},
      {"the same again is another access", "AccessRecorded",
       [](Scene& s) {
         s.given(auditing(), read_by({11}));
         return s.when(auditing(), read_by({11}));
       }},
  };
  return rows;
}

namespace {

TEST(Accesses, AreRefusedByRuleFieldAndValue) {
  expect_refused(access_refusals());
}
TEST(Accesses, AreAcceptedWithTheseEvents) {
  expect_accepted(access_acceptances());
}

// Filed by month, so that no question about facts reads them.
TEST(Accesses, AreNoFacts) {
  Scene city = Scene::of_a_city();
  city.at(date(2022, 8, 3));
  const AgencyFacts agency = city.facts().agency();
  const PersonFacts person = city.facts().person(PersonId{11});
  const MonthFacts month_facts = city.facts().month(PersonId{11}, month(2022, 8));
  city.given(auditing(), read_by({11}));
  city.given(auditing(), read_by({11, 12}));
  EXPECT_EQ(city.facts().agency(), agency);
  EXPECT_EQ(city.facts().person(PersonId{11}), person);
  EXPECT_EQ(city.facts().month(PersonId{11}, month(2022, 8)), month_facts);
  for (const Event& event : {city.events().back(), city.events()[city.events().size() - 2]}) {
    const Touches filed = touches(event, 420);
    ASSERT_EQ(filed.size(), 1U);
    EXPECT_EQ(filed.begin()->subject, event.subject);
    EXPECT_EQ(filed.begin()->month, month(2022, 8));
    EXPECT_FALSE(affected_months(event, 420));
  }
}

}  // namespace
}  // namespace runut::testing
