#include "service/follow_scope.h"

namespace runut::service {

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
