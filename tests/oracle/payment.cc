#include "tests/oracle/payment.h"

#include <fmt/format.h>

#include <algorithm>

#include "tests/oracle/runs.h"

namespace runut::oracle {
namespace {

// --- recomputation
// --------------------------------------------------------------------------------

// What the locks of the month took of a code from the month's own lines, and what is collected
// apart: left outstanding, or taken out of a correction.
struct TakenByLock {
  Number taken = 0;
  Number apart = 0;
};
TakenByLock taken_by_lock(const std::vector<LockedPayment>& locks, const std::string& code) {
  TakenByLock out;
  for (const LockedPayment& lock : locks) {
    for (const PaymentLine& line : lock.payment->lines)
      if (line.kind == LineKind::deduction && line.code == code) {
        if (!line.for_month) out.taken -= line.amount.value;
        if (line.for_month == lock.payment->run.month) out.apart -= line.amount.value;
      }
    for (const Outstanding& owed : lock.payment->outstanding)
      if (owed.code == code && owed.for_month == lock.payment->run.month)
        out.apart += owed.amount.value;
  }
  return out;
}

// Readings (3.5, Corrections). A rupiah deduction that was known when the locked run was computed
// and still stands is taken at exactly what the lock took, even if the month now yields less; one
// that was recorded later, or a month that nobody was paid for, is taken up to what is left. A
// share (bp) is computed anew, less what the lock left outstanding of it: that part is collected as
// carried.
Number recomputed_net(const View& view, const Rules& rules, PersonId person, Month month,
                      const std::vector<LockedPayment>& locks) {
  const Cutoffs cutoffs =
      view.with(Mutation::correction_keeps_cutoffs) ? Cutoffs::of_the_month : Cutoffs::none;
  const OwnMonth own = own_month(view, rules, person, month, cutoffs);
  Sequence known_to_lock{};
  for (const LockedPayment& lock : locks) known_to_lock = std::max(known_to_lock, lock.computed_at);

  Number net = own.taxable - own.tax;
  for (const WantedDeduction& wanted : own.deductions) {
    const TakenByLock lock = taken_by_lock(locks, wanted.code);
    const Number left = std::max<Number>(0, net);
    if (wanted.in_rupiah && wanted.source <= known_to_lock)
      net -= lock.taken;
    else if (wanted.in_rupiah)
      net -= std::min(wanted.amount, left);
    else
      net -= std::min(std::max<Number>(0, wanted.amount - lock.apart), left);
  }
  return net;
}

// Whether a difference of the month may be posted by a run of anybody's: after the order of the run
// that paid it, or of the run that should have.
bool may_be_corrected(const View& view, const Rules& rules, PersonId person, Month month) {
  const auto locks = locked_payments(view, person, month);
  if (!locks.empty())
    return std::all_of(locks.begin(), locks.end(), [](const auto& lock) { return lock.ordered; });
  const auto unit = paying_unit_in(view, rules, person, month);
  return unit && regular_run_ordered(view, *unit, month);
}

// Every outstanding difference of the months before `before`, oldest first.
std::vector<ExpectedCorrection> earlier_differences(const View& view, PersonId person,
                                                    Month before) {
  std::vector<ExpectedCorrection> out;
  std::optional<Month> first;
  for (const Assignment& a : assignments(view, person))
    first = first ? std::min(*first, month_of(a.from)) : month_of(a.from);
  for (const LockedPayment& lock : locked_payments(view, person))
    first = first ? std::min(*first, lock.payment->run.month) : lock.payment->run.month;
  if (!first) return out;
  for (Month month = *first; month < before; month = month + 1) {
    const Rules* rules = view.rules_of(month);
    if (rules == nullptr || !may_be_corrected(view, *rules, person, month)) continue;
    const auto found = difference(view, person, month);
    if (found && found->amount != 0) out.push_back(*found);
  }
  return out;
}

// --- a payment of a regular run
// -------------------------------------------------------------------

// Money from which deductions are taken: what the month itself yields, and positive corrections.
// Reading (3.5 (7) and Corrections, "taken out of a correction"): the month's own deductions take
// the month's own money first; carried amounts and negative corrections take corrections first.
// What an own deduction takes out of corrections is a line with `for_month`.
struct Purse {
  Number own = 0;
  Number corrections = 0;
  [[nodiscard]] Number total() const { return own + corrections; }
  static Number take(Number& from, Number amount) {
    const Number taken = std::min(from, amount);
    from -= taken;
    return taken;
  }
};

class Taking {
 public:
  Taking(ExpectedPayment& payment, Purse purse, Month month)
      : payment_(payment), purse_(purse), month_(month) {}

