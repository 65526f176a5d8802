#include "computation/correction.h"

#include <fmt/format.h>

#include <algorithm>

namespace runut {
namespace {

bool is_correction(LineKind kind) {
  return kind == LineKind::positive_correction || kind == LineKind::negative_correction;
}

const RunFact* run_of(const Facts& facts, const RunId& run) {
  const auto found = facts.agency().runs.find(run);
  return found == facts.agency().runs.end() ? nullptr : &found->second;
}

bool is_ordered(const Facts& facts, const RunId& run) {
  const RunFact* fact = run_of(facts, run);
  return fact != nullptr && fact->is_ordered(facts.known_at());
}

bool unit_has_ordered_run(const Facts& facts, UnitId unit, Month month) {
  for (const auto& [id, run] : facts.agency().runs)
    if (id.unit == unit && id.month == month && id.kind == RunKind::regular &&
        run.is_ordered(facts.known_at()))
      return true;
  return false;
}

// What the locked runs did about one deduction of the month itself.
struct LockedDeduction {
  std::int64_t from_own = 0;  // taken from the month's own lines
  std::int64_t apart = 0;     // outstanding, or taken out of a correction: collected on its own
};

LockedDeduction locked_deduction(const std::vector<const PaymentFact*>& locked, Month month,
                                 const DueDeduction& due) {
  LockedDeduction out;
  for (const PaymentFact* fact : locked) {
    const TppPaymentComputed& payment = fact->payment;
    for (const PaymentLine& line : payment.lines) {
      if (line.kind != LineKind::deduction || line.code != due.code) continue;
      if (!line.for_month) {
        const bool same_set = !due.fixed || std::find(line.causes.begin(), line.causes.end(),
                                                      due.cause) != line.causes.end();
        if (same_set) out.from_own -= line.amount.value;
      } else if (*line.for_month == month) {
        out.apart -= line.amount.value;
      }
    }
    for (const Outstanding& rest : payment.outstanding)
      if (rest.code == due.code && rest.for_month == month) out.apart += rest.amount.value;
  }
  return out;
}

// The lowest sequence that a settled state of the month was computed from.
Sequence computed_from(const Facts& facts, const std::vector<const PaymentFact*>& locked,
                       Month month) {
  std::optional<Sequence> lowest;
  const auto consider = [&](const RunFact& run) {
    const auto* lock = run.lock(facts.known_at());
    if (lock == nullptr) return;
    for (const RunFact::Computed& computed : run.computed)
      if (computed.sequence == lock->computed)
        lowest =
            std::min(lowest.value_or(computed.header.computed_at), computed.header.computed_at);
  };
  for (const PaymentFact* fact : locked)
    if (const RunFact* run = run_of(facts, fact->payment.run)) consider(*run);
  if (locked.empty())
    for (const auto& [id, run] : facts.agency().runs)
      if (id.month == month && id.kind == RunKind::regular) consider(run);
  return lowest.value_or(Sequence{});
}

struct RecomputedMonth {
  Rupiah net;
  std::vector<PaymentLine> lines;
};

// The month from the facts known now.
template <class Recorder>
Result<RecomputedMonth> recompute(const Facts& facts, const PersonMonth& month,
                                  const std::vector<const PaymentFact*>& locked,
                                  Recorder& recorder) {
  recorder.open(Quantity::recomputed);
  RUNUT_ASSIGN(MonthPay pay, compute_month_pay(facts, month, Counting::as_known, recorder));
  const Sequence known_to_lock = computed_from(facts, locked, month.month);
  std::int64_t left = pay.left.value;
  for (const DueDeduction& due : pay.due) {
    const LockedDeduction before = locked_deduction(locked, month.month, due);
    // A fixed one that the lock knew takes the same again, even where the month now yields less.
    const bool as_locked = due.fixed && !locked.empty() && due.cause <= known_to_lock;
    const std::int64_t wanted =
        due.fixed ? due.due.value : std::max<std::int64_t>(0, due.due.value - before.apart);
    const std::int64_t taken =
        as_locked ? before.from_own : std::min(wanted, std::max<std::int64_t>(0, left));
    left -= taken;
    if (taken == 0) continue;
    pay.lines.push_back({LineKind::deduction, {}, due.code, Rupiah{-taken}, {due.cause}, {}});
    recorder.leaf(Quantity::deduction, -taken, Measure::rupiah, [&] {
      Note note;
      note.detail = due.code;
      note.formula = due.fixed || before.apart == 0
                         ? grouped(-taken)
                         : fmt::format("−({} − {})", grouped(due.due.value), grouped(before.apart));
      note.rules = {month.rules.rule(Parameter::deductions)};
      note.events = {due.cause};
      return note;
    });
  }
  recorder.close(left, Measure::rupiah, [&] {
    Note note;
    note.detail = to_string(month.month);
    note.rules = {month.rules.rule(Parameter::approval_cutoff_day)};
    return note;
  });
  return RecomputedMonth{Rupiah{left}, std::move(pay.lines)};
}

bool covers(const LateMark& mark, Month month) {
  return mark.months.first <= month && month <= mark.months.last;
}

// The marks that the locked runs did not know, or knew and did not count: only approvals and
// excuses of the person can be known and not counted.
template <class Visit>
void each_uncounted(const Facts& facts, PersonId person, Month month, Sequence from, Visit visit) {
  const auto& own = facts.person(person).late;
  const auto& all = facts.agency().late;
  const auto covering = [&](const LateMark& mark) { return covers(mark, month); };
  if (std::none_of(own.begin(), own.end(), covering) &&
      std::none_of(all.begin(), all.end(), covering))
    return;
  const auto rules = payment_rules(facts, month);
  if (!rules) return;
  const Instant cutoff = approval_cutoff(*rules, month, facts.agency().utc_offset_minutes());
  for (const LateMark& mark : own)
    if (covers(mark, month) && (mark.sequence > from || mark.action_time >= cutoff)) visit(mark);
  for (const LateMark& mark : all)
    if (mark.sequence <= facts.known_at() && mark.sequence > from && covers(mark, month))
      visit(mark);
}

// A locked regular payment settled every month before its own from what it knew.
struct Settling {
  Month month;
  Sequence known;
};

// The person's latest one of a month between both.
std::optional<Settling> latest_settling(const Facts& facts, PersonId person, Month after,
                                        Month before) {
  for (Month month = before - 1; month > after; month = month - 1)
    if (const auto locked = locked_payments(facts, person, month); !locked.empty())
      return Settling{month, computed_from(facts, locked, month)};
  return std::nullopt;
}

// Of sequences in order: one came after `since`, as known.
bool any_since(const std::vector<Sequence>& sequences, Sequence since, Sequence known_at) {
  const auto next = std::upper_bound(sequences.begin(), sequences.end(), since);
  return next != sequences.end() && *next <= known_at;
}

bool settles(const Facts& facts, PersonId person, const Settling& settling, Month month) {
  const AgencyFacts& agency = facts.agency();
  const Sequence known_at = facts.known_at();
  const auto is_news = [&](const LateMark& mark) {
    return mark.sequence > settling.known && mark.sequence <= known_at && covers(mark, month);
  };
  const auto& own = facts.person(person).late;
  return month < settling.month &&
         !any_since(agency.regular_months.at(month).changes, settling.known, known_at) &&
         !any_since(agency.reopenings, settling.known, known_at) &&
         std::none_of(own.begin(), own.end(), is_news) &&
         std::none_of(agency.late.begin(), agency.late.end(), is_news);
}

}  // namespace

bool is_locked_payment(const Facts& facts, const PaymentFact& payment) {
  if (payment.payment.left_out) return false;
  const RunFact* run = run_of(facts, payment.payment.run);
  const auto* lock = run == nullptr ? nullptr : run->lock(facts.known_at());
  if (lock == nullptr || payment.sequence <= lock->computed) return false;
  // A later computation of the same run has payments of its own.
  return std::none_of(run->computed.begin(), run->computed.end(),
                      [&](const RunFact::Computed& other) {
                        return other.sequence > lock->computed && other.sequence < payment.sequence;
                      });
}

std::vector<const PaymentFact*> locked_payments(const Facts& facts, PersonId person, Month month) {
  std::vector<const PaymentFact*> out;
  for (const PaymentFact& payment : facts.month(person, month).payments)
    if (payment.payment.run.kind == RunKind::regular && is_locked_payment(facts, payment))
      out.push_back(&payment);
  return out;
}

Rupiah own_net(const TppPaymentComputed& payment) {
  Rupiah net;
  for (const PaymentLine& line : payment.lines)
    if (!line.for_month && !is_correction(line.kind)) net.value += line.amount.value;
  return net;
}

Rupiah posted_corrections(const Facts& facts, PersonId person, Month month) {
  Rupiah sum;
  for (const PostedCorrectionFact& fact : facts.month(person, month).corrections) {
    const RunFact* run = run_of(facts, fact.posted.run);
    const auto* lock = run == nullptr ? nullptr : run->lock(facts.known_at());
    // Posted in the commit of the lock; a reopened run has posted nothing.
    if (lock != nullptr && fact.sequence > lock->sequence) sum.value += fact.posted.amount.value;
  }
  return sum;
}

template <class Recorder>
Result<std::optional<Settlement>> compute_settlement(const Facts& facts, PersonId person,
                                                     Month month, Recorder& recorder) {
  const auto rules = payment_rules(facts, month);
  if (!rules) return std::optional<Settlement>{};
  const std::vector<const PaymentFact*> locked = locked_payments(facts, person, month);
  for (const PaymentFact* fact : locked)
    if (!is_ordered(facts, fact->payment.run)) return std::optional<Settlement>{};
  RUNUT_ASSIGN(const PersonMonth days, person_month(facts, person, month, *rules));
  if (locked.empty()) {
    const auto unit = paying_unit_of(facts, days);
    if (!unit || !unit_has_ordered_run(facts, *unit, month)) return std::optional<Settlement>{};
  }

  recorder.open(Quantity::correction);
  RUNUT_ASSIGN(RecomputedMonth now, recompute(facts, days, locked, recorder));
  Settlement out{month, now.net, {}, {}, {}, std::move(now.lines)};
  std::int64_t paid = 0;
  for (const PaymentFact* fact : locked) paid += own_net(fact->payment).value;
  const Rupiah posted = posted_corrections(facts, person, month);
  out.settled = Rupiah{paid + posted.value};
  out.amount = Rupiah{out.recomputed.value - out.settled.value};
  each_uncounted(facts, person, month, computed_from(facts, locked, month),
                 [&](const LateMark& mark) { out.causes.push_back(mark.sequence); });
  out.causes = distinct(std::move(out.causes));
  recorder.leaf(Quantity::settled, out.settled.value, Measure::rupiah, [&] {
    Note note;
    note.formula = fmt::format("{} + {}", grouped(paid), grouped(posted.value));
    for (const PaymentFact* fact : locked) note.events.push_back(fact->sequence);
    for (const PostedCorrectionFact& fact : facts.month(person, month).corrections)
      note.events.push_back(fact.sequence);
    return note;
  });
  recorder.close(out.amount.value, Measure::rupiah, [&] {
    Note note;
    note.detail = to_string(month);
    note.formula =
        fmt::format("{} − {}", grouped(out.recomputed.value), grouped(out.settled.value));
    note.events = out.causes;
    return note;
  });
  return std::optional(std::move(out));
}

std::vector<Month> months_to_settle(const Facts& facts, PersonId person, Month before) {
  const auto has_uncounted = [&](Month month, Sequence from) {
    bool found = false;
    each_uncounted(facts, person, month, from, [&](const LateMark&) { found = true; });
    return found;
  };
  std::vector<Month> out;
  for (const auto& [month, runs] : facts.agency().regular_months) {
    if (month >= before) break;
    if (!runs.first_ordered || *runs.first_ordered > facts.known_at()) continue;
    // What no run of the month can have missed, none that paid this person has: most months are not
    // read, however many there are.
    if (has_uncounted(month, runs.first_computed_at)) out.push_back(month);
  }
  if (out.empty()) return out;
  const auto settled = latest_settling(facts, person, out.front(), before);
  std::erase_if(out, [&](Month month) {
    if (settled && settles(facts, person, *settled, month)) return true;
    const auto locked = locked_payments(facts, person, month);
    return !has_uncounted(month, computed_from(facts, locked, month));
  });
  return out;
}

template Result<std::optional<Settlement>> compute_settlement(const Facts&, PersonId, Month,
                                                              NullRecorder&);
template Result<std::optional<Settlement>> compute_settlement(const Facts&, PersonId, Month,
                                                              DerivationRecorder&);

}  // namespace runut
