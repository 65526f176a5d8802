#include "tests/ledger/random_commands.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/sha256.h"

namespace runut::testing {
namespace {

// The others of the ranked group never clock in, so that some of them tie.
const std::vector<std::uint64_t> working = {11, 12, 13, 21};

// Every fourth seed's city evaluates by predicate, and pays by it.
RegulationText document_of(bool by_predicate) {
  if (!by_predicate) return RegulationText().set("personal_sanction_bp", "-1000");
  return RegulationText("../kota-denpasar/2022-07.json")
      .set("personal_sanction_bp", "-1000")
      .set(
          "predicate_bp",
          R"({"sangat_baik":500,"baik":0,"butuh_perbaikan":-100,"kurang":-300,"sangat_kurang":-500})");
}

By paying_treasurer() {
  return person_as(9, Role::treasurer);
}

std::uint64_t head_of(UnitId unit) {
  return unit == UnitId{2} ? 3 : 4;
}

AssignmentStarted post_of(PersonId person, std::uint32_t assignment, UnitId unit, Date from) {
  AssignmentStarted out;
  out.person = person;
  out.assignment = assignment;
  out.unit = unit;
  out.post = "Pengadministrasi Umum";
  out.job_class = 7;
  out.echelon = Echelon::staff;
  out.kind = PositionKind::executor;
  out.role = AssignmentRole::definitive;
  out.tpp_eligible = true;
  out.from = from;
  return out;
}

}  // namespace

RandomCommands::RandomCommands(std::uint64_t seed)
    : by_predicate_(seed % 4 == 0),
      period_(by_predicate_ ? Period{month(2022, 1), 3} : s1_2022),
      scene_(Scene::of_a_city(document_of(by_predicate_))),
      random_(seed) {}

void RandomCommands::play(std::size_t commands) {
  while (accepted_ + refused_ < commands) step();
}

void RandomCommands::ask(By by, CommandBody body, const Said& said) {
  // Now and then somebody who has no business asking.
  if (chance(8)) by = chance(50) ? employee(21) : system_as(7, Role::auditor);
  const Answer answer = scene_.when(by, std::move(body), said);
  ++(answer.refused ? refused_ : accepted_);
}

void RandomCommands::step() {
  if (chance(50)) scene_.at(scene_.today() + static_cast<int>(between(1, 2)), "09:00");
  const std::uint64_t what = random_.below(100);
  if (what < 2) return chance(60) ? senior_post() : qualification();
  if (what < 24) return report_or_decide();
  if (what < 33) return attendance();
  if (what < 40) return roster();
  if (what < 43) return chance(30) ? acting_role() : delegation();
  if (what < 46) return planning();
  if (what < 48) return cascade();
  if (what < 50) return merit();
  if (what < 52) return chance(70) ? feedback() : access();
  if (what < 57) return evaluation();
  if (what < 63) return objection();
  if (what < 69) return ranking();
  if (what < 74) return money();
  if (what < 78) return sanction();
  if (what < 80) return regulation();
  if (what < 84) return imports();
  run();
}

void RandomCommands::access() {
  if (chance(10))
    return ask(chance(50) ? hr() : system_as(1, Role::operator_),
               ProjectionPromoted{"payments", Sequence{1 + random_.below(40)}, sha256("old"),
                                  sha256(chance(90) ? "new" : "old"), 3, scene_.decree()});
  AccessRecorded body{{PersonId{pick(ranked)}}, "people", "rekap"};
  if (chance(50)) body.people = {PersonId{3}, body.people.front()};
  ask(chance(50) ? hr() : person_as(8, Role::auditor), body);
}

void RandomCommands::acting_role() {
  const std::uint64_t id = pick(ranked);
  const auto& roles = person(id).acting;
  if (!roles.empty() && roles.back().days.until >= scene_.today())
    return ask(hr(), EndActingRole{PersonId{id}, roles.back().acting,
                                   scene_.today() - static_cast<int>(between(0, 40))});
  ActingRoleStarted body;
  body.person = PersonId{id};
  body.acting = static_cast<std::uint32_t>(roles.size()) + 1;
  body.unit = UnitId{4};
  body.post = "Kepala Badan";
  body.job_class = 7;
  body.role = chance(50) ? AssignmentRole::plt : AssignmentRole::plh;
  body.from = scene_.today() - static_cast<int>(between(0, 20));
  if (chance(50)) body.until = scene_.today() + static_cast<int>(between(0, 60));
  body.decree = scene_.decree();
  ask(hr(), body);
}

// A report of the old system, approved there by whoever; now and then somebody accepts it.
void RandomCommands::imports() {
  const ImportFacts& facts = scene_.facts().agency().imports;
  if (facts.declared.empty())
    return ask(hr(), ImportDeclared{1, "lama", sha256("lama"), true, scene_.decree()});
  if (!facts.held.empty() && chance(40)) {
    const auto last = std::prev(facts.held.end());
    return ask(official(2),
               ImportedEventAccepted{last->second.person, last->first, scene_.decree()});
  }
  const std::uint64_t id = pick(working);
  const Date day = scene_.today() - 1;
  Said said;
  said.acted_at = Instant{scene_.now().micros - 3'600'000'000};
  said.import_number = 1;
  for (const ReportFact& fact : scene_.facts().month(PersonId{id}, month_of(day)).reports)
    if (fact.date == day && fact.state == ReportState::submitted)
      return ask(appraiser(id == 12 ? 13 : 12), approval(id, day, fact.report.value), said);
  said.text = "narasi";
  ask(employee(id), runut::testing::report(id, day, 60, next_id_++), said);
}

void RandomCommands::report_or_decide() {
  const std::uint64_t id = pick(working);
  const Date day = scene_.today() - static_cast<int>(between(0, 4));
  const By self = employee(id);
  const auto& reports = scene_.facts().month(PersonId{id}, month_of(day)).reports;
  std::vector<const ReportFact*> open;
  for (const ReportFact& fact : reports)
    if (fact.state == ReportState::submitted || (fact.state == ReportState::returned && chance(50)))
      open.push_back(&fact);
  if (open.empty() || chance(45))
    return ask(self, report(id, day, between(30, 500), next_id_++), says("narasi"));
  const ReportFact fact = *pick(open);
  const PersonId person{id};
  if (fact.state == ReportState::returned)
    return ask(self, report(id, fact.date, between(30, 500), fact.report.value), says("narasi"));
  By judge = appraiser(id == 21 ? 4 : 3);
  if (id != 21 && chance(20)) judge = delegate(12, 3);
  switch (random_.below(10)) {
    case 0: return ask(judge, DailyReportReturned{person, fact.report, fact.date});
    case 1:
      return ask(judge, DailyReportRejected{person, fact.report, fact.date}, says("bukan tugas"));
    case 2: return ask(self, DailyReportWithdrawn{person, fact.report, fact.date});
    case 3:
      return ask(self, report(id, fact.date, between(30, 300), next_id_++),
                 {.text = "narasi", .supersedes = fact.submitted});
    default: return ask(judge, DailyReportApproved{person, fact.report, fact.date});
  }
}

void RandomCommands::attendance() {
  const std::uint64_t id = pick(working);
  const PersonId person{id};
  const Date day = scene_.today() - static_cast<int>(between(0, 20));
  std::vector<ExcuseFact> open;
  for (const ExcuseFact& fact : scene_.facts().month(person, month_of(day)).excuses)
    if (!fact.decided) open.push_back(fact);
  switch (random_.below(8)) {
    case 0:
    case 1: return ask(employee(id), AttendanceExcused{person, next_id_++, day}, says("alasan"));
    case 2:
    case 3:
      if (open.empty()) break;
      return ask(appraiser(id == 21 ? 4 : 3),
                 ExcuseDecided{person, open[0].excuse, open[0].date, chance(70)});
    case 4: {
      const Date from = scene_.today() + static_cast<int>(between(0, 60));
      return ask(hr(), LeaveGranted{person, pick<LeaveKind>({LeaveKind::annual, LeaveKind::sick}),
                                    from, from + static_cast<int>(between(0, 3))});
    }
    default: break;
  }
  const Instant at{start_of(day, 420).micros + between(400, 1'000) * 60'000'000};
  ask(devices(),
      AttendanceRecorded{person, at, chance(50) ? ClockDirection::in : ClockDirection::out, 5,
                         next_id_++});
}

// A registered person comes step by step: status, grade, post, then a number.
void RandomCommands::newcomer(std::uint64_t id) {
  const PersonId who{id};
  const PersonFacts& facts = person(id);
  const Date day = scene_.today();
  if (facts.statuses.empty())
    return ask(
        hr(),
        StatusChanged{who, pick<EmploymentStatus>({EmploymentStatus::pns, EmploymentStatus::cpns}),
                      day});
  if (facts.grades.empty()) return ask(hr(), GradeChanged{who, "III/a", day});
  if (facts.identifiers.empty())
    return ask(hr(), IdentifierAssigned{who, IdentifierKind::nip, {}, day},
               says(fmt::format("19900101201501{}{:03}", 1 + id % 2, id % 1'000)));
  if (facts.separation) return ask(hr(), SubjectKeyDestroyed{who, scene_.decree()});
  const AssignmentFact* const present = facts.assignment_on(day);
  if (present == nullptr)
    return ask(hr(), post_of(who, next_assignment_++,
                             UnitId{static_cast<std::uint64_t>(between(2, 4))}, day));
  if (chance(30)) return ask(hr(), AssignmentEnded{who, present->assignment, day + 3});
  if (chance(30)) return ask(hr(), PersonSeparated{who, SeparationCause::transferred_out, day + 5});
  ask(hr(), AppraiserAssigned{who, PersonId{chance(50) ? 3U : 4U}, PersonId{2}, day});
}

void RandomCommands::roster() {
  if (chance(75) && next_person_ > 100) return newcomer(100 + random_.below(next_person_ - 100));
  switch (random_.below(7)) {
    case 5:
    case 6: {  // of the units that nobody is in
      if (next_unit_ == 10) break;
      const UnitId unit{10 + random_.below(next_unit_ - 10)};
      if (chance(30)) return ask(hr(), UnitClosed{unit, scene_.today()});
      return ask(hr(), UnitMoved{unit, UnitId{static_cast<std::uint64_t>(between(2, 4))},
                                 scene_.today() - static_cast<int>(between(-30, 30))});
    }
    case 0: {
      const std::uint64_t id = next_unit_++;
      return ask(hr(), UnitCreated{UnitId{id}, UnitId{chance(50) ? 2U : 4U}, fmt::format("u{}", id),
                                   "Seksi", false, scene_.today()});
    }
    case 1: {
      const Date from = scene_.today() + static_cast<int>(between(0, 40));
      return ask(hr(), ScheduleSet{UnitId{4}, from, from + 6, {{1, 480, 900, Minutes{270}}}});
    }
    case 2:
      return ask(hr(), HolidaySet{scene_.today() + static_cast<int>(between(5, 90)),
                                  HolidayKind::national, "Libur"});
    default: return ask(hr(), PersonRegistered{PersonId{next_person_++}}, says("Nama"));
  }
}

void RandomCommands::delegation() {
  const auto& granted = person(3).delegations;
  if (!granted.empty() && chance(40)) {
    const DelegationFact& last = granted.back();
    return ask(appraiser(3),
               DelegationRevoked{PersonId{3}, last.to, last.sequence, scene_.today()});
  }
  const Date from = scene_.today();
  ask(appraiser(3), DelegationGranted{PersonId{3}, PersonId{12}, from,
                                      from + static_cast<int>(between(3, 20)), scene_.decree()});
}

void RandomCommands::evaluation() {
  if (by_predicate_) return predicate();
  const std::uint64_t id = pick(ranked);
  const PersonId who{id};
  const EvaluationFact* const fact = person(id).evaluation(period_);
  const Score value{8'000 + 500 * between(0, 1)};
  if (fact == nullptr || fact->results.empty())
    return ask(appraiser(3), WorkResultRated{who, period_, value});
  if (fact->behaviours.empty())
    return ask(appraiser(3), BehaviourRated{who, period_, std::vector<Score>(7, Score{8'000})});
  if (chance(10)) return ask(official(2), InnovationRecognised{who, period_, scene_.decree()});
  if (const SurveyFact* const open = person(id).survey(period_);
      !fact->delivered && open != nullptr && !open->closed && chance(80))
    return ask(hr(), CloseSurvey{who, period_});
  if (!fact->delivered) return ask(appraiser(3), EvaluationDelivered{who, period_});
  if (!fact->answer && chance(70))
    return chance(50) ? ask(employee(id), EvaluationAcknowledged{who, period_})
                      : ask(employee(id), EvaluationRefused{who, period_}, says("tidak setuju"));
  // Everything is given: the day goes on.
  report_or_decide();
}

// A quarter of U3: the department's predicate, expectations, deliveries, and when it is over its
// closing.
void RandomCommands::predicate() {
  const AgencyFacts& agency = scene_.facts().agency();
  const auto any = [&] { return static_cast<Expectation>(between(1, 3)); };
  const auto set = agency.unit_predicates.find({UnitId{2}, period_});
  const bool is_set = set != agency.unit_predicates.end();
  if ((!is_set && chance(60)) || chance(5))
    return ask(hr(),
               UnitPredicateSet{UnitId{2}, period_, static_cast<UnitPredicate>(between(1, 5)),
                                scene_.decree()},
               {.reason = "salah catat",
                .supersedes = is_set ? std::optional(set->second.back().sequence) : std::nullopt});
  const bool is_closed = agency.evaluations_closed.contains({UnitId{3}, period_});
  if (scene_.today() > last_day(period_) + 20 && !is_closed && chance(30))
    return ask(hr(), CloseUnitEvaluations{UnitId{3}, period_});
  const std::uint64_t id = pick(ranked);
  const PersonId who{id};
  const EvaluationFact* const fact = person(id).evaluation(period_);
  if (fact == nullptr || fact->result_expectations.empty())
    return ask(appraiser(3), WorkResultRated{who, period_, {}, any()});
  if (fact->behaviour_expectations.empty())
    return ask(appraiser(3), BehaviourRated{who, period_, {}, any()});
  if (!fact->delivered) return ask(appraiser(3), EvaluationDelivered{who, period_});
  if (!fact->answer) return ask(employee(id), EvaluationAcknowledged{who, period_});
  report_or_decide();
}

void RandomCommands::planning() {
  const std::uint64_t id = pick(ranked);
  const PersonId who{id};
  const PlanFact* const plan = person(id).plan(s1_2022);
  std::vector<PlannedResult> results = {{1, std::nullopt}};
  const auto& indicators = scene_.facts().agency().indicators;
  if (!indicators.empty()) results.push_back({2, indicators.begin()->first});
  const By judge = chance(20) ? delegate(12, 3) : appraiser(3);
  if (plan == nullptr)
    return ask(employee(id), PlanDrafted{who, s1_2022, results}, says("rencana"));
  if (chance(15)) return ask(judge, ExpectationClarified{who, s1_2022}, says("harapan"));
  switch (plan->state) {
    case PlanState::drafted: return ask(employee(id), PlanSubmitted{who, s1_2022});
    case PlanState::returned:
      return ask(employee(id), PlanDrafted{who, s1_2022, results}, says("rencana"));
    case PlanState::approved:
      return ask(employee(id), PlanRevised{who, s1_2022, results}, says("perubahan"));
    case PlanState::submitted:
    case PlanState::revised: break;
  }
  if (chance(30)) return ask(judge, PlanReturned{who, s1_2022});
  ask(judge, PlanApproved{who, s1_2022});
}

void RandomCommands::cascade() {
  const auto& agency = scene_.facts().agency();
  const UnitId unit{static_cast<std::uint64_t>(between(1, 4))};
  const Period period{month(2022, 1 + static_cast<int>(between(0, 11))), 1};
  if (chance(20)) return ask(hr(), UnitAgreementSigned{unit, period, scene_.decree()});
  const std::uint64_t count = agency.indicators.size();
  if (count < 2 || chance(40))
    return ask(hr(), IndicatorDefined{unit, count + 1, s1_2022, "Indeks kepuasan", "85 %"});
  // Among them links that would lead back, or downwards.
  const std::uint64_t low = 1 + random_.below(count);
  const std::uint64_t high = 1 + random_.below(count);
  ask(hr(), IndicatorCascaded{agency.indicators.at(low).unit, low, high});
}

void RandomCommands::objection() {
  const std::uint64_t id = pick(ranked);
  const PersonId who{id};
  const EvaluationFact* const fact = person(id).evaluation(period_);
  if (fact == nullptr || !fact->delivered) return evaluation();
  const bool open = !fact->objections.empty() && !fact->objections.back().decided;
  if (!open && chance(60))
    return ask(employee(id), ObjectionFiled{who, period_}, says("keberatan"));
  if (!open) {
    const Score value{8'000 + 500 * between(0, 2)};
    EvaluationCorrected corrected{who, period_, value, std::vector<Score>(7, value),
                                  scene_.decree()};
    if (by_predicate_) {
      corrected.result = unscored;
      corrected.values.clear();
      corrected.expectations = Expectations{static_cast<Expectation>(between(1, 3)),
                                            static_cast<Expectation>(between(1, 3))};
    }
    return ask(official(2), corrected, {.reason = "keberatan"});
  }
  const ObjectionFact& objection = fact->objections.back();
  if (!objection.requested) return ask(official(2), ExplanationRequested{who, period_});
  if (!objection.explained && chance(70))
    return ask(appraiser(3), ExplanationGiven{who, period_}, says("penjelasan"));
  ask(official(2), ObjectionDecided{who, period_, chance(50), scene_.decree()});
}

void RandomCommands::ranking() {
  if (scene_.today() < date(2022, 7, 20) || by_predicate_) return evaluation();
  const auto& rankings = scene_.facts().agency().rankings;
  const auto found = rankings.find(s1_2022);
  if (found == rankings.end()) return ask(person_as(8, Role::hr), FreezeRanking{s1_2022});
  for (const auto& [name, group] : found->second.groups) {
    if (group.published || group.ties.empty()) continue;
    const TieFact& tie = group.ties[random_.below(group.ties.size())];
    if (!group.resolutions.empty() && chance(50)) continue;
    TieResolved resolved{s1_2022, name, tie.found.cutoff, {}, "undian", scene_.decree()};
    resolved.chosen.assign(tie.found.members.begin(), tie.found.members.begin() + tie.found.places);
    return ask(official(2), resolved);
  }
  ask(official(2), PublishRanking{s1_2022, scene_.decree()});
}

void RandomCommands::money() {
  const Month next = this_month() + 1;
  switch (random_.below(3)) {
    case 0: {
      TppCeilingSet set;
      set.component = Component::prestasi_kerja;
      set.job_class = 7;
      set.amount = Rupiah{between(1, 3) * 1'000'000};
      // Sometimes reaching back, marked or not.
      set.effective = chance(30) ? month(2022, 1) : next;
      set.retroactive = chance(50);
      set.decree = scene_.decree();
      return ask(hr(), set);
    }
    case 1:
      return ask(hr(),
                 BudgetSet{UnitId{2}, 2022, Rupiah{between(1, 9) * 20'000'000}, scene_.decree()});
    default: {
      DeductionSet set;
      set.person = PersonId{pick(ranked)};
      set.code = "koperasi";
      set.amount = Rupiah{between(1, 40) * 100'000};
      set.first = set.last.emplace(next - static_cast<int>(between(0, 2)));
      return ask(hr(), set);
    }
  }
}

void RandomCommands::sanction() {
  const PersonId who{pick(ranked)};
  const Month next = this_month() + 1;
  switch (random_.below(4)) {
    case 0: return ask(official(2), UnitSanctionImposed{UnitId{4}, next, next, scene_.decree()});
    case 1: return ask(official(2), DecidePersonalSanction{who, s1_2022, {next}, scene_.decree()});
    case 2: {
      const auto& imposed = person(who.value).sanctions;
      if (imposed.empty() || imposed.back().cancelled) break;
      return ask(official(2),
                 DisciplinarySanctionCancelled{who, imposed.back().sequence,
                                               imposed.back().first + 1, scene_.decree()});
    }
    default: break;
  }
  ask(official(2), DisciplinarySanctionImposed{who, scene_.today(), next, 6, scene_.decree()});
}

void RandomCommands::regulation() {
  const bool season = this_month() >= month(2022, 7) && this_month() <= month(2022, 9);
  if (season) return money();  // a ranking is published under the document it was frozen under
  const std::string present = documents_ == 1 ? "kota-uji" : fmt::format("kota-uji-{}", documents_);
  if (chance(20))
    return ask(hr(), RegulationRepealed{present, date(2030, 1, 1), false, scene_.decree()});
  if (documents_ > 3) return money();
  const RegulationText text = document_of(by_predicate_)
                                  .id(fmt::format("kota-uji-{}", documents_ + 1))
                                  .effective(first_day(this_month() + 1))
                                  .set("absent", fmt::format("{}", 300 + documents_));
  const std::size_t before = accepted_;
  ask(hr(), scene_.amendment(text, present));
  if (accepted_ > before) ++documents_;
}

void RandomCommands::run() {
  const UnitId unit{chance(75) ? 2U : 4U};
  // The first month that is not ordered; sometimes one that is.
  for (Month at = month(2022, 1); at < this_month(); at = at + 1) {
    const auto found = scene_.facts().agency().runs.find(regular_run(unit.value, at));
    const bool ordered =
        found != scene_.facts().agency().runs.end() && !found->second.ordered.empty();
    if (!ordered) return run_of_month(unit, at);
    if (chance(15)) return correction_of_month(unit, at);
  }
  report_or_decide();
}

void RandomCommands::run_of_month(UnitId unit, Month month) {
  const AgencyFacts& agency = scene_.facts().agency();
  const Sequence now = scene_.facts().known_at();
  for (const std::uint64_t id : {1u, 2u, 3u, 4u})
    if (!agency.is_closed(UnitId{id}, month, now))
      return ask(hr(), AttendanceMonthClosed{UnitId{id}, month});
  const RunId id = regular_run(unit.value, month);
  const auto found = agency.runs.find(id);
  if (found == agency.runs.end()) return ask(paying_treasurer(), ComputeTppRun{id});
  const std::uint64_t head = head_of(unit);
  const Decree decree = scene_.decree(head, unit == UnitId{2} ? "Kepala Dinas" : "Kepala Badan");
  const RunFact& fact = found->second;
  if (fact.lock(now) == nullptr) {
    const bool stale =
        !fact.reopened.empty() && fact.reopened.back() > fact.computed.back().sequence;
    if (stale || chance(20)) return ask(paying_treasurer(), ComputeTppRun{id});
    return ask(official(head), LockTppRun{id, decree});
  }
  if (chance(25)) return ask(official(head), TppRunReopened{id, decree});
  ask(paying_treasurer(),
      PaymentOrdered{id, Rupiah{-1}, "SPP/1", "SPM/1", "SP2D/1", scene_.decree()});
}

void RandomCommands::correction_of_month(UnitId unit, Month month) {
  const RunId regular = regular_run(unit.value, month);
  const auto& runs = scene_.facts().agency().runs;
  const Sequence now = scene_.facts().known_at();
  if (runs.at(regular).confirmed.empty())
    return ask(paying_treasurer(), PaymentConfirmed{regular, "BANK/1"});
  if (chance(20)) {
    const PersonId who{unit == UnitId{2} ? pick(ranked) : 21U};
    for (const PaymentFact& paid : scene_.facts().month(who, month).payments)
      if (paid.payment.run == regular && paid.sequence > runs.at(regular).lock(now)->computed)
        return ask(paying_treasurer(),
                   PaymentReturned{who, regular, paid.payment.net, "rekening tutup"});
  }
  RunId id = correction_run(unit.value, month);
  while (runs.contains(id) && runs.at(id).lock(now) != nullptr) ++id.number;
  const std::uint64_t head = head_of(unit);
  if (!runs.contains(id)) return ask(paying_treasurer(), ComputeTppRun{id});
  if (chance(30)) return ask(paying_treasurer(), ComputeTppRun{id});
  ask(official(head),
      LockTppRun{id, scene_.decree(head, unit == UnitId{2} ? "Kepala Dinas" : "Kepala Badan")});
}

}  // namespace runut::testing
