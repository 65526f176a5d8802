// Careers: who holds a senior post (JPT) for which term, who acts for whom, and what people learn.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/sha256.h"
#include "computation/senior_post.h"
#include "simulation/narrative.h"
#include "simulation/world.h"

namespace runut::simulation {
namespace {

// Chances of 10 000, of a person's month.
constexpr std::uint64_t certified = 25;
constexpr std::uint64_t graduated = 12;
constexpr std::uint64_t competency_tested = 200;  // of whoever appraises

constexpr std::array<std::string_view, 6> certificates = {"Pengadaan barang/jasa tingkat dasar",
                                                          "Bendahara pengeluaran",
                                                          "Pelatihan kepemimpinan pengawas",
                                                          "Manajemen risiko sektor publik",
                                                          "Pelayanan publik dasar",
                                                          "Pengelolaan arsip dinamis"};
constexpr std::array<std::string_view, 4> issuers = {"LKPP", "BPSDM Provinsi", "LAN RI",
                                                     "Pusdiklat Keuangan"};

Decree senior_decree(const World& world, const PlannedTenure& tenure, std::string_view kind,
                     Date day) {
  return world.decree(fmt::format("{}/{}/{}", kind, world.unit(tenure.unit).code, civil(day).year),
                      day, City::mayor, world.unit(0).head_office);
}

// As soon as a document says whose decision they are.
void fill_posts(World& world, Date day) {
  const Actor official = world.act(world.city.ranking_publisher, Role::official);
  Desk desk(world, day, 8 * 60 + 45, 20);
  for (const PlannedTenure& tenure : world.plan.tenures) {
    const Posting& held = world.person(tenure.person).postings[0];
    const SeniorPostFilled filled{world.person(tenure.person).id,
                                  1,
                                  world.unit(held.unit).id,
                                  held.post,
                                  held.from,
                                  senior_decree(world, tenure, "SK JPT", day)};
    if (tenure.item) {
      desk.then_for(*tenure.item, official, filled);
    } else {
      desk.then_do(official, filled);
    }
  }
}

// By the terms of the day, before the tenure is over: heard a month and a half, decided two weeks
// earlier.
void schedule_review(World& world, const PlannedTenure& tenure) {
  const Actor official = world.act(world.city.ranking_publisher, Role::official);
  const PersonId person = world.person(tenure.person).id;
  const Date heard = world.calendar.on_or_before(*tenure.review_due - 45);
  const Date decided = world.calendar.on_or_before(*tenure.review_due - 14);
  const auto years =
      world.setting.document_on(decided).document.governance.senior_posts.review_years;
  Desk(world, heard, 13 * 60 + 15, 60)
      .then_for(*tenure.item, official,
                SeniorPostReviewed{person, 1, heard, true,
                                   senior_decree(world, tenure, "BA UKOM", heard)});
  Desk(world, decided, 10 * 60 + 45, 60)
      .then_for(*tenure.item, official,
                SeniorPostExtended{person, 1, years_after(*tenure.review_due, years),
                                   senior_decree(world, tenure, "SK PERPANJANGAN JPT", decided)});
}

void schedule_acting(World& world, const PlannedActing& acting) {
  const Actor clerk = world.act(world.city.ranking_clerk, Role::hr);
  const PersonId person = world.person(acting.person).id;
  const Date told = world.calendar.on_or_before(acting.from - 2);
  const bool stands_in = acting.role == AssignmentRole::plh;
  const ActingRoleStarted started{
      person,
      acting.number,
      world.unit(acting.unit).id,
      acting.post,
      acting.job_class,
      acting.role,
      acting.from,
      stands_in ? std::optional(acting.until) : std::nullopt,
      world.decree(fmt::format("SP {}/{}/{}", stands_in ? "PLH" : "PLT", acting.person,
                               to_string(acting.from)),
                   told, City::secretary, world.person(City::secretary).postings[0].post)};
  Desk desk(world, told, 10 * 60 + 20, 60);
  desk.then_for(acting.item, clerk, started);
  if (acting.refused) {
    ActingRoleStarted beside = started;
    ++beside.acting;
    beside.post += " II";
    desk.then_for(*acting.refused, clerk, beside);
  }
  if (stands_in || month_of(acting.until) > world.options.to) return;
  Desk(world, world.calendar.on_or_before(acting.until), 14 * 60 + 5, 60)
      .then_for(acting.item, clerk, EndActingRole{person, acting.number, acting.until});
}

Hash256 document_of(PersonId person, std::string_view what, Date day) {
  return sha256({to_string(person), "\n", what, "\n", to_string(day)});
}

// What the grade was usually entered with.
EducationLevel usual_education(const Person& person) {
  const std::string& grade = person.grade;
  if (grade.starts_with("IV")) return EducationLevel::s2;
  if (grade.starts_with("III") || grade == "PPPK IX") return EducationLevel::s1;
  return grade.starts_with("II/a") || grade.starts_with("II/b") ? EducationLevel::sma
                                                                : EducationLevel::d3;
}

void learn(World& world, PersonIndex p, SeededRandomness random) {
  const Person& person = world.person(p);
  const Date today = world.today();
  const Actor registrar = world.act(world.registrar_of(p, today), Role::hr);
  if (happens(random, certified)) {
    const std::string name(pick(random, certificates));
    world.emitter.emit(
        registrar,
        CertificationGranted{person.id, name, std::string(pick(random, issuers)), today - 12,
                             today - 12 + 3 * 365, document_of(person.id, name, today)},
        fmt::format("SERT/{}/{}", between(random, 1'000, 9'999), civil(today).year));
  }
  const EducationLevel had = usual_education(person);
  if (had < EducationLevel::s2 && happens(random, graduated))
    world.emitter.emit(
        registrar,
        QualificationGained{person.id,
                            had < EducationLevel::s1 ? EducationLevel::s1 : EducationLevel::s2,
                            today - 30, document_of(person.id, "ijazah", today)},
        education_text(random));
  if (person.appraises && happens(random, competency_tested)) {
    const bool by_computer = happens(random, 7'000);
    world.emitter.emit(
        registrar,
        CompetencyAssessed{person.id, world.person(p).posting_on(today)->echelon,
                           by_computer ? CompetencyMethod::cat : CompetencyMethod::assessor,
                           by_computer ? "UPT CAT BKN" : "Pusat Penilaian Kompetensi BKN",
                           Score{around(random, 6'000, 9'500)}, today - 7,
                           document_of(person.id, "uji kompetensi", today)});
  }
}

// Entered by whoever keeps the unit's files, each person's on one day of the month.
void begin_learning_day(World& world, std::size_t turn, std::size_t turns) {
  const Date today = world.today();
  for (PersonIndex p = 1; p < world.city.people.size(); ++p) {
    SeededRandomness random =
        world.chance.of(Purpose::qualification, p, first_day(month_of(today)));
    if (random.below(turns) != turn || !world.person(p).serves_on(today)) continue;
    const auto minute = static_cast<int>(between(random, 9 * 60, 15 * 60));
    world.agenda.add(world.calendar.at(today, minute, between(random, 0, 59'000'000)),
                     [&world, p, random] { learn(world, p, random); });
  }
}

void begin_learning_month(World& world, Month month) {
  const std::vector<Date> days = world.calendar.working_days(WeekKind::office, month);
  for (std::size_t turn = 0; turn < days.size(); ++turn)
    world.at(days[turn], 0,
             [&world, turn, turns = days.size()] { begin_learning_day(world, turn, turns); });
  if (month < world.options.to)
    world.at(first_day(month + 1), 0, [&world, month] { begin_learning_month(world, month + 1); });
}

}  // namespace

QualificationGained diploma_of(const Person& person) {
  constexpr int age = 22;
  const Date day = std::min(date(civil(person.born).year + age, 8, 31), first_day(person.service));
  return {person.id, usual_education(person), day, document_of(person.id, "ijazah", day)};
}

void schedule_careers(World& world) {
  fill_posts(world, world.calendar.on_or_after(first_day(world.options.from)));
  for (const PlannedTenure& tenure : world.plan.tenures)
    if (tenure.is_reviewed) schedule_review(world, tenure);
  for (const PlannedActing& acting : world.plan.acting) schedule_acting(world, acting);
  world.at(first_day(world.options.from), 0,
           [&world] { begin_learning_month(world, world.options.from); });
}

}  // namespace runut::simulation
