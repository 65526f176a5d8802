// The cells of one row by our column names, read strictly into values.
#pragma once

#include "intake/rows.h"

namespace runut::intake {

// Every date of a file is written one way: 03/04/2022 beside 2022-04-03 is refused.
enum class DateForm : std::uint8_t { unseen, iso, day_month_year };

// Reads one row; an unusable cell gives a default, and errors() says why.
class Cells {
 public:
  using Places = std::map<std::string, std::size_t, std::less<>>;  // our column -> cell
  Cells(const CsvRow& row, const Places& places, const Mapping& mapping, DateForm& dates)
      : row_(row), places_(places), mapping_(mapping), dates_(dates) {}

  // One a column.
  [[nodiscard]] const std::vector<Error>& errors() const { return errors_; }
  void refuse(std::string_view column, std::string rule, std::string message);

  // Trimmed, and through the mapping's value map; empty when there is no such cell.
  [[nodiscard]] std::string text(std::string_view column) const;
  [[nodiscard]] bool empty(std::string_view column) const { return text(column).empty(); }
  std::uint64_t number(std::string_view column, std::uint64_t most);
  bool flag(std::string_view column);
  Date day(std::string_view column);
  Score score(std::string_view column);
  std::uint32_t second_of_day(std::string_view column);
  // A day and a time of day, local: 31/12/2022 07:25 or 2022-12-31 07:25:10.
  Instant moment(std::string_view column, std::int32_t utc_offset_minutes);
  // Digits; a number that a spreadsheet has rounded is refused as such.
  std::string nip(std::string_view column);
  PersonId person(std::string_view column,
                  const std::function<std::optional<PersonId>(std::string_view)>& person_of);
  UnitId unit(std::string_view column,
              const std::function<std::optional<UnitId>(std::string_view)>& unit_of);
  // "P17" or "17" after `letter`.
  std::uint64_t id(std::string_view column, char letter);
  template <class E>
  E word(std::string_view column) {
    const std::string given = text(column);
    if (const auto known = enum_from<E>(given)) return *known;
    std::string wanted;
    for (const auto& row : EnumNames<E>::table)
      wanted += (wanted.empty() ? "" : ", ") + std::string(row.name);
    refuse(column, "cell.vocabulary",
           "one of " + wanted + "; a mapping file translates other words");
    return E{};
  }
  template <class T>
  T parsed(std::string_view column, Result<T> value) {
    if (value) return *value;
    refuse(column, value.error().rule.empty() ? "cell.format" : value.error().rule,
           value.error().message);
    return T{};
  }

 private:
  Date day_of(std::string_view column, const std::string& given);
  std::uint32_t second_of(std::string_view column, const std::string& given);
  [[nodiscard]] bool is_refused(std::string_view column) const;
  [[nodiscard]] std::string raw(std::string_view column) const;

  const CsvRow& row_;
  const Places& places_;
  const Mapping& mapping_;
  DateForm& dates_;
  std::vector<Error> errors_;
};

}  // namespace runut::intake
