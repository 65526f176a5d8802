#include <fmt/format.h>

#include <array>
#include <string_view>

#include "simulation/city.h"

namespace runut::simulation {
namespace {

constexpr std::array<std::string_view, 40> male_names = {
    "Agus",   "Bambang", "Cahyo",    "Dedi",   "Eko",      "Fajar",  "Gunawan", "Hadi",
    "Imam",   "Joko",    "Kurnia",   "Lukman", "Mulyadi",  "Nanang", "Oky",     "Puguh",
    "Rahmat", "Sigit",   "Teguh",    "Untung", "Wahyu",    "Yudi",   "Zainal",  "Arif",
    "Budi",   "Catur",   "Didik",    "Edi",    "Firman",   "Galih",  "Heru",    "Irwan",
    "Jumadi", "Khoirul", "Mochamad", "Nur",    "Prasetyo", "Rudi",   "Slamet",  "Tri"};
constexpr std::array<std::string_view, 40> female_names = {
    "Ani",   "Bunga",  "Citra",   "Dewi",    "Endang", "Fitri", "Galuh",   "Hesti",
    "Indah", "Juwita", "Kartika", "Lestari", "Maya",   "Nurul", "Oktavia", "Puji",
    "Ratna", "Sri",    "Titik",   "Umi",     "Vina",   "Wiwik", "Yuni",    "Zulaikha",
    "Anik",  "Binti",  "Dian",    "Erna",    "Farida", "Hanik", "Ika",     "Kusuma",
    "Laila", "Mei",    "Ninik",   "Retno",   "Siti",   "Tutik", "Winda",   "Yayuk"};
constexpr std::array<std::string_view, 48> second_names = {
    "Santoso",      "Wibowo",     "Prasetya",  "Utomo",     "Setiawan",    "Nugroho",
    "Hidayat",      "Kurniawan",  "Susilo",    "Purnomo",   "Wijaya",      "Saputra",
    "Raharjo",      "Handoko",    "Suryanto",  "Hartono",   "Widodo",      "Firmansyah",
    "Maulana",      "Ardiansyah", "Rahayu",    "Wulandari", "Puspitasari", "Anggraini",
    "Kusumawati",   "Fitriani",   "Handayani", "Astuti",    "Wahyuni",     "Permatasari",
    "Sulistyowati", "Maharani",   "Oktaviani", "Ningsih",   "Setyowati",   "Purwanti",
    "Hariyanti",    "Mulyani",    "Safitri",   "Aminah",    "Basuki",      "Cahyono",
    "Darmawan",     "Effendi",    "Ghozali",   "Hermanto",  "Ismail",      "Junaedi"};
constexpr std::array<std::string_view, 8> degrees = {"",         "",         ", S.E.",  ", S.H.",
                                                     ", S.Sos.", ", S.Kom.", ", A.Md.", ", S.STP."};

}  // namespace

std::string full_name(const Person& person, const Chance& chance) {
  SeededRandomness random = chance.of(Purpose::identifiers, person.id.value);
  // Second names: the first twenty and the last eight are used for men, the others for women.
  std::size_t second = random.below(28);
  if (!person.female && second >= 20) second += 20;
  if (person.female) second = 20 + second % 20;
  const auto& first = person.female ? female_names : male_names;
  const bool senior = !person.postings.empty() && person.postings[0].job_class >= 11;
  return fmt::format("{} {}{}{}", pick(random, first), second_names[second], pick(random, degrees),
                     senior ? ", M.Si." : "");
}

std::string identifier(const Person& person) {
  const YearMonthDay born = civil(person.born);
  const int sex = person.female ? 2 : 1;
  const std::string birth = fmt::format("{:04}{:02}{:02}", born.year, born.month, born.day);
  if (person.status == EmploymentStatus::pppk)
    return fmt::format("{}{:04}21{}{:03}", birth, year_of(person.service), sex, person.serial);
  return fmt::format("{}{:04}{:02}{}{:03}", birth, year_of(person.service),
                     month_of_year(person.service), sex, person.serial);
}

}  // namespace runut::simulation
