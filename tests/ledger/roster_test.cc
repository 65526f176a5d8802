// Units, people, posts, appraisers, delegations and leave.
#include <gtest/gtest.h>

#include "tests/ledger/tables.h"

namespace runut::testing {
namespace {

const Date start = date(2020, 1, 1);
const Date feb1 = date(2022, 2, 1);

UnitCreated unit(std::uint64_t id, std::string code = "u9") {
  return {UnitId{id}, UnitId{1}, std::move(code), "Unit baru", false, start};
}
UnitCreated below(std::uint64_t id, std::uint64_t parent) {
  UnitCreated out = unit(id, "u" + std::to_string(id));
  out.parent = UnitId{parent};
  return out;
}
UnitMoved move(std::uint64_t id, std::uint64_t parent, Date from) {
  return {UnitId{id}, UnitId{parent}, from};
}
AssignmentStarted post(std::uint64_t person, std::uint32_t assignment, Date from,
                       std::optional<Date> until = {}) {
  AssignmentStarted out;
  out.person = PersonId{person};
  out.assignment = assignment;
  out.unit = UnitId{3};
  out.post = "Analis";
  out.job_class = 7;
  out.echelon = Echelon::staff;
  out.kind = PositionKind::functional;
  out.role = AssignmentRole::definitive;
  out.tpp_eligible = true;
  out.from = from;
  out.until = until;
  return out;
}
AssignmentEnded end(std::uint64_t person, Date last_day, std::uint32_t assignment = 1) {
  return {PersonId{person}, assignment, last_day};
}
AppraiserAssigned appraises(std::uint64_t appraiser, std::uint64_t person, Date from,
                            std::optional<std::uint64_t> superior = {}) {
  AppraiserAssigned out{PersonId{person}, PersonId{appraiser}, {}, from};
  if (superior) out.superior = PersonId{*superior};
  return out;
}
DelegationGranted grant(const Scene& s, std::uint64_t from, std::uint64_t to, Date first,
                        Date last) {
  return {PersonId{from}, PersonId{to}, first, last, s.decree()};
}
LeaveGranted leave(std::uint64_t person, Date from, Date until,
                   LeaveKind kind = LeaveKind::annual) {
  return {PersonId{person}, kind, from, until};
}
Answer identified(Scene& s, std::string number, IdentifierKind kind = IdentifierKind::nip) {
  return s.when(hr(), IdentifierAssigned{PersonId{11}, kind, {}, start}, says(std::move(number)));
}

}  // namespace

const std::vector<Refusal>& roster_refusals() {
  static const std::vector<Refusal> rows = {
      // --- units
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) { return s.when(employee(11), unit(9)); }},
      {"unit.id", no, "data.unit", "U0", [](Scene& s) { return s.when(hr(), unit(0)); }},
      {"unit.id_taken", no, "data.unit", "U3", [](Scene& s) { return s.when(hr(), unit(3)); }},
      {"unit.code", no, "data.code", "", [](Scene& s) { return s.when(hr(), unit(9, "")); }},
      {"unit.code_taken", no, "data.code", "u2",
       [](Scene& s) { return s.when(hr(), unit(9, "u2")); }},
      {"unit.name", no, "data.name", "",
       [](Scene& s) {
         UnitCreated body = unit(9);
         body.name.clear();
         return s.when(hr(), body);
       }},
      {"unit.unknown", nobody, "data.parent", "U7",
       [](Scene& s) {
         UnitCreated body = unit(9);
         body.parent = UnitId{7};
         return s.when(hr(), body);
       }},
      // Parents come first: a unit cannot name itself.
      {"unit.unknown", nobody, "data.parent", "U9",
       [](Scene& s) {
         UnitCreated body = unit(9);
         body.parent = UnitId{9};
         return s.when(hr(), body);
       }},
      {"unit.second_root", no, "data.parent", "",
       [](Scene& s) {
         UnitCreated body = unit(9);
         body.parent.reset();
         return s.when(hr(), body);
       }},
      {"unit.closed", no, "data.parent", "U9",
       [](Scene& s) {
         s.given(hr(), unit(9));
         s.given(hr(), UnitClosed{UnitId{9}, feb1});
         return s.when(hr(), below(10, 9));
       }},
      // --- the tree moves
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) { return s.when(employee(11), move(3, 4, feb1)); }},
      {"unit.unknown", nobody, "data.unit", "U7",
       [](Scene& s) { return s.when(hr(), move(7, 4, feb1)); }},
      {"unit.unknown", nobody, "data.parent", "U7",
       [](Scene& s) { return s.when(hr(), move(3, 7, feb1)); }},
      {"unit.root", no, "data.unit", "U1", [](Scene& s) { return s.when(hr(), move(1, 4, feb1)); }},
      {"unit.before_its_first_day", no, "data.from", "2019-12-31",
       [](Scene& s) { return s.when(hr(), move(3, 4, start - 1)); }},
      {"unit.moved_nowhere", no, "data.parent", "U2",
       [](Scene& s) { return s.when(hr(), move(3, 2, feb1)); }},
      {"unit.cycle", no, "data.parent", "U3",
       [](Scene& s) { return s.when(hr(), move(2, 3, feb1)); }},
      {"unit.cycle", no, "data.parent", "U2",  // itself
       [](Scene& s) { return s.when(hr(), move(2, 2, feb1)); }},
      {"unit.cycle", no, "data.parent", "U3",  // not on 1 February, but from 1 March on
       [](Scene& s) {
         s.given(hr(), move(3, 4, date(2022, 3, 1)));
         return s.when(hr(), move(4, 3, feb1));
       }},
      {"unit.closed", no, "data.parent", "U9",
       [](Scene& s) {
         s.given(hr(), unit(9));
         s.given(hr(), UnitClosed{UnitId{9}, feb1});
         return s.when(hr(), move(3, 9, start));
       }},
      {"unit.closed", no, "data.unit", "U9",
       [](Scene& s) {
         s.given(hr(), unit(9));
         s.given(hr(), UnitClosed{UnitId{9}, feb1});
         return s.when(hr(), move(9, 2, feb1 + 1));
       }},
      // --- and units end
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) {
         return s.when(employee(11), UnitClosed{UnitId{3}, feb1});
       }},
      {"unit.unknown", nobody, "data.unit", "U7",
       [](Scene& s) {
         return s.when(hr(), UnitClosed{UnitId{7}, feb1});
       }},
      {"unit.root", no, "data.unit", "U1",
       [](Scene& s) {
         return s.when(hr(), UnitClosed{UnitId{1}, feb1});
       }},
      {"unit.before_its_first_day", no, "data.last_day", "2019-12-31",
       [](Scene& s) {
         s.given(hr(), unit(9));
         return s.when(hr(), UnitClosed{UnitId{9}, start - 1});
       }},
      {"unit.closed", no, "data.unit", "U9",
       [](Scene& s) {
         s.given(hr(), unit(9));
         s.given(hr(), UnitClosed{UnitId{9}, feb1});
         return s.when(hr(), UnitClosed{UnitId{9}, feb1 + 1});
       }},
      {"unit.has_people", no, "data.unit", "U4",
       [](Scene& s) {
         return s.when(hr(), UnitClosed{UnitId{4}, feb1});
       }},
      {"unit.has_acting", no, "data.unit", "U9",  // until it is ended
       [](Scene& s) {
         s.given(hr(), unit(9));
         s.given(hr(), ActingRoleStarted{PersonId{11},
                                         1,
                                         UnitId{9},
                                         "Kepala Bidang",
                                         9,
                                         AssignmentRole::plt,
                                         date(2022, 1, 17),
                                         {},
                                         s.decree()});
         s.given(hr(), EndActingRole{PersonId{11}, 1, feb1 + 1});
         return s.when(hr(), UnitClosed{UnitId{9}, feb1});
       }},
      {"unit.has_units", no, "data.unit", "U9",
       [](Scene& s) {
         s.given(hr(), unit(9));
         s.given(hr(), below(10, 9));
         return s.when(hr(), UnitClosed{UnitId{9}, feb1});
       }},
      {"unit.has_units", no, "data.unit", "U9",  // another comes in March
       [](Scene& s) {
         s.given(hr(), unit(9));
         s.given(hr(), move(3, 9, date(2022, 3, 1)));
         return s.when(hr(), UnitClosed{UnitId{9}, feb1});
       }},
      // --- people
      {"person.id", no, "data.person", "P0",
       [](Scene& s) { return s.when(hr(), PersonRegistered{PersonId{0}}, says("Nama")); }},
      {"person.id_taken", no, "data.person", "P11",
       [](Scene& s) { return s.when(hr(), PersonRegistered{PersonId{11}}, says("Nama")); }},
      {"identifier.nip", no, "text", "17 characters",
       [](Scene& s) { return identified(s, "19800101200501100"); }},
      {"identifier.nip", no, "text", "18 characters",
       [](Scene& s) { return identified(s, "19800101200501100X"); }},
      {"identifier.nip", no, "text", "18 characters",  // 30 February
       [](Scene& s) { return identified(s, "198002302005011001"); }},
      {"identifier.nip", no, "text", "18 characters",  // the thirteenth month
       [](Scene& s) { return identified(s, "198001012005131001"); }},
      {"identifier.nip", no, "text", "18 characters",  // neither man nor woman
       [](Scene& s) { return identified(s, "198001012005013001"); }},
      {"identifier.taken", no, "text", "P12",
       [](Scene& s) {
         s.given(hr(), IdentifierAssigned{PersonId{12}, IdentifierKind::nip, {}, start},
                 says("198001012005011001"));
         return identified(s, "198001012005011001");
       }},
      {"person.unknown", nobody, "data.person", "P99",
       [](Scene& s) {
         return s.when(hr(), StatusChanged{PersonId{99}, EmploymentStatus::pns, feb1});
       }},
      {"grade.unknown", no, "data.grade", "V/a",
       [](Scene& s) {
         return s.when(hr(), GradeChanged{PersonId{11}, "V/a", feb1});
       }},
      // --- posts
      {"unit.unknown", nobody, "data.unit", "U7",
       [](Scene& s) {
         AssignmentStarted body = post(21, 2, feb1);
         body.unit = UnitId{7};
         return s.when(hr(), body);
       }},
      {"unit.closed", no, "data.unit", "U9",
       [](Scene& s) {
         s.given(hr(), unit(9));
         s.given(hr(), UnitClosed{UnitId{9}, feb1});
         AssignmentStarted body = post(21, 2, start - 60, start - 1);
         body.unit = UnitId{9};
         s.given(hr(), body);  // until then
         s.given(hr(), end(21, feb1 - 1));
         body = post(21, 3, feb1);
         body.unit = UnitId{9};
         return s.when(hr(), body);
       }},
      {"assignment.id", no, "data.assignment", "0",
       [](Scene& s) { return s.when(hr(), post(21, 0, feb1)); }},
      {"assignment.job_class", no, "data.job_class", "18",
       [](Scene& s) {
         AssignmentStarted body = post(21, 2, feb1);
         body.job_class = 18;
         return s.when(hr(), body);
       }},
      {"assignment.post", no, "data.post", "",
       [](Scene& s) {
         AssignmentStarted body = post(21, 2, feb1);
         body.post.clear();
         return s.when(hr(), body);
       }},
      {"interval.reversed", no, "data.until", "2022-01-31",
       [](Scene& s) { return s.when(hr(), post(21, 2, feb1, feb1 - 1)); }},
      {"assignment.id_taken", no, "data.assignment", "1",
       [](Scene& s) {
         s.given(hr(), end(21, feb1 - 1));
         return s.when(hr(), post(21, 1, feb1));
       }},
      {"assignment.overlap", no, "data.from", "2022-02-01",
       [](Scene& s) { return s.when(hr(), post(21, 2, feb1)); }},
      {"assignment.overlap", no, "data.from", "2022-01-31",
       [](Scene& s) {
         s.given(hr(), end(21, feb1 - 1));
         return s.when(hr(), post(21, 2, feb1 - 1));
       }},
      {"person.separated", no, "data.from", "2022-02-01",
       [](Scene& s) {
         s.given(hr(), PersonSeparated{PersonId{21}, SeparationCause::retired, feb1 - 1});
         return s.when(hr(), post(21, 2, feb1));
       }},
      {"assignment.unknown", nobody, "data.assignment", "5",
       [](Scene& s) { return s.when(hr(), end(21, feb1, 5)); }},
      {"assignment.last_day", no, "data.last_day", "2019-12-31",
       [](Scene& s) { return s.when(hr(), end(21, start - 1)); }},
      {"assignment.last_day", no, "data.last_day", "2022-02-01",
       [](Scene& s) {
         s.given(hr(), end(21, feb1 - 1));
         return s.when(hr(), end(21, feb1));
       }},
      {"person.separated", no, "data.person", "P21",
       [](Scene& s) {
         s.given(hr(), PersonSeparated{PersonId{21}, SeparationCause::retired, feb1});
         return s.when(hr(), PersonSeparated{PersonId{21}, SeparationCause::died, feb1});
       }},
      // --- appraisers
      {"person.unknown", nobody, "data.appraiser", "P99",
       [](Scene& s) { return s.when(hr(), appraises(99, 11, feb1)); }},
      {"person.unknown", nobody, "data.superior", "P99",
       [](Scene& s) { return s.when(hr(), appraises(3, 11, feb1, 99)); }},
      {"appraiser.self", no, "data.appraiser", "P11",
       [](Scene& s) { return s.when(hr(), appraises(11, 11, feb1)); }},
      {"appraiser.self", no, "data.superior", "P11",
       [](Scene& s) { return s.when(hr(), appraises(3, 11, feb1, 11)); }},
      {"appraiser.cycle", no, "data.appraiser", "P11",
       [](Scene& s) { return s.when(hr(), appraises(11, 3, feb1)); }},
      {"appraiser.cycle", no, "data.appraiser", "P12",  // over two steps
       [](Scene& s) {
         s.given(hr(), appraises(11, 12, feb1));
         return s.when(hr(), appraises(12, 3, feb1));
       }},
      {"appraiser.cycle", no, "data.appraiser", "P21",  // only from March on
       [](Scene& s) {
         s.given(hr(), appraises(11, 21, date(2022, 3, 1)));
         return s.when(hr(), appraises(21, 11, feb1));
       }},
      // --- delegations
      {"actor.role", not_theirs, "actor.role", "appraiser",
       [](Scene& s) { return s.when(appraiser(4), grant(s, 3, 12, feb1, feb1 + 5)); }},
      {"delegation.self", no, "data.to_person", "P3",
       [](Scene& s) { return s.when(appraiser(3), grant(s, 3, 3, feb1, feb1 + 5)); }},
      {"interval.reversed", no, "data.until", "2022-01-31",
       [](Scene& s) { return s.when(appraiser(3), grant(s, 3, 12, feb1, feb1 - 1)); }},
      {"person.unknown", nobody, "data.to_person", "P99",
       [](Scene& s) { return s.when(appraiser(3), grant(s, 3, 99, feb1, feb1)); }},
      {"actor.role", not_theirs, "actor.role", "appraiser",
       [](Scene& s) {
         const Sequence granted = s.given(appraiser(3), grant(s, 3, 12, feb1, feb1 + 5));
         return s.when(appraiser(12), DelegationRevoked{PersonId{3}, PersonId{12}, granted, feb1});
       }},
      {"delegation.unknown", nobody, "data.delegation", "1",
       [](Scene& s) {
         s.given(appraiser(3), grant(s, 3, 12, feb1, feb1 + 5));
         return s.when(appraiser(3),
                       DelegationRevoked{PersonId{3}, PersonId{12}, Sequence{1}, feb1});
       }},
      {"delegation.unknown", nobody, "data.last_day", "2022-02-06",
       [](Scene& s) {
         s.given(appraiser(3), grant(s, 3, 12, feb1, feb1 + 5));
         return s.when(appraiser(3),
                       DelegationRevoked{PersonId{3}, PersonId{12}, Sequence{}, feb1 + 5});
       }},
      {"delegation.several", no, "data.delegation", "",
       [](Scene& s) {
         s.given(appraiser(3), grant(s, 3, 12, feb1, feb1 + 5));
         const Sequence second = s.given(appraiser(3), grant(s, 3, 12, feb1, feb1 + 8));
         Answer answer = s.when(appraiser(3),
                                DelegationRevoked{PersonId{3}, PersonId{12}, Sequence{}, feb1 + 1});
         EXPECT_EQ(answer.refused->value, std::to_string(second.value));
         answer.refused->value.clear();  // the sequence depends on the scenery
         return answer;
       }},
      {"reference.unknown", nobody, "data.delegation", "ff000000-0000-0000-0000-000000000000",
       [](Scene& s) {
         s.given(appraiser(3), grant(s, 3, 12, feb1, feb1 + 5));
         CommandId other;
         other.bytes[0] = 0xff;
         return s.when(appraiser(3),
                       DelegationRevoked{PersonId{3}, PersonId{12}, Sequence{}, feb1 + 1},
                       {.refers_to = other});
       }},
      {"delegation.last_day", no, "data.last_day", "2022-02-06",  // as granted: nothing is revoked
       [](Scene& s) {
         const Sequence granted = s.given(appraiser(3), grant(s, 3, 12, feb1, feb1 + 5));
         return s.when(appraiser(3),
                       DelegationRevoked{PersonId{3}, PersonId{12}, granted, feb1 + 5});
       }},
      // --- leave
      {"actor.role", not_theirs, "actor.role", "employee",
       [](Scene& s) { return s.when(employee(12), leave(11, feb1, feb1)); }},
      {"authority.self", not_theirs, "actor.id", "P3",
       [](Scene& s) { return s.when(appraiser(3), leave(3, feb1, feb1)); }},
      {"interval.reversed", no, "data.until", "2022-01-31",
       [](Scene& s) { return s.when(hr(), leave(11, feb1, feb1 - 1)); }},
      {"leave.length", no, "data.until", "2025-02-05",
       [](Scene& s) { return s.when(hr(), leave(11, feb1, feb1 + 3 * 366 + 2)); }},
      {"leave.overlap", no, "data.from", "2022-02-03",
       [](Scene& s) {
         s.given(hr(), leave(11, feb1, feb1 + 2));
         return s.when(hr(), leave(11, feb1 + 2, feb1 + 4, LeaveKind::sick));
       }},
      {"leave.overlap", no, "data.from", "2022-01-31",  // around the earlier one
       [](Scene& s) {
         s.given(hr(), leave(11, feb1, feb1 + 2));
         return s.when(hr(), leave(11, feb1 - 1, feb1 + 9));
       }},
      {"leave.kind_unpriced", no, "data.kind", "major",  // February prices it, March does not
       [](Scene& s) {
         s.given(hr(), s.amendment(RegulationText()
                                       .id("kota-uji-2")
                                       .effective(date(2022, 3, 1))
                                       .set("leave_bp", R"({"annual":10000})")));
         return s.when(hr(), leave(11, feb1, date(2022, 3, 1), LeaveKind::major));
       }},
  };
  return rows;
}

