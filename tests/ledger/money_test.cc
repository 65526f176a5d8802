// Ceilings, budgets, deductions and sanctions.
#include <gtest/gtest.h>

#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

const Month march = month(2022, 3);

TppCeilingSet ceiling(const Scene& s) {
  TppCeilingSet out;
  out.component = Component::prestasi_kerja;
  out.job_class = 7;
  out.amount = Rupiah{1'000'000};
  out.effective = march;
  out.decree = s.decree();
  return out;
}
DeductionSet deduction(std::string code = "koperasi") {
  DeductionSet out;
  out.person = PersonId{11};
  out.code = std::move(code);
  out.amount = Rupiah{100'000};
  out.first = march;
  return out;
}
DeductionSet share() {
  DeductionSet out = deduction();
  out.amount.reset();
  out.rate = BasisPoints{250};
  out.base = AmountBase::gross;
  return out;
}
DecidePersonalSanction personal(const Scene& s, std::vector<Month> months) {
  return {PersonId{11}, s1_2022, std::move(months), s.decree()};
}
DisciplinarySanctionImposed disciplinary(const Scene& s, std::uint32_t months = 6) {
  return {PersonId{11}, s.today(), month(2022, 2), months, s.decree()};
}
// From August on the document knows personal sanctions, until then it knows none.
void sanctions_from_august(Scene& s) {
  s.given(hr(), s.amendment(RegulationText()
                                .id("kota-uji-2")
                                .effective(date(2022, 8, 1))
                                .set("personal_sanction_bp", "-1000")));
}
void january_is_locked(Scene& s) {
  s.month_is_over(month(2022, 1));
  s.compute(regular_run(2, month(2022, 1)));
  s.lock(regular_run(2, month(2022, 1)));
}

}  // namespace

