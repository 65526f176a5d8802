#include "simulation/city.h"

#include <fmt/format.h>

#include <algorithm>

#include "simulation/city_tables.h"

namespace runut::simulation {
namespace {

constexpr std::size_t heroine_office = 2;  // of office_names
constexpr std::size_t tie_office = 3;

constexpr Rank mayor_rank{17, Echelon::ii, PositionKind::structural, ""};
constexpr Rank secretary_rank{15, Echelon::ii, PositionKind::structural, "IV/d"};
constexpr Rank head_rank{14, Echelon::ii, PositionKind::structural, "IV/c"};
constexpr Rank district_head_rank{12, Echelon::iii, PositionKind::structural, "IV/b"};
constexpr Rank assistant_rank{13, Echelon::iii, PositionKind::structural, "IV/b"};
constexpr Rank deputy_rank{11, Echelon::iii, PositionKind::structural, "IV/a"};
constexpr Rank district_deputy_rank{10, Echelon::iv, PositionKind::structural, "III/d"};
constexpr Rank division_rank{11, Echelon::iii, PositionKind::structural, "IV/a"};
constexpr Rank section_rank{9, Echelon::iv, PositionKind::structural, "III/d"};
constexpr Rank school_head_rank{10, Echelon::staff, PositionKind::functional, "IV/a"};
constexpr Rank treasurer_rank{7, Echelon::staff, PositionKind::executor, "III/a"};
constexpr Rank registrar_rank{7, Echelon::staff, PositionKind::executor, "III/b"};

constexpr std::string_view government = "Pemerintah ";

// "Pemerintah Kota Kediri": "Wali Kota Kediri".
std::string head_of(std::string_view agency) {
  if (agency.starts_with(government)) agency.remove_prefix(government.size());
  return agency.starts_with("Kota ") ? fmt::format("Wali {}", agency)
                                     : fmt::format("Kepala Daerah {}", agency);
}
// "KOTA-KEDIRI"
std::string code_of(std::string_view agency) {
  if (agency.starts_with(government)) agency.remove_prefix(government.size());
  std::string code;
  for (const char c : agency)
    code += c == ' ' ? '-' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return code;
}

// The year of the last posts before the founding, which began on the first of October at the
// latest: whoever is there at the founding serves on every day that is simulated.
int hired_until(Date founded) {
  const int year = civil(founded).year;
  return std::min(2021, founded >= date(year, 10, 1) ? year : year - 1);
}

class Builder {
 public:
  Builder(const CityOptions& options, const Chance& chance)
      : options_(options), random_(chance.of(Purpose::city)), chance_(chance) {}

  City build() {
    const std::string head_office = head_of(options_.agency);
    const PersonIndex mayor = hire(mayor_rank, 0, head_office, nobody, nobody);
    Person& first = city_.people[mayor];
    first.status = EmploymentStatus::official;
    first.postings[0].eligible = first.postings[0].rankable = false;
    city_.units.push_back({.id = UnitId{1},
                           .code = code_of(options_.agency),
                           .name = options_.agency,
                           .head_office = head_office,
                           .head = mayor});

    // The two story divisions come first, the rest is shared evenly.
    const std::uint32_t offices = std::clamp<std::uint32_t>(
        options_.people / 27, 4, static_cast<std::uint32_t>(office_names.size()));
    const std::uint32_t heroine_size = options_.people >= 150 ? 20 : 10;
    const std::uint32_t tie_size = options_.people >= 150 ? 15 : 10;
    const std::uint32_t shared = options_.people - heroine_size - tie_size;
    for (std::uint32_t i = 0; i < offices; ++i) {
      const std::uint32_t share = shared / offices + (i < shared % offices ? 1 : 0);
      const UnitIndex office = open_office(office_names[i], share);
      if (i == heroine_office)
        city_.heroine_unit =
            open_division(office, {UnitKind::office, std::string(heroine_division)}, heroine_size);
      if (i == tie_office)
        city_.tie_unit =
            open_division(office, {UnitKind::office, std::string(tie_division)}, tie_size);
    }
    return std::move(city_);
  }

