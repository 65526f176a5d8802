#include "computation/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace runut {
namespace {

const RunFact* run_of(const Facts& facts, const RunId& run) {
  const auto found = facts.agency().runs.find(run);
  return found == facts.agency().runs.end() ? nullptr : &found->second;
}

// Everybody who was ever assigned to a unit that this one pays on some day, or did by parents that
// a later move replaced: whom a locked run of it has paid stays its to settle.
std::set<PersonId> people_of(const Facts& facts, UnitId paying) {
  std::set<PersonId> out;
  for (const auto& [unit, people] : facts.agency().ever_assigned)
    if (facts.agency().may_be_paid_by(unit, paying, facts.known_at()))
      out.insert(people.begin(), people.end());
  return out;
}

// On some day of the month, to a unit that `paying` pays by that day's tree.
bool assigned_below(const Facts& facts, PersonId person, UnitId paying, Month month) {
  const Interval days{first_day(month), last_day(month)};
  const auto& assignments = facts.person(person).assignments;
  return std::any_of(assignments.begin(), assignments.end(), [&](const AssignmentFact& fact) {
    const Date last = std::min(fact.days.until, days.until);
    for (Date day = std::max(fact.days.from, days.from); day <= last; day = day + 1)
      if (facts.agency().paying_unit(fact.unit, day, facts.known_at()) == paying) return true;
    return false;
  });
}

Status check_run(const Facts& facts, const RunId& run, Instant now) {
  const UnitFact* unit = facts.agency().unit(run.unit, facts.known_at());
  if (unit == nullptr || !unit->paying)
    return reject("run.unit", "run.unit", to_string(run.unit), "only a paying unit has runs");
  if (const RunFact* known = run_of(facts, run); known != nullptr && known->lock(facts.known_at()))
    return reject("run.locked", "run", to_string(run), "a locked run never changes");
  RUNUT_ASSIGN(const Rules rules, payment_rules(facts, run.month));
  if (run.kind == RunKind::regular) {
    const Instant cutoff = approval_cutoff(rules, run.month, facts.agency().utc_offset_minutes());
    if (now < cutoff)
      return reject("run.before_cutoff", "run.month", to_string(run.month),
                    fmt::format("approvals count until {}", to_string(cutoff)));
    return {};
  }
  for (const auto& [id, other] : facts.agency().runs)
    if (id.unit == run.unit && id.month == run.month && id.kind == RunKind::regular &&
        other.is_ordered(facts.known_at()))
      return {};
  return reject("run.month_not_ordered", "run.month", to_string(run.month),
                "a correction run follows the order of its unit's regular run");
}

// Rulebook: a run above the budget is reported, not cut. The year's locked runs and this one.
std::optional<Rupiah> over_budget(const Facts& facts, const RunId& run, Rupiah total) {
  const auto year = static_cast<std::uint32_t>(year_of(run.month));
  const auto found = facts.agency().budgets.find({run.unit, year});
  if (found == facts.agency().budgets.end()) return std::nullopt;
  const BudgetFact* budget = nullptr;
  for (const BudgetFact& fact : found->second)
    if (fact.sequence <= facts.known_at()) budget = &fact;
  if (budget == nullptr) return std::nullopt;
  std::int64_t spent = total.value;
  for (const auto& [id, other] : facts.agency().runs) {
    if (id.unit != run.unit || year_of(id.month) != year_of(run.month) || id == run) continue;
    const auto* lock = other.lock(facts.known_at());
    if (lock == nullptr) continue;
    for (const RunFact::Computed& computed : other.computed)
      if (computed.sequence == lock->computed) spent += computed.header.total.value;
  }
  if (spent <= budget->amount.value) return std::nullopt;
  return Rupiah{spent - budget->amount.value};
}

Error name_person(Error error, PersonId person) {
  error.message += fmt::format(" ({})", to_string(person));
  return error;
}

bool is_correction(const PaymentLine& line) {
  return line.kind == LineKind::positive_correction || line.kind == LineKind::negative_correction;
}

// A run other than `run` has been locked since `since` with a payment of the person that `matters`.
template <class Matters>
bool locked_since(const Facts& facts, const std::vector<PaymentFact>& payments, const RunId& run,
                  Sequence since, Matters matters) {
  return std::any_of(payments.begin(), payments.end(), [&](const PaymentFact& fact) {
    if (fact.payment.run == run || !is_locked_payment(facts, fact)) return false;
    const auto* lock = run_of(facts, fact.payment.run)->lock(facts.known_at());
    return lock->sequence > since && matters(fact.payment);
  });
}

}  // namespace

