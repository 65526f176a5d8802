// People, posts, appraisers, leave.
#include <algorithm>
#include <set>

#include "ledger/rules.h"

namespace runut::rules {
namespace {

Status check_interval(Date from, std::optional<Date> until) {
  if (until && *until < from)
    return reject("interval.reversed", "data.until", to_string(*until),
                  "before data.from " + to_string(from));
  return {};
}

// NIP: birth date yyyymmdd, first appointment yyyymm, sex 1 or 2, serial of three digits.
Status check_nip(std::string_view nip) {
  const auto wrong = [&](std::string message) {
    // The number itself is personal: the error carries only its shape.
    return reject("identifier.nip", "text", std::to_string(nip.size()) + " characters",
                  std::move(message));
  };
  if (nip.size() != 18 ||
      !std::all_of(nip.begin(), nip.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return wrong("a NIP has 18 digits");
  const auto number = [&](std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) value = value * 10 + (nip[i] - '0');
    return value;
  };
  if (!is_valid_date(number(0, 4), number(4, 2), number(6, 2)))
    return wrong("digits 1 to 8 are no date of birth");
  if (!is_valid_date(number(8, 4), number(12, 2), 1))
    return wrong("digits 9 to 14 are no month of appointment");
  if (nip[14] != '1' && nip[14] != '2') return wrong("digit 15 is 1 or 2");
  return {};
}

// Whether on some day on which the assignment would hold the chain of appraisers leads back to the
// person. The chain changes only where somebody in it gets another appraiser.
bool leads_back(const Case& at, const AppraiserAssigned& body) {
  Date until = open_end;
  for (const auto& own : at.person(body.person).appraisers)
    if (own.from > body.from) until = std::min(until, own.from - 1);
  std::set<Date> days = {body.from};
  for (auto day = days.begin(); day != days.end(); ++day) {
    PersonId above = body.appraiser;
    // Each step is one person, so it ends.
    for (std::size_t steps = 0; steps <= at.agency().persons.size(); ++steps) {
      const PersonFacts& facts = at.person(above);
      for (const auto& later : facts.appraisers)
        if (later.from > *day && later.from <= until) days.insert(later.from);
      const auto* const further = facts.appraiser_on(*day);
      if (further == nullptr) break;
      above = further->value.appraiser;
      if (above == body.person) return true;
    }
  }
  return false;
}

// The one between the two that is cut short by ending on that day.
Result<Sequence> delegation_cut_by(const Case& at, const DelegationRevoked& body) {
  std::optional<Sequence> found;
  for (const DelegationFact& fact : at.person(body.from_person).delegations) {
    if (fact.to != body.to_person || body.last_day >= fact.days.until ||
        body.last_day < fact.days.from - 1)
      continue;
    if (found)
      return reject(
          "delegation.several", "data.delegation", std::to_string(fact.sequence.value),
          "beside sequence " + std::to_string(found->value) + ": name the one that is meant");
    found = fact.sequence;
  }
  if (found) return *found;
  return unknown("delegation.unknown", "data.last_day", to_string(body.last_day),
                 "no delegation between the two is cut short by it");
}

// Who acts does so beside a post of their own, in one other post at a time.
Status check_free_to_act(const Case& at, const ActingRoleStarted& body, const Interval& days) {
  const PersonFacts& person = at.person(body.person);
  for (const ActingFact& other : person.acting) {
    if (other.acting == body.acting)
      return reject("acting.id_taken", "data.acting", std::to_string(body.acting),
                    "the person had an acting role of that id");
    if (other.days.overlaps(days))
      return reject("acting.overlap", "data.from", to_string(body.from),
                    "overlaps acting role " + std::to_string(other.acting) + " (" + other.post +
                        ", " + to_string(other.days.from) + " on): end it first");
  }
  if (person.separation && days.until > person.separation->last_day)
    return reject("person.separated", "data.from", to_string(body.from),
                  "service ended on " + to_string(person.separation->last_day));
  if (person.assignment_on(body.from) == nullptr)
    return reject("acting.no_assignment", "data.from", to_string(body.from),
                  to_string(body.person) + " has no post of their own on that day");
  for (const AssignmentFact& own : person.assignments)
    if (own.unit == body.unit && own.post == body.post && own.days.overlaps(days))
      return reject("acting.own_post", "data.post", body.post,
                    "assignment " + std::to_string(own.assignment) + " is that very post");
  return {};
}

}  // namespace

Decided decide_one(const Case& at, const PersonRegistered& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  if (body.person == PersonId{})
    return reject("person.id", "data.person", to_string(body.person), "ids begin at 1");
  if (at.agency().persons.contains(body.person))
    return reject("person.id_taken", "data.person", to_string(body.person), "registered already");
  return at.one(body, at.today());
}

Decided decide_one(const Case& at, const IdentifierAssigned& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  if (body.kind == IdentifierKind::nip) RUNUT_TRY(check_nip(at.command.text));
  const auto taken = at.agency().by_identifier.find(at.context.text_lookup);
  if (taken != at.agency().by_identifier.end())
    return reject("identifier.taken", "text", to_string(taken->second),
                  "another person has that number");
  IdentifierAssigned assigned = body;
  assigned.lookup = at.context.text_lookup;
  return at.one(assigned, body.from);
}

Decided decide_one(const Case& at, const StatusChanged& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  return at.one(body, body.from);
}

Decided decide_one(const Case& at, const GradeChanged& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  const auto& grades = known_grades();
  if (std::find(grades.begin(), grades.end(), body.grade) == grades.end())
    return reject("grade.unknown", "data.grade", body.grade, "I/a to IV/e, or PPPK I to PPPK XVII");
  return at.one(body, body.from);
}

Decided decide_one(const Case& at, const AssignmentStarted& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_unit(body.unit, "data.unit"));
  RUNUT_TRY(check_interval(body.from, body.until));
  if (body.assignment == 0)
    return reject("assignment.id", "data.assignment", "0", "ids begin at 1");
  if (body.job_class < 1 || body.job_class > 17)
    return reject("assignment.job_class", "data.job_class", std::to_string(body.job_class),
                  "kelas jabatan is 1 to 17");
  if (body.post.empty() || body.post.size() > 200)
    return reject("assignment.post", "data.post", body.post, "1 to 200 bytes");
  const PersonFacts& person = at.person(body.person);
  const Interval days{body.from, body.until.value_or(open_end)};
  for (const AssignmentFact& other : person.assignments) {
    if (other.assignment == body.assignment)
      return reject("assignment.id_taken", "data.assignment", std::to_string(body.assignment),
                    "the person had an assignment of that id");
    if (other.days.overlaps(days) && other.days.from <= other.days.until)
      return reject("assignment.overlap", "data.from", to_string(body.from),
                    "overlaps assignment " + std::to_string(other.assignment) + " (" +
                        to_string(other.days.from) + " on): end it first");
  }
  if (person.separation && days.until > person.separation->last_day)
    return reject("person.separated", "data.from", to_string(body.from),
                  "service ended on " + to_string(person.separation->last_day));
  RUNUT_TRY(at.require_open(body.unit, days.until, "data.unit"));
  return at.one(body, body.from);
}

Decided decide_one(const Case& at, const AssignmentEnded& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  for (const AssignmentFact& fact : at.person(body.person).assignments)
    if (fact.assignment == body.assignment) {
      if (!fact.days.contains(body.last_day))
        return reject("assignment.last_day", "data.last_day", to_string(body.last_day),
                      "outside the assignment, which began on " + to_string(fact.days.from));
      return at.one(body, body.last_day);
    }
  return unknown("assignment.unknown", "data.assignment", std::to_string(body.assignment),
                 "the person has no such assignment");
}

Decided decide_one(const Case& at, const ActingRoleStarted& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_unit(body.unit, "data.unit"));
  RUNUT_TRY(check_interval(body.from, body.until));
  if (body.acting == 0) return reject("acting.id", "data.acting", "0", "ids begin at 1");
  if (body.role == AssignmentRole::definitive)
    return reject("acting.role", "data.role", std::string(to_string(body.role)), "plt or plh");
  if (body.job_class < 1 || body.job_class > 17)
    return reject("assignment.job_class", "data.job_class", std::to_string(body.job_class),
                  "kelas jabatan is 1 to 17");
  if (body.post.empty() || body.post.size() > 200)
    return reject("assignment.post", "data.post", body.post, "1 to 200 bytes");
  const Interval days{body.from, body.until.value_or(open_end)};
  RUNUT_TRY(check_free_to_act(at, body, days));
  RUNUT_TRY(at.require_open(body.unit, days.until, "data.unit"));
  return at.one(body, body.from);
}

