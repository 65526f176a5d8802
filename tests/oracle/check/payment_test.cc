// Whole payments worked by hand, the arithmetic beside each number (rulebook sections 3.1 and 3.5).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/oracle/play/city.h"
#include "tests/support/dates.h"

namespace runut::oracle {
namespace {

using runut::testing::august;
using runut::testing::august_first;
using runut::testing::august_last;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(OraclePayment, OfAMonthWithLateDaysAndMissingReports) {
  City city;
  city.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  // 1 August: a minute late, no report. 2 August: no clock-out, no report. 3 August: absent, but a
  // report. The other 19 days without fault.
  const Date d1 = august_first, d2 = august_first + 1, d3 = august_first + 2;
  city.ledger.person(17).attended(d1, "07:31:59", "16:00");
  city.ledger.person(17).clocked(d2, ClockDirection::in, "07:30:59");
  city.reports(17, d3);
  city.works(17, august_first + 3, august_last);
  city.end(august);

  const ExpectedPayment p = city.payment(17, regular(2, august));
  EXPECT_EQ(p.left_out, std::nullopt);
  EXPECT_EQ(p.unit, UnitId{3});
  EXPECT_EQ(p.required, 6'600);      // 22 x 300
  EXPECT_EQ(p.approved, 6'000);      // 20 x 300
  EXPECT_EQ(p.productivity, 9'091);  // 6 000 / 6 600 = 0.90909...
  EXPECT_EQ(p.discipline, 9'500);  // 10 000 - 50 (07:31 is 1 minute) - 150 (no out) - 300 (absent)
  // 0.6 x 9 091 = 5 454.6; 0.4 x 9 500 = 3 800; together 9 254.6
  EXPECT_EQ(p.performance_factor, 9'255);
  EXPECT_THAT(shown(p.lines),
              ElementsAre("earned beban_kerja 2776500",     // 3 000 000 x 0.9255
                          "earned prestasi_kerja 1851000",  // 2 000 000 x 0.9255
                          "earned tempat_bertugas 0", "earned kondisi_kerja 500000",
                          "earned kelangkaan_profesi 0", "earned pertimbangan_objektif_lainnya 0",
                          "tax -256375",                        // 5 % of 5 127 500
                          "deduction bpjs_kesehatan -51275"));  // 1 % of 5 127 500
  EXPECT_EQ(p.gross, 5'127'500);
  EXPECT_EQ(p.taxable, 5'127'500);
  EXPECT_EQ(p.net, 4'819'850);
  EXPECT_THAT(p.outstanding, IsEmpty());
}

TEST(OraclePayment, OfACpnsWhoBeganMidMonthAndWasSick) {
  City city;
  city.ledger.person(18).hired({.unit = 2,
                                .job_class = 6,
                                .grade = "III/a",
                                .status = EmploymentStatus::cpns,
                                .from = date(2022, 8, 15)});
  city.ledger.person(18).on_leave(LeaveKind::sick, date(2022, 8, 22), date(2022, 8, 23));
  // Working days from 15 August: 15, 16, 18, 19, 22 to 26, 29 to 31 = 12, two of them sick.
  for (Date day = date(2022, 8, 15); day <= august_last; day = day + 1) {
    if (!city.is_working_day(day) || day == date(2022, 8, 22) || day == date(2022, 8, 23)) continue;
    city.attends(18, day);
    city.reports(18, day, 250);
  }
  city.end(august);

  const ExpectedPayment p = city.payment(18, regular(2, august));
  EXPECT_EQ(p.required, 3'000);      // 10 x 300
  EXPECT_EQ(p.approved, 2'500);      // 10 x 250
  EXPECT_EQ(p.productivity, 8'333);  // 0.83333...
  EXPECT_EQ(p.discipline, 10'000);
  EXPECT_EQ(p.performance_factor, 9'000);  // 4 999.8 + 4 000 = 8 999.8
  // Each eligible amount: ceiling x 8 000 x (10 x 10 000 + 2 x 9 500) / (22 x 10^8)
  //   = ceiling x 952 / 2 200
  // beban     2 345 678 x 952 / 2 200 = 1 015 038.84 -> 1 015 039; x 0.9 = 913 535.1 -> 913 535
  // prestasi  1 000 000 x 952 / 2 200 =   432 727.27 ->   432 727; x 0.9 = 389 454.3 -> 389 454
  // kondisi     333 333 x 952 / 2 200 =   144 242.28 ->   144 242, without the factor
  EXPECT_THAT(shown(p.lines),
              ElementsAre("earned beban_kerja 913535", "earned prestasi_kerja 389454",
                          "earned tempat_bertugas 0", "earned kondisi_kerja 144242",
                          "earned kelangkaan_profesi 0", "earned pertimbangan_objektif_lainnya 0",
                          "tax -72362",                         // 5 % of 1 447 231 = 72 361.55
                          "deduction bpjs_kesehatan -14472"));  // 14 472.31
  EXPECT_EQ(p.gross, 1'447'231);
  EXPECT_EQ(p.net, 1'360'397);
}

TEST(OraclePayment, WithAdjustmentSanctionsAndMoreDeductionsThanMoney) {
  City city;
  city.ledger.person(19).hired({.unit = 3, .job_class = 12, .grade = "IV/a"});
  city.ledger.unit(2).sanctioned(month(2022, 8), month(2022, 8));  // U3 is below U2
  city.ledger.person(19).sanctioned(month(2022, 8), 1);
  TppAdjustmentDecided adjusted;
  adjusted.person = PersonId{19};
  adjusted.cause = AdjustmentCause::ranking;
  adjusted.period = Period{month(2022, 1), 6};
  adjusted.delta = BasisPoints{-500};
  adjusted.months = {month(2022, 8)};
  city.ledger.add(adjusted);
  DeductionSet loan;
  loan.person = PersonId{19};
  loan.code = "koperasi";
  loan.amount = Rupiah{8'000'000};
  loan.first = month(2022, 8);
  loan.last = month(2022, 8);
  city.ledger.add(loan);
  city.works(19, august_first, august_last);
  city.end(august);

  const ExpectedPayment p = city.payment(19, regular(2, august));
  EXPECT_EQ(p.gross, 15'000'001);
  EXPECT_THAT(
      shown(p.lines),
      ElementsAre("earned beban_kerja 9000000", "earned prestasi_kerja 6000001",
                  "earned tempat_bertugas 0", "earned kondisi_kerja 0",
                  "earned kelangkaan_profesi 0", "earned pertimbangan_objektif_lainnya 0",
                  "adjustment -750000",               // 5 % of 15 000 001 = 750 000.05
                  "unit_sanction -1500000",           // 10 % of gross, not of what is left
                  "disciplinary_sanction -3750000",   // 25 % of gross = 3 750 000.25
                  "tax -1350000",                     // 15 % of 9 000 001 = 1 350 000.15
                  "deduction bpjs_kesehatan -90000",  // 1 % of 9 000 001
                  "deduction koperasi -7560001"));    // 9 000 001 - 1 350 000 - 90 000 is left
  EXPECT_EQ(p.taxable, 9'000'001);
  EXPECT_EQ(p.net, 0);
  EXPECT_THAT(p.outstanding, ElementsAre(Owing{"koperasi", 439'999, august}));

  // September (22 working days, no holiday) takes the rest august_first: 439 999 of August's, then
  // its own.
  city.record.pay(regular(2, august));
  city.works(19, date(2022, 9, 1), date(2022, 9, 30));
  city.end(month(2022, 9));
  const ExpectedPayment next = city.payment(19, regular(2, month(2022, 9)));
  EXPECT_THAT(shown(next.lines),
              ElementsAre("earned beban_kerja 9000000", "earned prestasi_kerja 6000001",
                          "earned tempat_bertugas 0", "earned kondisi_kerja 0",
                          "earned kelangkaan_profesi 0", "earned pertimbangan_objektif_lainnya 0",
                          "tax -2250000",  // 15 % of 15 000 001 = 2 250 000.15
                          "deduction koperasi -439999 2022-08",
                          "deduction bpjs_kesehatan -120000"));  // 1 % of the cap, 12 000 000
  EXPECT_EQ(next.net, 15'000'001 - 2'250'000 - 439'999 - 120'000);
  EXPECT_THAT(next.outstanding, IsEmpty());
}

TEST(OraclePayment, OfSanctionsBeyondGrossIsLiftedToZeroAndNotCollectedLater) {
  City city;
  city.ledger.person(19).hired({.unit = 3, .job_class = 7, .grade = "III/a"});
  for (int i = 0; i < 5; ++i) city.ledger.person(19).sanctioned(month(2022, 8), 1);
  city.works(19, august_first, august_last);
  city.end(august);
  const ExpectedPayment p = city.payment(19, regular(2, august));
  // gross 5 500 000; five times 25 % = -6 875 000; the sum -1 375 000 is lifted to 0.
  EXPECT_EQ(shown(p.lines).back(), "shortfall 1375000");
  EXPECT_EQ(p.taxable, 0);
  EXPECT_EQ(p.net, 0);
  EXPECT_THAT(p.outstanding, IsEmpty());
}

TEST(OraclePayment, CountsWhatWasApprovedBeforeTheCutoffOnly) {
  City city;
  city.ledger.person(17).hired({.unit = 3});
  for (const int day : {1, 2, 3}) city.ledger.person(17).reported(date(2022, 8, day), 300);
  city.ledger.clock(date(2022, 9, 3), "23:59:59");
  city.ledger.person(17).approved(date(2022, 8, 1));
  city.ledger.clock(date(2022, 9, 4), "00:00");  // exactly then is late
  city.ledger.person(17).approved(date(2022, 8, 2));
  city.ledger.clock(date(2022, 9, 5), "08:00");
  EXPECT_EQ(city.payment(17, regular(2, august)).approved, 300);
}

TEST(OraclePayment, TakesAReportsLifeInOrder) {
  City city;
  city.ledger.person(17).hired({.unit = 3});
  auto person = city.ledger.person(17);
  const Date returned = date(2022, 8, 1), replaced = date(2022, 8, 2), free = date(2022, 8, 6);
  city.ledger.clock(date(2022, 8, 8));
  person.reported(returned, 100);
  person.returned(returned);
  const Sequence old = person.reported(replaced, 200);
  person.approved(replaced);
  person.reported(replaced, 150, {.supersedes = old});  // voids the approval of 200
  person.reported(free, 40);                            // a Saturday counts too
  person.approved(free);
  EXPECT_EQ(city.payment(17, regular(2, august)).approved, 40);
  person.approved(replaced);
  EXPECT_EQ(city.payment(17, regular(2, august)).approved, 190);
}

TEST(OraclePayment, IsLeftOutWithTheReason) {
  City city;
  city.ledger.person(20).hired({.unit = 4});
  city.ledger.person(20).ended(1, date(2022, 8, 15));
  city.ledger.person(20).assigned(2, {.unit = 3, .from = date(2022, 8, 16)});
  city.ledger.person(21).hired({.unit = 4, .status = EmploymentStatus::official});
  city.ledger.person(22).registered();
  city.ledger.person(22).assigned(1, {.unit = 4, .tpp_eligible = false, .from = date(2020, 1, 1)});
  city.works(20, august_first, august_last);
  city.end(august);
  EXPECT_EQ(city.payment(20, regular(4, august)).left_out, LeftOutReason::paid_by_other_unit);
  EXPECT_EQ(city.payment(20, regular(2, august)).left_out, std::nullopt);
  EXPECT_EQ(city.payment(21, regular(4, august)).left_out, LeftOutReason::not_eligible_status);
  EXPECT_EQ(city.payment(22, regular(4, august)).left_out, LeftOutReason::no_eligible_day);
  city.record.pay(regular(2, august));
  EXPECT_EQ(city.payment(20, regular(2, august, 2)).left_out, LeftOutReason::paid_already);
  EXPECT_THAT(disagreements(city.ledger), IsEmpty());
}

}  // namespace
}  // namespace runut::oracle
