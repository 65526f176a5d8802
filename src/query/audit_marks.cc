#include "query/audit_marks.h"

#include <algorithm>

#include "computation/ranking.h"
#include "query/corrected_tier.h"
#include "query/wording.h"

namespace runut {
namespace {

using Kind = Finding::Kind;

// The local time of the act, as the clocks of the city show it.
std::string acted_at(const Event& event, const AgencyFacts& agency) {
  const int offset = agency.utc_offset_minutes();
  return time_name(event.action_time(), offset) + " " + zone_name(offset);
}

// By the document in force when it was done.
std::optional<Criterion> then(Parameter parameter, const Event& event, const AgencyFacts& agency) {
  return criterion_on(agency, parameter,
                      local_date(event.action_time(), agency.utc_offset_minutes()), event.sequence);
}

// By the document of the month that it is about.
std::optional<Criterion> of_month(Parameter parameter, Date day, const Event& event,
                                  const AgencyFacts& agency) {
  return criterion_on(agency, parameter, first_day(month_of(day)), event.sequence);
}

bool is_late(const Event& event, Date day, const Facts& facts) {
  const auto rules = payment_rules(facts, month_of(day));
  return rules && event.action_time() >=
                      approval_cutoff(*rules, month_of(day), facts.agency().utc_offset_minutes());
}

const ObjectionFact* last_objection(const Facts& facts, PersonId person, Period period) {
  const EvaluationFact* const evaluation = facts.person(person).evaluation(period);
  return evaluation == nullptr || evaluation->objections.empty() ? nullptr
                                                                 : &evaluation->objections.back();
}

// --- one function a kind of event; nothing when there is nothing to say

std::optional<Finding> mark(const AttemptRefused& e, const Event& event, const Facts& facts) {
  Finding out = finding_at(Kind::refused_attempt, event);
  out.rule = e.rule;
  out.detail =
      e.command + " by " + (event.actor.person() ? to_string(*event.actor.person()) : "system");
  out.values = {e.command, acted_at(event, facts.agency())};
  if (const auto parameter = parameter_of(e.rule))
    out.criterion = then(*parameter, event, facts.agency());
  return out;
}

std::optional<Finding> mark(const DailyReportApproved& e, const Event& event, const Facts& facts) {
  if (!is_late(event, e.date, facts)) return std::nullopt;
  Finding out = finding_at(Kind::late_approval, event);
  out.detail = "report " + to_string(e.report) + " of " + to_string(e.date) + " approved " +
               to_string(event.action_time());
  Minutes minutes;
  for (const ReportFact& fact : facts.month(e.person, month_of(e.date)).reports)
    if (fact.report == e.report && fact.date == e.date) {
      minutes = fact.minutes;
      out.events = {fact.submitted, event.sequence};
    }
  out.values = {to_string(e.report), to_string(e.date), acted_at(event, facts.agency()),
                std::to_string(minutes.value)};
  out.criterion = of_month(Parameter::approval_cutoff_day, e.date, event, facts.agency());
  return out;
}

Finding late_excuse(const Event& event, Date date, const char* what, const AgencyFacts& agency) {
  Finding out = finding_at(Kind::late_excuse, event);
  out.detail = "excuse for " + to_string(date) + " " + what;
  out.values = {to_string(date), acted_at(event, agency), what};
  out.criterion = of_month(Parameter::approval_cutoff_day, date, event, agency);
  return out;
}

std::optional<Finding> mark(const AttendanceExcused& e, const Event& event, const Facts& facts) {
  const AgencyFacts& agency = facts.agency();
  const AssignmentFact* const post = facts.person(e.person).assignment_on(e.date);
  if (post == nullptr || !agency.is_closed(post->unit, month_of(e.date), facts.known_at()))
    return std::nullopt;
  Finding out = late_excuse(event, e.date, "filed after its month was closed", agency);
  out.events = {agency.attendance_closed.at({post->unit, month_of(e.date)}), event.sequence};
  return out;
}

std::optional<Finding> mark(const ExcuseDecided& e, const Event& event, const Facts& facts) {
  if (!is_late(event, e.date, facts)) return std::nullopt;
  Finding out = late_excuse(event, e.date, "decided after the cut-off", facts.agency());
  for (const ExcuseFact& fact : facts.month(e.person, month_of(e.date)).excuses)
    if (fact.excuse == e.excuse && fact.date == e.date) out.events = {fact.filed, event.sequence};
  return out;
}

std::optional<Finding> mark(const AttendanceMonthClosed& e, const Event& event,
                            const Facts& facts) {
  const RunFact::Computed* first = nullptr;
  for (const auto& [run, fact] : facts.agency().runs)
    if (run.month == e.month && run.kind == RunKind::regular && !fact.computed.empty() &&
        (first == nullptr || fact.computed.front().sequence < first->sequence))
      first = &fact.computed.front();
  if (first == nullptr) return std::nullopt;
  Finding out = finding_at(Kind::late_closing, event);
  out.month = e.month;
  out.values = {to_string(e.unit), to_string(e.month), acted_at(event, facts.agency()),
                to_string(first->header.run)};
  out.events = {first->sequence, event.sequence};
  out.criterion = of_month(Parameter::factor_weights, first_day(e.month), event, facts.agency());
  return out;
}

std::optional<Finding> mark(const AssignmentStarted& e, const Event& event, const Facts& facts) {
  const AssignmentFact* const before = facts.person(e.person).assignment_on(e.from - 1);
  if (civil(e.from).day == 1 || before == nullptr) return std::nullopt;
  Finding out = finding_at(Kind::mid_month_move, event);
  out.detail = to_string(before->unit) + " to " + to_string(e.unit) + " on " + to_string(e.from);
  out.values = {to_string(before->unit), to_string(e.unit), to_string(e.from)};
  out.events = {before->started, event.sequence};
  return out;
}

std::optional<Finding> mark(const TieAtCutoffFound& e, const Event& event, const Facts& facts) {
  Finding out = finding_at(Kind::tie, event);
  out.detail = e.group + " at " + to_string(e.score) + ": " + std::to_string(e.members.size()) +
               " members for " + std::to_string(e.places) + " places";
  out.values = {e.group, to_string(e.score), std::to_string(e.members.size()),
                std::to_string(e.places)};
  out.criterion = then(Parameter::tie_keys, event, facts.agency());
  return out;
}

std::optional<Finding> mark(const TieResolved& e, const Event& event, const Facts& facts) {
  Finding out = finding_at(Kind::tie_resolved, event);
  out.detail = e.group + " by decree " + e.decree.number;
  std::string chosen;
  for (const PersonId person : e.chosen) chosen += (chosen.empty() ? "" : ", ") + to_string(person);
  out.values = {e.group,
                e.decree.number,
                to_string(e.decree.signatory),
                e.decree.office,
                std::string(to_string(e.cutoff)),
                std::move(chosen)};
  const auto ranking = facts.agency().rankings.find(e.period);
  if (ranking != facts.agency().rankings.end())
    if (const auto group = ranking->second.groups.find(e.group);
        group != ranking->second.groups.end())
      for (const TieFact& tie : group->second.ties)
        if (tie.found.cutoff == e.cutoff) out.events = {tie.sequence, event.sequence};
  out.criterion = then(Parameter::tie_authority, event, facts.agency());
  return out;
}

std::optional<Finding> mark(const ObjectionFiled& e, const Event& event, const Facts& facts) {
  Finding out = finding_at(Kind::objection, event);
  out.detail = to_string(e.period);
  out.values = {to_string(e.period)};
  out.criterion = then(Parameter::objection_days, event, facts.agency());
  return out;
}

std::optional<Finding> mark(const ObjectionDecided& e, const Event& event, const Facts& facts) {
  Finding out = finding_at(Kind::objection_decided, event);
  out.detail = to_string(e.period) + (e.upheld ? " upheld" : " rejected");
  out.values = {to_string(e.period), e.upheld ? "upheld" : "rejected", e.decree.number};
  if (const ObjectionFact* const filed = last_objection(facts, e.person, e.period))
    out.events = {filed->filed, event.sequence};
  out.criterion = then(Parameter::objection_days, event, facts.agency());
  return out;
}

std::optional<Finding> mark(const EvaluationCorrected& e, const Event& event, const Facts& facts) {
  Finding out = finding_at(Kind::evaluation_corrected, event);
  const std::string now = e.expectations && e.predicate
                              ? std::string(to_string(e.expectations->result)) + " (" +
                                    std::string(to_string(*e.predicate)) + ")"
                              : to_string(e.result);
  out.detail = to_string(e.period) + " to " + now;
  out.values = {to_string(e.period), now, e.decree.number};
  const ObjectionFact* const objection = last_objection(facts, e.person, e.period);
  if (objection != nullptr && objection->upheld && objection->decided)
    out.events = {*objection->decided, event.sequence};
  return out;
}

std::optional<Finding> mark(const TppCorrectionPosted& e, const Event& event, const Facts&) {
  Finding out = finding_at(Kind::correction_posted, event);
  out.detail =
      to_string(e.for_month) + " by " + to_string(e.run) + ": " + std::to_string(e.amount.value);
  out.values = {to_string(e.for_month), to_string(e.run)};
  out.amount = e.amount;
  if (event.causation) out.events = {*event.causation, event.sequence};
  return out;
}

template <class Other>
std::optional<Finding> mark(const Other&, const Event&, const Facts&) {
  return std::nullopt;
}

}  // namespace

void AuditMarks::add(const Event& event, const Facts& facts) {
  if (event.is_held()) {
    Finding out = finding_at(Kind::imported_as_found, event);
    out.detail = std::string(to_string(event.type())) + " of " + to_string(event.subject) +
                 ", imported as found";
    out.values = {std::string(to_string(event.type())), acted_at(event, facts.agency())};
    return found_(std::move(out));
  }
  late_objection(event, facts.agency());
  std::optional<Finding> found =
      std::visit([&](const auto& e) { return mark(e, event, facts); }, event.payload);
  if (found) found_(std::move(*found));
}

void AuditMarks::late_objection(const Event& event, const AgencyFacts& agency) {
  const std::optional<ObjectionTerms::Late> late = objection_terms_.add(event, agency);
  if (!late) return;
  Finding out = finding_at(Kind::late_objection, event);
  out.rule = late->rule;
  out.detail = late->detail;
  out.values = {std::to_string(late->taken), to_string(late->since), std::to_string(late->allowed)};
  out.events = {late->from, event.sequence};
  out.criterion = then(Parameter::objection_days, event, agency);
  found_(std::move(out));
}

void AuditMarks::applied(const Event& event, const Facts& facts) {
  const auto* const corrected = std::get_if<EvaluationCorrected>(&event.payload);
  if (corrected == nullptr) return;
  const GroupFact* const group = published_group(facts, corrected->period, corrected->person);
  if (group == nullptr) return;
  std::uint32_t above = 0;
  std::uint32_t below = 0;
  for (const PlacementFact& place : group->placements) {
    const Tier tier = tier_now(facts, place);
    above += tier == Tier::above ? 1U : 0U;
    below += tier == Tier::below ? 1U : 0U;
  }
  const RankingPublished& published = *group->published;
  if (above == published.above && below == published.below) return;
  Finding out = finding_at(Kind::counts_after_correction, event);
  out.values = {
      group->group,          std::to_string(published.members), std::to_string(above),
      std::to_string(below), std::to_string(published.above),   std::to_string(published.below)};
  out.events = {group->published_at, event.sequence};
  out.criterion =
      criterion_on(facts.agency(), Parameter::tiers, group->published_on, event.sequence);
  found_(std::move(out));
}

void AuditMarks::finish(Date today, const Facts& facts) {
  const AgencyFacts& agency = facts.agency();
  for (const auto& overdue : objection_terms_.overdue(today, agency, facts.known_at())) {
    Finding out;
    out.kind = Kind::overdue_objection;
    out.sequence = overdue.late.from;
    out.subject = subject_of(overdue.person);
    out.month = month_of(overdue.late.since);
    out.rule = overdue.late.rule;
    out.events = {overdue.late.from};
    out.by = overdue.person;
    out.values = {to_string(overdue.period), to_string(overdue.late.since),
                  std::to_string(overdue.late.taken), std::to_string(overdue.late.allowed)};
    out.criterion = criterion_on(agency, Parameter::objection_days, today, facts.known_at());
    found_(std::move(out));
  }
}

}  // namespace runut
