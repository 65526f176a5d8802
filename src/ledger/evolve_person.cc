#include <algorithm>

#include "domain/touches.h"
#include "ledger/evolve.h"

namespace runut {
namespace {

EvaluationFact& evaluation_of(PersonFacts& facts, Period period) {
  const auto at = std::lower_bound(
      facts.evaluations.begin(), facts.evaluations.end(), period,
      [](const EvaluationFact& fact, Period wanted) { return fact.period < wanted; });
  if (at != facts.evaluations.end() && at->period == period) return *at;
  EvaluationFact fresh;
  fresh.period = period;
  return *facts.evaluations.insert(at, std::move(fresh));
}

std::array<Score, behaviour_values> seven(const std::vector<Score>& values) {
  std::array<Score, behaviour_values> out{};
  std::copy_n(values.begin(), std::min(values.size(), out.size()), out.begin());
  return out;
}

PlanFact& plan_of(PersonFacts& facts, Period period) {
  const auto at =
      std::lower_bound(facts.plans.begin(), facts.plans.end(), period,
                       [](const PlanFact& fact, Period wanted) { return fact.period < wanted; });
  if (at != facts.plans.end() && at->period == period) return *at;
  PlanFact fresh;
  fresh.period = period;
  return *facts.plans.insert(at, std::move(fresh));
}

SurveyFact* survey_of(PersonFacts& facts, Period period) {
  for (SurveyFact& fact : facts.surveys)
    if (fact.period == period) return &fact;
  return nullptr;
}

// The objection that is still open, or a fresh one: events about objections name only the period.
ObjectionFact& open_objection(EvaluationFact& evaluation) {
  if (evaluation.objections.empty()) evaluation.objections.emplace_back();
  return evaluation.objections.back();
}

struct PersonFold {
  PersonFacts& facts;
  const Event& event;
  Sequence sequence = event.sequence;

  void operator()(const PersonRegistered& e) {
    facts.person = e.person;
    facts.registered = sequence;
  }
  void operator()(const IdentifierAssigned& e) {
    facts.identifiers.push_back({e.kind, e.lookup, e.from, sequence});
  }
  void operator()(const StatusChanged& e) {
    facts.statuses.push_back({e.status, e.from, sequence});
  }
  void operator()(const GradeChanged& e) { facts.grades.push_back({e.grade, e.from, sequence}); }
  void operator()(const AssignmentStarted& e) {
    AssignmentFact fact{.assignment = e.assignment,
                        .unit = e.unit,
                        .post = e.post,
                        .job_class = e.job_class,
                        .kind = e.kind,
                        .echelon = e.echelon,
                        .role = e.role,
                        .tpp_eligible = e.tpp_eligible,
                        .rankable = e.rankable,
                        .days = {e.from, e.until.value_or(open_end)},
                        .started = sequence,
                        .planned_until = e.until.value_or(open_end),
                        .ends = {}};
    const auto at = std::upper_bound(
        facts.assignments.begin(), facts.assignments.end(), fact.days.from,
        [](Date from, const AssignmentFact& other) { return from < other.days.from; });
    facts.assignments.insert(at, std::move(fact));
  }
  void operator()(const AssignmentEnded& e) {
    for (AssignmentFact& fact : facts.assignments)
      if (fact.assignment == e.assignment) {
        fact.days.until = e.last_day;
        fact.ends.push_back({e.last_day, sequence});
      }
  }
  void operator()(const ActingRoleStarted& e) {
    facts.acting.push_back({e.acting,
                            e.unit,
                            e.post,
                            e.job_class,
                            e.role,
                            {e.from, e.until.value_or(open_end)},
                            sequence,
                            std::nullopt});
  }
  void operator()(const ActingRoleEnded& e) {
    for (ActingFact& fact : facts.acting)
      if (fact.acting == e.acting) {
        fact.days.until = e.last_day;
        fact.ended = sequence;
      }
  }
  void operator()(const AppraiserAssigned& e) {
    facts.appraisers.push_back({{e.appraiser, e.superior}, e.from, sequence});
  }
  void operator()(const DelegationGranted& e) {
    if (e.from_person == facts.person)
      facts.delegations.push_back({e.to_person, {e.from, e.until}, sequence});
  }
  void operator()(const DelegationRevoked& e) {
    for (DelegationFact& fact : facts.delegations)
      if (fact.sequence == e.delegation) fact.days.until = e.last_day;
  }
  void operator()(const LeaveGranted& e) {
    facts.leaves.push_back({e.kind, {e.from, e.until}, sequence});
  }
  void operator()(const PersonSeparated& e) {
    facts.separation = {e.cause, e.last_day, sequence};
    for (AssignmentFact& fact : facts.assignments)
      if (fact.days.until > e.last_day) {
        fact.days.until = e.last_day;
        fact.ends.push_back({e.last_day, sequence});
      }
  }