const std::vector<Acceptance>& roster_acceptances() {
  static const std::vector<Acceptance> rows = {
      {"a unit", "UnitCreated", [](Scene& s) { return s.when(hr(), unit(9)); }},
      {"a unit moves", "UnitMoved", [](Scene& s) { return s.when(hr(), move(3, 4, feb1)); }},
      {"a move of an earlier day, before one that is recorded", "UnitMoved",
       [](Scene& s) {
         s.given(hr(), move(3, 4, feb1));
         return s.when(hr(), move(3, 1, start));
       }},
      {"a circle that a later move opens before it closes is none", "UnitMoved",
       [](Scene& s) {
         s.given(hr(), move(3, 4, feb1));
         s.given(hr(), move(3, 2, date(2022, 3, 1)));
         return s.when(hr(), move(4, 3, date(2022, 3, 1)));
       }},
      {"a unit that nobody is in ends", "UnitClosed",
       [](Scene& s) {
         s.given(hr(), unit(9));
         s.given(hr(), below(10, 9));
         s.given(hr(), UnitClosed{UnitId{10}, feb1});
         return s.when(hr(), UnitClosed{UnitId{9}, feb1});
       }},
      {"a unit whose people leave with its last day ends", "UnitClosed",
       [](Scene& s) {
         s.given(hr(), end(21, feb1));
         s.given(hr(), end(4, feb1));
         return s.when(hr(), UnitClosed{UnitId{4}, feb1});
       }},
      {"a person", "PersonRegistered",
       [](Scene& s) { return s.when(hr(), PersonRegistered{PersonId{99}}, says("Nama")); }},
      {"a NIP with real dates", "IdentifierAssigned",
       [](Scene& s) { return identified(s, "198002292005012001"); }},
      {"a PPPK's number has no dates to check", "IdentifierAssigned",
       [](Scene& s) { return identified(s, "198099992021211001", IdentifierKind::ni_pppk); }},
      {"a status", "StatusChanged",
       [](Scene& s) {
         return s.when(hr(), StatusChanged{PersonId{11}, EmploymentStatus::pppk, feb1});
       }},
      {"a grade", "GradeChanged",
       [](Scene& s) {
         return s.when(hr(), GradeChanged{PersonId{11}, "PPPK IX", feb1});
       }},
      {"a post ends", "AssignmentEnded", [](Scene& s) { return s.when(hr(), end(21, feb1)); }},
      {"the next post begins the day after", "AssignmentStarted",
       [](Scene& s) {
         s.given(hr(), end(21, feb1 - 1));
         return s.when(hr(), post(21, 2, feb1));
       }},
      {"a post before the present one", "AssignmentStarted",
       [](Scene& s) { return s.when(hr(), post(21, 2, start - 30, start - 1)); }},
      {"an appraiser", "AppraiserAssigned",
       [](Scene& s) { return s.when(hr(), appraises(4, 11, feb1, 2)); }},
      {"whoever was appraised may appraise once the chain has turned", "AppraiserAssigned",
       [](Scene& s) {
         s.given(hr(), appraises(4, 11, feb1));
         s.given(hr(), appraises(2, 12, feb1));
         return s.when(hr(), appraises(12, 3, feb1));
       }},
      {"a cycle that a later assignment undoes before it begins is none", "AppraiserAssigned",
       [](Scene& s) {
         s.given(hr(), appraises(11, 21, date(2022, 3, 1)));
         s.given(hr(), appraises(3, 11, date(2022, 2, 15)));
         return s.when(hr(), appraises(21, 11, feb1));
       }},
      {"the appraiser delegates", "DelegationGranted",
       [](Scene& s) { return s.when(appraiser(3), grant(s, 3, 12, feb1, feb1 + 5)); }},
      {"personnel delegates for an appraiser", "DelegationGranted",
       [](Scene& s) { return s.when(hr(), grant(s, 3, 12, feb1, feb1 + 5)); }},
      {"the only delegation between the two is cut short", "DelegationRevoked",
       [](Scene& s) {
         s.given(appraiser(3), grant(s, 3, 12, feb1, feb1 + 5));
         Answer answer = s.when(appraiser(3),
                                DelegationRevoked{PersonId{3}, PersonId{12}, Sequence{}, feb1 + 1});
         EXPECT_EQ(s.facts().person(PersonId{3}).delegations.at(0).days.until, feb1 + 1);
         return answer;
       }},
      {"a delegation is cut short, or taken back whole", "DelegationRevoked",
       [](Scene& s) {
         const Sequence granted = s.given(appraiser(3), grant(s, 3, 12, feb1, feb1 + 5));
         return s.when(appraiser(3),
                       DelegationRevoked{PersonId{3}, PersonId{12}, granted, feb1 - 1});
       }},
      {"leave", "LeaveGranted", [](Scene& s) { return s.when(hr(), leave(11, feb1, feb1 + 2)); }},
      {"leave that follows leave", "LeaveGranted",
       [](Scene& s) {
         s.given(hr(), leave(11, feb1, feb1 + 2));
         return s.when(appraiser(3), leave(11, feb1 + 3, feb1 + 4, LeaveKind::sick));
       }},
      {"an appraiser grants leave", "LeaveGranted",
       [](Scene& s) { return s.when(appraiser(3), leave(11, feb1, feb1)); }},
      {"service ends", "PersonSeparated",
       [](Scene& s) {
         return s.when(hr(), PersonSeparated{PersonId{21}, SeparationCause::retired, feb1});
       }},
  };
  return rows;
}