const std::vector<Refusal>& money_refusals() {
  static const std::vector<Refusal> rows = {
      // --- ceilings
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) { return s.when(employee(11), ceiling(s)); }},
      {"assignment.job_class", no, "data.job_class", "0",
       [](Scene& s) {
         TppCeilingSet body = ceiling(s);
         body.job_class = 0;
         return s.when(hr(), body);
       }},
      {"amount.range", no, "data.amount", "-1",
       [](Scene& s) {
         TppCeilingSet body = ceiling(s);
         body.amount = Rupiah{-1};
         return s.when(hr(), body);
       }},
      {"unit.unknown", nobody, "data.unit", "U7",
       [](Scene& s) {
         TppCeilingSet body = ceiling(s);
         body.unit = UnitId{7};
         return s.when(hr(), body);
       }},
      {"ceiling.acting", no, "data.component", "acting",
       [](Scene& s) {
         TppCeilingSet body = ceiling(s);
         body.component = Component::acting;
         return s.when(hr(), body);
       }},
      {"ceiling.post_without_unit", no, "data.post", "Bendahara",
       [](Scene& s) {
         TppCeilingSet body = ceiling(s);
         body.post = "Bendahara";
         return s.when(hr(), body);
       }},
      {"ceiling.locked_month", no, "data.effective", "2022-01",
       [](Scene& s) {
         january_is_locked(s);
         TppCeilingSet body = ceiling(s);
         body.effective = month(2022, 1);
         return s.when(hr(), body);
       }},
      // --- budgets
      {"unit.unknown", nobody, "data.unit", "U7",
       [](Scene& s) {
         return s.when(hr(), BudgetSet{UnitId{7}, 2022, Rupiah{1}, s.decree()});
       }},
      {"budget.not_paying", no, "data.unit", "U3",
       [](Scene& s) {
         return s.when(hr(), BudgetSet{UnitId{3}, 2022, Rupiah{1}, s.decree()});
       }},
      {"budget.year", no, "data.year", "1999",
       [](Scene& s) {
         return s.when(hr(), BudgetSet{UnitId{2}, 1999, Rupiah{1}, s.decree()});
       }},
      {"amount.range", no, "data.amount", "10000000000000001",
       [](Scene& s) {
         return s.when(hr(),
                       BudgetSet{UnitId{2}, 2022, Rupiah{10'000'000'000'000'001}, s.decree()});
       }},
      // --- deductions
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) { return s.when(employee(11), deduction()); }},
      {"deduction.whom", no, "data.person", "P11",
       [](Scene& s) {
         DeductionSet body = deduction();
         body.status = EmploymentStatus::pns;
         return s.when(hr(), body);
       }},
      {"deduction.whom", no, "data.person", "",
       [](Scene& s) {
         DeductionSet body = deduction();
         body.person.reset();
         return s.when(hr(), body);
       }},
      {"person.unknown", nobody, "data.person", "P99",
       [](Scene& s) {
         DeductionSet body = deduction();
         body.person = PersonId{99};
         return s.when(hr(), body);
       }},
      {"deduction.code", no, "data.code", "", [](Scene& s) { return s.when(hr(), deduction("")); }},
      {"deduction.reserved_code", no, "data.code", "correction",
       [](Scene& s) { return s.when(hr(), deduction("correction")); }},
      {"deduction.size", no, "data.amount", "",
       [](Scene& s) {
         DeductionSet body = share();
         body.amount = Rupiah{1};
         return s.when(hr(), body);
       }},
      {"amount.range", no, "data.amount", "1000000000001",
       [](Scene& s) {
         DeductionSet body = deduction();
         body.amount = Rupiah{1'000'000'000'001};
         return s.when(hr(), body);
       }},
      {"deduction.rate", no, "data.rate", "10001",
       [](Scene& s) {
         DeductionSet body = share();
         body.rate = BasisPoints{10'001};
         return s.when(hr(), body);
       }},
      {"deduction.base", no, "data.base", "",
       [](Scene& s) {
         DeductionSet body = share();
         body.base.reset();
         return s.when(hr(), body);
       }},
      {"deduction.cap", no, "data.cap", "5",
       [](Scene& s) {
         DeductionSet body = deduction();
         body.cap = Rupiah{5};
         return s.when(hr(), body);
       }},
      {"amount.range", no, "data.cap", "-5",
       [](Scene& s) {
         DeductionSet body = share();
         body.cap = Rupiah{-5};
         return s.when(hr(), body);
       }},
      {"interval.reversed", no, "data.last", "2022-02",
       [](Scene& s) {
         DeductionSet body = deduction();
         body.last = march - 1;
         return s.when(hr(), body);
       }},
      // --- personal sanctions
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) { return s.when(employee(12), personal(s, {march})); }},
      {"authority.self", not_theirs, "actor.id", "P11",
       [](Scene& s) { return s.when(official(11), personal(s, {march})); }},
      {"adjustment.months", no, "data.months", "0",
       [](Scene& s) { return s.when(official(2), personal(s, {})); }},
      {"adjustment.months", no, "data.months", "2022-03",
       [](Scene& s) {
         return s.when(official(2), personal(s, {month(2022, 2), march, march}));
       }},
      {"adjustment.no_personal_sanction", no, "data.months", "2022-07",
       [](Scene& s) {
         sanctions_from_august(s);
         return s.when(official(2), personal(s, {month(2022, 7), month(2022, 8)}));
       }},
      {"adjustment.no_personal_sanction", no, "data.months",
       "2022-08",  // every month has to know it
       [](Scene& s) {
         s = Scene::of_a_city(RegulationText().set("personal_sanction_bp", "-1000"));
         s.given(hr(), s.amendment(RegulationText().id("kota-uji-2").effective(date(2022, 8, 1))));
         return s.when(official(2), personal(s, {month(2022, 7), month(2022, 8)}));
       }},
      {"adjustment.rates_differ", no, "data.months", "2022-08",  // one decision has one delta
       [](Scene& s) {
         s = Scene::of_a_city(RegulationText().set("personal_sanction_bp", "-500"));
         sanctions_from_august(s);
         return s.when(official(2), personal(s, {month(2022, 7), month(2022, 8)}));
       }},
      {"regulation.none", no, "data.months", "2019-12",
       [](Scene& s) { return s.when(official(2), personal(s, {month(2019, 12)})); }},
      {"adjustment.twice", no, "data.months", "2022-09",
       [](Scene& s) {
         sanctions_from_august(s);
         s.given(official(2), personal(s, {month(2022, 8), month(2022, 9)}));
         return s.when(official(2), personal(s, {month(2022, 9), month(2022, 10)}));
       }},
      // --- unit and disciplinary sanctions
      {"unit.unknown", nobody, "data.unit", "U7",
       [](Scene& s) {
         return s.when(official(2), UnitSanctionImposed{UnitId{7}, march, march, s.decree()});
       }},
      {"interval.reversed", no, "data.last", "2022-02",
       [](Scene& s) {
         return s.when(official(2), UnitSanctionImposed{UnitId{2}, march, march - 1, s.decree()});
       }},
      {"actor.role", not_theirs, "actor.role", "appraiser",
       [](Scene& s) { return s.when(appraiser(3), disciplinary(s)); }},
      {"sanction.months", no, "data.months", "7",
       [](Scene& s) { return s.when(official(2), disciplinary(s, 7)); }},
      {"sanction.first_month", no, "data.first_month", "2021-12",
       [](Scene& s) {
         DisciplinarySanctionImposed body = disciplinary(s);
         body.first_month = month(2021, 12);
         return s.when(official(2), body);
       }},
      {"sanction.unknown", nobody, "data.sanction", "5",
       [](Scene& s) {
         return s.when(official(2),
                       DisciplinarySanctionCancelled{PersonId{11}, Sequence{5}, march, s.decree()});
       }},
      {"sanction.from_month", no, "data.from_month", "2022-08",
       [](Scene& s) {
         const Sequence imposed = s.given(official(2), disciplinary(s));
         return s.when(official(2), DisciplinarySanctionCancelled{PersonId{11}, imposed,
                                                                  month(2022, 8), s.decree()});
       }},
      {"sanction.unknown", nobody, "data.from_month", "2022-08",  // after its last
       [](Scene& s) {
         s.given(official(2), disciplinary(s));
         return s.when(official(2), DisciplinarySanctionCancelled{PersonId{11}, Sequence{},
                                                                  month(2022, 8), s.decree()});
       }},
      {"sanction.several", no, "data.sanction", "",
       [](Scene& s) {
         s.given(official(2), disciplinary(s));
         const Sequence second = s.given(official(2), disciplinary(s, 12));
         Answer answer = s.when(official(2), DisciplinarySanctionCancelled{PersonId{11}, Sequence{},
                                                                           march, s.decree()});
         EXPECT_EQ(answer.refused->value, std::to_string(second.value));
         answer.refused->value.clear();  // the sequence depends on the scenery
         return answer;
       }},
      {"sanction.cancelled", no, "data.sanction", "",
       [](Scene& s) {
         const Sequence imposed = s.given(official(2), disciplinary(s));
         const DisciplinarySanctionCancelled cancel{PersonId{11}, imposed, march, s.decree()};
         s.given(official(2), cancel);
         Answer answer = s.when(official(2), cancel);
         EXPECT_EQ(answer.refused->value, std::to_string(imposed.value));
         answer.refused->value.clear();  // the sequence depends on the scenery
         return answer;
       }},
  };
  return rows;
}

