// Runs: computing, locking, reopening, ordering, confirming, returning; corrections.
#include <gtest/gtest.h>

#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

const Month january = month(2022, 1);
const Month february = month(2022, 2);
const RunId run = regular_run(2, january);

By treasurer() {
  return person_as(9, Role::treasurer);
}
ComputeTppRun computing(const RunId& of = run) {
  return {of};
}
LockTppRun locking(const Scene& s, const RunId& of = run) {
  return {of, s.decree(3, "Kepala Dinas")};
}
TppRunReopened reopening(const Scene& s) {
  return {run, s.decree(3, "Kepala Dinas")};
}
PaymentOrdered order(const Scene& s, std::int64_t amount = -1) {
  return {run, Rupiah{amount}, "SPP/1", "SPM/1", "SP2D/1", s.decree()};
}

// January of U2 is due; nothing is computed. Today is 5 February.
void due(Scene& s) {
  s.month_is_over(january);
}
void computed(Scene& s) {
  due(s);
  s.compute(run);
}
void locked(Scene& s) {
  computed(s);
  s.lock(run);
}
void ordered(Scene& s) {
  locked(s);
  s.order(run);
}
// Nobody had reported in January: now P11 has, 300 minutes of one day.
void late_work(Scene& s, std::uint64_t id = 1) {
  s.given(employee(11), report(11, date(2022, 1, 10), 300, id), says("narasi"));
  s.given(appraiser(3), approval(11, date(2022, 1, 10), id));
}
Answer computes(Scene& s, const RunId& of = run) {
  return s.when(treasurer(), computing(of));
}
Answer locks(Scene& s, const RunId& of = run) {
  return s.when(official(3), locking(s, of));
}

}  // namespace

