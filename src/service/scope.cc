#include "service/scope.h"

#include <algorithm>

namespace runut::service {
namespace {

using identity::Access;
using identity::Principal;
using identity::Resource;
using identity::Scope;

bool is_appraised(PersonId person, PersonId by, Date day, const Facts& facts) {
  const auto* of_day = facts.person(person).appraiser_on(day);
  if (of_day == nullptr) return false;
  const AppraiserFact& fact = of_day->value;
  if (fact.appraiser == by || fact.superior == by) return true;
  const auto& delegations = facts.person(fact.appraiser).delegations;
  return std::any_of(delegations.begin(), delegations.end(), [&](const DelegationFact& delegation) {
    return delegation.to == by && delegation.days.contains(day);
  });
}

tl::unexpected<Error> out_of_scope(std::string field, std::string value, std::string message) {
  return fail(Error{ErrorCode::unauthorised, "access.scope", std::move(field), std::move(value),
                    std::move(message)});
}

// Whom and what a command names.
struct NamedIn {
  std::vector<PersonId> people;
  std::vector<UnitId> units;

  void add(PersonId person) { people.push_back(person); }
  void add(UnitId unit) { units.push_back(unit); }
  template <class T>
  void add(const std::optional<T>& value) {
    if (value) add(*value);
  }

  explicit NamedIn(const CommandBody& body) {
    std::visit(
        [this]<class B>(const B& named) {
          if constexpr (requires { named.person; }) add(named.person);
          if constexpr (requires { named.from_person; }) add(named.from_person);
          if constexpr (requires { named.run.unit; }) add(named.run.unit);
          if constexpr (requires { named.parent; }) add(named.parent);
          // A unit that is to be created is nowhere yet: its parent stands for it, and the root for
          // the agency.
          if constexpr (requires { named.unit; } && !std::is_same_v<B, UnitCreated>)
            add(named.unit);
        },
        body);
  }
};

// What makes somebody one of a unit's people: until the assignment they are nobody's.
bool is_arrival(const CommandBody& body) {
  return std::holds_alternative<PersonRegistered>(body) ||
         std::holds_alternative<IdentifierAssigned>(body) ||
         std::holds_alternative<StatusChanged>(body) ||
         std::holds_alternative<GradeChanged>(body) ||
         std::holds_alternative<AssignmentStarted>(body);
}

}  // namespace

bool reaches(const Scope& scope, const Principal& principal, PersonId person, Date day,
             const Facts& facts) {
  if (scope.everyone) return true;
  if (scope.self && principal.person == person) return true;
  if (scope.appraised && principal.person && is_appraised(person, *principal.person, day, facts))
    return true;
  if (scope.units.empty()) return false;
  const AssignmentFact* assignment = facts.person(person).assignment_near(day);
  return assignment != nullptr && reaches(scope, assignment->unit, day, facts);
}

bool reaches(const Scope& scope, UnitId unit, Date day, const Facts& facts) {
  if (scope.everyone) return true;
  return std::any_of(scope.units.begin(), scope.units.end(), [&](UnitId granted) {
    return facts.agency().is_within(unit, granted, day, facts.known_at());
  });
}

Status check(const Scope& scope, const Principal& principal, PersonId person, Date day,
             const Facts& facts) {
  if (reaches(scope, principal, person, day, facts)) return {};
  return out_of_scope("person", to_string(person),
                      "nothing that was granted reaches this person on " + to_string(day));
}

Status check(const Scope& scope, UnitId unit, Date day, const Facts& facts) {
  if (reaches(scope, unit, day, facts)) return {};
  return out_of_scope("unit", to_string(unit),
                      "nothing that was granted reaches this unit on " + to_string(day));
}

Status check_whole_agency(const Scope& scope) {
  if (scope.everyone) return {};
  return out_of_scope("", "", "this is about the whole agency, and what was granted is not");
}

Scope scope_of_command(const Principal& principal, const Command& command) {
  const auto person = command.actor.person();
  const bool own = person ? person == principal.person : !principal.person;
  const bool granted = own && identity::holds(principal, command.actor.role);
  return identity::scope_of(principal, granted ? command.actor.role : Role::integrator,
                            Resource::commands, Access::write);
}

Status check_command(const Principal& principal, const Command& command, Date day,
                     const Facts& facts) {
  RUNUT_TRY(identity::check_access(principal, Resource::commands, Access::write));
  const Scope scope = scope_of_command(principal, command);
  if (scope.everyone) return {};
  const NamedIn named(command.body);
  if (named.people.empty() && named.units.empty()) return check_whole_agency(scope);
  for (const UnitId unit : named.units) RUNUT_TRY(check(scope, unit, day, facts));
  for (const PersonId person : named.people) {
    const bool nobodys = facts.person(person).assignments.empty();
    if (!nobodys || !is_arrival(command.body))
      RUNUT_TRY(check(scope, principal, person, day, facts));
  }
  return {};
}

bool RowFilter::operator()(PersonId person) {
  if (scope_.everyone) return true;
  const auto [at, is_new] = known_.try_emplace(person, false);
  if (is_new) at->second = reaches(scope_, principal_, person, day_, facts_);
  return at->second;
}

}  // namespace runut::service
