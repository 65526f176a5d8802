#include "query/audit_watch.h"

#include <algorithm>
#include <set>

#include "computation/ranking.h"
#include "computation/rules.h"
#include "computation/senior_post.h"
#include "computation/tiers.h"
#include "computation/tpp.h"
#include "query/wording.h"

namespace runut {
namespace {

// An imported log may step back in time: what came before is then another sitting.
bool within_minute(Instant earlier, Instant at) {
  return earlier <= at && at.micros - earlier.micros < 60'000'000;
}

std::string authority_of(const Decree& decree) {
  return decree.number + ", " + to_string(decree.signatory) + " (" + decree.office + ")";
}

// People whose assignment to the unit touches the month and makes them eligible.
std::size_t eligible_in(const Facts& facts, UnitId unit, Month month) {
  const auto people = facts.agency().ever_assigned.find(unit);
  if (people == facts.agency().ever_assigned.end()) return 0;
  return static_cast<std::size_t>(
      std::count_if(people->second.begin(), people->second.end(), [&](PersonId id) {
        const auto& posts = facts.person(id).assignments;
        return std::any_of(posts.begin(), posts.end(), [&](const AssignmentFact& post) {
          return post.unit == unit && post.tpp_eligible && post.days.from <= last_day(month) &&
                 post.days.until >= first_day(month);
        });
      }));
}

// The lock that pays it, if any: of a regular run's payment that was not computed anew since.
std::optional<Sequence> lock_of(const AgencyFacts& agency, const PaymentFact& paid,
                                Sequence known_at) {
  const auto run = agency.runs.find(paid.payment.run);
  if (run == agency.runs.end() || run->first.kind != RunKind::regular || paid.payment.left_out)
    return std::nullopt;
  const RunFact::Locked* const lock = run->second.lock(known_at);
  if (lock == nullptr || paid.sequence < lock->computed || lock->sequence < paid.sequence)
    return std::nullopt;
  return lock->sequence;
}

// The months whose pay rests on the evaluation: by the ranking that placed the person, or where a
// document pays the predicate.
std::vector<Month> months_paid_by(const Facts& facts, PersonId person, Period period) {
  if (published_group(facts, period, person) != nullptr) return adjustment_months(facts, period);
  std::vector<Month> out;
  const Period paid = period.following();
  for (Month month = paid.first; month <= paid.last(); month = month + 1)
    if (const auto rules = payment_rules(facts, month);
        rules && (*rules)->tpp.predicate && period_paid_in(*rules, month) == period)
      out.push_back(month);
  return out;
}

}  // namespace

void AuditWatch::add(const Event& event, const Facts& facts) {
  last_ = std::max(last_, event.recorded_at);
  if (event.is_held()) return;
  std::visit(
      [&]<class P>(const P& e) {
        if constexpr (std::is_same_v<P, DailyReportApproved>) {
          approved(event, e.person, facts);
        } else if constexpr (std::is_same_v<P, RankingPublished>) {
          published(event, e, facts);
        } else if constexpr (std::is_same_v<P, UnitEvaluationsClosed>) {
          closed(event, e, facts);
        } else if constexpr (std::is_same_v<P, WorkResultRated> ||
                             std::is_same_v<P, BehaviourRated>) {
          rated(event, e.person, e.period, std::string(to_string(event.actor.role)), facts);
        } else if constexpr (std::is_same_v<P, InnovationRecognised> ||
                             std::is_same_v<P, EvaluationCorrected>) {
          rated(event, e.person, e.period, authority_of(e.decree), facts);
        }
      },
      event.payload);
}

void AuditWatch::approved(const Event& event, PersonId person, const Facts& facts) {
  const std::optional<PersonId> approver = event.actor.person();
  if (!approver) return;
  Burst& burst = bursts_[*approver];
  const Instant at = event.action_time();
  // A burst goes on as long as its last minute is one.
  if (burst.found && !within_minute(burst.times[burst.times.size() - (burst_approvals - 1)], at))
    end(*approver, burst);
  if (burst.events.empty()) burst.month = month_of(event.occurred_on);
  if (!burst.found) forget_before_minute(burst, at);
  burst.utc_offset_minutes = facts.agency().utc_offset_minutes();
  burst.times.push_back(at);
  burst.events.push_back(event.sequence);
  burst.people.push_back(person);
  burst.found = burst.found || burst.times.size() >= burst_approvals;
}

void AuditWatch::forget_before_minute(Burst& burst, Instant at) {
  std::ptrdiff_t gone = 0;
  for (const Instant earlier : burst.times) {
    if (within_minute(earlier, at)) break;
    ++gone;
  }
  const auto forget = [gone](auto& of) { of.erase(of.begin(), of.begin() + gone); };
  forget(burst.times);
  forget(burst.events);
  forget(burst.people);
}

void AuditWatch::end(PersonId approver, Burst& burst) {
  if (burst.found) {
    const std::set<PersonId> people(burst.people.begin(), burst.people.end());
    Finding finding;
    finding.kind = Finding::Kind::approval_burst;
    finding.month = burst.month;
    finding.sequence = burst.events.front();
    finding.subject = subject_of(approver);
    finding.by = approver;
    finding.events = burst.events;
    const auto clock = [&](Instant at) {
      return time_name(at, burst.utc_offset_minutes) + " " + zone_name(burst.utc_offset_minutes);
    };
    finding.values = {std::to_string(burst.events.size()), clock(burst.times.front()),
                      clock(burst.times.back()), std::to_string(people.size()),
                      std::to_string(burst_approvals)};
    found_(std::move(finding));
  }
  burst = {};
}

void AuditWatch::published(const Event& event, const RankingPublished& published,
                           const Facts& facts) {
  const auto rules = ranking_rules(facts, event.occurred_on);
  if (!rules) return;
  const RankingRules& ranking = (*rules)->ranking;
  const TierCounts quota = tier_counts(published.members, ranking.tiers, ranking.tail_rounding);
  if (published.above == quota.above && published.below == quota.below) return;
  Finding finding = finding_at(Finding::Kind::outside_quota, event);
  finding.values = {published.group,
                    std::to_string(published.members),
                    std::to_string(published.above),
                    std::to_string(published.below),
                    std::to_string(quota.above),
                    std::to_string(quota.below)};
  finding.criterion =
      criterion_on(facts.agency(), Parameter::tiers, event.occurred_on, event.sequence);
  found_(std::move(finding));
}

void AuditWatch::closed(const Event& event, const UnitEvaluationsClosed& closed,
                        const Facts& facts) {
  if (closed.verdict != DistributionVerdict::deviates) return;
  std::uint64_t rated = 0;
  std::string counts;
  for (const PredicateCount& one : closed.counts) {
    rated += one.persons;
    counts += (counts.empty() ? "" : ", ") + std::string(to_string(one.predicate)) + " " +
              std::to_string(one.persons);
  }
  Finding finding = finding_at(Finding::Kind::outside_distribution, event);
  finding.values = {to_string(closed.unit), to_string(closed.period),
                    std::string(to_string(closed.predicate)), std::to_string(rated), counts};
  finding.criterion =
      criterion_on(facts.agency(), Parameter::distribution, event.occurred_on, event.sequence);
  found_(std::move(finding));
}

void AuditWatch::rated(const Event& event, PersonId person, Period period, std::string authority,
                       const Facts& facts) {
  const AgencyFacts& agency = facts.agency();
  std::map<RunId, Sequence> locked;
  for (const Month month : months_paid_by(facts, person, period))
    for (const PaymentFact& paid : facts.month(person, month).payments)
      if (const auto lock = lock_of(agency, paid, facts.known_at()))
        locked.emplace(paid.payment.run, *lock);
  if (locked.empty()) return;
  Finding finding = finding_at(Finding::Kind::rating_after_lock, event);
  std::string runs;
  for (const auto& [run, sequence] : locked) runs += (runs.empty() ? "" : ", ") + to_string(run);
  finding.values = {to_string(period), std::move(runs), std::move(authority)};
  for (const auto& [run, sequence] : locked) finding.events.push_back(sequence);
  std::sort(finding.events.begin(), finding.events.end());
  found_(std::move(finding));
}

void AuditWatch::finish(const Facts& facts) {
  for (auto& [approver, burst] : bursts_) end(approver, burst);
  find_attendance_gaps(facts);
  find_overdue_posts(facts);
}

void AuditWatch::find_overdue_posts(const Facts& facts) {
  const AgencyFacts& agency = facts.agency();
  const Date today = local_date(last_, agency.utc_offset_minutes());
  const auto document = agency.timeline.in_force(today, facts.known_at());
  if (!document) return;
  for (const SeniorPostFact& fact : agency.senior_posts) {
    const SeniorExtensionFact* const extended = fact.last_extension(facts.known_at());
    const SeniorTerm term =
        senior_term(fact.from, extended ? std::optional(extended->until) : std::nullopt,
                    (*document)->governance.senior_posts);
    const auto last_day = fact.ended ? std::optional(fact.ended->last_day) : std::nullopt;
    if (senior_state(term, last_day, today) != SeniorPostState::overdue) continue;
    Finding finding;
    finding.kind = Finding::Kind::overdue_senior_post;
    finding.sequence = extended ? extended->sequence : fact.filled;
    finding.subject = subject_of(fact.person);
    finding.month = month_of(term.review_due);
    finding.events = {fact.filled};
    if (extended) finding.events.push_back(extended->sequence);
    finding.values = {fact.post, to_string(fact.unit), to_string(fact.from),
                      to_string(term.review_due)};
    finding.criterion = criterion_on(agency, Parameter::senior_post_terms, today, facts.known_at());
    found_(std::move(finding));
  }
}

void AuditWatch::find_attendance_gaps(const Facts& facts) {
  const AgencyFacts& agency = facts.agency();
  if (agency.attendance_closed.empty()) return;
  Month first = agency.attendance_closed.begin()->first.second;
  Month last = first;
  for (const auto& [closed, sequence] : agency.attendance_closed) {
    first = std::min(first, closed.second);
    last = std::max(last, closed.second);
  }
  for (Month month = first; month <= last; month = month + 1) {
    const auto rules = payment_rules(facts, month);
    // A month without a document is never paid; one whose cut-off is to come may still be closed.
    if (last_day(month) >= local_date(last_, agency.utc_offset_minutes())) break;
    if (!rules) continue;
    if (last_ < approval_cutoff(*rules, month, agency.utc_offset_minutes())) break;
    for (const auto& [unit, fact] : agency.units) {
      if (agency.is_closed(unit, month, facts.known_at())) continue;
      const std::size_t people = eligible_in(facts, unit, month);
      if (people == 0) continue;
      Finding finding;
      finding.kind = Finding::Kind::attendance_gap;
      finding.subject = subject_of(unit);
      finding.month = month;
      finding.values = {to_string(unit), to_string(month), std::to_string(people)};
      finding.criterion =
          criterion_on(agency, Parameter::factor_weights, first_day(month), facts.known_at());
      found_(std::move(finding));
    }
  }
}

}  // namespace runut