const std::vector<Refusal>& run_refusals() {
  static const std::vector<Refusal> rows = {
      // --- computing
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) { return s.when(employee(9), computing()); }},
      {"unit.unknown", nobody, "data.run", "U7",
       [](Scene& s) { return computes(s, regular_run(7, january)); }},
      {"run.unit", no, "data.run", "U3",
       [](Scene& s) {
         due(s);
         return computes(s, regular_run(3, january));
       }},
      {"run.number", no, "data.run", "U2/2022-01/regular/2",
       [](Scene& s) {
         computed(s);
         return computes(s, regular_run(2, january, 2));
       }},
      {"run.locked", no, "data.run", "U2/2022-01/regular/1",
       [](Scene& s) {
         locked(s);
         return computes(s);
       }},
      {"regulation.none", no, "data.run", "2019-12-01",
       [](Scene& s) { return computes(s, regular_run(2, month(2019, 12))); }},
      {"run.before_cutoff", no, "data.run", "2022-01",
       [](Scene& s) {
         s.at(date(2022, 2, 1));
         for (const std::uint64_t unit : {2u, 3u})
           s.given(hr(), AttendanceMonthClosed{UnitId{unit}, january});
         s.at(date(2022, 2, 3), "23:59");
         return computes(s);
       }},
      {"run.month_not_ordered", no, "data.run", "2022-01",
       [](Scene& s) {
         locked(s);
         return computes(s, correction_run(2, january));
       }},
      {"attendance.month_open", no, "data.run", "2022-01",
       [](Scene& s) {
         s.at(date(2022, 2, 5));
         s.given(hr(), AttendanceMonthClosed{UnitId{2}, january});
         return computes(s);
       }},
      {"ceiling.missing", no, "component", "beban_kerja, kelas 8",
       [](Scene& s) {
         due(s);
         s.given(hr(), AssignmentEnded{PersonId{11}, 1, date(2022, 1, 15)});
         AssignmentStarted post;
         post.person = PersonId{11};
         post.assignment = 2;
         post.unit = UnitId{3};
         post.post = "Analis";
         post.job_class = 8;
         post.echelon = Echelon::staff;
         post.kind = PositionKind::functional;
         post.role = AssignmentRole::definitive;
         post.tpp_eligible = true;
         post.from = date(2022, 1, 16);
         s.given(hr(), post);
         return computes(s);
       }},
      {"grade.missing", no, "person", "P30",
       [](Scene& s) {
         due(s);
         s.given(hr(), PersonRegistered{PersonId{30}}, says("Nama"));
         s.given(hr(), StatusChanged{PersonId{30}, EmploymentStatus::pns, date(2020, 1, 1)});
         AssignmentStarted post;
         post.person = PersonId{30};
         post.assignment = 1;
         post.unit = UnitId{3};
         post.post = "Analis";
         post.job_class = 7;
         post.echelon = Echelon::staff;
         post.kind = PositionKind::functional;
         post.role = AssignmentRole::definitive;
         post.tpp_eligible = true;
         post.from = date(2022, 1, 1);
         s.given(hr(), post);
         return computes(s);
       }},
      {"leave.rate_missing", no, "leave_bp", "major",  // priced when it was granted
       [](Scene& s) {
         due(s);
         s.given(hr(), LeaveGranted{PersonId{11}, LeaveKind::major, date(2022, 1, 10),
                                    date(2022, 1, 11)});
         s.given(hr(), s.amendment(RegulationText()
                                       .id("kota-uji-2")
                                       .effective(date(2022, 1, 1))
                                       .set("leave_bp", R"({"annual":10000})")));
         return computes(s);
       }},
      {"month.no_working_days", no, "data.run", "2022-01",
       [](Scene& s) {
         due(s);
         s.given(
             hr(),
             ScheduleSet{
                 UnitId{2}, date(2022, 1, 1), date(2022, 1, 31), {{7, 480, 960, Minutes{300}}}});
         for (const int sunday : {2, 9, 16, 23, 30})
           s.given(hr(), HolidaySet{date(2022, 1, sunday), HolidayKind::national, "Libur"});
         return computes(s);
       }},
      // --- locking
      {"actor.role", not_theirs, "actor.role", "hr",
       [](Scene& s) {
         computed(s);
         return s.when(hr(), locking(s));
       }},
      {"run.unknown", nobody, "data.run", "U2/2022-01/regular/1",
       [](Scene& s) {
         due(s);
         return locks(s);
       }},
      {"run.lock_signatory", not_theirs, "data.decree.office", "Kepala Badan",  // of another unit
       [](Scene& s) {
         computed(s);
         return s.when(official(4), LockTppRun{run, s.decree(4, "Kepala Badan")});
       }},
      {"authority.separation", not_theirs, "actor.id", "P9",
       [](Scene& s) {
         computed(s);
         return s.when(treasurer(), locking(s));
       }},
      {"run.locked", no, "data.run", "U2/2022-01/regular/1",
       [](Scene& s) {
         locked(s);
         return locks(s);
       }},
      {"run.not_computed", no, "data.run", "U2/2022-01/regular/1",  // since it was reopened
       [](Scene& s) {
         locked(s);
         s.given(official(3), reopening(s));
         return locks(s);
       }},
      {"run.stale_payment", no, "person", "P11",
       [](Scene& s) {
         computed(s);
         // P11 had moved to U4, whose run pays the month first.
         s.given(hr(), AssignmentEnded{PersonId{11}, 1, date(2022, 1, 15)});
         AssignmentStarted post;
         post.person = PersonId{11};
         post.assignment = 2;
         post.unit = UnitId{4};
         post.post = "Analis";
         post.job_class = 7;
         post.echelon = Echelon::staff;
         post.kind = PositionKind::functional;
         post.role = AssignmentRole::definitive;
         post.tpp_eligible = true;
         post.from = date(2022, 1, 16);
         s.given(hr(), post);
         s.compute(regular_run(4, january));
         s.lock(regular_run(4, january));
         return locks(s);
       }},
      {"run.stale_correction", no, "person", "P11",
       [](Scene& s) {
         ordered(s);
         late_work(s);
         s.month_is_over(february);
         s.compute(correction_run(2, january));
         s.compute(regular_run(2, february));
         s.lock(regular_run(2, february));
         return locks(s, correction_run(2, january));
       }},
      {"run.stale_carried", no, "person", "P11",
       [](Scene& s) {
         DeductionSet loan;
         loan.person = PersonId{11};
         loan.code = "koperasi";
         loan.amount = Rupiah{900'000};
         loan.first = january;
         loan.last = january;
         s.given(hr(), loan);
         ordered(s);
         s.month_is_over(february);
         s.compute(regular_run(2, february));
         s.month_is_over(month(2022, 3));
         s.compute(regular_run(2, month(2022, 3)));
         s.lock(regular_run(2, month(2022, 3)));
         return locks(s, regular_run(2, february));
       }},
      // --- reopening
      {"actor.role", not_theirs, "actor.role", "hr",
       [](Scene& s) {
         locked(s);
         return s.when(hr(), reopening(s));
       }},
      {"run.not_locked", no, "data.run", "U2/2022-01/regular/1",
       [](Scene& s) {
         computed(s);
         return s.when(official(3), reopening(s));
       }},
      {"run.lock_signatory", not_theirs, "data.decree.office", "Kepala Badan",
       [](Scene& s) {
         locked(s);
         return s.when(official(4), TppRunReopened{run, s.decree(4, "Kepala Badan")});
       }},
      {"run.ordered", no, "data.run", "U2/2022-01/regular/1",
       [](Scene& s) {
         ordered(s);
         return s.when(official(3), reopening(s));
       }},
      // --- ordering
      {"actor.role", not_theirs, "actor.role", "official",
       [](Scene& s) {
         locked(s);
         return s.when(official(3), order(s));
       }},
      {"run.not_locked", no, "data.run", "U2/2022-01/regular/1",
       [](Scene& s) {
         computed(s);
         return s.when(treasurer(), order(s));
       }},
      {"run.ordered", no, "data.run", "U2/2022-01/regular/1",
       [](Scene& s) {
         ordered(s);
         return s.when(treasurer(), order(s));
       }},
      {"order.documents", no, "data.sp2d", "",
       [](Scene& s) {
         locked(s);
         PaymentOrdered body = order(s);
         body.sp2d.clear();
         return s.when(treasurer(), body);
       }},
      {"order.amount", no, "data.amount", "5",
       [](Scene& s) {
         locked(s);
         return s.when(treasurer(), order(s, 5));
       }},
      // --- confirming and returning
      {"actor.role", not_theirs, "actor.role", "hr",
       [](Scene& s) {
         ordered(s);
         return s.when(hr(), PaymentConfirmed{run, "BANK/1"});
       }},
      {"run.not_ordered", no, "data.run", "U2/2022-01/regular/1",
       [](Scene& s) {
         locked(s);
         return s.when(treasurer(), PaymentConfirmed{run, "BANK/1"});
       }},
      {"confirmation.reference", no, "data.reference", "",
       [](Scene& s) {
         ordered(s);
         return s.when(treasurer(), PaymentConfirmed{run, ""});
       }},
      {"run.confirmed", no, "data.run", "U2/2022-01/regular/1",
       [](Scene& s) {
         ordered(s);
         s.given(treasurer(), PaymentConfirmed{run, "BANK/1"});
         return s.when(treasurer(), PaymentConfirmed{run, "BANK/2"});
       }},
      {"person.unknown", nobody, "data.person", "P99",
       [](Scene& s) {
         ordered(s);
         return s.when(treasurer(), PaymentReturned{PersonId{99}, run, Rupiah{1}, "rekening"});
       }},
      {"run.not_ordered", no, "data.run", "U2/2022-01/regular/1",
       [](Scene& s) {
         locked(s);
         return s.when(treasurer(), PaymentReturned{PersonId{11}, run, Rupiah{1}, "rekening"});
       }},
      {"return.no_payment", nobody, "data.person", "P21",
       [](Scene& s) {
         ordered(s);
         return s.when(treasurer(), PaymentReturned{PersonId{21}, run, Rupiah{1}, "rekening"});
       }},
      {"return.amount", no, "data.amount", "1",
       [](Scene& s) {
         ordered(s);
         return s.when(treasurer(), PaymentReturned{PersonId{11}, run, Rupiah{1}, "rekening"});
       }},
      {"return.twice", no, "data.run", "U2/2022-01/regular/1",
       [](Scene& s) {
         ordered(s);
         const PaymentReturned returned{
             PersonId{11}, run, s.facts().month(PersonId{11}, january).payments.back().payment.net,
             "rekening tutup"};
         s.given(treasurer(), returned);
         return s.when(treasurer(), returned);
       }},
  };
  return rows;
}

