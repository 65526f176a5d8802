#include "tests/oracle/play/city.h"

#include <fmt/format.h>

namespace runut::oracle {
namespace {

const Date independence_day = date(2022, 8, 17);

bool is_friday(Date day) {
  return weekday(day) == Weekday::friday;
}

}  // namespace

City::City(const testing::RegulationText& regulation) {
  ledger.enact(regulation);
  ledger.holiday(independence_day);
  ledger.unit(1).created();
  ledger.unit(2).created({.parent = 1, .paying = true});
  ledger.unit(3).created({.parent = 2});
  ledger.unit(4).created({.parent = 1, .paying = true});
  const Month start = month(2020, 1);
  for (const std::uint32_t job_class : {6u, 7u, 12u}) ledger.no_ceilings(job_class, start);
  ledger.ceiling(Component::beban_kerja, 6, 2'345'678, start);
  ledger.ceiling(Component::prestasi_kerja, 6, 1'000'000, start);
  ledger.ceiling(Component::kondisi_kerja, 6, 333'333, start);
  ledger.ceiling(Component::beban_kerja, 7, 3'000'000, start);
  ledger.ceiling(Component::prestasi_kerja, 7, 2'000'000, start);
  ledger.ceiling(Component::kondisi_kerja, 7, 500'000, start);
  ledger.ceiling(Component::beban_kerja, 12, 9'000'000, start);
  ledger.ceiling(Component::prestasi_kerja, 12, 6'000'001, start);
}

bool City::is_working_day(Date day) const {
  return weekday(day) != Weekday::saturday && weekday(day) != Weekday::sunday &&
         day != independence_day;
}

void City::attends(std::uint64_t person, Date day) {
  const bool friday = is_friday(day);
  ledger.person(person).attended(day, friday ? "06:55" : "07:25", friday ? "14:30" : "16:00");
}
void City::reports(std::uint64_t person, Date day, std::int64_t minutes) {
  ledger.not_before(day, "16:30");
  ledger.person(person).reported(day, minutes);
  ledger.person(person).approved(day);
}

void City::works(std::uint64_t person, Date from, Date until, const std::set<Date>& except) {
  for (Date day = from; day <= until; day = day + 1) {
    if (!is_working_day(day) || except.contains(day)) continue;
    attends(person, day);
    reports(person, day);
  }
}

void City::close(Month month) {
  ledger.not_before(last_day(month), "18:00");
  for (const std::uint64_t unit : {1u, 2u, 3u, 4u}) ledger.unit(unit).closed_attendance(month);
}
void City::end(Month month) {
  close(month);
  ledger.not_before(first_day(month + 1) + 4, "09:00");
}

ExpectedPayment City::payment(std::uint64_t person, const RunId& run) {
  const auto found = record.oracle().payment(PersonId{person}, run, ledger.head());
  RUNUT_CHECK(found.has_value(), "not on the list: " + to_string(PersonId{person}));
  return *found;
}

std::vector<std::string> shown(const std::vector<Line>& lines) {
  std::vector<std::string> out;
  for (const Line& line : lines) {
    std::string text(to_string(line.kind));
    if (line.component) text += fmt::format(" {}", to_string(*line.component));
    if (!line.code.empty()) text += " " + line.code;
    text += fmt::format(" {}", line.amount);
    if (line.for_month) text += " " + to_string(*line.for_month);
    out.push_back(text);
  }
  return out;
}

}  // namespace runut::oracle