  void operator()(const QualificationGained& e) {
    facts.qualifications.push_back({e.level, e.graduated, e.document, sequence});
  }
  void operator()(const CompetencyAssessed& e) {
    facts.competencies.push_back({e.echelon, e.method, e.score, e.date, e.document, sequence});
  }
  void operator()(const CertificationGranted& e) {
    facts.certifications.push_back(
        {e.certificate, {e.from, e.until.value_or(open_end)}, e.document, sequence});
  }

  void operator()(const WorkResultRated& e) {
    EvaluationFact& fact = evaluation_of(facts, e.period);
    if (e.expectation)
      fact.result_expectations.push_back(expectation(*e.expectation));
    else
      fact.results.push_back(
          {e.result, PersonId{event.actor.id}, sequence, event.actor.on_behalf_of});
  }
  void operator()(const BehaviourRated& e) {
    EvaluationFact& fact = evaluation_of(facts, e.period);
    if (e.expectation)
      fact.behaviour_expectations.push_back(expectation(*e.expectation));
    else
      fact.behaviours.push_back(
          {seven(e.values), PersonId{event.actor.id}, sequence, event.actor.on_behalf_of});
  }
  [[nodiscard]] ExpectationFact expectation(Expectation value) const {
    return {value, PersonId{event.actor.id}, sequence, event.actor.on_behalf_of};
  }
  void operator()(const InnovationRecognised& e) {
    evaluation_of(facts, e.period).innovation = sequence;
  }
  void operator()(const EvaluationDelivered& e) {
    EvaluationFact& fact = evaluation_of(facts, e.period);
    fact.delivered = sequence;
    fact.delivered_at = event.action_time();
    fact.delivered_predicate = e.predicate;
  }
  void operator()(const ObjectionFiled& e) {
    ObjectionFact fact;
    fact.filed = sequence;
    fact.filed_at = event.action_time();
    evaluation_of(facts, e.period).objections.push_back(fact);
  }
  void operator()(const ExplanationRequested& e) {
    open_objection(evaluation_of(facts, e.period)).requested = sequence;
  }
  void operator()(const ExplanationGiven& e) {
    ObjectionFact& fact = open_objection(evaluation_of(facts, e.period));
    fact.explained = sequence;
    fact.explained_at = event.action_time();
  }
  void operator()(const ObjectionDecided& e) {
    ObjectionFact& fact = open_objection(evaluation_of(facts, e.period));
    fact.decided = sequence;
    fact.decided_at = event.action_time();
    fact.upheld = e.upheld;
  }
  void operator()(const EvaluationCorrected& e) {
    evaluation_of(facts, e.period)
        .corrections.push_back({e.result, seven(e.values), sequence, e.expectations, e.predicate});
  }

  void operator()(const EvaluationAcknowledged& e) {
    evaluation_of(facts, e.period).answer = EvaluationAnswerFact{true, sequence};
  }
  void operator()(const EvaluationRefused& e) {
    evaluation_of(facts, e.period).answer = EvaluationAnswerFact{false, sequence};
  }

  void operator()(const DialogueHeld& e) {
    facts.dialogues.push_back({e.period, e.date, sequence});
  }
  void operator()(const CoachingPlanned& e) {
    facts.coachings.push_back({{e.from, e.until}, sequence});
  }

  void operator()(const SurveyOpened& e) {
    facts.surveys.push_back({e.period, sequence, {}, std::nullopt});
  }
  void operator()(const SurveyAnswered& e) {
    if (SurveyFact* const survey = survey_of(facts, e.period))
      survey->answers.push_back(
          {e.relation, event.actor.person(),
           event.actor.kind == ActorKind::pseudonym ? std::optional(event.actor.id) : std::nullopt,
           sequence});
  }
  void operator()(const SurveyClosed& e) {
    if (SurveyFact* const survey = survey_of(facts, e.period))
      survey->closed = SurveyClosingFact{e.relations, sequence};
  }

  PlanFact& turn_plan(Period period, PlanState state) {
    PlanFact& fact = plan_of(facts, period);
    fact.state = state;
    fact.changed = sequence;
    return fact;
  }
  void operator()(const PlanDrafted& e) {
    turn_plan(e.period, PlanState::drafted).results = e.results;
  }
  void operator()(const PlanSubmitted& e) { turn_plan(e.period, PlanState::submitted); }
  void operator()(const PlanReturned& e) { turn_plan(e.period, PlanState::returned); }
  void operator()(const PlanApproved& e) {
    turn_plan(e.period, PlanState::approved).approvals.push_back(sequence);
  }
  void operator()(const PlanRevised& e) {
    turn_plan(e.period, PlanState::revised).results = e.results;
  }
  void operator()(const ExpectationClarified& e) {
    plan_of(facts, e.period).clarified.push_back(sequence);
  }

