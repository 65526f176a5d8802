#include "query/audit_watch.h"

#include <algorithm>
#include <set>

#include "computation/rules.h"
#include "computation/tiers.h"

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

}  // namespace

void AuditWatch::add(const Event& event, const Facts& facts) {
  last_ = std::max(last_, event.recorded_at);
  std::visit(
      [&]<class P>(const P& e) {
        if constexpr (std::is_same_v<P, DailyReportApproved>) {
          approved(event, e.person);
        } else if constexpr (std::is_same_v<P, RankingPublished>) {
          published(event, e, facts);
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

void AuditWatch::approved(const Event& event, PersonId person) {
  const std::optional<PersonId> approver = event.actor.person();
  if (!approver) return;
  Burst& burst = bursts_[*approver];
  const Instant at = event.action_time();
  // A burst goes on as long as its last minute is one.
  if (burst.found && !within_minute(burst.times[burst.times.size() - (burst_approvals - 1)], at))
    end(*approver, burst);
  if (burst.events.empty()) burst.month = month_of(event.occurred_on);
  if (!burst.found) forget_before_minute(burst, at);
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
    finding.values = {std::to_string(burst.events.size()), to_string(burst.times.front()),
                      to_string(burst.times.back()), std::to_string(people.size()),
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
  Finding finding;
  finding.kind = Finding::Kind::outside_quota;
  finding.sequence = event.sequence;
  finding.subject = event.subject;
  finding.month = month_of(event.occurred_on);
  finding.by = event.actor.person();
  finding.events = {event.sequence};
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

void AuditWatch::rated(const Event& event, PersonId person, Period period, std::string authority,
                       const Facts& facts) {
  const AgencyFacts& agency = facts.agency();
  const PersonFacts& rated = facts.person(person);
  std::map<RunId, Sequence> locked;
  for (const AdjustmentFact& adjustment : rated.adjustments) {
    if (adjustment.period != period || adjustment.cause != AdjustmentCause::ranking) continue;
    for (const Month month : adjustment.months) {
      const AssignmentFact* const post = rated.assignment_near(last_day(month));
      const auto office =
          post == nullptr ? std::nullopt : agency.paying_unit(post->unit, facts.known_at());
      if (!office) continue;
      for (const auto& [run, fact] : agency.runs)
        if (run.unit == *office && run.month == month && run.kind == RunKind::regular)
          if (const RunFact::Locked* const lock = fact.lock(facts.known_at()))
            locked.emplace(run, lock->sequence);
    }
  }
  if (locked.empty()) return;
  Finding finding;
  finding.kind = Finding::Kind::rating_after_lock;
  finding.sequence = event.sequence;
  finding.subject = event.subject;
  finding.month = month_of(event.occurred_on);
  finding.by = event.actor.person();
  finding.values = {to_string(period), to_string(locked.begin()->first), std::move(authority),
                    std::to_string(locked.size())};
  for (const auto& [run, sequence] : locked) finding.events.push_back(sequence);
  finding.events.push_back(event.sequence);
  std::sort(finding.events.begin(), finding.events.end());
  finding.criterion =
      criterion_on(agency, Parameter::objection_days,
                   local_date(event.action_time(), agency.utc_offset_minutes()), event.sequence);
  found_(std::move(finding));
}

void AuditWatch::finish(const Facts& facts) {
  for (auto& [approver, burst] : bursts_) end(approver, burst);
  find_attendance_gaps(facts);
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
          criterion_on(agency, Parameter::absent, first_day(month), facts.known_at());
      found_(std::move(finding));
    }
  }
}

}  // namespace runut