const std::vector<Acceptance>& money_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"a ceiling of a class", "TppCeilingSet", [](Scene& s) { return s.when(hr(), ceiling(s)); }},
      {"a ceiling of a post of a unit", "TppCeilingSet",
       [](Scene& s) {
         TppCeilingSet body = ceiling(s);
         body.unit = UnitId{2};
         body.post = "Bendahara";
         return s.when(hr(), body);
       }},
      {"a retroactive ceiling may reach a locked month", "TppCeilingSet",
       [](Scene& s) {
         january_is_locked(s);
         TppCeilingSet body = ceiling(s);
         body.effective = month(2022, 1);
         body.retroactive = true;
         return s.when(hr(), body);
       }},
      {"a budget", "BudgetSet",
       [](Scene& s) {
         return s.when(hr(), BudgetSet{UnitId{2}, 2022, Rupiah{1}, s.decree()});
       }},
      {"a deduction of an amount", "DeductionSet",
       [](Scene& s) { return s.when(hr(), deduction()); }},
      {"a deduction of a share, capped, of a kind of employment", "DeductionSet",
       [](Scene& s) {
         DeductionSet body = share();
         body.person.reset();
         body.status = EmploymentStatus::pns;
         body.cap = Rupiah{12'000'000};
         return s.when(hr(), body);
       }},
      {"a personal sanction where the document knows one", "TppAdjustmentDecided",
       [](Scene& s) {
         sanctions_from_august(s);
         return s.when(official(2), personal(s, {month(2022, 9), month(2022, 8)}));
       }},
      {"a unit's sanction", "UnitSanctionImposed",
       [](Scene& s) {
         return s.when(official(2), UnitSanctionImposed{UnitId{2}, march, march, s.decree()});
       }},
      {"a disciplinary sanction", "DisciplinarySanctionImposed",
       [](Scene& s) { return s.when(official(2), disciplinary(s)); }},
      {"a second one: two add", "DisciplinarySanctionImposed",
       [](Scene& s) {
         s.given(official(2), disciplinary(s));
         return s.when(official(2), disciplinary(s, 12));
       }},
      {"a cancellation of the only one that cuts then", "DisciplinarySanctionCancelled",
       [](Scene& s) {
         s.given(official(2), disciplinary(s));
         Answer answer = s.when(official(2), DisciplinarySanctionCancelled{PersonId{11}, Sequence{},
                                                                           march, s.decree()});
         EXPECT_EQ(s.facts().person(PersonId{11}).sanctions.at(0).cancelled, answer.first);
         return answer;
       }},
      {"a cancellation", "DisciplinarySanctionCancelled",
       [](Scene& s) {
         const Sequence imposed = s.given(official(2), disciplinary(s));
         return s.when(official(2),
                       DisciplinarySanctionCancelled{PersonId{11}, imposed, march, s.decree()});
       }},
  };
  return rows;
}

