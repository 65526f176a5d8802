// Who is ranked, and where: the frozen groups of a period.
#include <fmt/format.h>

#include <algorithm>

#include "computation/ranking.h"

namespace runut {
namespace {

bool assigned_during(const PersonFacts& person, Period period) {
  const Interval days{first_day(period), last_day(period)};
  return std::any_of(person.assignments.begin(), person.assignments.end(),
                     [&](const AssignmentFact& fact) {
                       return fact.days.from <= fact.days.until && fact.days.overlaps(days);
                     });
}

// Empty for a member.
Result<std::optional<UnrankedReason>> why_unranked(const Facts& facts, const PersonFacts& person,
                                                   const AssignmentFact* assignment, Period period,
                                                   const Rules& rules) {
  using R = std::optional<UnrankedReason>;
  if (assignment == nullptr) return R(UnrankedReason::no_assignment);
  if (assignment->role != AssignmentRole::definitive) return R(UnrankedReason::not_definitive);
  if (!assignment->rankable) return R(UnrankedReason::not_rankable);
  const EvaluationFact* evaluation = person.evaluation(period);
  if (evaluation == nullptr || !evaluation->delivered) return R(UnrankedReason::not_delivered);
  NullRecorder none;
  RUNUT_ASSIGN(const std::optional<Evaluation> rated,
               compute_score(facts, person.person, period, rules, none));
  return rated ? R{} : R(UnrankedReason::not_rated);
}

Parents parents_of(const Facts& facts, RankingScope scope, Period period,
                   const std::vector<GroupMember>& members) {
  Parents out;
  if (scope == RankingScope::appraiser) {
    for (const GroupMember& member : members) {
      // Up the chain of appraisers as of the period's last day, once each.
      for (PersonId at = member.appraiser.value_or(PersonId{}); !out.contains(at.value);) {
        const auto* above = facts.person(at).appraiser_on(last_day(period));
        if (above == nullptr) break;
        out.emplace(at.value, above->value.appraiser.value);
        at = above->value.appraiser;
      }
    }
    return out;
  }
  for (const auto& [id, unit] : facts.agency().units)
    if (unit.sequence <= facts.known_at())
      if (const auto above = unit.parent_on(last_day(period), facts.known_at()))
        out.emplace(id.value, above->value);
  return out;
}

}  // namespace

Result<FrozenGroups> freeze_groups(const Facts& facts, Period period, const Rules& rules) {
  const RankingRules& terms = rules->ranking;
  if (!terms.enabled)
    return fail(Error{ErrorCode::rejected, "ranking.disabled", "period", to_string(period),
                      fmt::format("{} holds no ranking", rules->header.id)});
  if (period.months != terms.period_months)
    return fail(Error{ErrorCode::rejected, "ranking.period", "period", to_string(period),
                      fmt::format("a ranked period has {} months", terms.period_months)});
  FrozenGroups out;
  std::vector<GroupMember> members;
  for (const auto& [id, registered] : facts.agency().persons) {
    if (registered > facts.known_at()) continue;
    const PersonFacts& person = facts.person(id);
    if (!assigned_during(person, period)) continue;
    const AssignmentFact* assignment = person.assignment_on(last_day(period));
    RUNUT_ASSIGN(const auto reason, why_unranked(facts, person, assignment, period, rules));
    if (reason) {
      out.unranked.push_back({id, *reason});
      continue;
    }
    const auto* appraiser = person.appraiser_on(last_day(period));
    if (appraiser == nullptr && terms.scope == RankingScope::appraiser)
      return fail(Error{ErrorCode::rejected, "ranking.no_appraiser", "person", to_string(id),
                        "groups by appraiser need one on the period's last day"});
    members.push_back({id, assignment->unit, assignment->job_class,
                       appraiser ? std::optional(appraiser->value.appraiser) : std::nullopt});
  }
  for (auto& [key, group] :
       form_groups(terms.scope, members, parents_of(facts, terms.scope, period, members),
                   terms.minimum_size))
    out.groups.emplace(group_name(terms.scope, key), std::move(group));
  return out;
}

}  // namespace runut
