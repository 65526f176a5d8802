#include <algorithm>

#include "computation/facts.h"

namespace runut {

const RunFact::Locked* RunFact::lock(Sequence known_at) const {
  const Locked* found = nullptr;
  for (const Locked& one : locked)
    if (one.sequence <= known_at) found = &one;
  if (found == nullptr) return nullptr;
  for (const Sequence again : reopened)
    if (again <= known_at && again > found->sequence) return nullptr;
  return found;
}

const RunFact::Computed* RunFact::last_computed(Sequence known_at) const {
  const Computed* found = nullptr;
  for (const Computed& one : computed)
    if (one.sequence <= known_at) found = &one;
  return found;
}

bool RunFact::is_ordered(Sequence known_at) const {
  return !ordered.empty() && ordered.front() <= known_at;
}

Sequence AgencyFacts::recorded_by(Month month) const {
  const auto later = last_recorded.upper_bound(month);
  return later == last_recorded.begin() ? Sequence{} : std::prev(later)->second;
}

const UnitFact* AgencyFacts::unit(UnitId id, Sequence known_at) const {
  const auto found = units.find(id);
  return found != units.end() && found->second.sequence <= known_at ? &found->second : nullptr;
}

std::optional<UnitId> UnitFact::parent_on(Date day, Sequence known_at) const {
  const DatedFact<UnitId>* holds = nullptr;
  for (const DatedFact<UnitId>& move : moves)
    if (move.sequence <= known_at && move.from <= day &&
        (holds == nullptr || move.from >= holds->from))
      holds = &move;
  return holds == nullptr ? parent : holds->value;
}

bool UnitFact::is_open_on(Date day, Sequence known_at) const {
  return !closed || closed->sequence > known_at || day <= closed->last_day;
}

std::vector<UnitId> AgencyFacts::upward(UnitId id, Date day, Sequence known_at) const {
  std::vector<UnitId> path;
  for (const UnitFact* at = unit(id, known_at); at != nullptr;) {
    path.push_back(at->unit);
    const std::optional<UnitId> above = at->parent_on(day, known_at);
    at = above ? unit(*above, known_at) : nullptr;
  }
  return path;
}

bool AgencyFacts::is_within(UnitId within, UnitId ancestor, Date day, Sequence known_at) const {
  const std::vector<UnitId> path = upward(within, day, known_at);
  return std::find(path.begin(), path.end(), ancestor) != path.end();
}

bool AgencyFacts::tree_changes(Date after, Date until, Sequence known_at) const {
  return std::any_of(unit_moves.begin(), unit_moves.end(), [&](const DatedFact<UnitId>& move) {
    return after < move.from && move.from <= until && move.sequence <= known_at;
  });
}

std::optional<UnitId> AgencyFacts::paying_unit(UnitId id, Date day, Sequence known_at) const {
  for (const UnitFact* at = unit(id, known_at); at != nullptr;) {
    if (at->paying) return at->unit;
    const std::optional<UnitId> above = at->parent_on(day, known_at);
    at = above ? unit(*above, known_at) : nullptr;
  }
  return std::nullopt;
}

bool AgencyFacts::may_be_paid_by(UnitId id, UnitId paying, Sequence known_at) const {
  // Parents of different days may lead in a circle: each unit is looked at once.
  std::vector<UnitId> seen = {id};
  for (std::size_t next = 0; next < seen.size(); ++next) {
    const UnitFact* const at = unit(seen[next], known_at);
    if (at == nullptr) continue;
    if (at->unit == paying) return at->paying;
    if (at->paying) continue;
    const auto look = [&](UnitId above) {
      if (std::find(seen.begin(), seen.end(), above) == seen.end()) seen.push_back(above);
    };
    if (at->parent) look(*at->parent);
    for (const DatedFact<UnitId>& move : at->moves)
      if (move.sequence <= known_at) look(move.value);
  }
  return false;
}

bool AgencyFacts::is_holiday(Date day, Sequence known_at) const {
  const auto found = holidays.find(day);
  return found != holidays.end() && found->second.sequence <= known_at;
}

const IndicatorFact* AgencyFacts::indicator(std::uint64_t id, Sequence known_at) const {
  const auto found = indicators.find(id);
  return found == indicators.end() || found->second.defined > known_at ? nullptr : &found->second;
}

std::optional<std::uint64_t> AgencyFacts::superior_indicator(std::uint64_t id,
                                                             Sequence known_at) const {
  const IndicatorFact* const fact = indicator(id, known_at);
  if (fact == nullptr || fact->superior == 0 || fact->cascaded > known_at) return std::nullopt;
  return fact->superior;
}

bool AgencyFacts::is_agreed(UnitId unit, Period period, Sequence known_at) const {
  const auto found = agreements.find({unit, period});
  return found != agreements.end() && found->second <= known_at;
}

const UnitPredicateFact* AgencyFacts::unit_predicate(UnitId unit_id, Period period,
                                                     Sequence known_at) const {
  for (const UnitId at : upward(unit_id, last_day(period), known_at)) {
    const auto found = unit_predicates.find({at, period});
    if (found == unit_predicates.end()) continue;
    const UnitPredicateFact* latest = nullptr;
    for (const UnitPredicateFact& fact : found->second)
      if (fact.sequence <= known_at) latest = &fact;
    if (latest != nullptr) return latest;
  }
  return nullptr;
}

bool AgencyFacts::is_evaluated(UnitId unit_id, Period period, Sequence known_at) const {
  const auto found = evaluations_closed.find({unit_id, period});
  return found != evaluations_closed.end() && found->second.sequence <= known_at;
}

bool AgencyFacts::is_closed(UnitId unit_id, Month month, Sequence known_at) const {
  const auto found = attendance_closed.find({unit_id, month});
  return found != attendance_closed.end() && found->second <= known_at;
}

const ScheduleFact* AgencyFacts::schedule(UnitId id, Date day, Sequence known_at) const {
  for (const UnitFact* at = unit(id, known_at); at != nullptr;) {
    const ScheduleFact* found = nullptr;
    if (const auto own = schedules.find(at->unit); own != schedules.end())
      for (const ScheduleFact& fact : own->second)
        if (fact.sequence <= known_at && fact.days.contains(day)) found = &fact;
    if (found != nullptr) return found;
    const std::optional<UnitId> above = at->parent_on(day, known_at);
    at = above ? unit(*above, known_at) : nullptr;
  }
  return nullptr;
}

const CeilingFact* AgencyFacts::ceiling(Component component, std::uint32_t job_class,
                                        UnitId unit_id, std::string_view post, Date day,
                                        Sequence known_at) const {
  const Month month = month_of(day);
  // The latest effective, then the highest sequence, among those that `fits` accepts.
  const auto best = [&](auto&& fits) {
    const CeilingFact* found = nullptr;
    for (const CeilingFact& fact : ceilings)
      if (fact.sequence <= known_at && fact.component == component && fact.job_class == job_class &&
          fact.effective <= month && fits(fact) &&
          (found == nullptr || found->effective <= fact.effective))
        found = &fact;
    return found;
  };
  const std::vector<UnitId> path = upward(unit_id, day, known_at);
  for (const UnitId at : path)
    if (const auto* own =
            best([&](const CeilingFact& fact) { return fact.unit == at && fact.post == post; }))
      return own;
  for (const UnitId at : path)
    if (const auto* own =
            best([&](const CeilingFact& fact) { return fact.unit == at && !fact.post; }))
      return own;
  return best([](const CeilingFact& fact) { return !fact.unit && !fact.post; });
}

}  // namespace runut
