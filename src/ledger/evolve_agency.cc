#include <algorithm>

#include "domain/touches.h"
#include "ledger/evolve.h"
#include "regulation/document_json.h"
#include "regulation/sections.h"

namespace runut {
namespace {

struct AgencyFold {
  AgencyFacts& facts;
  const Event& event;
  Sequence sequence = event.sequence;

  Status operator()(const AgencyFounded& e) {
    facts.founded = e;
    return {};
  }
  Status operator()(const RegulationEnacted& e) {
    facts.pending_regulation =
        PendingRegulation{sequence, std::nullopt, e.text_hash, e.sections, {}};
    return {};
  }
  Status operator()(const RegulationAmended& e) {
    facts.pending_regulation = PendingRegulation{sequence, e.amends, e.text_hash, e.sections, {}};
    return {};
  }
  Status operator()(const RegulationRepealed& e) {
    return facts.timeline.repeal(e.regulation, e.effective_from, sequence);
  }
  Status operator()(const RegulationSection& e) {
    if (!facts.pending_regulation)
      return fail(ErrorCode::corrupt, "a regulation section without its header");
    PendingRegulation& pending = *facts.pending_regulation;
    pending.read.push_back(e.text);
    if (pending.read.size() < pending.sections) return {};
    RUNUT_ASSIGN(const std::string text, join_sections(pending.read, pending.text_hash));
    auto document = read_document(text);
    if (!document) return fail(document.error().front());
    auto shared = std::make_shared<const Document>(std::move(*document));
    const PendingRegulation header = std::move(pending);
    facts.pending_regulation.reset();
    return header.amends ? facts.timeline.amend(*header.amends, std::move(shared), header.sequence)
                         : facts.timeline.enact(std::move(shared), header.sequence);
  }

  Status operator()(const UnitCreated& e) {
    facts.units[e.unit] = {e.unit, e.parent, e.code, e.name, e.paying, e.from, sequence};
    return {};
  }
  Status operator()(const UnitAgreementSigned& e) {
    facts.agreements.emplace(std::pair(e.unit, e.period), sequence);
    return {};
  }
  Status operator()(const IndicatorDefined& e) {
    facts.indicators.emplace(e.indicator, IndicatorFact{e.unit, e.period, sequence, 0, {}});
    return {};
  }
  Status operator()(const IndicatorCascaded& e) {
    IndicatorFact& fact = facts.indicators[e.indicator];
    fact.superior = e.superior;
    fact.cascaded = sequence;
    return {};
  }
  Status operator()(const UnitMoved& e) {
    facts.units[e.unit].moves.push_back({e.parent, e.from, sequence});
    facts.unit_moves.push_back({e.unit, e.from, sequence});
    return {};
  }
  Status operator()(const UnitClosed& e) {
    facts.units[e.unit].closed = UnitClosing{e.last_day, sequence};
    return {};
  }
  Status operator()(const PersonRegistered& e) {
    facts.persons.emplace(e.person, sequence);
    return {};
  }
  Status operator()(const IdentifierAssigned& e) {
    facts.by_identifier.emplace(e.lookup, e.person);
    return {};
  }
  Status operator()(const SubjectKeyDestroyed& e) {
    facts.erased.emplace(e.person, sequence);
    return {};
  }
  Status operator()(const ImportDeclared& e) {
    facts.imports.declared.emplace(e.number, ImportFact{e, sequence});
    return {};
  }
  Status operator()(const ImportedEventAccepted& e) {
    if (const auto held = facts.imports.held.find(e.event); held != facts.imports.held.end())
      held->second.accepted = sequence;
    return {};
  }
  static void enter(std::vector<PersonId>& people, PersonId person) {
    const auto at = std::lower_bound(people.begin(), people.end(), person);
    if (at == people.end() || *at != person) people.insert(at, person);
  }
  Status operator()(const AssignmentStarted& e) {
    enter(facts.ever_assigned[e.unit], e.person);
    return {};
  }
  Status operator()(const ActingRoleStarted& e) {
    enter(facts.ever_acting[e.unit], e.person);
    return {};
  }
  Status operator()(const ScheduleSet& e) {
    ScheduleFact fact{{e.from, e.until.value_or(open_end)}, {}, sequence};
    for (const DaySchedule& day : e.days)
      if (day.weekday >= 1 && day.weekday <= 7) fact.weekdays[day.weekday - 1] = day;
    facts.schedules[e.unit].push_back(fact);
    return {};
  }
  Status operator()(const HolidaySet& e) {
    facts.holidays.emplace(e.date, HolidayFact{e.kind, e.name, sequence});
    return {};
  }
  Status operator()(const AttendanceMonthClosed& e) {
    facts.attendance_closed.emplace(std::pair{e.unit, e.month}, sequence);
    return {};
  }
  Status operator()(const TppCeilingSet& e) {
    facts.ceilings.push_back(
        {e.component, e.job_class, e.unit, e.post, e.amount, e.effective, sequence});
    return {};
  }
  Status operator()(const BudgetSet& e) {
    facts.budgets[{e.unit, e.year}].push_back({e.amount, sequence});
    return {};
  }
  Status operator()(const DeductionSet& e) {
    facts.deductions.push_back(
        {e.status, e.code, e.amount, e.rate, e.base, e.cap, e.first, e.last, sequence});
    return {};
  }
  Status operator()(const UnitSanctionImposed& e) {
    facts.unit_sanctions.push_back({e.unit, e.first, e.last, sequence});
    return {};
  }

