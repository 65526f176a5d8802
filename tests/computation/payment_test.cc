// Whole payments worked by hand, the arithmetic beside each number (rulebook sections 3.1 and 3.5).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "computation/laws/payments_sum_to_run.h"
#include "tests/computation/office.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing::august;
using testing::august_first;
using testing::august_last;
using testing::correction_run;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Office;
using testing::regular_run;
using testing::shown;

Sequence adjust(Office& office, std::uint64_t person, std::int64_t delta, std::vector<Month> months,
                std::optional<Sequence> supersedes = {}) {
  TppAdjustmentDecided decided;
  decided.person = PersonId{person};
  decided.cause = AdjustmentCause::ranking;
  decided.period = Period{month(2022, 1), 6};
  decided.delta = BasisPoints{delta};
  decided.months = std::move(months);
  return office.ledger.add(decided, {.supersedes = supersedes});
}

Sequence deduct(Office& office, std::uint64_t person, std::string code, std::int64_t amount,
                Month from, std::optional<Month> until) {
  DeductionSet set;
  set.person = PersonId{person};
  set.code = std::move(code);
  set.amount = Rupiah{amount};
  set.first = from;
  set.last = until;
  return office.ledger.add(set);
}

// --- the three payments worked line by line
// --------------------------------------------------------

