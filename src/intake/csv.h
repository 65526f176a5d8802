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

struct CsvTable {
  std::vector<std::string> header;
  std::vector<CsvRow> rows;  // each as wide as the header; blank lines are left out
  friend bool operator==(const CsvTable&, const CsvTable&) = default;
};

inline constexpr std::size_t csv_bytes_max = std::size_t{256} << 20;

// In UTF-8 whatever the text was in. invalid_input with a rule csv.* : the message names line and
// column (from 1, the column in bytes).
[[nodiscard]] Result<CsvTable> read_csv(std::string_view text, const CsvDialect& dialect = {});

// One cell as RFC 4180 writes it: quoted where it has to be.
[[nodiscard]] std::string csv_cell(std::string_view text, char separator = ',');

}  // namespace runut::intake
