// Units, people, posts and who appraises whom. Intervals are `from` and `until`, both included,
// open without `until`.
#pragma once

#include <optional>
#include <string>

#include "domain/events_ledger.h"

namespace runut {

struct UnitCreated {
  UnitId unit;
  std::optional<UnitId> parent;  // none: the root
  std::string code;
  std::string name;
  bool paying = false;  // SKPD with its own budget, treasurer and runs
  Date from;
  RUNUT_FIELDS(UnitCreated, unit, parent, code, name, paying, from)
};

// Below another parent from a day on; of one day the highest sequence holds.
struct UnitMoved {
  UnitId unit;
  UnitId parent;
  Date from;
  RUNUT_FIELDS(UnitMoved, unit, parent, from)
};

struct UnitClosed {
  UnitId unit;
  Date last_day;  // of the unit
  RUNUT_FIELDS(UnitClosed, unit, last_day)
};

// Sealed text: the name.
struct PersonRegistered {
  PersonId person;
  RUNUT_FIELDS(PersonRegistered, person)
};

// Sealed text: the number. `lookup` is the keyed HMAC by which a NIP is found.
struct IdentifierAssigned {
  PersonId person;
  IdentifierKind kind{};
  Mac128 lookup;
  Date from;
  RUNUT_FIELDS(IdentifierAssigned, person, kind, lookup, from)
};

struct StatusChanged {
  PersonId person;
  EmploymentStatus status{};
  Date from;
  RUNUT_FIELDS(StatusChanged, person, status, from)
};

struct GradeChanged {
  PersonId person;
  std::string grade;  // "III/c" or "PPPK IX"
  Date from;
  RUNUT_FIELDS(GradeChanged, person, grade, from)
};

struct AssignmentStarted {
  PersonId person;
  std::uint32_t assignment = 0;  // unique within the person, from 1
  UnitId unit;
  std::string post;             // title of the post, no personal data
  std::uint32_t job_class = 0;  // kelas jabatan, 1..17
  Echelon echelon{};
  PositionKind kind{};
  AssignmentRole role{};
  bool tpp_eligible = false;
  bool rankable = false;
  Date from;
  std::optional<Date> until;
  RUNUT_FIELDS(AssignmentStarted, person, assignment, unit, post, job_class, echelon, kind, role,
               tpp_eligible, rankable, from, until)
};

struct AssignmentEnded {
  PersonId person;
  std::uint32_t assignment = 0;
  Date last_day;  // of the assignment
  RUNUT_FIELDS(AssignmentEnded, person, assignment, last_day)
};

// Plt or Plh of another post. It changes no unit, class, minutes or group; it pays where the
// document has an acting_rule (rulebook section 3.5 (9)).
struct ActingRoleStarted {
  PersonId person;
  std::uint32_t acting = 0;  // unique within the person, from 1
  UnitId unit;
  std::string post;             // title of the acted post, no personal data
  std::uint32_t job_class = 0;  // of the acted post, 1..17
  AssignmentRole role{};        // plt or plh
  Date from;
  std::optional<Date> until;
  Decree decree;
  RUNUT_FIELDS(ActingRoleStarted, person, acting, unit, post, job_class, role, from, until, decree)
};

// `from` is the role's first day again: one that ends short of the least days is not paid at all,
// so its end reaches back to there.
struct ActingRoleEnded {
  PersonId person;
  std::uint32_t acting = 0;
  Date from;
  Date last_day;  // of the role
  RUNUT_FIELDS(ActingRoleEnded, person, acting, from, last_day)
};

// From a date on; the next AppraiserAssigned replaces it.
struct AppraiserAssigned {
  PersonId person;
  PersonId appraiser;
  std::optional<PersonId> superior;  // atasan pejabat penilai; none at the top of the chain
  Date from;
  RUNUT_FIELDS(AppraiserAssigned, person, appraiser, superior, from)
};

struct DelegationGranted {
  PersonId from_person;
  PersonId to_person;
  Date from;
  Date until;
  Decree decree;
  RUNUT_FIELDS(DelegationGranted, from_person, to_person, from, until, decree)
};

struct DelegationRevoked {
  PersonId from_person;
  PersonId to_person;
  Sequence delegation;  // of the DelegationGranted
  Date last_day;
  RUNUT_FIELDS(DelegationRevoked, from_person, to_person, delegation, last_day)
};

struct LeaveGranted {
  PersonId person;
  LeaveKind kind{};
  Date from;
  Date until;
  RUNUT_FIELDS(LeaveGranted, person, kind, from, until)
};

struct PersonSeparated {
  PersonId person;
  SeparationCause cause{};
  Date last_day;  // of service; ends every assignment with that day
  RUNUT_FIELDS(PersonSeparated, person, cause, last_day)
};

}  // namespace runut
