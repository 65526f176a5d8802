#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "simulation/narrative.h"
#include "simulation/world.h"

namespace runut::simulation {
namespace {

constexpr std::int64_t between_entries = 20'000;  // micros, of a long sitting at the keyboard

class Founding {
 public:
  Founding(World& world, Date founded)
      : world_(world),
        founded_(founded),
        personnel_(system_actor(SystemActor::personnel, Role::hr)) {}

  void regulations() {
    const Actor installation = system_actor(SystemActor::installation, Role::operator_);
    const SettingDocument& first = world_.setting.documents.front();
    // A ledger that begins with its first document is founded, and told of it, beforehand.
    world_.emitter.set_now(world_.calendar.at(std::min(first.effective_from(), founded_), 7 * 60));
    world_.emitter.emit(installation,
                        FoundAgency{world_.setting.pack.id, world_.setting.pack.agency,
                                    world_.setting.pack.utc_offset_minutes, true});
    for (const SettingDocument& document : world_.setting.documents) {
      if (document.effective_from() > founded_ && &document != &first) break;
      world_.emitter.set_now(
          world_.calendar.at(std::min(document.effective_from(), founded_), 8 * 60));
      // A first document that is told before it was enacted bears the day of the founding.
      const Date dated = std::min(document.document.header.enacted_on, founded_);
      const Decree decree = world_.decree(document.document.header.number, dated, City::mayor,
                                          world_.unit(0).head_office);
      if (!document.amends) {
        world_.emitter.emit(personnel_, EnactRegulation{document.text, false, decree});
      } else {
        world_.emitter.emit(personnel_,
                            AmendRegulation{*document.amends, document.text, false, decree});
      }
    }
    world_.emitter.set_now(world_.calendar.at(founded_, 8 * 60));
  }

  void calendar_and_units() {
    const auto within = [&](Date day) {  // the years that are simulated
      return civil(day).year >= year_of(world_.options.from) &&
             civil(day).year <= year_of(world_.options.to);
    };
    for (const PackHoliday& holiday : world_.setting.pack.holidays)
      if (within(holiday.date)) enter(HolidaySet{holiday.date, holiday.kind, holiday.name});
    for (const Unit& unit : world_.city.units) {
      enter(UnitCreated{
          unit.id,
          unit.parent == nobody ? std::nullopt : std::optional(world_.unit(unit.parent).id),
          unit.code, unit.name, unit.paying, opened()});
    }
    for (const Unit& unit : world_.city.units)
      if (unit.week == WeekKind::six_days)
        enter(ScheduleSet{unit.id, opened(), std::nullopt, listed(WorkCalendar::six_day_week())});
    for (const PackSchedule& schedule : world_.setting.pack.schedules) {
      if (!within(schedule.from)) continue;
      for (const Unit& unit : world_.city.units) {
        const bool own = unit.week == WeekKind::six_days;
        if (!own && unit.parent != nobody) continue;
        enter(ScheduleSet{
            unit.id, schedule.from, schedule.until,
            listed(own ? WorkCalendar::six_day_week(schedule) : week_of(schedule.days))});
      }
    }
  }

  void ceilings_and_budgets() {
    std::set<std::uint32_t> classes;
    std::set<std::pair<UnitIndex, std::uint32_t>> centre_classes;
    std::vector<std::int64_t> payroll(world_.city.units.size());
    for (const Person& person : world_.city.people) {
      for (const Posting& posting : person.postings) {
        classes.insert(posting.job_class);
        const Unit& unit = world_.unit(posting.unit);
        if (unit.kind == UnitKind::health_centre)
          centre_classes.emplace(posting.unit, posting.job_class);
        if (posting.eligible) payroll[unit.paying_unit] += usual_sum(posting.job_class);
      }
    }
    const Decree decree = world_.decree(
        fmt::format("SK Wali Kota 188.45/412/{}/{}", world_.unit(0).code, civil(founded_).year),
        founded_, City::mayor, world_.unit(0).head_office);
    for (const auto& row : EnumNames<Component>::table) {
      if (row.value == Component::acting) continue;
      for (const std::uint32_t job_class : classes) {
        const std::int64_t amount = job_class > 15 ? 0 : usual(row.value, job_class);
        enter(TppCeilingSet{row.value, job_class, std::nullopt, std::nullopt, Rupiah{amount},
                            world_.options.from, false, decree});
      }
    }
    for (const auto& [unit, job_class] : centre_classes)
      enter(TppCeilingSet{Component::kondisi_kerja, job_class, world_.unit(unit).id, std::nullopt,
                          Rupiah{350'000 + 12'500LL * job_class}, world_.options.from, false,
                          decree});
    const Posting& top = world_.person(City::secretary).postings[0];
    enter(TppCeilingSet{Component::kelangkaan_profesi, top.job_class, world_.unit(top.unit).id,
                        top.post, Rupiah{2'450'000}, world_.options.from, false, decree});
    for (int year = year_of(world_.options.from); year <= year_of(world_.options.to); ++year) {
      for (UnitIndex unit = 0; unit < world_.city.units.size(); ++unit) {
        if (!world_.unit(unit).paying) continue;
        enter(BudgetSet{world_.unit(unit).id, static_cast<std::uint32_t>(year),
                        Rupiah{payroll[unit] * 13}, decree});
      }
    }
  }

