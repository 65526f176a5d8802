// Whom a scope reaches on a day: who appraises whom and who works where are the ledger's facts.
// Facts that could not be read reach nobody: whoever loaded them looks at their status as well.
#pragma once

#include <unordered_map>

#include "computation/facts.h"
#include "domain/command.h"
#include "identity/access.h"

namespace runut::service {

// Reach::appraised on the day asked for: oneself, whom one appraises, of whose appraiser one is the
// superior, and whose appraiser's delegation one holds that day.
// Reach::unit: whose assignment of the day (else the next, else the previous) is in one of the
// scope's units or below, by the day's tree. Who never had one is in no unit.
[[nodiscard]] bool reaches(const identity::Scope& scope, const identity::Principal& principal,
                           PersonId person, Date day, const Facts& facts);
// What is said of a unit as a whole: only Reach::unit and everyone reach it.
[[nodiscard]] bool reaches(const identity::Scope& scope, UnitId unit, Date day, const Facts& facts);

// unauthorised (access.scope), the same whether the person exists or not.
[[nodiscard]] Status check(const identity::Scope& scope, const identity::Principal& principal,
                           PersonId person, Date day, const Facts& facts);
[[nodiscard]] Status check(const identity::Scope& scope, UnitId unit, Date day, const Facts& facts);
// What concerns the whole agency: whole log entries, audits without a person.
[[nodiscard]] Status check_whole_agency(const identity::Scope& scope);

// What a command is submitted under: its role where it was granted to who acts, else that of an
// integrator. Call it behind identity::authenticate_command.
[[nodiscard]] identity::Scope scope_of_command(const identity::Principal& principal,
                                               const Command& command);
// The commands that a unit's grant is for: everybody and every unit that the command names is
// reached (a person whom nobody has assigned yet is anybody's to register and assign, a new unit
// belongs to its parent); one that names none is about the agency.
// unauthorised: access.role, access.scope.
[[nodiscard]] Status check_command(const identity::Principal& principal, const Command& command,
                                   Date day, const Facts& facts);

// Whether a read of this person's data is to be recorded as an access.
[[nodiscard]] inline bool is_another(const identity::Principal& principal, PersonId person) {
  return principal.person != person;
}

// Rows of many people, each asked once. The facts outlive it; one thread.
class RowFilter {
 public:
  RowFilter(identity::Scope scope, const identity::Principal& principal, Date day,
            const Facts& facts)
      : scope_(std::move(scope)), principal_(principal), day_(day), facts_(facts) {}
  [[nodiscard]] bool everyone() const { return scope_.everyone; }
  [[nodiscard]] bool operator()(PersonId person);

 private:
  const identity::Scope scope_;
  const identity::Principal principal_;
  const Date day_;
  const Facts& facts_;
  std::unordered_map<PersonId, bool> known_;
};

}  // namespace runut::service
