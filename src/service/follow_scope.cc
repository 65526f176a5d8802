#include "service/follow_scope.h"

#include <algorithm>

namespace runut::service {
namespace {

bool has_post_in(const std::vector<UnitId>& units, const PersonFacts& person) {
  const auto is_in = [&](const auto& post) {
    return std::binary_search(units.begin(), units.end(), post.unit);
  };
  return std::any_of(person.assignments.begin(), person.assignments.end(), is_in) ||
         std::any_of(person.acting.begin(), person.acting.end(), is_in);
}

}  // namespace

Status check_follow(const identity::Scope& scope, const identity::Principal& principal,
                    const feed::Filter& filter, Date day, const Facts& facts) {
  if (scope.everyone) return {};
  for (const PersonId person : filter.persons)
    RUNUT_TRY(check(scope, principal, person, day, facts));
  if (!filter.persons.empty()) return {};
  for (const UnitId unit : filter.units) RUNUT_TRY(check(scope, unit, day, facts));
  if (!filter.units.empty()) return {};
  return fail(
      Error{ErrorCode::unauthorised,
            "access.scope",
            "person",
            {},
            "what was granted does not reach everyone: name the people or units to follow"});
}

std::set<PersonId> people_followed(const feed::Filter& filter, const Facts& facts) {
  std::set<PersonId> out;
  for (const auto& [person, registered] : facts.agency().persons) {
    if (registered > facts.known_at()) continue;
    const bool passes =
        filter.persons.empty()
            ? filter.units.empty() || has_post_in(filter.units, facts.person(person))
            : std::binary_search(filter.persons.begin(), filter.persons.end(), person);
    if (passes) out.insert(person);
  }
  return out;
}

feed::Filter about(const feed::EventKeys& keys) {
  feed::Filter out;
  if (keys.subject.kind == SubjectKind::person) {
    out.persons = {PersonId{keys.subject.id}};
    return out;
  }
  for (const UnitId unit : keys.units)
    if (unit.value != 0) out.units.push_back(unit);
  return out;
}

}  // namespace runut::service
