// What a computation says of its quantities: which rule they cite, what became of an excuse.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/computation/office.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing::august;
using testing::august_first;
using testing::august_last;
using testing::Office;
using testing::regular_run;

// PP 80/2010 names the grades of PNS; for PPPK the rate is assumed, and whoever is told of it is
// told so.
TEST(Derivation, CitesTheTaxOfTheGrade) {
  const auto cited = [](const char* grade, EmploymentStatus status) {
    Office office;
    office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = grade, .status = status});
    office.works(17, august_first, august_last);
    office.end(august);
    const auto facts = office.facts();
    DerivationRecorder recorder;
    const auto computed = compute_payment(facts, regular_run(2, august), PersonId{17}, recorder);
    RUNUT_CHECK(computed.has_value(), "computable");
    const auto& lines = computed->payment.lines;
    const auto tax = std::find_if(lines.begin(), lines.end(), [](const PaymentLine& line) {
      return line.kind == LineKind::tax;
    });
    RUNUT_CHECK(tax != lines.end(), "a grade that is taxed");
    const Rules rules = payment_rules(facts, august).value();
    const AppliedRule of_line = cited_rule(rules, *tax, facts.person(PersonId{17}));
    const Derivation root = recorder.take().front();
    for (const Quantity quantity : {Quantity::taxable, Quantity::tax})
      EXPECT_EQ(root.find(quantity)->note.rules, std::vector{of_line}) << grade;
    EXPECT_EQ(of_line.parameter, Parameter::tax_by_grade);
    return of_line.provenance;
  };
  const Provenance pns = cited("III/c", EmploymentStatus::pns);
  EXPECT_EQ(pns.status, ValueStatus::cited);
  EXPECT_EQ(pns.clause, "PP 80/2010");
  const Provenance pppk = cited("PPPK IX", EmploymentStatus::pppk);
  EXPECT_EQ(pppk.status, ValueStatus::assumed);
  EXPECT_NE(pppk.clause, pns.clause);
}

// Every excuse of a required day is told with what became of it, and by which events.
TEST(Derivation, TellsWhatBecameOfAnExcuse) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  office.works(17, august_first + 5, august_last);
  office.ledger.person(17).attended(august_first, "08:40", "16:01");
  office.ledger.person(17).attended(august_first + 1, "08:40", "16:01");
  office.ledger.person(17).attended(august_first + 2, "08:40", "16:01");
  const Sequence accepted = office.ledger.person(17).excused(1, august_first, true);
  const Sequence denied = office.ledger.person(17).excused(2, august_first + 1, false);
  office.end(august);
  const Sequence late = office.ledger.person(17).excused(3, august_first + 2, true);
  const Sequence open = office.ledger.add(AttendanceExcused{PersonId{17}, 4, august_first + 3});
  const auto facts = office.facts();
  DerivationRecorder recorder;
  ASSERT_TRUE(compute_payment(facts, regular_run(2, august), PersonId{17}, recorder));
  const Derivation root = recorder.take().front();
  const auto told = [&](Date day, std::string_view formula, std::vector<Sequence> events) {
    const Derivation* const node = root.find(Quantity::day_deduction, to_string(day));
    ASSERT_NE(node, nullptr) << to_string(day);
    EXPECT_TRUE(node->note.formula.ends_with(formula)) << node->note.formula;
    for (const Sequence event : events)
      EXPECT_TRUE(std::count(node->note.events.begin(), node->note.events.end(), event) == 1)
          << event.value << " on " << to_string(day);
  };
  const auto before = [](Sequence decided) { return Sequence{decided.value - 1}; };
  told(august_first, ": 0; excuse_accepted", {before(accepted), accepted});
  told(august_first + 1, " + 0; excuse_denied", {before(denied), denied});
  told(august_first + 2, " + 0; excuse_too_late", {before(late), late});
  told(august_first + 3, "; excuse_undecided", {open});
}

}  // namespace
}  // namespace runut
