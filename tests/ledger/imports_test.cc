// Declared imports: older facts at their own time, violations held until an official accepts them.
#include <gtest/gtest.h>

#include "base/sha256.h"
#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

const Date old_monday = date(2022, 1, 3);

ImportDeclared import_declaration(const Scene& s, bool as_found = true, std::uint32_t number = 1) {
  return {number, "e-Kinerja lama", sha256("reports.csv"), as_found, s.decree()};
}
Instant old_time(int day, int hour) {
  return Instant{start_of(date(2022, 1, day), 420).micros + std::int64_t{hour} * 3'600'000'000};
}
Said in_import(int day, int hour, std::uint32_t number = 1) {
  Said said;
  said.acted_at = old_time(day, hour);
  said.import_number = number;
  return said;
}

// In March, P11's report of 3 January comes with the old data.
void came_with_old_data(Scene& s, bool as_found = true) {
  s.at(date(2022, 3, 1));
  s.given(hr(), import_declaration(s, as_found));
  Said said = in_import(3, 16);
  said.text = "narasi";
  s.given(employee(11), report(11, old_monday), said);
}
// Approved by a colleague.
Sequence found_in_import(Scene& s) {
  came_with_old_data(s);
  return s.given(appraiser(12), approval(11, old_monday), in_import(4, 9));
}
ImportedEventAccepted acceptance_of(const Scene& s, Sequence event, std::uint64_t person = 11) {
  return {PersonId{person}, event, s.decree()};
}
const ReportFact& the_report(const Scene& s) {
  return s.facts().month(PersonId{11}, month(2022, 1)).reports.back();
}

}  // namespace

const std::vector<Refusal>& import_refusals() {
  static const std::vector<Refusal> rows = {
      {"import.undeclared", nobody, "import", "7",
       [](Scene& s) {
         return s.when(hr(), HolidaySet{old_monday, HolidayKind::national, "Libur"},
                       in_import(3, 8, 7));
       }},
      {"import.unsupported", no, "import", "1",
       [](Scene& s) {
         s.given(hr(), import_declaration(s));
         return s.when(hr(), ComputeTppRun{regular_run(2, month(2022, 1))}, in_import(3, 8));
       }},
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) { return s.when(employee(11), import_declaration(s)); }},
      {"import.number", no, "data.number", "0",
       [](Scene& s) { return s.when(hr(), import_declaration(s, true, 0)); }},
      {"import.number_taken", no, "data.number", "1",
       [](Scene& s) {
         s.given(hr(), import_declaration(s));
         return s.when(hr(), import_declaration(s));
       }},
      {"import.source", no, "data.source", "",
       [](Scene& s) {
         ImportDeclared declared = import_declaration(s);
         declared.source.clear();
         return s.when(hr(), declared);
       }},
      {"authority.not_appraiser", not_theirs, "actor.id", "P12",
       [](Scene& s) {  // not as found
         came_with_old_data(s, false);
         return s.when(appraiser(12), approval(11, old_monday), in_import(4, 9));
       }},
      {"authority.own_report", not_theirs, "actor.id", "P12",
       [](Scene& s) {  // whose report it is, no import leaves open
         came_with_old_data(s);
         Said said = in_import(3, 16);
         said.text = "narasi";
         return s.when(employee(12), report(11, old_monday, 60, 2), said);
       }},
      {"report.unknown", nobody, "data.report", "R9",
       [](Scene& s) {  // and nothing but authority
         came_with_old_data(s);
         return s.when(appraiser(12), approval(11, old_monday, 9), in_import(4, 9));
       }},
      {"import.event_unknown", nobody, "data.event", "1",
       [](Scene& s) { return s.when(official(2), acceptance_of(s, Sequence{1})); }},
      {"import.event_unknown", nobody, "data.event", "",
       [](Scene& s) {
         const Sequence event = found_in_import(s);
         Answer answer = s.when(official(2), acceptance_of(s, event, 12));
         if (answer.refused) answer.refused->value.clear();
         return answer;
       }},
      {"import.event_accepted", no, "data.event", "",
       [](Scene& s) {
         const Sequence event = found_in_import(s);
         s.given(official(2), acceptance_of(s, event));
         Answer answer = s.when(official(2), acceptance_of(s, event));
         if (answer.refused) answer.refused->value.clear();
         return answer;
       }},
      {"authority.accepts_own", not_theirs, "data.decree.signatory", "P2",
       [](Scene& s) {
         came_with_old_data(s);
         const Sequence event = s.given(appraiser(2), approval(11, old_monday), in_import(4, 9));
         return s.when(official(2), acceptance_of(s, event));
       }},
      {"report.already_decided", no, "data.report", "R1",
       [](Scene& s) {  // the appraiser has decided meanwhile
         const Sequence event = found_in_import(s);
         s.given(appraiser(3), approval(11, old_monday));
         return s.when(official(2), acceptance_of(s, event));
       }},
  };
  return rows;
}