Decided decide_one(const Case& at, const EndActingRole& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  for (const ActingFact& fact : at.person(body.person).acting)
    if (fact.acting == body.acting) {
      if (!fact.days.contains(body.last_day))
        return reject("acting.last_day", "data.last_day", to_string(body.last_day),
                      "outside the role, which began on " + to_string(fact.days.from));
      return at.one(ActingRoleEnded{body.person, body.acting, fact.days.from, body.last_day},
                    body.last_day);
    }
  return unknown("acting.unknown", "data.acting", std::to_string(body.acting),
                 "the person has no such acting role");
}

Decided decide_one(const Case& at, const AppraiserAssigned& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  RUNUT_TRY(at.require_person(body.appraiser, "data.appraiser"));
  if (body.superior) RUNUT_TRY(at.require_person(*body.superior, "data.superior"));
  if (body.appraiser == body.person)
    return reject("appraiser.self", "data.appraiser", to_string(body.appraiser),
                  "nobody appraises themself");
  if (body.superior == body.person)
    return reject("appraiser.self", "data.superior", to_string(*body.superior),
                  "nobody is their own appraiser's superior");
  if (leads_back(at, body))
    return reject("appraiser.cycle", "data.appraiser", to_string(body.appraiser),
                  "the chain of appraisers would lead back to " + to_string(body.person));
  return at.one(body, body.from);
}