Result<ComputedRun> compute_run(const Facts& facts, const RunId& run, Instant now) {
  RUNUT_TRY(check_run(facts, run, now));
  ComputedRun out;
  out.header.run = run;
  out.header.computed_at = facts.known_at();
  out.header.computation_version = computation_version;
  NullRecorder none;
  for (const PersonId person : people_of(facts, run.unit)) {
    auto computed = compute_payment(facts, run, person, none);
    if (!computed) return fail(name_person(std::move(computed).error(), person));
    const TppPaymentComputed& payment = computed->payment;
    const bool listed = !payment.left_out || assigned_below(facts, person, run.unit, run.month);
    if (!listed) continue;
    if (payment.left_out && run.kind == RunKind::correction) continue;
    ++(payment.left_out ? out.header.left_out : out.header.payees);
    RUNUT_ASSIGN(out.header.total.value, checked_add(out.header.total.value, payment.net.value));
    out.payments.push_back(std::move(*computed));
  }
  out.header.over_budget = over_budget(facts, run, out.header.total);
  return out;
}

std::vector<const PaymentFact*> last_computation(const Facts& facts, const RunId& run) {
  std::vector<const PaymentFact*> out;
  const RunFact* known = run_of(facts, run);
  const auto* last = known == nullptr ? nullptr : known->last_computed(facts.known_at());
  if (last == nullptr) return out;
  for (const PersonId person : people_of(facts, run.unit))
    for (const PaymentFact& fact : facts.month(person, run.month).payments)
      if (fact.payment.run == run && fact.sequence > last->sequence && !fact.payment.left_out)
        out.push_back(&fact);
  return out;
}

Status check_lockable(const Facts& facts, const RunId& run) {
  const RunFact* known = run_of(facts, run);
  const auto* last = known == nullptr ? nullptr : known->last_computed(facts.known_at());
  if (last == nullptr)
    return reject("run.not_computed", "run", to_string(run), "this run was never computed");
  if (known->lock(facts.known_at()) != nullptr)
    return reject("run.locked", "run", to_string(run), "this run is locked already");
  if (!known->reopened.empty() && known->reopened.back() > last->sequence)
    return reject("run.not_computed", "run", to_string(run),
                  "a reopened run is computed anew before it is locked");
  const Sequence since = last->header.computed_at;
  for (const PaymentFact* fact : last_computation(facts, run)) {
    const PersonId person = fact->payment.person;
    const bool regular = run.kind == RunKind::regular;
    if (regular && fact->payment.unit &&
        locked_since(
            facts, facts.month(person, run.month).payments, run, since,
            [](const TppPaymentComputed& other) { return other.run.kind == RunKind::regular; }))
      return reject("run.stale_payment", "person", to_string(person),
                    "another run has paid this month since; compute anew");
    for (const PaymentLine& line : fact->payment.lines) {
      if (!is_correction(line) || !line.for_month) continue;
      for (const PostedCorrectionFact& posted : facts.month(person, *line.for_month).corrections)
        if (posted.sequence > since && posted.posted.run != run)
          return reject("run.stale_correction", "person", to_string(person),
                        fmt::format("another run has posted for {} since; compute anew",
                                    to_string(*line.for_month)));
    }
    if (regular && locked_since(facts, facts.person(person).carrying, run, since,
                                [](const TppPaymentComputed& other) {
                                  return other.run.kind == RunKind::regular;
                                }))
      return reject("run.stale_carried", "person", to_string(person),
                    "another run has carried this person's amounts since; compute anew");
  }
  return {};
}

std::vector<TppCorrectionPosted> corrections_to_post(const Facts& facts, const RunId& run) {
  std::vector<TppCorrectionPosted> out;
  for (const PaymentFact* fact : last_computation(facts, run)) {
    const TppPaymentComputed& payment = fact->payment;
    std::map<Month, std::int64_t> amounts;
    for (const PaymentLine& line : payment.lines)
      if (is_correction(line) && line.for_month) amounts[*line.for_month] += line.amount.value;
    for (const Outstanding& rest : payment.outstanding)
      if (rest.code == correction_code) amounts[rest.for_month] -= rest.amount.value;
    // What was carried in was posted by an earlier lock.
    if (run.kind == RunKind::regular)
      for (const Carried& carried : carried_amounts(facts, payment.person))
        if (carried.is_correction()) amounts[carried.rest.for_month] += carried.rest.amount.value;
    for (const auto& [month, amount] : amounts) {
      if (amount == 0) continue;
      Rupiah settled = posted_corrections(facts, payment.person, month);
      for (const PaymentFact* paid : locked_payments(facts, payment.person, month))
        settled.value += own_net(paid->payment).value;
      out.push_back(
          {payment.person, month, run, Rupiah{settled.value + amount}, settled, Rupiah{amount}});
    }
  }
  return out;
}

}  // namespace runut
