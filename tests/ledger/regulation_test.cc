// Founding, enacting, amending and repealing; decrees; the end of a person's key.
#include <gtest/gtest.h>

#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

RegulationText second(Date from = date(2022, 9, 1)) {
  return RegulationText().id("kota-uji-2").effective(from).set("absent", "301");
}

// A city in which January 2022 of U2 is locked; today is 5 February.
void january_is_paid(Scene& s) {
  s.month_is_over(month(2022, 1));
  s.compute(regular_run(2, month(2022, 1)));
  s.lock(regular_run(2, month(2022, 1)));
}

DisciplinarySanctionImposed sanction(const Scene& s, Decree decree) {
  return {PersonId{11}, s.today(), month_of(s.today()) + 1, 6, std::move(decree)};
}

}  // namespace

const std::vector<Refusal>& regulation_refusals() {
  static const std::vector<Refusal> rows = {
      {"actor.role", not_theirs, "actor.role", "treasurer",
       [](Scene& s) { return s.when(person_as(9, Role::treasurer), s.enactment(second())); }},
      {"decree.number", no, "data.decree.number", "",
       [](Scene& s) {
         Decree decree = s.decree();
         decree.number.clear();
         return s.when(official(2), sanction(s, decree));
       }},
      {"decree.document", no, "data.decree.document", std::string(64, '0'),
       [](Scene& s) {
         Decree decree = s.decree();
         decree.document = {};
         return s.when(official(2), sanction(s, decree));
       }},
      {"decree.date_in_future", no, "data.decree.date", "2022-01-04",
       [](Scene& s) {
         Decree decree = s.decree();
         decree.date = decree.date + 1;
         return s.when(official(2), sanction(s, decree));
       }},
      {"decree.office_not_held", no, "data.decree.office", "Walikota",
       [](Scene& s) { return s.when(official(2), sanction(s, s.decree(2, "Walikota"))); }},
      {"person.unknown", nobody, "data.decree.signatory", "P99",
       [](Scene& s) { return s.when(official(2), sanction(s, s.decree(99, "Walikota"))); }},
      // Documents: tests/regulation has every violation of the format; here is the path.
      {"weights.sum", no, "data.document/parameters/factor_weights/value", "9999",
       [](Scene& s) {
         return s.when(hr(), s.amendment(second().set(
                                 "factor_weights", R"({"productivity":6000,"discipline":3999})")));
       }},
      {"regulation.id_taken", no, "data.document/regulation/id", "kota-uji",
       [](Scene& s) {
         return s.when(hr(), s.amendment(RegulationText().effective(date(2022, 9, 1))));
       }},
      {"regulation.already_in_force", no, "data.document/regulation/effective_from", "2022-09-01",
       [](Scene& s) { return s.when(hr(), s.enactment(second())); }},
      {"regulation.not_in_force", no, "data.amends", "kota-lain",
       [](Scene& s) { return s.when(hr(), s.amendment(second(), "kota-lain")); }},
      {"regulation.not_in_force", no, "data.regulation", "kota-lain",
       [](Scene& s) {
         return s.when(hr(), RegulationRepealed{"kota-lain", date(2022, 9, 1), false, s.decree()});
       }},
      {"regulation.first_of_month", no, "data.document/regulation/effective_from", "2022-09-02",
       [](Scene& s) { return s.when(hr(), s.amendment(second(date(2022, 9, 2)))); }},
      {"regulation.first_of_month", no, "data.effective_from", "2022-09-02",
       [](Scene& s) {
         return s.when(hr(), RegulationRepealed{"kota-uji", date(2022, 9, 2), false, s.decree()});
       }},
      {"regulation.later_document", no, "data.effective_from", "2022-08-01",
       [](Scene& s) {
         s.given(hr(), s.amendment(second()));
         return s.when(hr(), RegulationRepealed{"kota-uji", date(2022, 8, 1), false, s.decree()});
       }},
      // An enactment that reaches a locked month, unless it is marked retroactive.
      {"regulation.locked_month", no, "data.retroactive", "false",
       [](Scene& s) {
         january_is_paid(s);
         return s.when(hr(), s.amendment(second(date(2022, 1, 1))));
       }},
      {"regulation.locked_month", no, "data.retroactive", "false",
       [](Scene& s) {
         january_is_paid(s);
         return s.when(hr(), RegulationRepealed{"kota-uji", date(2021, 12, 1), false, s.decree()});
       }},
      {"person.erased", no, "data.person", "P11",
       [](Scene& s) {
         s.given(hr(), SubjectKeyDestroyed{PersonId{11}, s.decree()});
         return s.when(hr(), SubjectKeyDestroyed{PersonId{11}, s.decree()});
       }},
      {"person.unknown", nobody, "data.person", "P99",
       [](Scene& s) {
         return s.when(hr(), SubjectKeyDestroyed{PersonId{99}, s.decree()});
       }},
  };
  return rows;
}