 private:
  // A paying unit with its leaders, its own staff, and divisions for the rest of its share.
  UnitIndex open_office(const OfficeName& name, std::uint32_t share) {
    const bool is_secretariat = city_.units.size() == 1;
    const bool district = name.kind == OfficeKind::district;
    const UnitIndex office = open_unit(0, std::string(name.code), std::string(name.name), true);
    city_.units[office].head_office = name.head;
    const PersonIndex over = is_secretariat ? City::mayor : City::secretary;
    const PersonIndex over_over = is_secretariat ? nobody : City::mayor;
    const Rank& rank = is_secretariat ? secretary_rank : district ? district_head_rank : head_rank;
    const PersonIndex head = hire(rank, office, std::string(name.head), over, over_over);
    city_.people[head].postings[0].rankable = false;
    city_.units[office].head = head;

    const PersonIndex deputy =
        hire(is_secretariat ? assistant_rank
             : district     ? district_deputy_rank
                            : deputy_rank,
             office, is_secretariat ? "Asisten Administrasi Umum" : "Sekretaris", head, over);
    const PersonIndex general =
        hire(section_rank, office, "Kepala Subbagian Umum dan Kepegawaian", deputy, head);
    const PersonIndex finance =
        hire(section_rank, office, "Kepala Subbagian Keuangan", deputy, head);
    city_.units[office].treasurer =
        hire(treasurer_rank, office, "Bendahara Pengeluaran", finance, deputy);
    city_.units[office].registrar =
        hire(registrar_rank, office, "Pengelola Kepegawaian", general, deputy);
    if (name.code == "BKPSDM") {
      city_.ranking_clerk = deputy;
      city_.ranking_publisher = head;
    }
    std::uint32_t left = share - 6;
    for (std::uint32_t own = std::min(left, share / 6 + 1); own > 0; --own, --left)
      hire_staff(office, own % 2 == 0 ? general : finance, deputy);

    const bool large = share > 250;
    for (std::uint32_t number = 0; left > 0; ++number) {
      static constexpr std::array<std::uint32_t, 8> small_sizes = {8, 4, 10, 6, 7, 3, 12, 9};
      static constexpr std::array<std::uint32_t, 4> large_sizes = {16, 9, 24, 12};
      std::uint32_t size = large ? large_sizes[random_.below(4)] : small_sizes[random_.below(8)];
      if (size > left || left - size < 3) size = left;
      if (size < 3) {  // too few for a division of their own
        for (; left > 0; --left) hire_staff(office, general, deputy);
        break;
      }
      open_division(office, division_of(name, number), size);
      left -= size;
    }
    return office;
  }

  struct Division {
    UnitKind kind;
    std::string name;
  };

  // The office's division of that number; names that are used up begin a second round.
  Division division_of(const OfficeName& office, std::uint32_t number) {
    const auto named = [&](UnitKind kind, std::string_view prefix, const auto& table) {
      const std::uint32_t round = number / static_cast<std::uint32_t>(table.size());
      const std::string_view name = table[number % table.size()];
      return Division{kind, round == 0 ? fmt::format("{}{}", prefix, name)
                                       : fmt::format("{}{} {}", prefix, name, round + 1)};
    };
    if (office.kind == OfficeKind::secretariat)
      return named(UnitKind::office, "Bagian ", bureau_names);
    if (office.kind == OfficeKind::district)
      return named(UnitKind::village, "Kelurahan ", village_names);
    if (office.code == "DINKES" && number % 2 == 0) {
      number /= 2;
      return named(UnitKind::health_centre, "UPTD Puskesmas ", health_centre_names);
    }
    if (office.code == "DISDIK" && number % 4 != 3) {
      number -= number / 4;
      return named(UnitKind::school, "", school_names);
    }
    if (office.code == "DISDIK") number /= 4;
    return named(UnitKind::office, "Bidang ", division_names);
  }

  static std::string head_title(const Division& division) {
    switch (division.kind) {
      case UnitKind::village:
        return fmt::format("Lurah {}", std::string_view(division.name).substr(10));
      case UnitKind::school:
        return fmt::format("Kepala Sekolah {}, Guru Ahli Madya", division.name);
      case UnitKind::office:
      case UnitKind::health_centre: break;
    }
    return fmt::format("Kepala {}", division.name);
  }

  static const Rank& head_rank_of(UnitKind kind) {
    if (kind == UnitKind::school) return school_head_rank;
    return kind == UnitKind::office ? division_rank : section_rank;
  }

  // A head, a section head for each six people but in schools, staff under them. Counts the head.
  UnitIndex open_division(UnitIndex office, Division division, std::uint32_t size) {
    const std::string code =
        fmt::format("{}-{:02}", city_.units[office].code, ++divisions_of_office_);
    const UnitIndex unit = open_unit(office, code, division.name, false);
    const bool school = division.kind == UnitKind::school;
    city_.units[unit].kind = division.kind;
    if (school || division.kind == UnitKind::health_centre)
      city_.units[unit].week = WeekKind::six_days;
    city_.units[unit].head_office = head_title(division);
    const PersonIndex office_head = city_.units[office].head;
    const PersonIndex over = city_.people[office_head].postings[0].appraiser;
    const PersonIndex head =
        hire(head_rank_of(division.kind), unit, city_.units[unit].head_office, office_head, over);
    city_.units[unit].head = head;
    std::vector<PersonIndex> sections;
    for (std::uint32_t left = size - 1, i = 0; left > 0; --left, ++i) {
      if (!school && sections.size() < (size - 1) / 6 && size >= 7 && i == sections.size()) {
        static constexpr std::array sections_named = {"Tata Kelola", "Pelayanan", "Evaluasi",
                                                      "Pengembangan"};
        sections.push_back(hire(section_rank, unit,
                                fmt::format("Kepala Seksi {}", sections_named[i % 4]), head,
                                office_head));
        continue;
      }
      if (sections.empty()) {
        hire_staff(unit, head, office_head);
      } else {
        hire_staff(unit, sections[i % sections.size()], head);
      }
    }
    return unit;
  }