TEST(Payment, OfSomebodyRankedBelowWhoWasLateAndReportedLess) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  adjust(office, 17, -500, {month(2022, 8), month(2022, 9)});
  // Monday 1 August: in at 08:05:59, 35 minutes late. Tuesday: out at 15:20, 40 minutes early.
  // Wednesday: no clock-out. Thursday: no record at all. No reports on Monday and Tuesday.
  office.ledger.person(17).attended(august_first, "08:05:59", "16:00");
  office.ledger.person(17).attended(august_first + 1, "07:30:59", "15:20");
  office.ledger.person(17).clocked(august_first + 2, ClockDirection::in, "07:00");
  office.reports(17, august_first + 2);
  office.reports(17, august_first + 3);
  office.works(17, august_first + 4, august_last);
  office.end(august);

  const TppPaymentComputed p = office.payment(17, regular_run(2, august));
  // 22 working days x 300 = 6 600; 20 days x 300 = 6 000
  EXPECT_EQ(p.required, Minutes{6'600});
  EXPECT_EQ(p.approved, Minutes{6'000});
  // 6 000 x 10 000 / 6 600 = 9 090.909... -> 9 091
  EXPECT_EQ(p.productivity, BasisPoints{9'091});
  // 35 minutes are in [31, 61): 100. 40 minutes early: 100. Missing out: 150. Absent: 300.
  // 10 000 - 100 - 100 - 150 - 300 = 9 350
  EXPECT_EQ(p.discipline, BasisPoints{9'350});
  // 6 000 x 9 091 + 4 000 x 9 350 = 54 546 000 + 37 400 000 = 91 946 000; / 10 000 = 9 194.6 -> 9
  // 195
  EXPECT_EQ(p.performance_factor, BasisPoints{9'195});
  EXPECT_THAT(
      shown(p.lines),
      ElementsAre("earned beban_kerja 3678000",     // 4 000 000 x 0.9195
                  "earned prestasi_kerja 2298750",  // 2 500 000 x 0.9195
                  "earned tempat_bertugas 0",
                  "earned kondisi_kerja 700000",  // without the factor
                  "earned kelangkaan_profesi 0", "earned pertimbangan_objektif_lainnya 0",
                  "adjustment -333838",  // 5 % of 6 676 750 = 333 837.5, half up by magnitude
                  "tax -317146",         // 5 % of 6 342 912 = 317 145.6
                  "deduction bpjs_kesehatan -63429"));  // 1 % of 6 342 912 = 63 429.12
  EXPECT_EQ(p.gross, Rupiah{6'676'750});                // 3 678 000 + 2 298 750 + 700 000
  EXPECT_EQ(p.taxable, Rupiah{6'342'912});              // 6 676 750 - 333 838
  EXPECT_EQ(p.net, Rupiah{5'962'337});                  // 6 342 912 - 317 146 - 63 429
  EXPECT_THAT(p.outstanding, IsEmpty());
}

TEST(Payment, OfACpnsWhoMovedMidMonthWasSickAndExcused) {
  Office office;
  office.ledger.person(18).hired({.unit = 4,
                                  .job_class = 7,
                                  .grade = "III/a",
                                  .status = EmploymentStatus::cpns,
                                  .from = date(2022, 8, 8)});
  office.ledger.person(18).ended(1, date(2022, 8, 19));
  office.ledger.person(18).assigned(2, {.unit = 3, .job_class = 12, .from = date(2022, 8, 20)});
  office.ledger.person(18).on_leave(LeaveKind::sick, date(2022, 8, 24), date(2022, 8, 26));
  for (Date day = date(2022, 8, 8); day <= august_last; day = day + 1) {
    if (!Office::is_working_day(day)) continue;
    if (day >= date(2022, 8, 24) && day <= date(2022, 8, 26)) continue;
    if (day != date(2022, 8, 9)) office.attends(18, day);  // 9 August: no record, but an excuse
    office.reports(18, day, 280);
  }
  office.ledger.person(18).excused(1, date(2022, 8, 9), true);
  office.end(august);

  const TppPaymentComputed p = office.payment(18, regular_run(2, august));
  EXPECT_EQ(p.unit, UnitId{3});  // the unit of 31 August pays the whole month
  // Eligible working days: 8-12 (5), 15, 16, 18, 19 (4) in class 7; 22-26 (5), 29-31 (3) in
  // class 12. 17 in all, three of them sick: 14 x 300 = 4 200 required, 14 x 280 = 3 920 approved.
  EXPECT_EQ(p.required, Minutes{4'200});
  EXPECT_EQ(p.approved, Minutes{3'920});
  EXPECT_EQ(p.productivity, BasisPoints{9'333});        // 9 333.33
  EXPECT_EQ(p.discipline, BasisPoints{10'000});         // the excuse cancels the absence
  EXPECT_EQ(p.performance_factor, BasisPoints{9'600});  // 5 599.8 + 4 000 = 9 599.8
  // Each component: [9 x ceiling7 x 8 000 x 10 000 + ceiling12 x 8 000 x (5 x 10 000 + 3 x 9 500)]
  //   / (22 x 10^8) = [9 x 0.8 x ceiling7 + 0.8 x 7.85 x ceiling12] / 22
  // beban:    (7.2 x 4 000 000 + 6.28 x 9 000 000) / 22 = 85 320 000 / 22 = 3 878 181.82 -> 3 878
  // 182
  //           x 0.96 = 3 723 054.72 -> 3 723 055
  // prestasi: (7.2 x 2 500 000 + 6.28 x 5 000 001) / 22 = 49 400 006.28 / 22 = 2 245 454.83 -> 2
  // 245 455
  //           x 0.96 = 2 155 636.8 -> 2 155 637
  // kondisi:  (7.2 x 700 000 + 0) / 22 = 5 040 000 / 22 = 229 090.91 -> 229 091
  EXPECT_THAT(shown(p.lines),
              ElementsAre("earned beban_kerja 3723055", "earned prestasi_kerja 2155637",
                          "earned tempat_bertugas 0", "earned kondisi_kerja 229091",
                          "earned kelangkaan_profesi 0", "earned pertimbangan_objektif_lainnya 0",
                          "tax -305389",                        // 5 % of 6 107 783 = 305 389.15
                          "deduction bpjs_kesehatan -61078"));  // 1 % = 61 077.83
  EXPECT_EQ(p.gross, Rupiah{6'107'783});
  EXPECT_EQ(p.net, Rupiah{5'741'316});
}

TEST(Payment, OfEveryKindOfLineAtOnceInTheOrderOfTheRulebook) {
  Office office;
  office.ledger.person(19).hired({.unit = 3, .job_class = 12, .grade = "IV/a"});
  office.ledger.unit(2).sanctioned(august, august);  // U3 is below U2
  office.ledger.person(19).sanctioned(august, 6);
  adjust(office, 19, 500, {august});
  deduct(office, 19, "koperasi", 7'000'000, august, august);
  office.works(19, august_first, august_last);
  office.end(august);

  const TppPaymentComputed p = office.payment(19, regular_run(2, august));
  EXPECT_EQ(p.gross, Rupiah{14'000'001});
  EXPECT_THAT(shown(p.lines),
              ElementsAre("earned beban_kerja 9000000", "earned prestasi_kerja 5000001",
                          "earned tempat_bertugas 0", "earned kondisi_kerja 0",
                          "earned kelangkaan_profesi 0", "earned pertimbangan_objektif_lainnya 0",
                          "adjustment 700000",       // 5 % of 14 000 001 = 700 000.05
                          "unit_sanction -1400000",  // 10 % of gross, not of a running amount
                          "disciplinary_sanction -3500000",   // 25 % of gross = 3 500 000.25
                          "tax -1470000",                     // 15 % of 9 800 001 = 1 470 000.15
                          "deduction bpjs_kesehatan -98000",  // 1 % = 98 000.01
                          "deduction koperasi -7000000"));
  EXPECT_EQ(p.taxable, Rupiah{9'800'001});  // 14 000 001 + 700 000 - 1 400 000 - 3 500 000
  EXPECT_EQ(p.net, Rupiah{1'232'001});      // 9 800 001 - 1 470 000 - 98 000 - 7 000 000
  for (const PaymentLine& line : p.lines) EXPECT_FALSE(line.causes.empty());
}

// --- what is taken up to what is left
// --------------------------------------------------------------

TEST(Payment, LeavesOutstandingWhatItCannotTakeAndTriesItAgainFirst) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  deduct(office, 17, "koperasi", 8'000'000, august, august);
  office.works(17, august_first, august_last);
  office.end(august);
  const TppPaymentComputed p = office.payment(17, regular_run(2, august));
  // 7 200 000 - 5 % = 6 840 000; BPJS 72 000; 6 768 000 is left for the cooperative.
  EXPECT_EQ(shown(p.lines).back(), "deduction koperasi -6768000");
  EXPECT_EQ(p.net, Rupiah{0});
  ASSERT_EQ(p.outstanding.size(), 1u);
  EXPECT_EQ(p.outstanding[0], (Outstanding{"koperasi", Rupiah{1'232'000}, august}));

  office.pay(regular_run(2, august));
  const Month september = month(2022, 9);
  office.works(17, first_day(september), last_day(september));
  office.end(september);
  const TppPaymentComputed next = office.payment(17, regular_run(2, september));
  EXPECT_THAT(shown(next.lines),
              ElementsAre("earned beban_kerja 4000000", "earned prestasi_kerja 2500000",
                          "earned tempat_bertugas 0", "earned kondisi_kerja 700000",
                          "earned kelangkaan_profesi 0", "earned pertimbangan_objektif_lainnya 0",
                          "tax -360000", "deduction koperasi -1232000 2022-08",
                          "deduction bpjs_kesehatan -72000"));
  EXPECT_EQ(next.net, Rupiah{5'536'000});
  EXPECT_THAT(next.outstanding, IsEmpty());
}

TEST(Payment, LiftsANegativeSumToZeroWithAShortfall) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  for (int i = 0; i < 5; ++i) office.ledger.person(17).sanctioned(august, 6);
  office.works(17, august_first, august_last);
  office.end(august);
  const TppPaymentComputed p = office.payment(17, regular_run(2, august));
  // 7 200 000 - 5 x 1 800 000 = -1 800 000
  EXPECT_EQ(shown(p.lines).back(), "shortfall 1800000");
  EXPECT_EQ(p.taxable, Rupiah{0});
  EXPECT_EQ(p.net, Rupiah{0});
  EXPECT_THAT(p.outstanding, IsEmpty());
}

// --- adjustments
// ------------------------------------------------------------------------------------

TEST(Payment, FollowsASupersedingAdjustmentFromItsFirstMonthOn) {
  Office office;
  office.ledger.person(17).hired({.unit = 3});
  const Month months[] = {august, month(2022, 9), month(2022, 10)};
  const Sequence old = adjust(office, 17, -500, {months[0], months[1], months[2]});
  const auto deltas = [&] {
    std::string out;
    const auto facts = office.facts();
    for (const Month at : months) {
      const auto found = adjustments_in(facts, PersonId{17}, at);
      out += found.empty() ? "none " : std::to_string(found[0]->delta.value) + " ";
    }
    return out;
  };
  EXPECT_EQ(deltas(), "-500 -500 -500 ");
  adjust(office, 17, 0, {months[1]}, old);
  EXPECT_EQ(deltas(), "-500 0 none ");
}

TEST(Payment, PaysARankingOnlyUntilTheRegulationTurnsTiersOff) {
  Office office;
  office.ledger.person(17).hired({.unit = 3});
  adjust(office, 17, -500, {august, month(2022, 9), month(2022, 10), month(2022, 11)});
  using testing::RegulationText;
  office.ledger.amend(
      RegulationText().id("off").effective(date(2022, 9, 1)).set("tier_adjustment", "false"),
      "kota-uji");
  office.ledger.amend(RegulationText().id("on").effective(date(2022, 11, 1)), "off");
  const auto facts = office.facts();
  EXPECT_EQ(adjustments_in(facts, PersonId{17}, august).size(), 1u);
  EXPECT_EQ(adjustments_in(facts, PersonId{17}, month(2022, 9)).size(), 0u);
  // Turned on again: what had ended stays ended.
  EXPECT_EQ(adjustments_in(facts, PersonId{17}, month(2022, 11)).size(), 0u);
}

// Of class 7 in U4 and below, from August.
void set_ceiling_of_u4(Office& office, Component component, std::int64_t amount) {
  TppCeilingSet ceiling;
  ceiling.component = component;
  ceiling.job_class = 7;
  ceiling.unit = UnitId{4};
  ceiling.amount = Rupiah{amount};
  ceiling.effective = august;
  ceiling.decree = office.ledger.decree();
  office.ledger.add(ceiling);
}

TEST(Payment, FollowsTheUnitTreeOfEachDay) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  set_ceiling_of_u4(office, Component::beban_kerja, 8'000'000);
  office.ledger.unit(4).sanctioned(august, august);
  office.ledger.unit(3).moved(4, date(2022, 8, 16));
  office.works(17, august_first, august_last);
  office.end(august);
  EXPECT_EQ(office.payment(17, regular_run(2, august)).left_out, LeftOutReason::paid_by_other_unit);
  const TppPaymentComputed p = office.payment(17, regular_run(4, august));
  EXPECT_THAT(shown(p.lines),
              ::testing::IsSupersetOf({
                  // 1 to 15 August: 11 of 22 working days below U2, then 11 below U4:
                  // (11 x 4 000 000 + 11 x 8 000 000) / 22
                  std::string("earned beban_kerja 6000000"),
                  std::string("earned prestasi_kerja 2500000"),
                  std::string("earned kondisi_kerja 700000"),
                  // U3 is below U4 on the last eligible day: 9 200 000 x -10 %
                  std::string("unit_sanction -920000"),
              }));
}

// --- corrections
// ------------------------------------------------------------------------------------

// Paid by U2 and ordered; then it turns out that the unit was below U4, with its ceiling, all
// along.
TEST(Correction, OfAMoveThatWasRecordedTooLateStaysWithTheUnitThatPaid) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  set_ceiling_of_u4(office, Component::kondisi_kerja, 1'700'000);
  office.works(17, august_first, august_last);
  office.end(august);
  office.pay(regular_run(2, august));
  office.ledger.unit(3).moved(4, august_first);
  const TppPaymentComputed p = office.payment(17, correction_run(2, august));
  ASSERT_EQ(p.lines.size(), 1u);
  EXPECT_EQ(p.lines[0].kind, LineKind::positive_correction);
  EXPECT_EQ(p.lines[0].for_month, august);
  // Grade III: 5 % of 1 000 000 is 50 000. BPJS is 1 % of taxable, up to a base of 12 000 000:
  // 10 000. 1 000 000 - 50 000 - 10 000 = 940 000.
  EXPECT_EQ(p.lines[0].amount, Rupiah{940'000});
}

TEST(Correction, PaysALateApprovalOnceTheMonthIsOrdered) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  office.works(17, august_first, date(2022, 8, 30));
  office.attends(17, august_last);
  office.ledger.person(17).reported(august_last, 300);
  office.end(august);
  office.ledger.person(17).approved(august_last);  // on 5 September: too late for the run
  office.compute(regular_run(2, august));
  office.lock(regular_run(2, august));
  {
    NullRecorder none;
    const auto facts = office.facts();
    EXPECT_FALSE(compute_settlement(facts, PersonId{17}, august, none)->has_value())
        << "not ordered";
  }
  EXPECT_EQ(office.refusal(correction_run(2, august)).rule, "run.month_not_ordered");
  office.order(regular_run(2, august));

  // Paid: productivity 6 300 / 6 600 = 9 545; factor 5 727 + 4 000 = 9 727.
  //   gross 3 890 800 + 2 431 750 + 700 000 = 7 022 550; tax 351 127.5 -> 351 128; BPJS 70 225.5 ->
  //   70 226 net 6 601 196. Due: 7 200 000 - 360 000 - 72 000 = 6 768 000.
  const TppPaymentComputed p = office.payment(17, correction_run(2, august));
  EXPECT_THAT(shown(p.lines), ElementsAre("positive_correction 166804 2022-08"));
  EXPECT_EQ(p.net, Rupiah{166'804});

  // Posted with the lock; then nothing is left to correct, in a correction run or in September's.
  office.pay(correction_run(2, august));
  EXPECT_EQ(office.payment(17, correction_run(2, august, 2)).left_out,
            LeftOutReason::nothing_to_pay);
  const Month september = month(2022, 9);
  office.works(17, first_day(september), last_day(september));
  office.end(september);
  for (const PaymentLine& line : office.payment(17, regular_run(2, september)).lines)
    EXPECT_FALSE(line.for_month) << shown({line})[0];
}

TEST(Correction, TakesBackWhatWasPaidTooMuchUpToWhatIsLeft) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  office.works(17, august_first, august_last);
  office.end(august);
  office.pay(regular_run(2, august));
  // In September it turns out that the person had left on 15 August, was paid for September too,
  // ...
  office.ledger.person(17).ended(1, date(2022, 8, 15));
  const TppPaymentComputed nothing = office.payment(17, correction_run(2, august));
  EXPECT_EQ(nothing.left_out, LeftOutReason::nothing_to_pay) << "negative ones wait";
  // 11 of 22 days are eligible: half of 6 768 000 is due for August.
  const Month september = month(2022, 9);
  office.ledger.person(17).assigned(2, {.unit = 3, .from = date(2022, 9, 26)});
  office.works(17, date(2022, 9, 26), last_day(september));
  office.end(september);
  const TppPaymentComputed p = office.payment(17, regular_run(2, september));
  // 5 of 22 days: 909 091 + 568 182 + 159 091 = 1 636 364; tax 81 818.2; BPJS 16 363.64
  // -> 1 636 364 - 81 818 - 16 364 = 1 538 182 is left; of -3 384 000 the rest stays outstanding.
  EXPECT_EQ(shown(p.lines).back(), "negative_correction -1538182 2022-08");
  EXPECT_EQ(p.net, Rupiah{0});
  ASSERT_EQ(p.outstanding.size(), 1u);
  EXPECT_EQ(p.outstanding[0], (Outstanding{"correction", Rupiah{1'845'818}, august}));
  office.pay(regular_run(2, september));
  {
    const auto facts = office.facts();
    // Posted in full.
    EXPECT_EQ(posted_corrections(facts, PersonId{17}, august), Rupiah{-3'384'000});
    NullRecorder none;
    EXPECT_EQ((*compute_settlement(facts, PersonId{17}, august, none))->amount, Rupiah{0});
    EXPECT_EQ(carried_amounts(facts, PersonId{17}).size(), 1u);
  }
  const Month october = month(2022, 10);
  office.works(17, first_day(october), last_day(october));
  office.end(october);
  const TppPaymentComputed next = office.payment(17, regular_run(2, october));
  EXPECT_EQ(shown(next.lines).back(), "negative_correction -1845818 2022-08");
  EXPECT_EQ(next.net, Rupiah{6'768'000 - 1'845'818});
}

TEST(Correction, DoesNotTakeTwiceWhatTheLockedRunLeftOutstanding) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  // July's cooperative debt takes all that August pays, BPJS included.
  const Month july = month(2022, 7);
  deduct(office, 17, "koperasi", 20'000'000, july, july);
  office.works(17, first_day(july), last_day(july));
  office.end(july);
  office.pay(regular_run(2, july));
  office.works(17, august_first, august_last);
  office.end(august);
  office.pay(regular_run(2, august));
  const auto facts = office.facts();
  NullRecorder none;
  for (const Month at : {july, august})
    EXPECT_EQ((*compute_settlement(facts, PersonId{17}, at, none))->amount, Rupiah{0})
        << to_string(at);
}

TEST(Correction, OfAnUpheldObjectionReturnsTheFivePercentNetOfTax) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  const Sequence cut = adjust(office, 17, -500, {august});
  office.works(17, august_first, august_last);
  office.end(august);
  office.pay(regular_run(2, august));
  adjust(office, 17, 0, {august}, cut);
  // 360 000 less 5 % tax and 1 % BPJS: 360 000 - 18 000 - 3 600
  const TppPaymentComputed p = office.payment(17, correction_run(2, august));
  EXPECT_THAT(shown(p.lines), ElementsAre("positive_correction 338400 2022-08"));
  EXPECT_EQ(p.lines[0].causes.size(), 2u);  // the regulation and the new decision
}

// Rulebook section 3.5 (7): deductions of every payee, also of one whom earlier months alone pay.
TEST(Correction, PaysTheMonthsOwnDeductionsOfSomebodyWithoutAnEligibleDay) {
  Office office;
  const Month september = month(2022, 9);
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  deduct(office, 17, "koperasi", 500'000, september, september);
  const Sequence cut = adjust(office, 17, -500, {august});
  office.works(17, august_first, august_last);
  office.end(august);
  office.pay(regular_run(2, august));
  office.ledger.person(17).ended(1, august_last);
  adjust(office, 17, 0, {august}, cut);
  office.end(september);
  const TppPaymentComputed p = office.payment(17, regular_run(2, september));
  EXPECT_THAT(shown(p.lines), ElementsAre("positive_correction 338400 2022-08",
                                          "deduction koperasi -338400 2022-09"));
  EXPECT_EQ(p.net, Rupiah{0});
  ASSERT_EQ(p.outstanding.size(), 1u);
  EXPECT_EQ(p.outstanding[0], (Outstanding{"koperasi", Rupiah{161'600}, september}));
}

// --- runs
// -------------------------------------------------------------------------------------------

TEST(Run, IsRefusedWithTheRuleThatSaysNo) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  office.works(17, august_first, august_last);
  EXPECT_EQ(office.refusal(regular_run(3, august)).rule, "run.unit");
  EXPECT_EQ(office.refusal(regular_run(9, august)).rule, "run.unit");
  EXPECT_EQ(office.refusal(regular_run(2, month(2019, 12))).rule, "regulation.none");
  EXPECT_EQ(office.refusal(regular_run(2, august)).rule, "attendance.month_open");
  {
    const auto facts = office.facts();
    const auto early = compute_run(facts, regular_run(2, august),
                                   office.ledger.instant(date(2022, 9, 3), "23:59:59"));
    EXPECT_EQ(early.error().rule, "run.before_cutoff");
  }
  office.end(august);
  EXPECT_EQ(office.refusal(regular_run(2, august)).rule, "computed");
  office.ledger.person(18).hired({.unit = 3, .job_class = 8, .grade = "III/c"});
  const Error missing = office.refusal(regular_run(2, august));
  EXPECT_EQ(missing.rule, "ceiling.missing");
  EXPECT_NE(missing.message.find("P18"), std::string::npos);
}

TEST(Run, ListsWhoIsLeftOutAndWhy) {
  Office office;
  office.ledger.person(20).hired({.unit = 4});
  office.ledger.person(20).ended(1, date(2022, 8, 15));
  office.ledger.person(20).assigned(2, {.unit = 3, .from = date(2022, 8, 16)});
  office.ledger.person(21).hired({.unit = 4, .status = EmploymentStatus::official});
  office.ledger.person(22).registered();
  office.ledger.person(22).assigned(1,
                                    {.unit = 4, .tpp_eligible = false, .from = date(2020, 1, 1)});
  office.end(august);
  EXPECT_EQ(office.payment(20, regular_run(4, august)).left_out, LeftOutReason::paid_by_other_unit);
  EXPECT_EQ(office.payment(20, regular_run(2, august)).left_out, std::nullopt);
  EXPECT_EQ(office.payment(21, regular_run(4, august)).left_out,
            LeftOutReason::not_eligible_status);
  EXPECT_EQ(office.payment(22, regular_run(4, august)).left_out, LeftOutReason::no_eligible_day);
  office.pay(regular_run(2, august));
  EXPECT_EQ(office.payment(20, regular_run(2, august, 2)).left_out, LeftOutReason::paid_already);
  EXPECT_EQ(office.refusal(regular_run(2, august)).rule, "run.locked");
}

TEST(Run, CannotBeLockedOnceAnotherRunHasPaidOrPosted) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  office.works(17, august_first, august_last);
  office.end(august);
  EXPECT_EQ(check_lockable(office.facts(), regular_run(2, august)).error().rule,
            "run.not_computed");
  office.compute(regular_run(2, august, 1));
  office.compute(regular_run(2, august, 2));
  office.lock(regular_run(2, august, 1));
  EXPECT_EQ(check_lockable(office.facts(), regular_run(2, august, 1)).error().rule, "run.locked");
  EXPECT_EQ(check_lockable(office.facts(), regular_run(2, august, 2)).error().rule,
            "run.stale_payment");
}

TEST(Run, ReportsWhatIsAboveTheBudgetAndCutsNothing) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  office.works(17, august_first, august_last);
  office.end(august);
  office.ledger.add(BudgetSet{UnitId{2}, 2022, Rupiah{6'000'000}, office.ledger.decree()});
  const auto facts = office.facts();
  const auto run =
      compute_run(facts, regular_run(2, august), office.ledger.instant(date(2022, 9, 5), "10:00"));
  ASSERT_TRUE(run) << run.error().describe();
  EXPECT_EQ(run->header.total, Rupiah{6'768'000});
  EXPECT_EQ(run->header.over_budget, Rupiah{768'000});
}

// --- the derivation
// ---------------------------------------------------------------------------------

TEST(Derivation, HoldsTheVeryNumbersOfThePayment) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  adjust(office, 17, -500, {august});
  office.works(17, august_first + 2, august_last);
  office.end(august);
  const auto facts = office.facts();
  DerivationRecorder recorder;
  const auto computed = compute_payment(facts, regular_run(2, august), PersonId{17}, recorder);
  ASSERT_TRUE(computed) << computed.error().describe();
  EXPECT_EQ(computed->payment, office.payment(17, regular_run(2, august)));
  const std::vector<Derivation> trees = recorder.take();
  ASSERT_EQ(trees.size(), 1u);
  const Derivation& root = trees[0];
  EXPECT_EQ(root.value, computed->payment.net.value);
  const auto value = [&](Quantity quantity, std::string_view detail = {}) {
    const Derivation* found = root.find(quantity, detail);
    return found == nullptr ? -1 : found->value;
  };
  EXPECT_EQ(value(Quantity::productivity), computed->payment.productivity.value);
  EXPECT_EQ(value(Quantity::discipline), computed->payment.discipline.value);
  EXPECT_EQ(value(Quantity::gross), computed->payment.gross.value);
  EXPECT_EQ(value(Quantity::earned, "prestasi_kerja"), computed->payment.lines[1].amount.value);
  EXPECT_EQ(value(Quantity::day_deduction, "2022-08-01"), 300);
  const Derivation* factor = root.find(Quantity::performance_factor);
  ASSERT_NE(factor, nullptr);
  EXPECT_EQ(factor->note.formula, "(6.000 × 9.091 + 4.000 × 9.400) ÷ 10.000");
  EXPECT_EQ(factor->note.rounding, Rounding::half_up);
  ASSERT_EQ(factor->note.rules.size(), 1u);
  EXPECT_EQ(factor->note.rules[0].provenance.status, ValueStatus::practice);
  EXPECT_EQ(factor->note.rules[0].applies_by, AppliesBy::payment_month);
  EXPECT_EQ(factor->note.rules[0].applied_on, august_first);
}

// --- the laws
// ---------------------------------------------------------------------------------------

TEST(Laws, NameTheBreachAndItsNumbers) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  office.works(17, august_first, august_last);
  office.end(august);
  const TppPaymentComputed good = office.payment(17, regular_run(2, august));
  const auto breach = [&](auto change) {
    TppPaymentComputed bad = good;
    change(bad);
    const Status status = laws::check_payment(bad);
    return status ? std::string("kept") : status.error().rule;
  };
  EXPECT_EQ(breach([](auto&) {}), "kept");
  EXPECT_EQ(breach([](auto& p) { p.net.value += 1; }), "law.lines_sum_to_net");
  EXPECT_EQ(breach([](auto& p) { p.lines[1].amount.value -= 1; }), "law.lines_sum_to_net");
  EXPECT_EQ(breach([](auto& p) { p.lines[0].causes.clear(); }), "law.every_line_cites");
  EXPECT_EQ(breach([](auto& p) { p.lines[0].for_month = august; }), "law.signs");
  EXPECT_EQ(breach([](auto& p) { p.taxable.value += 1; }), "law.taxable_is_the_sum");
  EXPECT_EQ(breach([](auto& p) { p.left_out = LeftOutReason::no_eligible_day; }),
            "law.left_out_gets_nothing");
  EXPECT_EQ(breach([](auto& p) {
              p.lines[0].amount.value -= 20'000'000;
              p.net.value -= 20'000'000;
            }),
            "law.net_not_negative");
  TppRunComputed header;
  header.payees = 1;
  header.total = Rupiah{good.net.value + 1};
  EXPECT_EQ(laws::payments_sum_to_run(header, {&good, 1}).error().rule, "law.payments_sum_to_run");
}

}  // namespace
}  // namespace runut
