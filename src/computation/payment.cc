#include "computation/payment.h"

#include <fmt/format.h>

#include <algorithm>

#include "computation/tpp_internal.h"

namespace runut {
namespace {

// The two purses of a payment, and what is taken out of them.
class Purse {
 public:
  std::int64_t own = 0;          // the month's own lines
  std::int64_t corrections = 0;  // positive corrections

  struct Taken {
    std::int64_t own = 0;
    std::int64_t corrections = 0;
    [[nodiscard]] std::int64_t total() const { return own + corrections; }
  };
  // The month's own deductions.
  Taken take_own_first(std::int64_t wanted) {
    Taken taken;
    taken.own = std::min(wanted, own);
    taken.corrections = std::min(wanted - taken.own, corrections);
    return taken_out(taken);
  }
  // Carried amounts and negative corrections: they are settled apart from the month.
  Taken take_corrections_first(std::int64_t wanted) {
    Taken taken;
    taken.corrections = std::min(wanted, corrections);
    taken.own = std::min(wanted - taken.corrections, own);
    return taken_out(taken);
  }

 private:
  Taken taken_out(Taken taken) {
    own -= taken.own;
    corrections -= taken.corrections;
    return taken;
  }
};

// Puts lines into the document's order of kinds; of one kind they keep theirs.
void order_lines(const Rules& rules, std::vector<PaymentLine>& lines) {
  const auto& order = rules->tpp.line_order;
  const auto position = [&](LineKind kind) { return std::find(order.begin(), order.end(), kind); };
  std::stable_sort(lines.begin(), lines.end(), [&](const PaymentLine& a, const PaymentLine& b) {
    return position(a.kind) < position(b.kind);
  });
}

template <class Recorder>
class Assembly {
 public:
  Assembly(const Facts& facts, const RunId& run, PersonId person, const Rules& rules,
           Recorder& recorder)
      : facts_(facts), rules_(rules), recorder_(recorder) {
    out_.payment.person = person;
    out_.payment.run = run;
    recorder_.open(Quantity::payment);
  }

  Status add_month(const PersonMonth& month) {
    RUNUT_ASSIGN(out_.pay, compute_month_pay(facts_, month, Counting::until_cutoff, recorder_));
    TppPaymentComputed& payment = out_.payment;
    const MonthPay& pay = out_.pay;
    payment.unit = pay.unit;
    payment.required = pay.work.required;
    payment.approved = pay.work.approved;
    payment.productivity = pay.work.productivity;
    payment.discipline = pay.work.discipline;
    payment.performance_factor = pay.work.factor;
    payment.gross = pay.gross;
    payment.taxable = pay.taxable;
    payment.lines = pay.lines;
    purse_.own = pay.left.value;
    return {};
  }

  Status add_settlement(Month month) {
    RUNUT_ASSIGN(std::optional<Settlement> found,
                 compute_settlement(facts_, out_.payment.person, month, recorder_));
    if (!found || found->amount.value == 0) return {};
    if (found->amount.value > 0) {
      purse_.corrections += found->amount.value;
      out_.payment.lines.push_back(
          {LineKind::positive_correction, {}, {}, found->amount, cite(found->causes), month});
    }
    out_.posted.push_back(std::move(*found));
    return {};
  }

  // Somebody whom earlier months alone pay is a payee as well: the month's deductions are due, of
  // shares nothing.
  Status add_deductions_alone(const PersonMonth& month) {
    return internal::add_due_deductions(facts_, month, out_.pay, recorder_);
  }

  void take_deductions() {
    for (const Carried& carried : carried_amounts(facts_, out_.payment.person)) {
      if (carried.is_correction()) continue;
      take_whole(LineKind::deduction, Quantity::carried_deduction, carried.rest, {carried.payment});
    }
    for (const DueDeduction& due : out_.pay.due) {
      const Purse::Taken taken = purse_.take_own_first(due.due.value);
      add_taking(LineKind::deduction, Quantity::deduction, due.code, taken.own, {due.cause}, {});
      add_taking(LineKind::deduction, Quantity::deduction, due.code, taken.corrections, {due.cause},
                 out_.payment.run.month);
      leave(due.code, due.due.value - taken.total(), out_.payment.run.month);
    }
  }

