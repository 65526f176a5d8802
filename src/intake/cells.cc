#include "intake/cells.h"

#include <algorithm>

namespace runut::intake {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Up to eighteen digits; others are nothing.
std::optional<std::uint64_t> digits(std::string_view text) {
  if (!all_digits(text) || text.size() > 18) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  return value;
}

constexpr std::size_t nip_digits = 18;

}  // namespace

void Cells::refuse(std::string_view column, std::string rule, std::string message) {
  if (is_refused(column)) return;
  errors_.push_back(Error{ErrorCode::invalid_input, std::move(rule),
                          std::string(mapping_.header_of(column)), raw(column),
                          std::move(message)});
}

bool Cells::is_refused(std::string_view column) const {
  const std::string_view header = mapping_.header_of(column);
  return std::any_of(errors_.begin(), errors_.end(),
                     [&](const Error& error) { return error.field == header; });
}

std::string Cells::raw(std::string_view column) const {
  const auto place = places_.find(column);
  return place == places_.end() ? std::string{} : row_.cells[place->second];
}

std::string Cells::text(std::string_view column) const {
  std::string cell = raw(column);
  const std::size_t begin = cell.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  cell = cell.substr(begin, cell.find_last_not_of(" \t\r\n") - begin + 1);
  if (const auto words = mapping_.values.find(std::string(column)); words != mapping_.values.end())
    if (const auto word = words->second.find(cell); word != words->second.end())
      return word->second;
  return cell;
}

std::uint64_t Cells::number(std::string_view column, std::uint64_t most) {
  if (const auto value = digits(text(column)); value && *value <= most) return *value;
  refuse(column, "cell.number", "a whole number up to " + std::to_string(most) + " is wanted");
  return 0;
}

bool Cells::flag(std::string_view column) {
  const std::string given = text(column);
  if (given != "true" && given != "false")
    refuse(column, "cell.flag", "true or false; a mapping file translates other words");
  return given == "true";
}

Date Cells::day(std::string_view column) {
  return day_of(column, text(column));
}

Date Cells::day_of(std::string_view column, const std::string& given) {
  DateForm form = DateForm::iso;
  std::string iso = given;
  if (given.size() == 10 && given[2] == '/' && given[5] == '/') {
    form = DateForm::day_month_year;
    iso = given.substr(6) + "-" + given.substr(3, 2) + "-" + given.substr(0, 2);
  }
  const auto date = parse_date(iso);
  if (!date) {
    refuse(column, "cell.date", "a day is written 31/12/2022 or 2022-12-31, and has to exist");
    return {};
  }
  if (dates_ == DateForm::unseen) dates_ = form;
  if (dates_ != form)
    refuse(column, "cell.date_mixed", "the dates before it in this file are written the other way");
  return *date;
}

Score Cells::score(std::string_view column) {
  std::string given = text(column);
  const std::size_t comma = given.find(',');
  if (comma != std::string::npos && given.find('.') == std::string::npos) given[comma] = '.';
  return parsed(column, parse_score(given));
}

std::uint32_t Cells::second_of_day(std::string_view column) {
  return second_of(column, text(column));
}

Instant Cells::moment(std::string_view column, std::int32_t utc_offset_minutes) {
  const std::string given = text(column);
  const std::size_t space = given.find(' ');
  if (space == std::string::npos) {
    refuse(column, "cell.moment", "a day and a time are wanted: 31/12/2022 07:25");
    return {};
  }
  const Instant midnight = start_of(day_of(column, given.substr(0, space)), utc_offset_minutes);
  const std::uint32_t second = second_of(column, given.substr(space + 1));
  return Instant{midnight.micros + std::int64_t{second} * 1'000'000};
}

std::uint32_t Cells::second_of(std::string_view column, const std::string& given) {
  const auto two = [&](std::size_t at) { return digits(given.substr(at, 2)).value_or(99); };
  const bool shaped = (given.size() == 5 || given.size() == 8) && given[2] == ':' &&
                      (given.size() == 5 || given[5] == ':');
  const std::uint64_t hour = shaped ? two(0) : 99;
  const std::uint64_t minute = shaped ? two(3) : 99;
  const std::uint64_t second = shaped && given.size() == 8 ? two(6) : 0;
  if (hour > 23 || minute > 59 || second > 59) {
    refuse(column, "cell.time", "a time is written 07:25 or 07:25:10");
    return 0;
  }
  return static_cast<std::uint32_t>(hour * 3600 + minute * 60 + second);
}

std::string Cells::nip(std::string_view column) {
  const std::string given = text(column);
  if (given.find_first_of("eE") != std::string::npos && given.find_first_of("0123456789") == 0)
    refuse(column, "nip.rounded",
           "a spreadsheet took the number for a quantity and rounded it: format the column as text "
           "and fill it in again, for the digits are lost");
  else if (!all_digits(given) || given.size() != nip_digits)
    refuse(column, "nip.digits", "18 digits without spaces are wanted");
  return given;
}

std::uint64_t Cells::id(std::string_view column, char letter) {
  const std::string given = text(column);
  const auto value = digits(given.starts_with(letter) ? given.substr(1) : given);
  if (value && *value > 0) return *value;
  refuse(column, "cell.id", std::string(1, letter) + "1, " + letter + "2, ... or its number");
  return 0;
}

PersonId Cells::person(std::string_view column,
                       const std::function<std::optional<PersonId>(std::string_view)>& person_of) {
  const std::string given = text(column);
  const bool rounded = given.find("E+") != std::string::npos;
  if (!rounded && given.size() != nip_digits) return PersonId{id(column, 'P')};
  const std::string number = nip(column);
  if (is_refused(column)) return {};
  if (const auto known = person_of(number)) return *known;
  refuse(column, "person.unknown", "nobody in the ledger has that NIP");
  return {};
}

UnitId Cells::unit(std::string_view column,
                   const std::function<std::optional<UnitId>(std::string_view)>& unit_of) {
  const std::string given = text(column);
  // A code that looks like an id is a code.
  if (const auto known = unit_of(given)) return *known;
  if (given.starts_with('U') && digits(std::string_view(given).substr(1)))
    return UnitId{id(column, 'U')};
  refuse(column, "unit.unknown", "no unit has that code");
  return {};
}

}  // namespace runut::intake
