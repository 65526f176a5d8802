// Mapping files: whatever is accepted turns a table of that header into commands or findings.
#include <cstddef>
#include <cstdint>

#include "intake/rows.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace runut::intake;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto mapping = parse_mapping(text);
  if (!mapping) {
    RUNUT_CHECK(!mapping.error().rule.empty(), "a refusal names its rule");
    return 0;
  }
  Known known;
  known.agency = "kota-uji";
  known.person_of = [](std::string_view) { return std::nullopt; };
  known.unit_of = [](std::string_view) { return std::nullopt; };
  for (const Kind kind : {Kind::roster, Kind::units, Kind::appraisers, Kind::attendance,
                          Kind::reports, Kind::ratings}) {
    CsvTable table;
    CsvRow row{2, {}};
    for (const Column& column : columns_of(kind)) {
      table.header.emplace_back(mapping->header_of(column.name));
      // Each word that the mapping has for the column, else something that fits many.
      const auto words = mapping->values.find(std::string(column.name));
      const bool has_word = words != mapping->values.end() && !words->second.empty();
      row.cells.push_back(has_word ? words->second.begin()->first : "2022-01-03");
    }
    table.rows.push_back(row);
    const Intake intake = to_commands(kind, table, *mapping, known);
    RUNUT_CHECK(intake.rows.empty() != intake.findings.empty(), "a row is one or the other");
  }
  return 0;
}