const std::vector<Acceptance>& run_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"a run pays everybody of its unit and below", "TppRunComputed, 9 TppPaymentComputed",
       [](Scene& s) {
         due(s);
         return computes(s);
       }},
      {"exactly at the cut-off it may be computed", "TppRunComputed, 9 TppPaymentComputed",
       [](Scene& s) {
         s.at(date(2022, 2, 1));
         for (const std::uint64_t unit : {2u, 3u})
           s.given(hr(), AttendanceMonthClosed{UnitId{unit}, january});
         s.at(date(2022, 2, 4), "00:00");
         return computes(s);
       }},
      {"until it is locked it is computed as often as wanted",
       "TppRunComputed, 9 TppPaymentComputed",
       [](Scene& s) {
         computed(s);
         return computes(s);
       }},
      {"the head of the paying unit locks", "TppRunLocked",
       [](Scene& s) {
         computed(s);
         return locks(s);
       }},
      {"a locked run is reopened until it is ordered", "TppRunReopened",
       [](Scene& s) {
         locked(s);
         return s.when(official(3), reopening(s));
       }},
      {"then computed", "TppRunComputed, 9 TppPaymentComputed",
       [](Scene& s) {
         locked(s);
         s.given(official(3), reopening(s));
         return computes(s);
       }},
      {"and locked anew", "TppRunLocked",
       [](Scene& s) {
         locked(s);
         s.given(official(3), reopening(s));
         s.compute(run);
         return locks(s);
       }},
      {"a second run finds everybody paid, and says so", "TppRunComputed, 9 TppPaymentComputed",
       [](Scene& s) {
         locked(s);
         return computes(s, regular_run(2, january, 2));
       }},
      {"the order takes the locked total", "PaymentOrdered",
       [](Scene& s) {
         locked(s);
         return s.when(treasurer(), order(s));
       }},
      {"the bank confirms", "PaymentConfirmed",
       [](Scene& s) {
         ordered(s);
         return s.when(treasurer(), PaymentConfirmed{run, "BANK/1"});
       }},
      {"a payment comes back", "PaymentReturned",
       [](Scene& s) {
         ordered(s);
         const auto& payments = s.facts().month(PersonId{11}, january).payments;
         return s.when(treasurer(), PaymentReturned{PersonId{11}, run, payments.back().payment.net,
                                                    "rekening tutup"});
       }},
      {"what came back is the locked net where no amount is given", "PaymentReturned",
       [](Scene& s) {
         ordered(s);
         return s.when(treasurer(), PaymentReturned{PersonId{11}, run, Rupiah{-1}, "rekening"});
       }},
      {"a correction run settles its month for those whom something changed for",
       "TppRunComputed, TppPaymentComputed",
       [](Scene& s) {
         ordered(s);
         late_work(s);
         return computes(s, correction_run(2, january));
       }},
      {"its lock posts the correction", "TppRunLocked, TppCorrectionPosted",
       [](Scene& s) {
         ordered(s);
         late_work(s);
         s.compute(correction_run(2, january));
         return locks(s, correction_run(2, january));
       }},
      {"the next regular run posts every outstanding difference",
       "TppRunLocked, TppCorrectionPosted",
       [](Scene& s) {
         ordered(s);
         late_work(s);
         s.month_is_over(february);
         s.compute(regular_run(2, february));
         return locks(s, regular_run(2, february));
       }},
  };
  return rows;
}

