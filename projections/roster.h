// Units, people, their posts and who appraises whom, with every date.
//
//   'u' unit(8)                          UnitCreated
//   'v' unit(8) sequence(8)              a move or the closing of the unit
//   'p' person(8) sequence(8)            one event of the person's career
//   'a' person(8) sequence(8)            an assignment that begins or ends
//   'c' person(8) sequence(8)            an acting role that begins or ends
//   'n' mac(16)                          the person whom an identifier's keyed HMAC names
//   'm' unit(8) person(8)                the person was assigned to the unit at some time
//   'd' to_person(8) sequence(8)         a delegation granted to the person
//   'w' sequence(8) of a delegation      its revocation
#pragma once

#include <vector>

#include "projections/projection.h"

namespace runut::roster {

[[nodiscard]] Status fold(const FoldInput& input, Rows& rows);
extern const EventSet events;
inline constexpr Projection projection{"roster", 4, &fold, &events};

// Holds from `from` until a later one; of one day the highest sequence holds.
template <class T>
struct Dated {
  T value{};
  Date from;
  Sequence sequence;
  friend bool operator==(const Dated&, const Dated&) = default;
};

struct UnitEnd {
  Date last_day;
  Sequence sequence;
  friend bool operator==(const UnitEnd&, const UnitEnd&) = default;
};

struct Unit {
  UnitId unit;
  std::optional<UnitId> parent;  // as created: until the first move
  std::string code;
  std::string name;
  bool paying = false;
  Date from;
  Sequence sequence;
  // Of rows of their own, in the order of the log.
  std::vector<Dated<UnitId>> moves = {};
  std::optional<UnitEnd> closed = {};

  [[nodiscard]] std::optional<UnitId> parent_on(Date day) const;
  RUNUT_FIELDS(Unit, unit, parent, code, name, paying, from, sequence)
};

struct Assignment {
  std::uint32_t assignment = 0;
  UnitId unit;
  std::string post;
  std::uint32_t job_class = 0;
  Echelon echelon{};
  PositionKind kind{};
  AssignmentRole role{};
  bool tpp_eligible = false;
  bool rankable = false;
  Interval days;  // as known: ends with AssignmentEnded or PersonSeparated
  Sequence started;
  std::optional<Sequence> ended;  // the event that set the last day
};

struct Acting {  // Plt or Plh
  std::uint32_t acting = 0;
  UnitId unit;
  std::string post;
  std::uint32_t job_class = 0;
  AssignmentRole role{};
  Interval days;  // as known: ends with ActingRoleEnded
  Sequence started;
  std::optional<Sequence> ended;
};

struct Appraisers {
  PersonId appraiser;
  std::optional<PersonId> superior;
  friend bool operator==(const Appraisers&, const Appraisers&) = default;
};

struct Leave {
  LeaveKind kind{};
  Interval days;
  Sequence sequence;
};

struct Separation {
  SeparationCause cause{};
  Date last_day;
  Sequence sequence;
};

// Lists are in the order of the log.
struct Person {
  PersonId person;
  std::optional<Sequence> registered;
  std::vector<Dated<EmploymentStatus>> statuses;
  std::vector<Dated<std::string>> grades;
  std::vector<Assignment> assignments;
  std::vector<Acting> acting;
  std::vector<Dated<Appraisers>> appraisers;
  std::vector<Leave> leaves;
  std::optional<Separation> separation;
  std::optional<Sequence> erased;  // SubjectKeyDestroyed: name and number are unreadable

  [[nodiscard]] std::optional<EmploymentStatus> status_on(Date day) const;
  [[nodiscard]] std::optional<std::string> grade_on(Date day) const;
  [[nodiscard]] std::optional<Appraisers> appraisers_on(Date day) const;
  // Of every role, in the order of the log.
  [[nodiscard]] std::vector<Assignment> assignments_on(Date day) const;
};

struct Delegation {
  PersonId from_person;
  PersonId to_person;
  Interval days;  // as known: a revocation ends it
  Sequence sequence;
};

// Nothing: unknown person.
[[nodiscard]] Result<std::optional<Person>> find(const RowReader& rows, PersonId person);
[[nodiscard]] Result<std::optional<PersonId>> person_of_identifier(const RowReader& rows,
                                                                   const Mac128& lookup);
// Ascending.
[[nodiscard]] Result<std::vector<PersonId>> persons(const RowReader& rows);
// Whoever was assigned there at any time, ascending.
[[nodiscard]] Result<std::vector<PersonId>> ever_in(const RowReader& rows, UnitId unit);
// By id.
[[nodiscard]] Result<std::vector<Unit>> units(const RowReader& rows);
[[nodiscard]] Result<std::optional<Unit>> find_unit(const RowReader& rows, UnitId unit);
// In the order of the log.
[[nodiscard]] Result<std::vector<Delegation>> delegations_to(const RowReader& rows,
                                                             PersonId person);

}  // namespace runut::roster
