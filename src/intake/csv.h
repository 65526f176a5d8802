// Tables as spreadsheets write them: RFC 4180 with comma or semicolon, UTF-8 or Windows-1252.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace runut::intake {

enum class Encoding : std::uint8_t { utf8, windows_1252 };

struct CsvDialect {
  // Not given: UTF-8 (with or without byte order mark) where the whole text is, else Windows-1252.
  std::optional<Encoding> encoding;
  std::optional<char> separator;  // not given: whichever the header has more of, outside quotes
};

struct CsvRow {
  std::uint64_t line = 0;  // on which it begins, from 1
  std::vector<std::string> cells;
  friend bool operator==(const CsvRow&, const CsvRow&) = default;
};

// What is wrong with a line.
struct Finding {
  std::uint64_t line = 0;  // 0: it is not the table's
  Error error;  // `field` is the header as the file has it, `value` the cell as it stands there
  friend bool operator==(const Finding&, const Finding&) = default;
};

struct CsvTable {
  std::vector<std::string> header;  // empty: the text is no table, and a finding says why
  std::vector<CsvRow> rows;         // each as wide as the header; blank lines are left out
  std::vector<Finding> findings;    // of the lines that are missing in `rows`
  friend bool operator==(const CsvTable&, const CsvTable&) = default;
};

// A table is held in memory several times over: a year of clock-ins is imported month by month.
inline constexpr std::size_t csv_bytes_max = std::size_t{64} << 20;
inline constexpr std::size_t csv_row_bytes_max = std::size_t{64} << 10;

// In UTF-8 whatever the text was in. Findings have a rule csv.* and the message names the column
// (from 1, in bytes). Behind a quotation mark that is never closed nothing can be read.
[[nodiscard]] CsvTable read_csv(std::string_view text, const CsvDialect& dialect = {});

// One cell as RFC 4180 writes it: quoted where it has to be.
[[nodiscard]] std::string csv_cell(std::string_view text, char separator = ',');

}  // namespace runut::intake