  void take_negative_corrections() {
    for (const Carried& carried : carried_amounts(facts_, out_.payment.person)) {
      if (!carried.is_correction()) continue;
      take_whole(LineKind::negative_correction, Quantity::carried_correction, carried.rest,
                 {carried.payment});
    }
    for (const Settlement& settlement : out_.posted)
      if (settlement.amount.value < 0)
        take_whole(
            LineKind::negative_correction, Quantity::correction,
            {std::string(correction_code), Rupiah{-settlement.amount.value}, settlement.month},
            settlement.causes);
  }

  Result<ComputedPayment> finish() {
    TppPaymentComputed& payment = out_.payment;
    order_lines(rules_, payment.lines);
    for (const PaymentLine& line : payment.lines) {
      RUNUT_ASSIGN(payment.net.value, checked_add(payment.net.value, line.amount.value));
    }
    recorder_.leaf(Quantity::net, payment.net.value, Measure::rupiah, [&] {
      Note note;
      for (const PaymentLine& line : payment.lines)
        note.formula +=
            fmt::format("{}{}", note.formula.empty() ? "" : " + ", grouped(line.amount.value));
      note.rules = {rules_.rule(Parameter::line_order)};
      return note;
    });
    recorder_.close(payment.net.value, Measure::rupiah, [&] {
      Note note;
      note.detail = to_string(payment.run);
      return note;
    });
    return std::move(out_);
  }

  [[nodiscard]] bool has_lines() const { return !out_.payment.lines.empty(); }
  [[nodiscard]] bool posts() const { return !out_.posted.empty(); }
  [[nodiscard]] ComputedPayment left_out(LeftOutReason reason) {
    ComputedPayment none;
    none.payment.person = out_.payment.person;
    none.payment.run = out_.payment.run;
    none.payment.left_out = reason;
    return none;
  }

 private:
  [[nodiscard]] std::vector<Sequence> cite(std::vector<Sequence> events) const {
    events.push_back(rules_.regulation);
    return distinct(std::move(events));
  }
  void add_taking(LineKind kind, Quantity quantity, const std::string& code, std::int64_t amount,
                  std::vector<Sequence> causes, std::optional<Month> for_month) {
    if (amount == 0) return;
    PaymentLine line{kind,
                     {},
                     kind == LineKind::deduction ? code : std::string(),
                     Rupiah{-amount},
                     cite(std::move(causes)),
                     for_month};
    recorder_.leaf(quantity, -amount, Measure::rupiah, [&] {
      Note note;
      note.detail =
          for_month ? fmt::format("{}{}{}", code, code.empty() ? "" : " ", to_string(*for_month))
                    : code;
      note.rules = {rules_.rule(Parameter::deductions)};
      note.events = line.causes;
      return note;
    });
    out_.payment.lines.push_back(std::move(line));
  }
  void take_whole(LineKind kind, Quantity quantity, const Outstanding& rest,
                  std::vector<Sequence> causes) {
    const Purse::Taken taken = purse_.take_corrections_first(rest.amount.value);
    add_taking(kind, quantity, rest.code, taken.total(), std::move(causes), rest.for_month);
    leave(rest.code, rest.amount.value - taken.total(), rest.for_month);
  }
  void leave(const std::string& code, std::int64_t amount, Month for_month) {
    if (amount > 0) out_.payment.outstanding.push_back({code, Rupiah{amount}, for_month});
  }

