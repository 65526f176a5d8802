// A city: its units, the people in them, who appraises whom. Built whole before the first
// command, from the seed alone.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/events_roster.h"
#include "simulation/chance.h"
#include "simulation/work_calendar.h"

namespace runut::simulation {

using PersonIndex = std::uint32_t;
using UnitIndex = std::uint32_t;
inline constexpr std::uint32_t nobody = UINT32_MAX;

// Where a person serves from a day on, and under whom.
struct Posting {
  UnitIndex unit = 0;
  std::string post;
  std::uint32_t job_class = 0;
  Echelon echelon{};
  PositionKind kind{};
  bool eligible = true;
  bool rankable = true;
  Date from;
  std::optional<Date> until{};
  PersonIndex appraiser = nobody;
  PersonIndex superior = nobody;
};

struct Person {
  PersonId id;
  bool female = false;
  EmploymentStatus status{};
  std::string grade;  // empty: the Walikota has none
  Date born;
  Month service;  // first month as CPNS, or of the PPPK's contract
  std::uint16_t serial = 1;
  std::int32_t diligence = 10'000;  // bp of the required minutes that a usual day reports
  std::int32_t lateness = 500;      // chance of a late morning, of 10 000
  Date joined;                      // known to the ledger from here on (default: the founding)
  std::optional<Date> last_day;
  std::optional<SeparationCause> separation;
  bool appraises = false;
  bool reserved = false;          // part of a planted story: nothing else happens to them by chance
  bool clean = false;             // never late, absent, on leave or with a refused report
  std::vector<Posting> postings;  // by first day

  [[nodiscard]] const Posting* posting_on(Date day) const;
  [[nodiscard]] bool serves_on(Date day) const { return posting_on(day) != nullptr; }
};

// What is done in a unit says who works there, and in which week.
enum class UnitKind : std::uint8_t { office, village, health_centre, school };

struct Unit {
  UnitId id;
  UnitIndex parent = nobody;
  UnitIndex paying_unit = nobody;  // itself or the nearest above
  std::string code{};
  std::string name{};
  std::string head_office{};  // title of whoever heads it
  bool paying = false;
  UnitKind kind = UnitKind::office;
  WeekKind week = WeekKind::office;
  PersonIndex head = nobody;
  PersonIndex treasurer = nobody;  // of paying units
  PersonIndex registrar = nobody;  // of paying units: closes attendance, keeps the roster
  std::optional<std::pair<Date, UnitIndex>> moved{};  // below that unit of the same office
  std::optional<Date> last_day{};                     // merged into another

  [[nodiscard]] UnitIndex parent_on(Date day) const {
    return moved && day >= moved->first ? moved->second : parent;
  }
  [[nodiscard]] bool is_open_on(Date day) const { return !last_day || day <= *last_day; }
};

struct City {
  std::vector<Unit> units;     // parents first; the root is 0
  std::vector<Person> people;  // 0 is the Walikota, 1 the Sekretaris Daerah
  UnitIndex heroine_unit = 0;  // sized so that the ranking has two below, or one
  UnitIndex tie_unit = 0;
  PersonIndex ranking_clerk = nobody;      // freezes
  PersonIndex ranking_publisher = nobody;  // publishes

  static constexpr PersonIndex mayor = 0;
  static constexpr PersonIndex secretary = 1;
};

struct CityOptions {
  std::uint32_t people = 300;  // civil servants; the Walikota comes on top
  Date founded;                // of the roster
  std::string agency;          // "Pemerintah Kota Kediri"
};

inline constexpr std::uint32_t people_min = 100;
inline constexpr std::uint32_t people_max = 300'000;

[[nodiscard]] City build_city(const CityOptions& options, const Chance& chance);

// Who somebody is, made up when needed: names and numbers are not kept.
[[nodiscard]] std::string full_name(const Person& person, const Chance& chance);
// 18 digits: birth, first month, sex, serial; a PPPK's has the year and 21 instead of the month.
[[nodiscard]] std::string identifier(const Person& person);

}  // namespace runut::simulation