namespace {

TEST(Run, IsRefusedByRuleFieldAndValue) {
  expect_refused(run_refusals());
}
TEST(Run, IsAcceptedWithTheseEvents) {
  expect_accepted(run_acceptances());
}

TEST(Run, CarriesTheSequenceItWasComputedAtAndCountsEverybody) {
  Scene s = Scene::of_a_city();
  due(s);
  const Sequence before{s.events().size()};
  const Sequence first = s.given(treasurer(), computing());
  const auto& header = s.payload<TppRunComputed>(first);
  EXPECT_EQ(header.computed_at, before);
  EXPECT_EQ(header.payees, 9U);
  EXPECT_EQ(header.left_out, 0U);
  EXPECT_EQ(header.over_budget, std::nullopt);
}

TEST(Run, ReportsWhatExceedsTheBudgetAndPaysIt) {
  Scene s = Scene::of_a_city();
  s.given(hr(), BudgetSet{UnitId{2}, 2022, Rupiah{1'000'000}, s.decree()});
  due(s);
  const auto& header = s.payload<TppRunComputed>(s.given(treasurer(), computing()));
  EXPECT_EQ(header.over_budget, Rupiah{header.total.value - 1'000'000});
}

TEST(Run, LeavesOutWhomALockedRunHasPaid) {
  Scene s = Scene::of_a_city();
  locked(s);
  const Sequence first = s.given(treasurer(), computing(regular_run(2, january, 2)));
  EXPECT_EQ(s.payload<TppRunComputed>(first).payees, 0U);
  EXPECT_EQ(s.payload<TppPaymentComputed>(next(first)).left_out, LeftOutReason::paid_already);
}

TEST(Correction, IsPostedOnceAndIsTheDifferenceOfTheNets) {
  Scene s = Scene::of_a_city();
  ordered(s);
  const Rupiah paid = s.facts().month(PersonId{11}, january).payments.back().payment.net;
  late_work(s);
  s.compute(correction_run(2, january));
  s.lock(correction_run(2, january));
  const auto& posted = s.facts().month(PersonId{11}, january).corrections;
  ASSERT_EQ(posted.size(), 1U);
  EXPECT_EQ(posted[0].posted.settled, paid);
  EXPECT_EQ(posted[0].posted.amount.value, posted[0].posted.recomputed.value - paid.value);
  EXPECT_GT(posted[0].posted.amount.value, 0);
  // Settled: the next run of February has nothing to post.
  s.month_is_over(february);
  s.compute(regular_run(2, february));
  const Answer answer = locks(s, regular_run(2, february));
  EXPECT_EQ(answer.events, "TppRunLocked");
}

TEST(Correction, WaitsForTheNextRegularRunWhenItIsNegative) {
  Scene s = Scene::of_a_city();
  s.at(date(2022, 1, 10), "16:00");
  late_work(s);  // in time here
  ordered(s);
  // The approved report is superseded by a shorter one: the month is worth less.
  const auto& reports = s.facts().month(PersonId{11}, january).reports;
  s.given(employee(11), report(11, date(2022, 1, 10), 100),
          {.text = "n", .supersedes = reports[0].submitted});
  s.given(appraiser(3), approval(11, date(2022, 1, 10)));
  const Sequence first = s.given(treasurer(), computing(correction_run(2, january)));
  EXPECT_EQ(s.payload<TppRunComputed>(first).payees, 0U);
  s.month_is_over(february);
  s.compute(regular_run(2, february));
  s.lock(regular_run(2, february));
  const auto& posted = s.facts().month(PersonId{11}, january).corrections;
  ASSERT_EQ(posted.size(), 1U);
  EXPECT_LT(posted[0].posted.amount.value, 0);
}

}  // namespace
}  // namespace runut::testing
