#include "projections/roster.h"

#include <algorithm>

#include "projections/folder.h"
#include "projections/lookup.h"

namespace runut::roster {
namespace {

// One event of a career; which fields say something depends on the type.
struct Change {
  EventType type{};
  Date from;  // first day, or last day of an end
  std::optional<Date> until;
  std::uint8_t code = 0;  // the type's enumeration
  std::string text;       // grade, post
  std::optional<PersonId> appraiser;
  std::optional<PersonId> superior;
  RUNUT_FIELDS(Change, type, from, until, code, text, appraiser, superior)
};
struct AssignmentChange {
  EventType type{};
  std::uint32_t assignment = 0;
  UnitId unit;
  std::string post;
  std::uint32_t job_class = 0;
  Echelon echelon{};
  PositionKind kind{};
  AssignmentRole role{};
  bool tpp_eligible = false;
  bool rankable = false;
  Date from;  // first day, or last day of an end
  std::optional<Date> until;
  RUNUT_FIELDS(AssignmentChange, type, assignment, unit, post, job_class, echelon, kind, role,
               tpp_eligible, rankable, from, until)
};
struct ActingChange {
  std::uint32_t acting = 0;
  std::optional<UnitId> unit;  // none: it ends
  std::string post;
  std::uint32_t job_class = 0;
  AssignmentRole role{};
  Date from;
  std::optional<Date> until;  // of an end the last day
  RUNUT_FIELDS(ActingChange, acting, unit, post, job_class, role, from, until)
};
struct PersonRow {
  PersonId person;
  RUNUT_FIELDS(PersonRow, person)
};
struct Present {
  RUNUT_FIELDS(Present)
};
struct UnitChange {
  std::optional<UnitId> parent;  // of a move; none: closed
  Date day;                      // first of a move, last of the unit
  RUNUT_FIELDS(UnitChange, parent, day)
};
struct DelegationRow {
  PersonId from_person;
  Date from;
  Date until;
  RUNUT_FIELDS(DelegationRow, from_person, from, until)
};
struct RevocationRow {
  Date last_day;
  RUNUT_FIELDS(RevocationRow, last_day)
};

struct Folder {
  const FoldInput& input;
  Rows& rows;
  const Event& event = input.event;

  Key person_key(char space, PersonId person) const {
    Key key(space);
    key.person(person).sequence(event.sequence);
    return key;
  }
  void change(PersonId person, Change row) {
    row.type = event.type();
    put_row(rows, person_key('p', person), row);
  }