  UnitIndex open_unit(UnitIndex parent, std::string code, std::string name, bool paying) {
    const auto index = static_cast<UnitIndex>(city_.units.size());
    if (paying) divisions_of_office_ = 0;
    city_.units.push_back({.id = UnitId{index + 1},
                           .parent = parent,
                           .paying_unit = paying ? index : city_.units[parent].paying_unit,
                           .code = std::move(code),
                           .name = std::move(name),
                           .paying = paying});
    return index;
  }

  const Job& job_in(UnitKind kind) {
    if (kind == UnitKind::school) return pick(random_, school_jobs);
    if (kind == UnitKind::health_centre) return pick(random_, health_jobs);
    return pick(random_, office_jobs);
  }

  PersonIndex hire_staff(UnitIndex unit, PersonIndex appraiser, PersonIndex superior) {
    const Job& job = job_in(city_.units[unit].kind);
    const PersonIndex index = hire(job.rank, unit, std::string(job.post), appraiser, superior);
    city_.people[index].status = job.status;
    if (job.status == EmploymentStatus::pppk) {
      const int contract = hired_until(options_.founded);
      city_.people[index].service = month(contract, 2);
      city_.people[index].postings[0].from = date(contract, 2, 1);
    }
    return index;
  }

  PersonIndex hire(const Rank& rank, UnitIndex unit, std::string post, PersonIndex appraiser,
                   PersonIndex superior) {
    const auto index = static_cast<PersonIndex>(city_.people.size());
    SeededRandomness random = chance_.of(Purpose::person, index);
    Person person;
    person.id = PersonId{index + 1};
    person.female = happens(random, 4'800);
    person.status = EmploymentStatus::pns;
    person.grade = rank.grade;
    // Day, month and serial walk through all combinations, so no two numbers are ever equal.
    const std::uint64_t scrambled = (index * 48'271ULL + 11) % (28ULL * 12 * 999);
    person.serial = static_cast<std::uint16_t>(scrambled / (28 * 12) + 1);
    const int age = static_cast<int>(rank.echelon == Echelon::staff ? between(random, 25, 54)
                                                                    : between(random, 38, 56));
    const int founded_year = civil(options_.founded).year;
    person.born = date(founded_year - age, static_cast<int>(scrambled / 28 % 12) + 1,
                       static_cast<int>(scrambled % 28) + 1);
    const int service_age = static_cast<int>(between(random, 21, std::min(age - 3, 30)));
    person.service = month(founded_year - age + service_age,
                           static_cast<int>(pick(random, std::array{1, 3, 4, 12})));
    const int before = 2021 - hired_until(options_.founded);
    const std::array starts = {date(2020 - before, 1, 2), date(2021 - before, 1, 4),
                               date(2021 - before, 7, 1), date(2021 - before, 10, 1)};
    person.joined = options_.founded;
    SeededRandomness conduct = chance_.of(Purpose::conduct, index);
    person.diligence = static_cast<std::int32_t>(around(conduct, 8'900, 11'600));
    person.lateness = static_cast<std::int32_t>(around(conduct, 50, 1'500));
    person.postings.push_back({.unit = unit,
                               .post = std::move(post),
                               .job_class = rank.job_class,
                               .echelon = rank.echelon,
                               .kind = rank.kind,
                               .from = pick(random, starts),
                               .appraiser = appraiser,
                               .superior = superior});
    if (appraiser != nobody) city_.people[appraiser].appraises = true;
    city_.people.push_back(std::move(person));
    return index;
  }

  CityOptions options_;
  SeededRandomness random_;
  const Chance& chance_;
  City city_;
  std::uint32_t divisions_of_office_ = 0;
};

}  // namespace

const Posting* Person::posting_on(Date day) const {
  if (last_day && day > *last_day) return nullptr;
  for (const Posting& posting : postings)
    if (posting.from <= day && (!posting.until || day <= *posting.until)) return &posting;
  return nullptr;
}

City build_city(const CityOptions& options, const Chance& chance) {
  RUNUT_CHECK(options.people >= people_min && options.people <= people_max, "size of the city");
  return Builder(options, chance).build();
}

}  // namespace runut::simulation