const std::vector<Acceptance>& import_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"an import is declared by decree", "ImportDeclared",
       [](Scene& s) { return s.when(hr(), import_declaration(s)); }},
      {"the appraiser's old decision counts as it is", "DailyReportApproved",
       [](Scene& s) {
         came_with_old_data(s);
         const Answer answer = s.when(appraiser(3), approval(11, old_monday), in_import(4, 9));
         EXPECT_FALSE(s.events().back().is_held());
         EXPECT_EQ(the_report(s).state, ReportState::approved);
         EXPECT_EQ(the_report(s).decided_at, old_time(4, 9));
         return answer;
       }},
      {"what a colleague approved is held", "DailyReportApproved",
       [](Scene& s) {
         came_with_old_data(s);
         const Answer answer = s.when(appraiser(12), approval(11, old_monday), in_import(4, 9));
         EXPECT_TRUE(s.events().back().is_held());
         EXPECT_EQ(the_report(s).state, ReportState::submitted);
         return answer;
       }},
      {"and so is a self-approval", "DailyReportApproved",
       [](Scene& s) {
         came_with_old_data(s);
         return s.when(appraiser(11), approval(11, old_monday), in_import(4, 9));
       }},
      {"an official accepts it: then it counts, at its own time and by who did it",
       "ImportedEventAccepted, DailyReportApproved",
       [](Scene& s) {
         const Sequence event = found_in_import(s);
         const Answer answer = s.when(official(2), acceptance_of(s, event));
         EXPECT_EQ(the_report(s).state, ReportState::approved);
         EXPECT_EQ(the_report(s).decided_at, old_time(4, 9));
         EXPECT_EQ(the_report(s).decided_by, PersonId{12});
         EXPECT_EQ(s.events().back().causation, answer.first);
         return answer;
       }},
  };
  return rows;
}

namespace {

TEST(Imports, AreRefusedByRuleFieldAndValue) {
  expect_refused(import_refusals());
}
TEST(Imports, AreAcceptedWithTheseEvents) {
  expect_accepted(import_acceptances());
}

// The same month with the same reports: held approvals pay nothing, accepted ones pay in full.
TEST(Imports, HeldDecisionsPayOnlyOnceTheyAreAccepted) {
  Scene s = Scene::of_a_city();
  came_with_old_data(s);
  const Sequence event = s.given(appraiser(12), approval(11, old_monday), in_import(4, 9));
  s.month_is_over(month(2022, 2));
  for (const std::uint64_t unit : {1U, 2U, 3U, 4U})
    s.given(hr(), AttendanceMonthClosed{UnitId{unit}, month(2022, 1)});
  const auto approved = [&] {
    s.compute(regular_run(2, month(2022, 1)));
    for (const PaymentFact& fact : s.facts().month(PersonId{11}, month(2022, 1)).payments)
      if (fact.sequence >
          s.facts().agency().runs.at(regular_run(2, month(2022, 1))).computed.back().sequence)
        return fact.payment.approved;
    return Minutes{-1};
  };
  EXPECT_EQ(approved(), Minutes{0});
  s.given(official(2), acceptance_of(s, event));
  EXPECT_EQ(approved(), Minutes{300});
}

}  // namespace
}  // namespace runut::testing
