#include "query/explain.h"

#include <algorithm>
#include <set>

#include "query/remembered_history.h"

namespace runut {
namespace {

EventRef ref_of(const Event& event, const Hash256& leaf) {
  return {event.sequence, event.type(), event.occurred_on, event.acted_at, event.recorded_at,
          event.actor,    leaf};
}

// The computation that a payment event belongs to.
const RunFact::Computed* computation_of(const AgencyFacts& agency, const PaymentFact& payment) {
  const auto run = agency.runs.find(payment.payment.run);
  if (run == agency.runs.end()) return nullptr;
  const RunFact::Computed* found = nullptr;
  for (const RunFact::Computed& computed : run->second.computed)
    if (computed.sequence < payment.sequence) found = &computed;
  return found;
}

// The locked regular payment of the month; before any lock the latest computed one; where no run
// pays, the one that says why.
const PaymentFact* payment_to_explain(const LoadedFacts& now, PersonId person, Month month,
                                      bool& locked) {
  const auto paid = locked_payments(now, person, month);
  locked = false;
  for (const PaymentFact* payment : paid)
    if (payment->payment.run.kind == RunKind::regular) {
      locked = true;
      return payment;
    }
  const PaymentFact* latest = nullptr;
  for (const PaymentFact& payment : now.month(person, month).payments)
    if (latest == nullptr || latest->payment.left_out || !payment.payment.left_out)
      latest = &payment;
  return latest;
}

void collect(const Derivation& node, std::set<Sequence>& events, std::vector<AppliedRule>& rules) {
  events.insert(node.note.events.begin(), node.note.events.end());
  for (const AppliedRule& rule : node.note.rules) {
    events.insert(rule.regulation);
    if (std::find(rules.begin(), rules.end(), rule) == rules.end()) rules.push_back(rule);
  }
  for (const Derivation& input : node.inputs) collect(input, events, rules);
}

// The law of rulebook 3.5 (Contributions).
Status check_sum(const Explanation& out) {
  Rupiah sum;
  for (const Contribution& one : out.contributions) sum.value += one.amount.value;
  if (sum == out.payment.net) return {};
  return fail(Error{ErrorCode::internal, "law.contributions_sum_to_net", "net",
                    std::to_string(out.payment.net.value),
                    "the contributions sum to " + std::to_string(sum.value)});
}

}  // namespace

Result<Explainer> Explainer::open(const History& history, Head head) {
  const Explainer nothing(history, {}, std::make_shared<Known>());
  RUNUT_ASSIGN(Explainer out, nothing.moved_to(head));
  if (!out.agency_->founded)
    return fail(ErrorCode::not_found, "the ledger is empty: nothing was founded yet");
  return out;
}

Result<Explainer> Explainer::moved_to(Head head) const {
  std::shared_ptr<Known> grown;
  const auto add = [&](const Event& event, const Hash256& leaf) -> Status {
    if (!grown) grown = std::make_shared<Known>(*known_);
    grown->events.emplace(event.sequence, ref_of(event, leaf));
    const auto* row = std::get_if<RankingGroupMember>(&event.payload);
    if (row != nullptr && row->unranked)
      grown->unranked.insert_or_assign({row->period, row->person},
                                       UnrankedBranch{row->period, *row->unranked, event.sequence});
    return evolve(grown->agency, event);
  };
  RUNUT_TRY(history_->each_after(agency_subject, std::nullopt, head_.sequence, head.sequence, add));
  return Explainer(*history_, head, grown ? std::move(grown) : known_);
}

Result<PersonId> Explainer::find_person(std::string_view text, const Mac128& lookup) const {
  if (const auto id = parse_person_id(text); id && agency_->persons.contains(*id)) return *id;
  if (const auto found = agency_->by_identifier.find(lookup); found != agency_->by_identifier.end())
    return found->second;
  return fail(Error{ErrorCode::not_found, "person.unknown", "person", std::string(text),
                    "neither a registered person id (P17) nor a known NIP"});
}

Result<Explanation> Explainer::explain(PersonId person, Month month,
                                       const OtherTimes& times) const {
  // It looks at the same months as they were at several times.
  const RememberedHistory once(*history_, head_.sequence);
  return Explainer(once, head_, known_).tell(person, month, times);
}

Result<Explanation> Explainer::tell(PersonId person, Month month, const OtherTimes& times) const {
  const LoadedFacts now(*history_, agency_, head_.sequence);
  Explanation out;
  const PaymentFact* const payment = payment_to_explain(now, person, month, out.locked);
  RUNUT_TRY(now.status());
  if (payment == nullptr)
    return fail(Error{ErrorCode::not_found, "explain.no_payment", "month", to_string(month),
                      "no run of that month computed a payment for this person"});
  const RunFact::Computed* const computed = computation_of(*agency_, *payment);
  if (computed == nullptr)
    return fail(ErrorCode::corrupt, "a payment event without the header of its run");
  out.agency = agency_->founded->agency;
  out.agency_name = agency_->founded->name;
  out.simulated = agency_->founded->simulated;
  out.utc_offset_minutes = agency_->founded->utc_offset_minutes;
  out.person = person;
  out.month = month;
  out.head = head_.sequence;
  out.head_leaf = head_.leaf;
  out.run = payment->payment.run;
  out.payment_event = payment->sequence;
  out.computed_at = computed->header.computed_at;
  out.payment = payment->payment;

  // The same code that computed the payment, on what was known then, now with a recorder.
  const FactsAsOf dated(*history_, times.facts_as_of);
  std::shared_ptr<const AgencyFacts> agency = agency_;
  if (times.facts_as_of) {
    RUNUT_ASSIGN(agency, load_agency(dated, out.computed_at));
  }
  const LoadedFacts then(dated, agency, out.computed_at);
  DerivationRecorder recorder;
  RUNUT_ASSIGN(const ComputedPayment again,
               compute_payment(then, out.run, person, recorder, times.rules()));
  RUNUT_TRY(then.status());
  out.times = times;
  out.recorded_net = out.payment.net;
  if (times.asked()) out.payment = again.payment;
  out.reproduced = again.payment == out.payment;
  out.derivation = recorder.take();
  if (out.reproduced && !out.payment.left_out) {
    RUNUT_ASSIGN(out.contributions, compute_contributions(then, again, times.rules()));
    RUNUT_TRY(check_sum(out));
  }
  RUNUT_ASSIGN(const Rules rules, payment_rules(then, month, times.rules()));
  out.document = rules->header.id;
  for (const PaymentLine& line : out.payment.lines)
    out.line_rules.push_back(cited_rule(rules, line, then.person(person)));

  RUNUT_TRY(add_rank(now, out));
  RUNUT_TRY(add_predicate(then, now, rules, out));
  if (!times.asked()) {
    for (const ReturnFact& fact : now.person(person).returns)
      if (fact.run == out.run) out.returned.push_back(fact.sequence);
    const Instant cutoff = approval_cutoff(rules, month, out.utc_offset_minutes);
    for (const ExcuseFact& fact : now.month(person, month).excuses)
      out.excuses.push_back({fact.date, fact.filed, fact.decided, fact.approved,
                             fact.decided && fact.approved && *fact.decided <= out.computed_at &&
                                 fact.decided_at < cutoff});
    RUNUT_TRY(add_corrections(now, out));
    RUNUT_TRY(add_objections(now, out));
  }
  out.paid_in_all = out.payment.net;
  for (const CorrectionBranch& correction : out.corrections)
    out.paid_in_all.value += correction.amount.value;
  add_units(out);
  RUNUT_TRY(add_events(out));
  RUNUT_TRY(now.status());
  return out;
}

Status Explainer::add_events(Explanation& out) const {
  std::set<Sequence> wanted;
  wanted.insert(out.payment_event);
  for (const Derivation& node : out.derivation) collect(node, wanted, out.rules);
  for (const PaymentLine& line : out.payment.lines)
    wanted.insert(line.causes.begin(), line.causes.end());
  if (out.rank) {
    for (const Derivation& node : out.rank->score) collect(node, wanted, out.rules);
    collect(out.rank->ranking, wanted, out.rules);
    wanted.insert({out.rank->published, out.rank->placed_at});
    wanted.insert(out.rank->adjustments.begin(), out.rank->adjustments.end());
  }
  if (out.unranked) wanted.insert(out.unranked->event);
  if (out.predicate) {
    const PredicateBranch& branch = *out.predicate;
    for (const auto& shown : {branch.shown, branch.since})
      if (shown) wanted.insert(shown->event);
    wanted.insert(branch.ratings.begin(), branch.ratings.end());
    wanted.insert(branch.unit_event);
    for (const auto& rule : {branch.quadrant, branch.rate}) {
      if (!rule) continue;
      wanted.insert(rule->regulation);
      if (std::find(out.rules.begin(), out.rules.end(), *rule) == out.rules.end())
        out.rules.push_back(*rule);
    }
  }
  wanted.insert(out.returned.begin(), out.returned.end());
  for (const ExcuseBranch& excuse : out.excuses)
    wanted.insert({excuse.filed, excuse.decided.value_or(Sequence{})});
  for (const ObjectionBranch& branch : out.objections) {
    for (const auto& step :
         {branch.filed, branch.requested, branch.explained, branch.decided, branch.corrected})
      if (step) wanted.insert(*step);
    for (const auto& [adjusted, rate] : branch.adjusted) wanted.insert(adjusted);
  }
  for (const CorrectionBranch& branch : out.corrections) {
    wanted.insert(branch.posted);
    wanted.insert(branch.causes.begin(), branch.causes.end());
  }
  wanted.erase(Sequence{});
  std::stable_sort(
      out.rules.begin(), out.rules.end(),
      [](const AppliedRule& a, const AppliedRule& b) { return a.parameter < b.parameter; });

  std::erase_if(wanted, [&](Sequence sequence) {
    const auto agency = known_->events.find(sequence);
    if (agency == known_->events.end()) return false;
    out.events.push_back(agency->second);
    return true;
  });
  // Each history is in the order of sequences, as what is wanted of it.
  const auto keep_from = [&](std::optional<Month> month, Sequence after, Sequence until) {
    auto next = wanted.begin();
    return history_->each_after(subject_of(out.person), month, after, until,
                                [&](const Event& event, const Hash256& leaf) -> Status {
                                  while (next != wanted.end() && *next < event.sequence) ++next;
                                  if (next == wanted.end() || *next != event.sequence) return {};
                                  out.events.push_back(ref_of(event, leaf));
                                  next = wanted.erase(next);
                                  return {};
                                });
  };
  RUNUT_TRY(keep_from(std::nullopt, {}, out.head));
  RUNUT_TRY(keep_from(out.month, {}, out.head));
  // What came late to other months.
  if (!wanted.empty())
    RUNUT_TRY(keep_from(late_daily_events, Sequence{wanted.begin()->value - 1}, *wanted.rbegin()));
  std::sort(out.events.begin(), out.events.end(),
            [](const EventRef& a, const EventRef& b) { return a.sequence < b.sequence; });
  return {};
}

}  // namespace runut