  Status operator()(const TppRunComputed& e) {
    facts.runs[e.run].computed.push_back({sequence, e, event.actor.person()});
    if (e.run.kind == RunKind::regular)
      facts.regular_months.try_emplace(e.run.month, RegularMonthFact{e.computed_at, {}, {}});
    return {};
  }
  Status operator()(const TppRunLocked& e) {
    facts.runs[e.run].locked.push_back({sequence, e.computed});
    if (e.run.kind == RunKind::regular)
      facts.regular_months[e.run.month].changes.push_back(sequence);
    return {};
  }
  Status operator()(const TppRunReopened& e) {
    facts.runs[e.run].reopened.push_back(sequence);
    facts.reopenings.push_back(sequence);
    return {};
  }
  Status operator()(const PaymentOrdered& e) {
    facts.runs[e.run].ordered.push_back(sequence);
    if (e.run.kind == RunKind::regular) {
      RegularMonthFact& month = facts.regular_months[e.run.month];
      month.first_ordered = month.first_ordered.value_or(sequence);
      month.changes.push_back(sequence);
    }
    return {};
  }
  Status operator()(const PaymentConfirmed& e) {
    facts.runs[e.run].confirmed.push_back(sequence);
    return {};
  }

  GroupFact& group(Period period, const std::string& name) {
    GroupFact& found = facts.rankings[period].groups[name];
    found.group = name;
    return found;
  }
  Status operator()(const RankingGroupFrozen& e) {
    RankingFact& ranking = facts.rankings[e.period];
    if (event.commit_index == 0) {  // frozen anew: nothing of the earlier groups holds
      ranking = {};
      ranking.period = e.period;
      ranking.frozen = sequence;
      ranking.frozen_on = event.occurred_on;
      ranking.frozen_by = event.actor.person();
    }
    group(e.period, e.group).frozen = sequence;
    return {};
  }
  Status operator()(const RankingGroupMember& e) {
    if (e.unranked)
      facts.rankings[e.period].unranked.emplace_back(e.person, *e.unranked);
    else
      group(e.period, e.group)
          .members.push_back({e.person, e.unit.value_or(UnitId{}), e.job_class, sequence});
    return {};
  }
  Status operator()(const TieAtCutoffFound& e) {
    group(e.period, e.group).ties.push_back({e, sequence});
    return {};
  }
  Status operator()(const TieResolved& e) {
    group(e.period, e.group).resolutions.push_back({e, sequence});
    return {};
  }
  Status operator()(const RankingPublished& e) {
    GroupFact& found = group(e.period, e.group);
    found.published = e;
    found.published_at = sequence;
    found.published_on = event.occurred_on;
    found.regulation = event.regulation;
    return {};
  }
  Status operator()(const RankingMemberPlaced& e) {
    group(e.period, e.group).placements.push_back({e, sequence});
    return {};
  }