  void operator()(const TppAdjustmentDecided& e) {
    facts.adjustments.push_back(
        {e.cause, e.period, e.delta, e.months, sequence, event.causation, event.supersedes});
  }
  void operator()(const DisciplinarySanctionImposed& e) {
    facts.sanctions.push_back(
        {e.first_month, e.first_month + (static_cast<int>(e.months) - 1), sequence, std::nullopt});
  }
  void operator()(const DisciplinarySanctionCancelled& e) {
    for (DisciplinaryFact& fact : facts.sanctions)
      if (fact.sequence == e.sanction) {
        fact.last = std::min(fact.last, e.from_month - 1);
        fact.cancelled = sequence;
      }
  }
  void operator()(const DeductionSet& e) {
    facts.deductions.push_back(
        {e.status, e.code, e.amount, e.rate, e.base, e.cap, e.first, e.last, sequence});
  }
  void operator()(const TppPaymentComputed& e) { facts.carrying.push_back({sequence, e}); }
  void operator()(const PaymentReturned& e) { facts.returns.push_back({e.run, sequence}); }
  void operator()(const SubjectKeyDestroyed&) { facts.erased = sequence; }

  template <class Other>
  void operator()(const Other&) {}
};

struct MonthFold {
  MonthFacts& facts;
  const Event& event;
  Sequence sequence = event.sequence;

  // Ids are unique within the person and day.
  ReportFact* current(ReportId report, Date day) {
    for (auto at = facts.reports.rbegin(); at != facts.reports.rend(); ++at)
      if (at->report == report && at->date == day) return &*at;
    return nullptr;
  }
  template <class Decided>
  void decide(const Decided& decided, ReportState state) {
    ReportFact* const fact = current(decided.report, decided.date);
    if (fact == nullptr) return;
    fact->state = state;
    fact->decided = sequence;
    fact->decided_at = event.action_time();
    fact->decided_by = PersonId{event.actor.id};
  }

  void operator()(const DailyReportSubmitted& e) {
    // A superseding report voids the approval of the one it replaces.
    if (event.supersedes)
      for (ReportFact& fact : facts.reports)
        if (fact.submitted == *event.supersedes) fact.state = ReportState::superseded;
    // Resubmitted after a return: the same report, undecided again.
    if (ReportFact* const returned = current(e.report, e.date);
        returned != nullptr && returned->state == ReportState::returned)
      returned->state = ReportState::superseded;
    facts.reports.push_back(
        {e.report, e.date, e.minutes, ReportState::submitted, sequence, {}, {}, {}});
  }
  void operator()(const DailyReportApproved& e) { decide(e, ReportState::approved); }
  void operator()(const DailyReportReturned& e) { decide(e, ReportState::returned); }
  void operator()(const DailyReportRejected& e) { decide(e, ReportState::rejected); }
  void operator()(const DailyReportWithdrawn& e) { decide(e, ReportState::withdrawn); }
  void operator()(const AttendanceRecorded& e) {
    facts.clocks.push_back({e.at, e.direction, e.device, e.device_sequence, sequence});
  }
  void operator()(const AttendanceExcused& e) {
    facts.excuses.push_back({e.excuse, e.date, sequence, std::nullopt, {}, false});
  }
  void operator()(const ExcuseDecided& e) {
    for (ExcuseFact& fact : facts.excuses)
      if (fact.excuse == e.excuse) {
        fact.decided = sequence;
        fact.decided_at = event.action_time();
        fact.approved = e.approved;
      }
  }
  void operator()(const TppPaymentComputed& e) { facts.payments.push_back({sequence, e}); }
  void operator()(const TppCorrectionPosted& e) { facts.corrections.push_back({e, sequence}); }

  template <class Other>
  void operator()(const Other&) {}
};

}  // namespace

void evolve(PersonFacts& facts, const Event& event, int utc_offset_minutes) {
  if (facts.person == PersonId{} && event.subject.kind == SubjectKind::person)
    facts.person = PersonId{event.subject.id};
  if (event.is_held()) return;
  std::visit(PersonFold{facts, event}, event.payload);
  const auto months = affected_months(event, utc_offset_minutes);
  if (months && months->first < month_of(local_date(event.recorded_at, utc_offset_minutes)))
    facts.late.push_back({*months, event.sequence, {}});
}

void evolve(MonthFacts& facts, const Event& event, int) {
  if (event.is_held()) return;
  std::visit(MonthFold{facts, event}, event.payload);
}

void evolve(std::vector<LateMark>& late_daily, const Event& event, int utc_offset_minutes) {
  if (event.is_held()) return;
  const auto months = affected_months(event, utc_offset_minutes);
  if (!months) return;
  LateMark mark{*months, event.sequence, {}};
  if (std::holds_alternative<DailyReportApproved>(event.payload) ||
      std::holds_alternative<ExcuseDecided>(event.payload))
    mark.decided_at = event.action_time();
  late_daily.push_back(mark);
}

}  // namespace runut
