#include "computation/correction.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

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
  const auto& runs = facts.agency().runs;
  for (auto run = runs.lower_bound({unit, month, RunKind::regular, 0});
       run != runs.end() && run->first.unit == unit && run->first.month == month &&
       run->first.kind == RunKind::regular;
       ++run)
    if (run->second.is_ordered(facts.known_at())) return true;
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

// The marks that the locked runs did not know, or knew and did not count: `visit(sequence,
// too_late)`.
template <class Visit>
void each_uncounted(const Facts& facts, PersonId person, Month month, Sequence from, Visit visit) {
  const AgencyFacts& agency = facts.agency();
  const auto covering = [&](const LateMark& mark) { return covers(mark, month); };
  std::vector<LateMark> daily = facts.late_daily(person, agency.recorded_by(month));
  std::erase_if(daily, std::not_fn(covering));
  if (!daily.empty()) {
    const auto rules = payment_rules(facts, month);
    if (!rules) return;
    const Instant cutoff = approval_cutoff(*rules, month, agency.utc_offset_minutes());
    for (const LateMark& mark : daily)
      if (const bool too_late = mark.decided_at >= cutoff; too_late || mark.sequence > from)
        visit(mark.sequence, too_late);
  }
  for (const LateMark& mark : facts.person(person).late)
    if (mark.sequence > from && covers(mark, month)) visit(mark.sequence, false);
  for (const LateMark& mark : agency.late)
    if (mark.sequence <= facts.known_at() && mark.sequence > from && covers(mark, month))
      visit(mark.sequence, false);
}

// A locked regular payment settled every month before its own from what it knew.
struct Settling {
  Month month;
  Sequence known;
};

// The person's latest one of a month between both. Who is paid is paid month by month: the first
// that is looked at, as a rule.
std::optional<Settling> latest_settling(const Facts& facts, PersonId person, Month after,
                                        Month before) {
  const auto& posts = facts.person(person).assignments;
  if (posts.empty()) return std::nullopt;
  // Nobody was paid for a month before their first post; without this, whoever is new reads many.
  after = std::max(after, month_of(posts.front().days.from) - 1);
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

// What came since the person's latest payment that settled the months before its own.
class NewsSince {
 public:
  NewsSince(const Facts& facts, PersonId person, const Settling& settling)
      : agency_(facts.agency()),
        settling_(settling),
        known_at_(facts.known_at()),
        reopened_(any_since(agency_.reopenings, settling.known, known_at_)) {
    // From where its own month will ask: read once.
    note(facts.late_daily(person, std::min(settling.known, agency_.recorded_by(settling.month))));
    note(facts.person(person).late);
    note(agency_.late);
  }
  [[nodiscard]] bool leaves_settled(Month month) const {
    return month < settling_.month && !reopened_ &&
           !any_since(agency_.regular_months.at(month).changes, settling_.known, known_at_) &&
           std::none_of(marks_.begin(), marks_.end(),
                        [&](const LateMark& mark) { return covers(mark, month); });
  }

 private:
  void note(const std::vector<LateMark>& marks) {
    std::copy_if(marks.begin(), marks.end(), std::back_inserter(marks_), [&](const LateMark& mark) {
      return mark.sequence > settling_.known && mark.sequence <= known_at_;
    });
  }

  const AgencyFacts& agency_;
  Settling settling_;
  Sequence known_at_;
  bool reopened_;
  std::vector<LateMark> marks_;
};

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
  Settlement out{month, now.net, {}, {}, {}, {}, std::move(now.lines)};
  std::int64_t paid = 0;
  for (const PaymentFact* fact : locked) paid += own_net(fact->payment).value;
  const Rupiah posted = posted_corrections(facts, person, month);
  out.settled = Rupiah{paid + posted.value};
  out.amount = Rupiah{out.recomputed.value - out.settled.value};
  each_uncounted(facts, person, month, computed_from(facts, locked, month),
                 [&](Sequence cause, bool too_late) {
                   out.causes.push_back(cause);
                   if (too_late) out.too_late.push_back(cause);
                 });
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
    each_uncounted(facts, person, month, from, [&](Sequence, bool) { found = true; });
    return found;
  };
  const AgencyFacts& agency = facts.agency();
  std::vector<Month> out;
  for (const auto& [month, runs] : agency.regular_months) {
    if (month >= before) break;
    if (runs.first_ordered && *runs.first_ordered <= facts.known_at()) out.push_back(month);
  }
  if (out.empty()) return out;
  if (const auto settled = latest_settling(facts, person, out.front(), before)) {
    const NewsSince news(facts, person, *settled);
    std::erase_if(out, [&](Month month) { return news.leaves_settled(month); });
  }
  std::erase_if(out, [&](Month month) {
    // What no run of the month can have missed, none that paid this person has: not read.
    if (!has_uncounted(month, agency.regular_months.at(month).first_computed_at)) return true;
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