namespace {

TEST(Money, IsRefusedByRuleFieldAndValue) {
  expect_refused(money_refusals());
}
TEST(Money, IsAcceptedWithTheseEvents) {
  expect_accepted(money_acceptances());
}

TEST(Money, ADisciplinarySanctionBeginsTheMonthAfterItsEffectUnlessTheDecreeSaysOtherwise) {
  Scene s = Scene::of_a_city();  // 3 January 2022
  DisciplinarySanctionImposed body = disciplinary(s);
  body.first_month = {};
  s.given(official(2), body);
  body.first_month = month(2022, 5);
  s.given(official(2), body);
  const auto& sanctions = s.facts().person(PersonId{11}).sanctions;
  ASSERT_EQ(sanctions.size(), 2u);
  EXPECT_EQ(sanctions[0].first, month(2022, 2));
  EXPECT_EQ(sanctions[0].last, month(2022, 7));
  EXPECT_EQ(sanctions[1].first, month(2022, 5));
}

TEST(PersonalSanction, TakesItsRateFromTheDocumentOfItsMonths) {
  Scene s = Scene::of_a_city();
  sanctions_from_august(s);
  const Sequence decided = s.given(official(2), personal(s, {month(2022, 9), month(2022, 8)}));
  const auto& adjustment = s.payload<TppAdjustmentDecided>(decided);
  EXPECT_EQ(adjustment.delta, BasisPoints{-1'000});
  EXPECT_EQ(adjustment.months, (std::vector<Month>{month(2022, 8), month(2022, 9)}));
}

}  // namespace
}  // namespace runut::testing