namespace {

TEST(Roster, IsRefusedByRuleFieldAndValue) {
  expect_refused(roster_refusals());
}
TEST(Roster, IsAcceptedWithTheseEvents) {
  expect_accepted(roster_acceptances());
}

TEST(Roster, NamesTheCircleAndWhoIsLeftInAUnit) {
  Scene s = Scene::of_a_city();
  EXPECT_EQ(s.when(hr(), move(2, 3, feb1)).refused->message,
            "the units would form a circle on 2022-02-01: U2 > U3 > U2");
  EXPECT_EQ(s.when(hr(), UnitClosed{UnitId{4}, feb1}).refused->message,
            "assigned there after 2022-02-01: P4, P21");
}

// A back-dated move of a unit whose month is locked and ordered: accepted, and marked for all.
TEST(Roster, AMoveOfALockedMonthIsAcceptedAndMarksItForCorrection) {
  Scene s = Scene::of_a_city();
  s.month_is_over(month(2022, 1));
  s.compute({UnitId{2}, month(2022, 1), RunKind::regular, 1});
  s.lock({UnitId{2}, month(2022, 1), RunKind::regular, 1});
  const Sequence moved = s.given(hr(), move(3, 4, date(2022, 1, 1)));
  const AgencyFacts& agency = s.facts().agency();
  ASSERT_FALSE(agency.late.empty());
  EXPECT_EQ(agency.late.back().sequence, moved);
  EXPECT_EQ(agency.late.back().months.first, month(2022, 1));
  EXPECT_EQ(agency.paying_unit(UnitId{3}, date(2022, 1, 31), moved), UnitId{4});
  EXPECT_EQ(agency.paying_unit(UnitId{3}, date(2021, 12, 31), moved), UnitId{2});
  EXPECT_EQ(agency.paying_unit(UnitId{3}, date(2022, 1, 31), Sequence{moved.value - 1}), UnitId{2});
  EXPECT_TRUE(agency.may_be_paid_by(UnitId{3}, UnitId{2}, moved));
  EXPECT_TRUE(agency.may_be_paid_by(UnitId{3}, UnitId{4}, moved));
  EXPECT_FALSE(agency.may_be_paid_by(UnitId{3}, UnitId{1}, moved));
}

TEST(Roster, SeparationEndsEveryAssignmentWithItsLastDay) {
  Scene s = Scene::of_a_city();
  s.given(hr(), end(21, date(2022, 3, 31)));
  s.given(hr(), post(21, 2, date(2022, 4, 1)));
  s.given(hr(), PersonSeparated{PersonId{21}, SeparationCause::died, feb1});
  const PersonFacts& person = s.facts().person(PersonId{21});
  EXPECT_NE(person.assignment_on(feb1), nullptr);
  EXPECT_EQ(person.assignment_on(feb1 + 1), nullptr);
  EXPECT_EQ(person.assignment_on(date(2022, 4, 1)), nullptr);
}

TEST(Roster, KeepsTheNumberOutOfTheEventAndFindsItByItsLookup) {
  Scene s = Scene::of_a_city();
  const Answer answer = identified(s, "198002292004012001");
  ASSERT_FALSE(answer.refused);
  const auto& assigned = s.payload<IdentifierAssigned>(answer.first);
  EXPECT_NE(assigned.lookup, Mac128{});
  EXPECT_EQ(s.facts().agency().by_identifier.at(assigned.lookup), PersonId{11});
}

}  // namespace
}  // namespace runut::testing
