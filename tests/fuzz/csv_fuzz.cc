// Tables: whatever is accepted is UTF-8 as wide as its header, and writes and reads back equal.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "intake/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace runut::intake;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const CsvTable table = read_csv(text);
  for (const Finding& finding : table.findings)
    RUNUT_CHECK(!finding.error.rule.empty(), "a refusal names its rule");
  // A lone empty cell is a blank line to the reader: such tables do not read back.
  if (table.header.size() < 2) return 0;
  std::string written;
  const auto write = [&](const std::vector<std::string>& cells) {
    RUNUT_CHECK(cells.size() == table.header.size(), "each row is as wide as the header");
    for (std::size_t i = 0; i < cells.size(); ++i) {
      RUNUT_CHECK(runut::is_utf8(cells[i]), "cells are UTF-8");
      written += (i > 0 ? "," : "") + csv_cell(cells[i]);
    }
    written += '\n';
  };
  // In front, so that a header that begins with a byte order mark is not taken for the file's.
  written = "\xEF\xBB\xBF";
  write(table.header);
  for (const CsvRow& row : table.rows) write(row.cells);
  const CsvTable again = read_csv(written, {Encoding::utf8, ','});
  RUNUT_CHECK(again.findings.empty() && again.header == table.header, "the header reads back");
  RUNUT_CHECK(again.rows.size() == table.rows.size(), "each row reads back");
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    RUNUT_CHECK(again.rows[i].cells == table.rows[i].cells, "each cell reads back");
  return 0;
}