  void carried(const Owing& owed, LineKind kind) {
    Number taken = Purse::take(purse_.corrections, owed.amount);
    taken += Purse::take(purse_.own, owed.amount - taken);
    line(kind, owed.code, taken, owed.for_month);
    leave(owed.code, owed.amount - taken, owed.for_month);
  }
  void own(const WantedDeduction& wanted) {
    const Number from_month = Purse::take(purse_.own, wanted.amount);
    const Number from_corrections = Purse::take(purse_.corrections, wanted.amount - from_month);
    line(LineKind::deduction, wanted.code, from_month, {});
    line(LineKind::deduction, wanted.code, from_corrections, month_);
    leave(wanted.code, wanted.amount - from_month - from_corrections, month_);
  }
  [[nodiscard]] Number left() const { return purse_.total(); }

 private:
  void line(LineKind kind, const std::string& code, Number taken, std::optional<Month> for_month) {
    // A correction's line names its month, not a code.
    const bool correction = kind == LineKind::negative_correction;
    if (taken != 0) payment_.lines.push_back({kind, {}, correction ? "" : code, -taken, for_month});
  }
  void leave(const std::string& code, Number amount, Month for_month) {
    if (amount != 0) payment_.outstanding.push_back({code, amount, for_month});
  }

  ExpectedPayment& payment_;
  Purse purse_;
  Month month_;
};

// What the person's last locked regular run could not take, oldest month first.
std::vector<Owing> carried_amounts(const View& view, PersonId person) {
  std::vector<Owing> out;
  const auto locks = locked_payments(view, person);
  if (locks.empty() || view.with(Mutation::outstanding_forgotten)) return out;
  for (const Outstanding& owed : locks.back().payment->outstanding)
    out.push_back({owed.code, owed.amount.value, owed.for_month});
  std::stable_sort(out.begin(), out.end(),
                   [](const Owing& a, const Owing& b) { return a.for_month < b.for_month; });
  return out;
}

void take_deductions(const View& view, PersonId person, Month month, const OwnMonth& own,
                     ExpectedPayment& payment) {
  Purse purse{own.taxable - own.tax, 0};
  for (const ExpectedCorrection& c : payment.corrections) {
    if (c.amount <= 0) continue;
    purse.corrections += c.amount;
    payment.lines.push_back({LineKind::positive_correction, {}, "", c.amount, c.for_month});
  }
  Taking taking(payment, purse, month);
  const std::vector<Owing> carried = carried_amounts(view, person);
  const auto take_carried = [&] {
    for (const Owing& owed : carried)
      if (owed.code != correction_code) taking.carried(owed, LineKind::deduction);
  };
  const bool last = view.with(Mutation::carried_last);
  if (!last) take_carried();
  for (const WantedDeduction& wanted : own.deductions) taking.own(wanted);
  if (last) take_carried();
  // Negative corrections: carried rests, then the new ones, oldest month first.
  for (const Owing& owed : carried)
    if (owed.code == correction_code) taking.carried(owed, LineKind::negative_correction);
  for (const ExpectedCorrection& c : payment.corrections)
    if (c.amount < 0)
      taking.carried({std::string(correction_code), -c.amount, c.for_month},
                     LineKind::negative_correction);
  payment.net = taking.left();
  if (view.with(Mutation::shortfall_collected))
    for (const Line& line : own.lines)
      if (line.kind == LineKind::shortfall)
        payment.outstanding.push_back({"shortfall", line.amount, month});
}

void in_the_order_of(const Rules& rules, std::vector<Line>& lines) {
  const auto place = [&](LineKind kind) {
    return std::find(rules.line_order.begin(), rules.line_order.end(), kind);
  };
  std::stable_sort(lines.begin(), lines.end(),
                   [&](const Line& a, const Line& b) { return place(a.kind) < place(b.kind); });
}

ExpectedPayment regular_payment(const View& view, const Rules& rules, PersonId person, Month month,
                                std::vector<std::string>& problems) {
  const OwnMonth own = own_month(view, rules, person, month, Cutoffs::of_the_month);
  ExpectedPayment payment;
  payment.person = person;
  payment.unit = own.unit;
  payment.required = own.work.required;
  payment.approved = own.work.approved;
  payment.productivity = own.work.productivity;
  payment.discipline = own.work.discipline;
  payment.performance_factor = own.work.performance_factor;
  payment.gross = own.gross;
  payment.taxable = own.taxable;
  payment.lines = own.lines;
  payment.corrections = earlier_differences(view, person, month);
  take_deductions(view, person, month, own, payment);
  in_the_order_of(rules, payment.lines);
  problems.insert(problems.end(), own.problems.begin(), own.problems.end());
  if (rules.weight_discipline != 0)
    for (const UnitId unit : own.work.open_units)
      problems.push_back(fmt::format("{}: {} has not closed {}", to_string(person), to_string(unit),
                                     to_string(month)));
  return payment;
}

// --- who is paid
// ----------------------------------------------------------------------------------

bool assigned_under(const View& view, PersonId person, UnitId paying, Month month) {
  for (const Assignment& a : assignments(view, person))
    for (Date day = std::max(a.from, first_day(month)); day <= std::min(a.until, last_day(month));
         day = day + 1)
      if (paying_unit_of(view, a.unit, day) == paying) return true;
  return false;
}

// Reading: `not_eligible_status` where only the status stands in the way of some working day.
LeftOutReason why_no_eligible_day(const std::vector<WorkDay>& days) {
  for (const WorkDay& day : days)
    if (day.working && day.assignment && day.assignment->tpp_eligible)
      return LeftOutReason::not_eligible_status;
  return LeftOutReason::no_eligible_day;
}

// None: the person does not belong on this run's list at all. Reading: whom another unit pays is
// left out for that reason, whether or not that unit has already locked.
std::optional<ExpectedPayment> in_regular_run(const View& view, const Rules& rules, PersonId person,
                                              const RunId& run,
                                              std::vector<std::string>& problems) {
  const bool assigned = assigned_under(view, person, run.unit, run.month);
  const auto leave_out = [&](LeftOutReason reason) -> std::optional<ExpectedPayment> {
    if (!assigned) return std::nullopt;
    ExpectedPayment out;
    out.person = person;
    out.left_out = reason;
    return out;
  };
  if (paying_unit_in(view, rules, person, run.month) != run.unit)
    return leave_out(LeftOutReason::paid_by_other_unit);
  if (!locked_payments(view, person, run.month).empty())
    return leave_out(LeftOutReason::paid_already);
  const std::vector<WorkDay> days = month_days(view, rules, person, run.month);
  if (last_eligible(days) == nullptr && earlier_differences(view, person, run.month).empty())
    return leave_out(why_no_eligible_day(days));
  return regular_payment(view, rules, person, run.month, problems);
}

// Settles the run's own month alone, positive differences only.
std::optional<ExpectedPayment> in_correction_run(const View& view, const Rules& rules,
                                                 PersonId person, const RunId& run) {
  const auto locks = locked_payments(view, person, run.month);
  const bool paid_here = std::any_of(locks.begin(), locks.end(), [&](const LockedPayment& lock) {
    return lock.payment->run.unit == run.unit;
  });
  const bool never_paid_and_ours =
      locks.empty() && paying_unit_in(view, rules, person, run.month) == run.unit;
  ExpectedPayment out;
  out.person = person;
  if ((paid_here || never_paid_and_ours) && may_be_corrected(view, rules, person, run.month)) {
    const auto found = difference(view, person, run.month);
    const bool payable =
        found && (found->amount > 0 ||
                  (found->amount < 0 && view.with(Mutation::correction_run_takes_back)));
    if (payable) {
      const LineKind kind =
          found->amount > 0 ? LineKind::positive_correction : LineKind::negative_correction;
      out.lines.push_back({kind, {}, "", found->amount, run.month});
      out.corrections.push_back(*found);
      out.net = found->amount;
      return out;
    }
  }
  if (!assigned_under(view, person, run.unit, run.month)) return std::nullopt;
  out.left_out = LeftOutReason::nothing_to_pay;
  return out;
}

}  // namespace

std::optional<ExpectedCorrection> difference(const View& view, PersonId person, Month month) {
  const Rules* rules = view.rules_of(month);
  if (rules == nullptr) return std::nullopt;
  const auto locks = locked_payments(view, person, month);
  ExpectedCorrection out;
  out.for_month = month;
  out.recomputed = recomputed_net(view, *rules, person, month, locks);
  for (const LockedPayment& lock : locks) out.settled += own_net(view, *lock.payment);
  out.settled += posted_for(view, person, month);
  out.amount = out.recomputed - out.settled;
  return out;
}

ExpectedRun expected_run(const View& view, const RunId& run) {
  ExpectedRun out;
  out.run = run;
  const Rules* rules = view.rules_of(run.month);
  if (rules == nullptr) {
    out.problems.push_back(fmt::format("{} has no document", to_string(run.month)));
    return out;
  }
  for (const PersonId person : view.persons()) {
    auto payment = run.kind == RunKind::regular
                       ? in_regular_run(view, *rules, person, run, out.problems)
                       : in_correction_run(view, *rules, person, run);
    if (!payment) continue;
    ++(payment->left_out ? out.left_out : out.payees);
    out.total += payment->net;
    out.payments.push_back(std::move(*payment));
  }
  return out;
}

}  // namespace runut::oracle
