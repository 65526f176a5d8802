// Corrections of locked months (rulebook section 3.5, Corrections).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/oracle/play/city.h"
#include "tests/support/dates.h"

namespace runut::oracle {
namespace {

using runut::testing::august;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

const Month september = month(2022, 9);
const Month october = month(2022, 10);

// P17 works all of August, but two reports wait for approval until after the run.
//   paid: productivity 6 000 / 6 600 = 9 091; factor 5 454.6 + 4 000 = 9 455
//         3 000 000 x 0.9455 = 2 836 500; 2 000 000 x 0.9455 = 1 891 000; with 500 000: 5 227 500
//         less 5 % = 261 375 and 1 % = 52 275: net 4 913 850
//   due:  5 500 000 - 275 000 - 55 000 = 5 170 000, that is 256 150 more
class OracleCorrection : public ::testing::Test {
 protected:
  OracleCorrection() {
    city.ledger.person(17).hired({.unit = 3});
    city.works(17, date(2022, 8, 1), date(2022, 8, 29));
    for (const int day : {30, 31}) {
      city.attends(17, date(2022, 8, day));
      city.ledger.person(17).reported(date(2022, 8, day), 300);
    }
    city.end(august);
    city.record.pay(regular(2, august));
  }
  void approve_late() {
    for (const int day : {30, 31}) city.ledger.person(17).approved(date(2022, 8, day));
  }
  void work_and_pay(Month month) {
    city.works(17, first_day(month), last_day(month));
    city.end(month);
    city.record.pay(regular(2, month));
  }
  std::vector<std::string> lines(const RunId& run) { return shown(city.payment(17, run).lines); }
  City city;
};

TEST_F(OracleCorrection, OfALateApprovalIsPostedByTheNextRegularRunOnce) {
  EXPECT_EQ(city.record.oracle().correction(PersonId{17}, august, city.ledger.head())->settled,
            4'913'850);
  approve_late();
  const auto due = city.record.oracle().correction(PersonId{17}, august, city.ledger.head());
  EXPECT_EQ(due->recomputed, 5'170'000);
  EXPECT_EQ(due->amount, 256'150);
  city.works(17, date(2022, 9, 1), date(2022, 9, 30));
  city.end(september);
  EXPECT_THAT(lines(regular(2, september)), Contains("positive_correction 256150 2022-08"));
  EXPECT_EQ(city.payment(17, regular(2, september)).net, 5'170'000 + 256'150);
  city.record.pay(regular(2, september));
  work_and_pay(october);
  EXPECT_EQ(city.payment(17, regular(2, month(2022, 11))).corrections.size(), 0u);
  EXPECT_THAT(disagreements(city.ledger), IsEmpty());
}

TEST_F(OracleCorrection, RunSettlesItsMonthAndLeavesNothingForTheRegularRun) {
  approve_late();
  EXPECT_THAT(lines(correction(2, august)), ElementsAre("positive_correction 256150 2022-08"));
  city.record.pay(correction(2, august));
  city.works(17, date(2022, 9, 1), date(2022, 9, 30));
  city.end(september);
  EXPECT_THAT(lines(regular(2, september)), Not(Contains("positive_correction 256150 2022-08")));
  EXPECT_THAT(disagreements(city.ledger), IsEmpty());
}

TEST_F(OracleCorrection, DownwardsWaitsForTheRegularRunAndTakesWhatIsLeft) {
  // Unpaid leave of 11 of the 22 days, granted afterwards: required 3 300; the reports of leave
  // days do not count: 9 of 11 days approved in time, all 11 now.
  //   eligible: half of every ceiling; factor 10 000
  //   2 750 000 - 137 500 - 27 500 = 2 585 000; less 4 913 850 = -2 328 850
  approve_late();
  city.ledger.person(17).on_leave(LeaveKind::unpaid, date(2022, 8, 1), date(2022, 8, 15));
  const auto due = city.record.oracle().correction(PersonId{17}, august, city.ledger.head());
  EXPECT_EQ(due->recomputed, 2'585'000);
  EXPECT_EQ(due->amount, -2'328'850);
  EXPECT_EQ(city.payment(17, correction(2, august)).left_out, LeftOutReason::nothing_to_pay);

  // September pays half (unpaid from the 16th): 22 working days, 11 before. 2 585 000 is left,
  // which the correction takes but for 256 150 more than it needs.
  city.ledger.person(17).on_leave(LeaveKind::unpaid, date(2022, 9, 16), date(2022, 9, 30));
  city.works(17, date(2022, 9, 1), date(2022, 9, 15));
  city.end(september);
  const ExpectedPayment p = city.payment(17, regular(2, september));
  EXPECT_THAT(shown(p.lines), Contains("negative_correction -2328850 2022-08"));
  EXPECT_EQ(p.net, 2'585'000 - 2'328'850);
  EXPECT_THAT(p.outstanding, IsEmpty());
}

TEST_F(OracleCorrection, BeyondTheMoneyIsPostedInFullAndTheRestCarried) {
  approve_late();
  city.ledger.person(17).on_leave(LeaveKind::unpaid, date(2022, 8, 1), date(2022, 8, 31));
  city.ledger.person(17).on_leave(LeaveKind::unpaid, date(2022, 9, 2), date(2022, 9, 30));
  // August is worth 0: -4 913 850. September pays 1 of 22 days: ceilings 136 364 + 90 909 + 22 727
  // = 250 000, less 12 500 and 2 500: 235 000 is left; 4 678 850 stays outstanding.
  city.works(17, date(2022, 9, 1), date(2022, 9, 1));
  city.end(september);
  const ExpectedPayment p = city.payment(17, regular(2, september));
  EXPECT_THAT(shown(p.lines), Contains("negative_correction -235000 2022-08"));
  EXPECT_EQ(p.net, 0);
  EXPECT_THAT(p.outstanding, ElementsAre(Owing{"correction", 4'678'850, august}));
  city.record.pay(regular(2, september));
  city.works(17, date(2022, 10, 1), date(2022, 10, 31));
  city.end(october);
  const ExpectedPayment next = city.payment(17, regular(2, october));
  EXPECT_THAT(next.corrections, IsEmpty());  // counts as posted, in full
  EXPECT_THAT(shown(next.lines), Contains("negative_correction -4678850 2022-08"));
  EXPECT_EQ(next.net, 5'170'000 - 4'678'850);
  city.record.pay(regular(2, october));
  EXPECT_THAT(disagreements(city.ledger), IsEmpty());
}

TEST_F(OracleCorrection, WaitsForTheOrderAndAReopenedRunIsComputedAnew) {
  city.ledger.person(18).hired({.unit = 4});
  city.works(18, date(2022, 9, 1), date(2022, 9, 30));
  city.end(september);
  city.record.compute(regular(4, september));
  city.record.lock(regular(4, september));
  city.ledger.person(18).excused(1, date(2022, 9, 1), true);
  EXPECT_EQ(city.payment(18, correction(4, september)).left_out, LeftOutReason::nothing_to_pay);
  city.record.reopen(regular(4, september));
  city.record.pay(regular(4, september));
  EXPECT_THAT(disagreements(city.ledger), IsEmpty());
}

TEST_F(OracleCorrection, PaysWhomNoRegularRunPaidOnceTheirUnitsRunIsOrdered) {
  // Registered after August was paid, in office since 15 August: 12 of 22 working days.
  city.ledger.person(18).hired({.unit = 2, .from = date(2022, 8, 15)});
  city.works(18, date(2022, 8, 15), date(2022, 8, 31));
  // 3 000 000 x 12 / 22 = 1 636 364; 1 090 909; 272 727: 3 000 000 less 5 % and 1 %
  const ExpectedPayment p = city.payment(18, correction(2, august));
  EXPECT_THAT(shown(p.lines), ElementsAre("positive_correction 2820000 2022-08"));
  EXPECT_EQ(p.corrections.at(0).settled, 0);
  city.record.pay(correction(2, august));
  EXPECT_THAT(disagreements(city.ledger), IsEmpty());
}

TEST_F(OracleCorrection, LeavesOutWhatWasTakenFromCorrectionsWhenAMonthIsSettled) {
  // September's loan is larger than September: the rest is taken out of August's correction, in a
  // line that names September, and does not come back as a difference of September.
  approve_late();
  DeductionSet loan;
  loan.person = PersonId{17};
  loan.code = "koperasi";
  loan.amount = Rupiah{5'200'000};
  loan.first = september;
  loan.last = september;
  city.ledger.add(loan);
  city.works(17, date(2022, 9, 1), date(2022, 9, 30));
  city.end(september);
  // 5 500 000 - 275 000 - 55 000 = 5 170 000 of September, 256 150 of August; 30 000 short.
  const ExpectedPayment p = city.payment(17, regular(2, september));
  EXPECT_THAT(shown(p.lines), Contains("deduction koperasi -5170000"));
  EXPECT_THAT(shown(p.lines), Contains("deduction koperasi -30000 2022-09"));
  EXPECT_EQ(p.net, 226'150);
  city.record.pay(regular(2, september));
  EXPECT_EQ(city.record.oracle().correction(PersonId{17}, september, city.ledger.head())->amount,
            0);
  EXPECT_EQ(city.record.oracle().correction(PersonId{17}, august, city.ledger.head())->amount, 0);
}

}  // namespace
}  // namespace runut::oracle