  void operator()(const UnitCreated& e) {
    put_row(rows, Key('u').unit(e.unit),
            Unit{e.unit, e.parent, e.code, e.name, e.paying, e.from, event.sequence});
  }
  void change(UnitId unit, UnitChange row) {
    put_row(rows, Key('v').unit(unit).sequence(event.sequence), row);
  }
  void operator()(const UnitMoved& e) { change(e.unit, UnitChange{e.parent, e.from}); }
  void operator()(const UnitClosed& e) { change(e.unit, UnitChange{std::nullopt, e.last_day}); }
  void operator()(const PersonRegistered& e) { change(e.person, {}); }
  void operator()(const IdentifierAssigned& e) {
    put_row(rows, Key('n').raw(e.lookup.view()), PersonRow{e.person});
  }
  void operator()(const StatusChanged& e) {
    Change row;
    row.from = e.from;
    row.code = static_cast<std::uint8_t>(e.status);
    change(e.person, std::move(row));
  }
  void operator()(const GradeChanged& e) {
    Change row;
    row.from = e.from;
    row.text = e.grade;
    change(e.person, std::move(row));
  }
  void operator()(const AssignmentStarted& e) {
    put_row(rows, person_key('a', e.person),
            AssignmentChange{event.type(), e.assignment, e.unit, e.post, e.job_class, e.echelon,
                             e.kind, e.role, e.tpp_eligible, e.rankable, e.from, e.until});
    put_row(rows, Key('m').unit(e.unit).person(e.person), Present{});
  }
  void operator()(const AssignmentEnded& e) {
    AssignmentChange row;
    row.type = event.type();
    row.assignment = e.assignment;
    row.from = e.last_day;
    put_row(rows, person_key('a', e.person), row);
  }
  void operator()(const ActingRoleStarted& e) {
    put_row(rows, person_key('c', e.person),
            ActingChange{e.acting, e.unit, e.post, e.job_class, e.role, e.from, e.until});
  }
  void operator()(const ActingRoleEnded& e) {
    put_row(rows, person_key('c', e.person),
            ActingChange{e.acting, std::nullopt, {}, 0, {}, e.from, e.last_day});
  }
  void operator()(const AppraiserAssigned& e) {
    Change row;
    row.from = e.from;
    row.appraiser = e.appraiser;
    row.superior = e.superior;
    change(e.person, std::move(row));
  }
  void operator()(const LeaveGranted& e) {
    Change row;
    row.from = e.from;
    row.until = e.until;
    row.code = static_cast<std::uint8_t>(e.kind);
    change(e.person, std::move(row));
  }
  void operator()(const PersonSeparated& e) {
    Change row;
    row.from = e.last_day;
    row.code = static_cast<std::uint8_t>(e.cause);
    change(e.person, std::move(row));
    AssignmentChange end;
    end.type = event.type();
    end.from = e.last_day;
    put_row(rows, person_key('a', e.person), end);
  }
  void operator()(const SubjectKeyDestroyed& e) { change(e.person, {}); }
  void operator()(const DelegationGranted& e) {
    put_row(rows, person_key('d', e.to_person), DelegationRow{e.from_person, e.from, e.until});
  }
  void operator()(const DelegationRevoked& e) {
    put_row(rows, Key('w').sequence(e.delegation), RevocationRow{e.last_day});
  }
};

void apply(Person& person, Sequence sequence, Change change) {
  const Interval days{change.from, change.until.value_or(open_end)};
  switch (change.type) {
    case EventType::PersonRegistered: person.registered = sequence; break;
    case EventType::StatusChanged:
      person.statuses.push_back(
          {static_cast<EmploymentStatus>(change.code), change.from, sequence});
      break;
    case EventType::GradeChanged:
      person.grades.push_back({std::move(change.text), change.from, sequence});
      break;
    case EventType::AppraiserAssigned:
      person.appraisers.push_back(
          {{change.appraiser.value_or(PersonId{}), change.superior}, change.from, sequence});
      break;
    case EventType::LeaveGranted:
      person.leaves.push_back({static_cast<LeaveKind>(change.code), days, sequence});
      break;
    case EventType::PersonSeparated:
      person.separation = {static_cast<SeparationCause>(change.code), change.from, sequence};
      break;
    case EventType::SubjectKeyDestroyed: person.erased = sequence; break;
    default: break;
  }
}

void apply(Person& person, Sequence sequence, AssignmentChange change) {
  if (change.type == EventType::AssignmentStarted) {
    person.assignments.push_back({change.assignment,
                                  change.unit,
                                  std::move(change.post),
                                  change.job_class,
                                  change.echelon,
                                  change.kind,
                                  change.role,
                                  change.tpp_eligible,
                                  change.rankable,
                                  {change.from, change.until.value_or(open_end)},
                                  sequence,
                                  std::nullopt});
    return;
  }
  // An end sets the last day of one assignment; a separation cuts those that go beyond it.
  const bool separated = change.type == EventType::PersonSeparated;
  for (Assignment& assignment : person.assignments) {
    if (separated ? assignment.days.until <= change.from
                  : assignment.assignment != change.assignment)
      continue;
    assignment.days.until = change.from;
    assignment.ended = sequence;
  }
}

void apply(Person& person, Sequence sequence, ActingChange change) {
  const Date until = change.until.value_or(open_end);
  if (change.unit) {
    person.acting.push_back({change.acting,
                             *change.unit,
                             std::move(change.post),
                             change.job_class,
                             change.role,
                             {change.from, until},
                             sequence,
                             std::nullopt});
    return;
  }
  for (Acting& role : person.acting)
    if (role.acting == change.acting) {
      role.days.until = until;
      role.ended = sequence;
    }
}

// Of those that have begun by `day`, the latest to begin; of one first day the highest sequence.
template <class T>
std::optional<T> value_on(const std::vector<Dated<T>>& all, Date day) {
  const Dated<T>* best = nullptr;
  for (const Dated<T>& one : all)
    if (one.from <= day && (best == nullptr || one.from >= best->from)) best = &one;
  return best == nullptr ? std::nullopt : std::optional<T>(best->value);
}

template <Record R, class Take>
Status each_of(const RowReader& rows, char space, PersonId person, Take&& take) {
  return each_row<R>(rows, Key(space).person(person), [&](KeyCursor key, R row) {
    (void)key.person();
    take(key.sequence(), std::move(row));
  });
}

void apply(Unit& unit, Sequence sequence, const UnitChange& change) {
  if (change.parent)
    unit.moves.push_back({*change.parent, change.day, sequence});
  else
    unit.closed = UnitEnd{change.day, sequence};
}

}  // namespace

std::optional<UnitId> Unit::parent_on(Date day) const {
  const std::optional<UnitId> moved = value_on(moves, day);
  return moved ? moved : parent;
}
std::optional<EmploymentStatus> Person::status_on(Date day) const {
  return value_on(statuses, day);
}
std::optional<std::string> Person::grade_on(Date day) const {
  return value_on(grades, day);
}
std::optional<Appraisers> Person::appraisers_on(Date day) const {
  return value_on(appraisers, day);
}
std::vector<Assignment> Person::assignments_on(Date day) const {
  std::vector<Assignment> out;
  std::copy_if(assignments.begin(), assignments.end(), std::back_inserter(out),
               [&](const Assignment& one) { return one.days.contains(day); });
  return out;
}

constexpr EventSet events = events_of<Folder>();

Status fold(const FoldInput& input, Rows& rows) {
  return fold_with<Folder>(input, rows);
}

Result<std::optional<Person>> find(const RowReader& rows, PersonId person) {
  Person out;
  out.person = person;
  bool known = false;
  RUNUT_TRY(each_of<Change>(rows, 'p', person, [&](Sequence sequence, Change change) {
    known = true;
    apply(out, sequence, std::move(change));
  }));
  RUNUT_TRY(
      each_of<AssignmentChange>(rows, 'a', person, [&](Sequence sequence, AssignmentChange change) {
        known = true;
        apply(out, sequence, std::move(change));
      }));
  RUNUT_TRY(each_of<ActingChange>(rows, 'c', person, [&](Sequence sequence, ActingChange change) {
    known = true;
    apply(out, sequence, std::move(change));
  }));
  if (!known) return std::optional<Person>();
  return std::optional<Person>(std::move(out));
}

Result<std::optional<PersonId>> person_of_identifier(const RowReader& rows, const Mac128& lookup) {
  RUNUT_ASSIGN(const std::optional<PersonRow> row,
               one_row<PersonRow>(rows, Key('n').raw(lookup.view())));
  return row ? std::optional<PersonId>(row->person) : std::nullopt;
}

Result<std::vector<PersonId>> persons(const RowReader& rows) {
  std::vector<PersonId> out;
  RUNUT_TRY(rows.scan("p", "q", [&](BytesView key, BytesView) -> Status {
    const PersonId person = KeyCursor(key).person();
    if (out.empty() || out.back() != person) out.push_back(person);
    return {};
  }));
  return out;
}

Result<std::vector<PersonId>> ever_in(const RowReader& rows, UnitId unit) {
  std::vector<PersonId> out;
  RUNUT_TRY(each_row<Present>(rows, Key('m').unit(unit), [&](KeyCursor key, const Present&) {
    (void)key.unit();
    out.push_back(key.person());
  }));
  return out;
}

Result<std::vector<Unit>> units(const RowReader& rows) {
  std::vector<Unit> out;
  RUNUT_TRY(each_row<Unit>(rows, "u", [&](KeyCursor, Unit row) { out.push_back(std::move(row)); }));
  RUNUT_TRY(each_row<UnitChange>(rows, "v", [&](KeyCursor key, const UnitChange& change) {
    const UnitId id = key.unit();
    for (Unit& unit : out)
      if (unit.unit == id) apply(unit, key.sequence(), change);
  }));
  return out;
}

Result<std::optional<Unit>> find_unit(const RowReader& rows, UnitId unit) {
  RUNUT_ASSIGN(std::optional<Unit> out, one_row<Unit>(rows, Key('u').unit(unit)));
  if (!out) return out;
  RUNUT_TRY(
      each_row<UnitChange>(rows, Key('v').unit(unit), [&](KeyCursor key, const UnitChange& change) {
        (void)key.unit();
        apply(*out, key.sequence(), change);
      }));
  return out;
}

Result<std::vector<Delegation>> delegations_to(const RowReader& rows, PersonId person) {
  std::vector<Delegation> out;
  RUNUT_TRY(each_of<DelegationRow>(rows, 'd', person, [&](Sequence sequence, DelegationRow row) {
    out.push_back({row.from_person, person, {row.from, row.until}, sequence});
  }));
  for (Delegation& delegation : out) {
    RUNUT_ASSIGN(const std::optional<RevocationRow> revoked,
                 one_row<RevocationRow>(rows, Key('w').sequence(delegation.sequence)));
    if (revoked) delegation.days.until = revoked->last_day;
  }
  return out;
}

}  // namespace runut::roster
