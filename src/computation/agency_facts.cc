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

const UnitFact* AgencyFacts::unit(UnitId id, Sequence known_at) const {
  const auto found = units.find(id);
  return found != units.end() && found->second.sequence <= known_at ? &found->second : nullptr;
}

std::vector<UnitId> AgencyFacts::upward(UnitId id, Sequence known_at) const {
  std::vector<UnitId> path;
  for (const UnitFact* at = unit(id, known_at); at != nullptr;) {
    path.push_back(at->unit);
    at = at->parent ? unit(*at->parent, known_at) : nullptr;
  }
  return path;
}

bool AgencyFacts::is_within(UnitId within, UnitId ancestor, Sequence known_at) const {
  for (const UnitFact* at = unit(within, known_at); at != nullptr;) {
    if (at->unit == ancestor) return true;
    at = at->parent ? unit(*at->parent, known_at) : nullptr;
  }
  return false;
}

std::optional<UnitId> AgencyFacts::paying_unit(UnitId id, Sequence known_at) const {
  for (const UnitFact* at = unit(id, known_at); at != nullptr;) {
    if (at->paying) return at->unit;
    at = at->parent ? unit(*at->parent, known_at) : nullptr;
  }
  return std::nullopt;
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
    at = at->parent ? unit(*at->parent, known_at) : nullptr;
  }
  return nullptr;
}

const CeilingFact* AgencyFacts::ceiling(Component component, std::uint32_t job_class,
                                        UnitId unit_id, std::string_view post, Month month,
                                        Sequence known_at) const {
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
  const std::vector<UnitId> path = upward(unit_id, known_at);
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
