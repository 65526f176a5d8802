// Runs: computing, locking, reopening, ordering and confirming payments (rulebook section 3.5).
#include <algorithm>

#include "computation/run.h"
#include "ledger/rules.h"

namespace runut::rules {
namespace {

const RunFact* find_run(const Case& at, const RunId& run) {
  const auto found = at.agency().runs.find(run);
  return found == at.agency().runs.end() ? nullptr : &found->second;
}

// Rulebook 3.5: every run before this number of its unit, month and kind is locked, and a number is
// used once.
Status check_number(const Case& at, const RunId& run) {
  for (std::uint32_t number = 1; number < run.number; ++number) {
    RunId before = run;
    before.number = number;
    const RunFact* const fact = find_run(at, before);
    if (fact == nullptr || fact->lock(at.known_at()) == nullptr)
      return reject("run.number", "data.run", to_string(run),
                    to_string(before) + " is not locked: numbers are dense");
  }
  return {};
}

// What the computation refuses about the run itself, at its place in the command. What it refuses
// about somebody in it keeps the name that it has there: person, component, leave_bp.
template <class T>
Result<T> run_in_command(Result<T> computed) {
  if (computed) return computed;
  std::string& field = computed.error().field;
  if (field.starts_with("run") || field == "month") field = "data.run";
  return computed;
}

tl::unexpected<Error> not_locked(const RunId& run) {
  return reject("run.not_locked", "data.run", to_string(run), "no computation of it is locked");
}

Status require_lock_office(const Case& at, const Rules& rules, const RunId& run,
                           const Decree& decree) {
  const auto& offices = rules->governance.lock_signatories;
  const bool by_head =
      std::find(offices.begin(), offices.end(), std::string(head_of_paying_unit)) != offices.end();
  if (by_head) {
    // The head of the paying unit, whatever the office is called: a structural post in that very
    // unit.
    const AssignmentFact* const post = at.person(decree.signatory).assignment_on(decree.date);
    if (post != nullptr && post->unit == run.unit && post->kind == PositionKind::structural)
      return {};
  }
  return at.require_office(decree, offices, "run.lock_signatory");
}

}  // namespace

Decided decide_one(const Case& at, const ComputeTppRun& body) {
  RUNUT_TRY(at.require_role({Role::treasurer}));
  RUNUT_TRY(at.require_unit(body.run.unit, "data.run"));
  RUNUT_TRY(check_number(at, body.run));
  RUNUT_ASSIGN(const Rules rules, run_in_command(payment_rules(at.context.facts, body.run.month)));
  RUNUT_ASSIGN(ComputedRun computed,
               run_in_command(compute_run(at.context.facts, body.run, at.action_time())));
  Decision out;
  out.push_back(at.event_under(computed.header, at.today(), rules.regulation));
  for (ComputedPayment& one : computed.payments)
    out.push_back(
        at.event_under(std::move(one.payment), last_day(body.run.month), rules.regulation));
  return out;
}

Decided decide_one(const Case& at, const LockTppRun& body) {
  RUNUT_TRY(at.require_role({Role::official, Role::treasurer}));
  RUNUT_TRY(at.require_decree(body.decree));
  const RunFact* const fact = find_run(at, body.run);
  const RunFact::Computed* const computed =
      fact == nullptr ? nullptr : fact->last_computed(at.known_at());
  if (computed == nullptr)
    return unknown("run.unknown", "data.run", to_string(body.run), "it was never computed");
  RUNUT_ASSIGN(const Rules rules, run_in_command(payment_rules(at.context.facts, body.run.month)));
  RUNUT_TRY(require_lock_office(at, rules, body.run, body.decree));
  if (rules->governance.separation_of_duties && at.actor() && at.actor() == computed->by)
    return refuse("authority.separation", "actor.id", to_string(*at.actor()),
                  "whoever computed the run does not lock it");
  RUNUT_TRY(run_in_command(check_lockable(at.context.facts, body.run)));
  Decision out;
  out.push_back(at.event_under(
      TppRunLocked{body.run, computed->sequence, computed->header.total, body.decree}, at.today(),
      rules.regulation));
  for (const TppCorrectionPosted& posted : corrections_to_post(at.context.facts, body.run)) {
    out.push_back(at.event_under(posted, last_day(posted.for_month), rules.regulation));
    out.back().caused_by_index = 0;
  }
  return out;
}

Decided decide_one(const Case& at, const TppRunReopened& body) {
  RUNUT_TRY(at.require_role({Role::official, Role::treasurer}));
  RUNUT_TRY(at.require_decree(body.decree));
  const RunFact* const fact = find_run(at, body.run);
  if (fact == nullptr || fact->lock(at.known_at()) == nullptr) return not_locked(body.run);
  // Whoever may lock a run may undo it.
  RUNUT_ASSIGN(const Rules rules, run_in_command(payment_rules(at.context.facts, body.run.month)));
  RUNUT_TRY(require_lock_office(at, rules, body.run, body.decree));
  if (fact->is_ordered(at.known_at()))
    return reject("run.ordered", "data.run", to_string(body.run),
                  "its payment is ordered: what changes now is a correction");
  return at.one(body, body.decree.date);
}

Decided decide_one(const Case& at, const PaymentOrdered& body) {
  RUNUT_TRY(at.require_role({Role::treasurer}));
  RUNUT_TRY(at.require_decree(body.decree));
  const RunFact* const fact = find_run(at, body.run);
  const RunFact::Locked* const lock = fact == nullptr ? nullptr : fact->lock(at.known_at());
  if (lock == nullptr) return not_locked(body.run);
  if (fact->is_ordered(at.known_at()))
    return reject("run.ordered", "data.run", to_string(body.run), "its payment is ordered already");
  if (body.spp.empty() || body.spm.empty() || body.sp2d.empty())
    return reject("order.documents", "data.sp2d", body.sp2d,
                  "an order names its SPP, SPM and SP2D");
  Rupiah total;
  for (const RunFact::Computed& computed : fact->computed)
    if (computed.sequence == lock->computed) total = computed.header.total;
  // Rupiah{-1}: the submitter left the amount to the ledger (codec/command_json.h).
  if (body.amount.value != -1 && body.amount != total)
    return reject("order.amount", "data.amount", std::to_string(body.amount.value),
                  "the locked total is " + std::to_string(total.value));
  PaymentOrdered ordered = body;
  ordered.amount = total;
  return at.one(std::move(ordered), body.decree.date);
}

Decided decide_one(const Case& at, const PaymentConfirmed& body) {
  RUNUT_TRY(at.require_role({Role::treasurer}));
  const RunFact* const fact = find_run(at, body.run);
  if (fact == nullptr || !fact->is_ordered(at.known_at()))
    return reject("run.not_ordered", "data.run", to_string(body.run),
                  "no payment of it is ordered");
  if (!fact->confirmed.empty())
    return reject("run.confirmed", "data.run", to_string(body.run), "confirmed already");
  if (body.reference.empty())
    return reject("confirmation.reference", "data.reference", {}, "the bank's reference is wanted");
  return at.one(body, at.today());
}

Decided decide_one(const Case& at, const PaymentReturned& body) {
  RUNUT_TRY(at.require_role({Role::treasurer}));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  const RunFact* const fact = find_run(at, body.run);
  if (fact == nullptr || !fact->is_ordered(at.known_at()))
    return reject("run.not_ordered", "data.run", to_string(body.run),
                  "no payment of it is ordered");
  const RunFact::Locked* const lock = fact->lock(at.known_at());
  const MonthFacts& month = at.context.facts.month(body.person, body.run.month);
  for (const PaymentFact& paid : month.payments)
    if (paid.payment.run == body.run && lock != nullptr && paid.sequence > lock->computed &&
        !paid.payment.left_out) {
      // Rupiah{-1}: as for an order.
      if (body.amount.value != -1 && body.amount != paid.payment.net)
        return reject("return.amount", "data.amount", std::to_string(body.amount.value),
                      "the payment was " + std::to_string(paid.payment.net.value));
      for (const ReturnFact& before : at.person(body.person).returns)
        if (before.run == body.run)
          return reject("return.twice", "data.run", to_string(body.run),
                        "it came back already: event " + std::to_string(before.sequence.value));
      return at.one(PaymentReturned{body.person, body.run, paid.payment.net, body.cause},
                    at.today());
    }
  return unknown("return.no_payment", "data.person", to_string(body.person),
                 "the run paid that person nothing");
}

}  // namespace runut::rules