  Status operator()(const SeniorPostFilled& e) {
    facts.senior_posts.push_back({e.person, e.tenure, e.unit, e.post, e.from, sequence});
    return {};
  }
  SeniorPostFact* tenure(PersonId person, std::uint32_t tenure) {
    for (SeniorPostFact& fact : facts.senior_posts)
      if (fact.person == person && fact.tenure == tenure) return &fact;
    return nullptr;
  }
  Status operator()(const SeniorPostReviewed& e) {
    if (auto* const fact = tenure(e.person, e.tenure))
      fact->reviews.push_back({e.date, e.passed, sequence});
    return {};
  }
  Status operator()(const SeniorPostExtended& e) {
    if (auto* const fact = tenure(e.person, e.tenure))
      fact->extensions.push_back({e.until, sequence});
    return {};
  }
  Status operator()(const SeniorPostEnded& e) {
    if (auto* const fact = tenure(e.person, e.tenure))
      fact->ended = SeniorEndFact{e.cause, e.last_day, sequence};
    return {};
  }
  Status operator()(const UnitPredicateSet& e) {
    facts.unit_predicates[{e.unit, e.period}].push_back({e.predicate, sequence});
    return {};
  }
  Status operator()(const UnitEvaluationsClosed& e) {
    facts.evaluations_closed.emplace(std::pair(e.unit, e.period), UnitEvaluationsFact{e, sequence});
    return {};
  }

  Status operator()(const MeritEvidenceAttached& e) {
    facts.merit[e.year].evidence.push_back({e.aspect, e.document, sequence});
    return {};
  }
  Status operator()(const MeritSelfAssessed& e) {
    facts.merit[e.year].assessed.push_back({e.total_hundredths, sequence});
    return {};
  }
  Status operator()(const MeritScoreReceived& e) {
    facts.merit[e.year].received.push_back({e.assessor, e.total_hundredths, sequence});
    return {};
  }
  Status operator()(const EvidenceBundleSealed& e) {
    facts.merit[e.year].sealed = MeritBundleFact{e.documents, e.bundle, sequence};
    return {};
  }

  template <class Other>
  Status operator()(const Other&) {
    return {};
  }
};

}  // namespace

Status evolve(AgencyFacts& facts, const Event& event) {
  const auto recorded = [&] {
    return month_of(local_date(event.recorded_at, facts.utc_offset_minutes()));
  };
  if (event.is_held()) {
    facts.last_recorded[recorded()] = event.sequence;
    facts.imports.held.emplace(event.sequence,
                               HeldFact{PersonId{event.subject.id}, event.actor, event.acted_at,
                                        event.payload, event.causation, std::nullopt});
    return {};
  }
  RUNUT_TRY(std::visit(AgencyFold{facts, event}, event.payload));
  // Founding says what the offset is.
  facts.last_recorded[recorded()] = event.sequence;
  const auto months = affected_months(event, facts.utc_offset_minutes());
  // A closing changes no amount of a run that is computed: until it, the run is rejected.
  const bool is_closing = std::holds_alternative<AttendanceMonthClosed>(event.payload);
  if (event.subject.kind != SubjectKind::person && months && !is_closing &&
      months->first < recorded())
    facts.late.push_back({*months, event.sequence, {}});
  return {};
}

}  // namespace runut
