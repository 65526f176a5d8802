// What every command must be before any rule of its own is asked, founding, and the order in which
// rules are asked.
#include <gtest/gtest.h>

#include "tests/ledger/tables.h"

namespace runut::testing {

const Date aug3 = date(2022, 8, 3);

const std::vector<Refusal>& form_refusals() {
  static const std::vector<Refusal> rows = {
      {"command.id", malformed, "id", "00000000-0000-0000-0000-000000000000",
       [](Scene& s) {
         return s.when(hr(), StatusChanged{PersonId{11}, EmploymentStatus::pns, aug3},
                       {.has_id = false});
       }},
      {"agency.founded", no, "command", "FoundAgency",
       [](Scene& s) {
         return s.when(system_as(1, Role::operator_),
                       FoundAgency{"kota-uji", "Kota Uji", 420, true});
       }},
      {"agency.founded", no, "command", "RegisterPerson",
       [](Scene& s) {
         s = Scene();
         return s.when(hr(), PersonRegistered{PersonId{1}}, says("Nama"));
       }},
      {"agency.other", no, "agency", "kota-lain",
       [](Scene& s) {
         return s.when(hr(), StatusChanged{PersonId{11}, EmploymentStatus::pns, aug3},
                       {.agency = "kota-lain"});
       }},
      {"command.acted_in_future", no, "acted_at", "2022-08-03T02:00:00.000001Z",
       [](Scene& s) {
         s.at(aug3);
         return s.when(hr(), StatusChanged{PersonId{11}, EmploymentStatus::pns, aug3},
                       {.acted_at = Instant{s.now().micros + 1}});
       }},
      {"command.occurred_on", no, "occurred_on", "2022-08-02",
       [](Scene& s) {
         s.at(aug3);
         return s.when(employee(11), report(11, aug3),
                       {.text = "narasi", .occurred_on = date(2022, 8, 2)});
       }},
      {"supersedes.unsupported", no, "supersedes", "5",
       [](Scene& s) {
         return s.when(hr(), StatusChanged{PersonId{11}, EmploymentStatus::pns, aug3},
                       {.supersedes = Sequence{5}});
       }},
      {"on_behalf_of.unsupported", no, "actor.on_behalf_of", "P3",
       [](Scene& s) {
         s.at(aug3);
         return s.when({employee(11).actor, PersonId{3}}, report(11, aug3), says("narasi"));
       }},
      {"text.required", malformed, "text", "",
       [](Scene& s) { return s.when(employee(11), report(11, aug3)); }},
      {"text.not_allowed", malformed, "text", "6 bytes",
       [](Scene& s) {
         return s.when(hr(), StatusChanged{PersonId{11}, EmploymentStatus::pns, aug3},
                       says("narasi"));
       }},
      {"person.erased", no, "text", "P11",
       [](Scene& s) {
         s.at(aug3);
         s.given(hr(), SubjectKeyDestroyed{PersonId{11}, s.decree()});
         return s.when(employee(11), report(11, aug3), says("narasi"));
       }},
      {"person.unknown", nobody, "actor.id", "P99",
       [](Scene& s) { return s.when(employee(99), report(99, aug3), says("narasi")); }},
      // Founding.
      {"agency.code", no, "data.agency", "Kota Uji",
       [](Scene& s) {
         s = Scene();
         return s.when(system_as(1, Role::operator_),
                       FoundAgency{"Kota Uji", "Kota Uji", 420, true}, {.agency = "Kota Uji"});
       }},
      {"agency.code", no, "agency", "kota-lain",
       [](Scene& s) {
         s = Scene();
         return s.when(system_as(1, Role::operator_),
                       FoundAgency{"kota-uji", "Kota Uji", 420, true}, {.agency = "kota-lain"});
       }},
      {"agency.name", no, "data.name", "",
       [](Scene& s) {
         s = Scene();
         return s.when(system_as(1, Role::operator_), FoundAgency{"kota-uji", "", 420, true});
       }},
      {"agency.utc_offset", no, "data.utc_offset_minutes", "841",
       [](Scene& s) {
         s = Scene();
         return s.when(system_as(1, Role::operator_),
                       FoundAgency{"kota-uji", "Kota Uji", 841, true});
       }},
      {"actor.role", not_theirs, "actor.role", "hr",
       [](Scene& s) {
         s = Scene();
         return s.when(hr(), FoundAgency{"kota-uji", "Kota Uji", 420, true});
       }},
  };
  return rows;
}

namespace {

TEST(Form, IsRefusedByRuleFieldAndValue) {
  expect_refused(form_refusals());
}

// decide.h: form, role, decree, known subjects, authority over them, rules of the subject. Each
// line breaks one rule less than the line above it.
TEST(Precedence, IsFormThenRoleThenDecreeThenSubjectsThenAuthorityThenRules) {
  Scene s = Scene::of_a_city();
  s.at(aug3);
  const auto rule_of = [&](const By& by, CommandBody body, const Said& said = {}) {
    const Answer answer = s.when(by, std::move(body), said);
    return answer.refused ? answer.refused->rule : std::string("accepted");
  };
  Decree unsigned_decree = s.decree();
  unsigned_decree.number.clear();
  DisciplinarySanctionImposed sanction{PersonId{99}, aug3, month(2022, 9), 7, unsigned_decree};
  EXPECT_EQ(rule_of(employee(11), sanction, says("x")), "text.not_allowed");
  EXPECT_EQ(rule_of(employee(11), sanction), "actor.role");
  EXPECT_EQ(rule_of(official(2), sanction), "decree.number");
  sanction.decree = s.decree();
  EXPECT_EQ(rule_of(official(2), sanction), "person.unknown");
  sanction.person = PersonId{11};
  EXPECT_EQ(rule_of(official(2), sanction), "sanction.months");
  sanction.months = 6;
  EXPECT_EQ(rule_of(official(2), sanction), "accepted");

  WorkResultRated rating{PersonId{99}, {month(2022, 7), 3}, Score{12'001}};
  EXPECT_EQ(rule_of(appraiser(4), rating), "person.unknown");
  rating.person = PersonId{11};
  EXPECT_EQ(rule_of(appraiser(4), rating), "authority.not_appraiser");
  EXPECT_EQ(rule_of(appraiser(3), rating), "evaluation.score_range");
  rating.result = Score{8'000};
  EXPECT_EQ(rule_of(appraiser(3), rating), "evaluation.period_length");
  rating.period = s1_2022;
  EXPECT_EQ(rule_of(appraiser(3), rating), "accepted");

  DailyReportSubmitted own{PersonId{11}, ReportId{0}, aug3 + 1, Minutes{0}};
  EXPECT_EQ(rule_of(employee(12), own, says("x")), "authority.own_report");
  EXPECT_EQ(rule_of(employee(11), own, says("x")), "report.id");
  EXPECT_EQ(rule_of(appraiser(4), approval(11, aug3)), "report.unknown");
  s.given(employee(11), report(11, aug3), says("x"));
  EXPECT_EQ(rule_of(appraiser(4), approval(11, aug3)), "authority.not_appraiser");
  EXPECT_EQ(rule_of(appraiser(3), approval(11, aug3)), "accepted");
  EXPECT_EQ(rule_of(appraiser(3), approval(11, aug3)), "report.already_decided");
  EXPECT_EQ(rule_of(appraiser(4), approval(11, aug3)), "authority.not_appraiser");
}

}  // namespace
}  // namespace runut::testing