  void people() {
    const auto present = [&](auto&& write) {
      for (PersonIndex p = 0; p < world_.city.people.size(); ++p)
        if (world_.person(p).joined <= founded_) write(p, world_.person(p));
    };
    present([&](PersonIndex, const Person& person) {
      enter(PersonRegistered{person.id}, full_name(person, world_.chance));
    });
    present([&](PersonIndex, const Person& person) {
      if (person.status == EmploymentStatus::official) return;
      const bool pppk = person.status == EmploymentStatus::pppk;
      enter(IdentifierAssigned{person.id, pppk ? IdentifierKind::ni_pppk : IdentifierKind::nip,
                               Mac128{}, first_day(person.service)},
            identifier(person));
    });
    present([&](PersonIndex, const Person& person) {
      enter(StatusChanged{person.id, person.status, person.postings[0].from});
    });
    present([&](PersonIndex, const Person& person) {
      if (!person.grade.empty())
        enter(GradeChanged{person.id, person.grade, person.postings[0].from});
    });
    present([&](PersonIndex p, const Person&) { enter(assignment_of(world_, p, 0)); });
    present([&](PersonIndex p, const Person& person) {
      if (person.postings[0].appraiser != nobody) enter(appraiser_of(world_, p, 0));
    });
    enter(DeductionSet{std::nullopt, EmploymentStatus::pns, "iuran_korpri", Rupiah{12'500},
                       std::nullopt, std::nullopt, std::nullopt, world_.options.from,
                       std::nullopt});
  }

  void diplomas() {
    for (PersonIndex p = 1; p < world_.city.people.size(); ++p) {
      if (world_.person(p).joined > founded_) continue;
      SeededRandomness random = world_.chance.of(Purpose::qualification, p);
      enter(diploma_of(world_.person(p)), education_text(random));
    }
  }

 private:
  static Date opened() { return date(2014, 1, 2); }

  static std::int64_t usual(Component component, std::int64_t job_class) {
    switch (component) {
      case Component::beban_kerja: return job_class * job_class * 28'500 + job_class * 61'750;
      case Component::prestasi_kerja: return job_class * job_class * 19'250 + job_class * 40'125;
      case Component::kondisi_kerja: return job_class <= 6 ? 150'000 : 0;
      case Component::pertimbangan_objektif_lainnya: return 100'000 + job_class * 12'500;
      default: return 0;
    }
  }
  static std::int64_t usual_sum(std::int64_t job_class) {
    std::int64_t sum = 0;
    for (const auto& row : EnumNames<Component>::table) sum += usual(row.value, job_class);
    return sum;
  }

  void enter(CommandBody body, std::string text = {}) {
    world_.emitter.emit(personnel_, std::move(body), std::move(text));
    world_.emitter.pass(between_entries);
  }

  World& world_;
  Date founded_;
  Actor personnel_;
};

}  // namespace

void found_ledger(World& world, Date founded) {
  Founding founding(world, founded);
  founding.regulations();
  founding.calendar_and_units();
  founding.ceilings_and_budgets();
  founding.people();
  founding.diplomas();
}

void schedule_regulations(World& world, Date founded) {
  for (const SettingDocument& document : world.setting.documents) {
    const Month effective = month_of(document.effective_from());
    if (document.effective_from() <= founded || effective > world.options.to ||
        &document == &world.setting.documents.front())
      continue;
    const Date day = world.calendar.on_or_after(document.effective_from());
    world.at(day, 8 * 60 + 30, [&world, &document] {
      world.emitter.emit(world.act(world.city.ranking_publisher, Role::hr),
                         AmendRegulation{*document.amends, document.text, false,
                                         world.decree(document.document.header.number,
                                                      document.document.header.enacted_on,
                                                      City::mayor, world.unit(0).head_office)});
    });
  }
}

AssignmentStarted assignment_of(const World& world, PersonIndex p, std::size_t posting) {
  const Posting& held = world.person(p).postings[posting];
  return {world.person(p).id,
          static_cast<std::uint32_t>(posting + 1),
          world.unit(held.unit).id,
          held.post,
          held.job_class,
          held.echelon,
          held.kind,
          AssignmentRole::definitive,
          held.eligible,
          held.rankable,
          held.from,
          std::nullopt};
}

AppraiserAssigned appraiser_of(const World& world, PersonIndex p, std::size_t posting) {
  const Posting& held = world.person(p).postings[posting];
  return {world.person(p).id, world.person(held.appraiser).id,
          held.superior == nobody ? std::nullopt : std::optional(world.person(held.superior).id),
          held.from};
}

}  // namespace runut::simulation