  const Facts& facts_;
  const Rules& rules_;
  Recorder& recorder_;
  ComputedPayment out_;
  Purse purse_;
};

bool assigned_in(const PersonMonth& month) {
  return std::any_of(month.days.begin(), month.days.end(),
                     [](const PersonDay& day) { return day.assignment != nullptr; });
}

// Somebody assigned, with no day that pays: was it the status, or the days?
LeftOutReason why_no_day(const PersonMonth& month) {
  const bool only_status =
      std::any_of(month.days.begin(), month.days.end(),
                  [](const PersonDay& day) { return day.working && day.assigned && !day.active; });
  return only_status ? LeftOutReason::not_eligible_status : LeftOutReason::no_eligible_day;
}

}  // namespace

std::vector<Carried> carried_amounts(const Facts& facts, PersonId person) {
  const PaymentFact* latest = nullptr;
  Sequence latest_lock;
  for (const PaymentFact& fact : facts.person(person).carrying) {
    const RunId& run = fact.payment.run;
    if (run.kind != RunKind::regular || !is_locked_payment(facts, fact)) continue;
    const Sequence lock = facts.agency().runs.at(run).lock(facts.known_at())->sequence;
    if (latest != nullptr && lock < latest_lock) continue;
    latest = &fact;
    latest_lock = lock;
  }
  std::vector<Carried> out;
  if (latest == nullptr) return out;
  for (const Outstanding& rest : latest->payment.outstanding)
    out.push_back({rest, latest->sequence});
  std::stable_sort(out.begin(), out.end(), [](const Carried& a, const Carried& b) {
    return a.rest.for_month < b.rest.for_month;
  });
  return out;
}

template <class Recorder>
Result<ComputedPayment> compute_regular_payment(const Facts& facts, const RunId& run,
                                                PersonId person, Recorder& recorder,
                                                const RulesOptions& options) {
  RUNUT_ASSIGN(const Rules rules, payment_rules(facts, run.month, options));
  RUNUT_ASSIGN(const PersonMonth month, person_month(facts, person, run.month, rules));
  Assembly<Recorder> assembly(facts, run, person, rules, recorder);
  if (paying_unit_of(facts, month) != run.unit)
    return assembly.left_out(LeftOutReason::paid_by_other_unit);
  const auto locked = locked_payments(facts, person, run.month);
  if (std::any_of(locked.begin(), locked.end(),
                  [&](const PaymentFact* fact) { return fact->payment.run != run; }))
    return assembly.left_out(LeftOutReason::paid_already);
  if (month.eligible_days > 0) {
    RUNUT_TRY(check_attendance_closed(facts, month));
    RUNUT_TRY(assembly.add_month(month));
  }
  for (const Month past : months_to_settle(facts, person, run.month))
    RUNUT_TRY(assembly.add_settlement(past));
  if (month.eligible_days == 0 && assembly.posts()) RUNUT_TRY(assembly.add_deductions_alone(month));
  assembly.take_deductions();
  assembly.take_negative_corrections();
  RUNUT_ASSIGN(ComputedPayment out, assembly.finish());
  // Differences that nothing could be taken from are posted all the same: they stay outstanding.
  if (out.payment.lines.empty() && out.posted.empty())
    return assembly.left_out(assigned_in(month) ? why_no_day(month)
                                                : LeftOutReason::nothing_to_pay);
  return out;
}

template <class Recorder>
Result<ComputedPayment> compute_correction_payment(const Facts& facts, const RunId& run,
                                                   PersonId person, Recorder& recorder,
                                                   const RulesOptions& options) {
  RUNUT_ASSIGN(const Rules rules, payment_rules(facts, run.month, options));
  Assembly<Recorder> assembly(facts, run, person, rules, recorder);
  const auto locked = locked_payments(facts, person, run.month);
  const bool paid_here = std::any_of(locked.begin(), locked.end(), [&](const PaymentFact* fact) {
    return fact->payment.run.unit == run.unit;
  });
  if (!paid_here) {
    RUNUT_ASSIGN(const PersonMonth month, person_month(facts, person, run.month, rules));
    if (!locked.empty() || paying_unit_of(facts, month) != run.unit)
      return assembly.left_out(LeftOutReason::paid_by_other_unit);
  }
  RUNUT_TRY(assembly.add_settlement(run.month));
  if (!assembly.has_lines()) return assembly.left_out(LeftOutReason::nothing_to_pay);
  return assembly.finish();
}

template <class Recorder>
Result<ComputedPayment> compute_payment(const Facts& facts, const RunId& run, PersonId person,
                                        Recorder& recorder, const RulesOptions& options) {
  return run.kind == RunKind::correction
             ? compute_correction_payment(facts, run, person, recorder, options)
             : compute_regular_payment(facts, run, person, recorder, options);
}

template Result<ComputedPayment> compute_regular_payment(const Facts&, const RunId&, PersonId,
                                                         NullRecorder&, const RulesOptions&);
template Result<ComputedPayment> compute_regular_payment(const Facts&, const RunId&, PersonId,
                                                         DerivationRecorder&, const RulesOptions&);
template Result<ComputedPayment> compute_correction_payment(const Facts&, const RunId&, PersonId,
                                                            NullRecorder&, const RulesOptions&);
template Result<ComputedPayment> compute_correction_payment(const Facts&, const RunId&, PersonId,
                                                            DerivationRecorder&,
                                                            const RulesOptions&);
template Result<ComputedPayment> compute_payment(const Facts&, const RunId&, PersonId,
                                                 NullRecorder&, const RulesOptions&);
template Result<ComputedPayment> compute_payment(const Facts&, const RunId&, PersonId,
                                                 DerivationRecorder&, const RulesOptions&);

}  // namespace runut