const std::vector<Acceptance>& regulation_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"an agency is founded", "AgencyFounded",
       [](Scene& s) {
         s = Scene();
         return s.when(system_as(1, Role::operator_),
                       FoundAgency{"kota-uji", "Kota Uji", 420, true});
       }},
      {"the first document is enacted before anybody could have signed it",
       "RegulationEnacted, RegulationSection",
       [](Scene& s) {
         s = Scene();
         s.given(system_as(1, Role::operator_), FoundAgency{"kota-uji", "Kota Uji", 420, true});
         return s.when(hr(), s.enactment(RegulationText()));
       }},
      {"an amendment replaces the document from its first day on",
       "RegulationAmended, RegulationSection",
       [](Scene& s) { return s.when(official(2), s.amendment(second())); }},
      {"a repeal leaves a gap", "RegulationRepealed",
       [](Scene& s) {
         return s.when(official(2),
                       RegulationRepealed{"kota-uji", date(2022, 9, 1), false, s.decree()});
       }},
      {"a retroactive amendment may reach a locked month", "RegulationAmended, RegulationSection",
       [](Scene& s) {
         january_is_paid(s);
         AmendRegulation amend = s.amendment(second(date(2022, 1, 1)));
         amend.retroactive = true;
         return s.when(hr(), amend);
       }},
      {"an amendment behind the locked months needs no mark",
       "RegulationAmended, RegulationSection",
       [](Scene& s) {
         january_is_paid(s);
         return s.when(hr(), s.amendment(second(date(2022, 2, 1))));
       }},
      {"a reopened run is not locked", "RegulationAmended, RegulationSection",
       [](Scene& s) {
         january_is_paid(s);
         s.given(official(3),
                 TppRunReopened{regular_run(2, month(2022, 1)), s.decree(3, "Kepala Dinas")});
         return s.when(hr(), s.amendment(second(date(2022, 1, 1))));
       }},
      {"a key is destroyed", "SubjectKeyDestroyed",
       [](Scene& s) {
         return s.when(hr(), SubjectKeyDestroyed{PersonId{11}, s.decree()});
       }},
  };
  return rows;
}

namespace {

TEST(Regulation, IsRefusedByRuleFieldAndValue) {
  expect_refused(regulation_refusals());
}
TEST(Regulation, IsAcceptedWithTheseEvents) {
  expect_accepted(regulation_acceptances());
}

TEST(Erasure, ChangesNoAmountAndNoAuthority) {
  Scene s = Scene::of_a_city();
  s.month_is_over(month(2022, 1));
  s.compute(regular_run(2, month(2022, 1)));
  const Rupiah before =
      s.facts().agency().runs.at(regular_run(2, month(2022, 1))).computed.back().header.total;
  s.given(hr(), SubjectKeyDestroyed{PersonId{11}, s.decree()});
  s.compute(regular_run(2, month(2022, 1)));
  EXPECT_EQ(s.facts().agency().runs.at(regular_run(2, month(2022, 1))).computed.back().header.total,
            before);
  EXPECT_TRUE(s.facts().person(PersonId{11}).erased.has_value());
  // What needs no text goes on.
  s.given(hr(), GradeChanged{PersonId{11}, "III/c", s.today()});
}

}  // namespace
}  // namespace runut::testing