Decided decide_one(const Case& at, const DelegationGranted& body) {
  if (at.actor() != body.from_person) RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_decree(body.decree));
  RUNUT_TRY(at.require_person(body.from_person, "data.from_person"));
  RUNUT_TRY(at.require_person(body.to_person, "data.to_person"));
  RUNUT_TRY(check_interval(body.from, body.until));
  if (body.from_person == body.to_person)
    return reject("delegation.self", "data.to_person", to_string(body.to_person),
                  "a delegation goes to somebody else");
  return at.one(body, body.from);
}

Decided decide_one(const Case& at, const DelegationRevoked& body) {
  if (at.actor() != body.from_person) RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_person(body.from_person, "data.from_person"));
  if (body.delegation == Sequence{}) {  // codec/command_json.h
    RUNUT_ASSIGN(const Sequence standing, delegation_cut_by(at, body));
    return decide_one(at, {body.from_person, body.to_person, standing, body.last_day});
  }
  for (const DelegationFact& fact : at.person(body.from_person).delegations)
    if (fact.sequence == body.delegation && fact.to == body.to_person) {
      if (body.last_day >= fact.days.until || body.last_day < fact.days.from - 1)
        return reject("delegation.last_day", "data.last_day", to_string(body.last_day),
                      "not within the delegation");
      return at.one(body, body.last_day);
    }
  return unknown("delegation.unknown", "data.delegation", std::to_string(body.delegation.value),
                 "no such delegation between the two");
}

Decided decide_one(const Case& at, const LeaveGranted& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::appraiser}));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  if (at.actor() == body.person)
    return refuse("authority.self", "actor.id", to_string(body.person),
                  "nobody grants themself leave");
  RUNUT_TRY(check_interval(body.from, body.until));
  if (body.until - body.from > 3 * 366)
    return reject("leave.length", "data.until", to_string(body.until), "longer than three years");
  for (const LeaveFact& other : at.person(body.person).leaves)
    if (other.days.overlaps({body.from, body.until}))
      return reject("leave.overlap", "data.from", to_string(body.from),
                    "overlaps leave from " + to_string(other.days.from));
  for (Month month = month_of(body.from); month <= month_of(body.until); month = month + 1) {
    const auto document = at.agency().timeline.for_payment(month, at.known_at());
    if (document && !(*document)->tpp.leave_bp.contains(body.kind))
      return reject("leave.kind_unpriced", "data.kind", std::string(to_string(body.kind)),
                    "the document of " + to_string(month) + " has no leave_bp for it");
  }
  return at.one(body, body.from);
}

Decided decide_one(const Case& at, const PersonSeparated& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  RUNUT_TRY(at.require_person(body.person, "data.person"));
  if (at.person(body.person).separation)
    return reject("person.separated", "data.person", to_string(body.person), "separated already");
  return at.one(body, body.last_day);
}

}  // namespace runut::rules
