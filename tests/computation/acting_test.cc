// What acting roles are paid, worked by hand (rulebook section 3.5 (9)).
#include "computation/acting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "computation/contributions.h"
#include "tests/computation/office.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing::august;
using testing::august_first;
using testing::august_last;
using ::testing::ElementsAre;
using testing::Office;
using testing::regular_run;
using testing::RegulationText;
using testing::shown;

TEST(Acting, IsPaidForPartOfAMonthAndTakenBackWhenItEndsShort) {
  RegulationText rules;
  rules.pays_acting(30, 2'000);
  Office office(rules);
  office.ledger.person(20).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  // Plt of a post of class 12 in U4 from Wednesday 10 August; 30 days end on 8 September.
  const Sequence acts = office.ledger.person(20).acts({.unit = 4,
                                                       .job_class = 12,
                                                       .post = "Kepala Bidang",
                                                       .from = date(2022, 8, 10),
                                                       .until = date(2022, 9, 8)});
  office.ledger.person(20).on_leave(LeaveKind::sick, date(2022, 8, 29), date(2022, 8, 31));
  office.works(20, august_first, date(2022, 8, 26));
  office.end(august);

  const TppPaymentComputed p = office.payment(20, regular_run(2, august));
  EXPECT_EQ(p.unit, UnitId{3});           // acting changes no unit, class, minutes
  EXPECT_EQ(p.required, Minutes{5'700});  // 19 x 300
  // 22 working days, 19 worked, 3 sick at 9 500: 21.85 of 22 days.
  // beban    4 000 000 x 21.85 / 22 = 3 972 727.27 -> 3 972 727
  // prestasi 2 500 000 x 21.85 / 22 = 2 482 954.55 -> 2 482 955
  // kondisi    700 000 x 21.85 / 22 =   695 227.27 ->   695 227
  // acting: ceilings of class 12 in U4: 9 000 000 + 5 000 001 = 14 000 001. Eligible days of the
  // role: 10-12 (3), 15, 16, 18, 19 (4), 22-26 (5) = 12 worked, 29-31 (3) sick at 9 500: 14.85
  // days.
  //   14 000 001 x 0.2 x 14.85 / 22 = 41 580 002.97 / 22 = 1 890 000.135 -> 1 890 000
  EXPECT_THAT(shown(p.lines),
              ElementsAre("earned beban_kerja 3972727", "earned prestasi_kerja 2482955",
                          "earned tempat_bertugas 0", "earned kondisi_kerja 695227",
                          "earned kelangkaan_profesi 0", "earned pertimbangan_objektif_lainnya 0",
                          "earned acting 1890000",
                          "tax -452045",                        // 5 % of 9 040 909 = 452 045.45
                          "deduction bpjs_kesehatan -90409"));  // 1 % = 90 409.09
  EXPECT_EQ(p.gross, Rupiah{9'040'909});
  EXPECT_EQ(p.net, Rupiah{8'498'455});  // 9 040 909 - 452 045 - 90 409
  const auto& causes = p.lines[6].causes;
  EXPECT_THAT(causes, ::testing::Contains(acts));
  EXPECT_EQ(cited_parameter(p.lines[6], office.facts().person(PersonId{20})),
            Parameter::acting_rule);

  // Ended a day short of 30: nothing of it was due, in August neither.
  office.pay(regular_run(2, august));
  office.ledger.person(20).stopped_acting(date(2022, 8, 10), date(2022, 9, 7));
  EXPECT_EQ(office.payment(20, regular_run(2, august, 2)).left_out, LeftOutReason::paid_already);
  office.works(20, date(2022, 9, 1), date(2022, 9, 30));
  office.end(month(2022, 9));
  const TppPaymentComputed next = office.payment(20, regular_run(2, month(2022, 9)));
  // August again: 7 150 909 - 5 % 357 545 - 1 % 71 509 = 6 721 855; 6 721 855 - 8 498 455
  EXPECT_THAT(shown(next.lines),
              ::testing::IsSupersetOf({"earned acting 0", "negative_correction -1776600 2022-08"}));
}

// The least days, the end of a role and of service, and rules without an acting_rule.
TEST(Acting, PaysByItsLeastDays) {
  struct Row {
    const char* what;
    Date from;
    std::optional<Date> until;
    bool ruled;
    std::int64_t acting;
  };
  // 22 working days of August; class 12 in U4 has 14 000 001, of which a tenth: 1 400 000.1.
  const Row rows[] = {
      {"the whole month", august_first, august_last, true, 1'400'000},
      {"open", august_first, std::nullopt, true, 1'400'000},
      {"31 days that began in July", date(2022, 7, 5), date(2022, 8, 4), true,
       254'545},  // four of its days: 1 400 000.1 x 4 / 22 = 254 545.47
      {"30 days of the 31 asked for", date(2022, 8, 1), date(2022, 8, 30), true, 0},
      {"after the month", date(2022, 9, 1), std::nullopt, true, 0},
      {"no acting_rule", august_first, std::nullopt, false, -1},
  };
  for (const Row& row : rows) {
    RegulationText rules;
    if (row.ruled) rules.pays_acting(31, 1'000);
    Office office(rules);
    office.ledger.person(20).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
    office.ledger.person(20).acts(
        {.unit = 4, .job_class = 12, .from = row.from, .until = row.until});
    office.works(20, august_first, august_last);
    office.end(august);
    std::int64_t acting = -1;
    for (const PaymentLine& line : office.payment(20, regular_run(2, august)).lines)
      if (line.component == Component::acting) acting = line.amount.value;
    EXPECT_EQ(acting, row.acting) << row.what;
  }
}

TEST(Acting, InAPostWithoutACeilingIsRefused) {
  RegulationText rules;
  rules.pays_acting(1, 1'000);
  Office office(rules);
  office.ledger.person(20).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  office.ledger.person(20).acts({.unit = 4, .job_class = 15, .from = august_first});
  office.works(20, august_first, august_last);
  office.end(august);
  const Error error = office.refusal(regular_run(2, august));
  EXPECT_EQ(error.rule, "ceiling.missing");
  EXPECT_EQ(error.value, "beban_kerja, kelas 15");
}

// Explain's steps sum to the net, and the tree names the acted post.
TEST(Acting, IsExplainedWithTheActedPost) {
  RegulationText rules;
  rules.pays_acting(30, 2'000);
  Office office(rules);
  office.ledger.person(20).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  office.ledger.person(20).acts(
      {.unit = 4, .job_class = 12, .post = "Kepala Bidang", .from = date(2022, 8, 16)});
  office.works(20, august_first, august_last);
  office.end(august);
  const auto facts = office.facts();
  DerivationRecorder recorder;
  const auto computed = compute_payment(facts, regular_run(2, august), PersonId{20}, recorder);
  ASSERT_TRUE(computed) << computed.error().describe();
  const auto trees = recorder.take();
  ASSERT_EQ(trees.size(), 1U);
  const Derivation* const ceiling = trees[0].find(Quantity::ceiling, "plt Kepala Bidang kelas 12");
  ASSERT_NE(ceiling, nullptr);
  EXPECT_EQ(ceiling->value, 14'000'001);
  EXPECT_EQ(ceiling->note.rules.front().parameter, Parameter::acting_rule);
  const Derivation* const eligible = trees[0].find(Quantity::eligible, "acting");
  ASSERT_NE(eligible, nullptr);
  // 16, 18, 19, 22-26, 29-31: 11 of 22 days. 14 000 001 x 0.2 x 11 / 22 = 1 400 000.1
  EXPECT_EQ(eligible->value, 1'400'000);
  EXPECT_EQ(eligible->note.formula,
            "(11 × 14.000.001 × 2.000 × 10.000 × 10.000) ÷ (22 × 1.000.000.000.000)");
  const auto steps = compute_contributions(facts, *computed);
  ASSERT_TRUE(steps);
  // 7 200 000 of the class and 20 % of 14 000 001 on the last eligible day
  EXPECT_EQ((*steps)[0].amount, Rupiah{7'200'000 + 2'800'000});
  EXPECT_EQ((*steps)[1].amount, Rupiah{-1'400'000});
  std::int64_t sum = 0;
  for (const Contribution& step : *steps) sum += step.amount.value;
  EXPECT_EQ(sum, computed->payment.net.value);
}

}  // namespace
}  // namespace runut
