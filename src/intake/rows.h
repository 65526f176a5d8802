// Rows of a table become the commands that NDJSON would carry.
#pragma once

#include <functional>
#include <map>

#include "domain/command.h"
#include "intake/csv.h"
#include "intake/kinds.h"
#include "intake/mapping.h"

namespace runut::intake {

// What the ledger knows; what stands in earlier rows need not be told.
struct Known {
  std::string agency;
  std::int32_t utc_offset_minutes = 0;
  std::function<std::optional<PersonId>(std::string_view nip)> person_of;
  std::function<std::optional<UnitId>(std::string_view code)> unit_of;
  std::optional<Instant> recorded_at;          // of every command; simulated ledgers only
  std::optional<std::uint32_t> import_number;  // of every command: of a declared import
};

struct RowCommands {
  std::uint64_t line = 0;
  std::vector<Command> commands;  // without ids; in the order of recording
};

struct Intake {
  std::vector<RowCommands> rows;  // without a finding
  std::vector<Finding> findings;  // in the order of lines; 1 is the header, 0 the mapping
};

// Which of our columns the field of a command's refusal speaks of, in the file's own header; the
// field itself where no column does ("data.job_class" -> "Kelas").
[[nodiscard]] std::string header_of_field(Kind kind, const Mapping& mapping,
                                          const std::string& field);

// Without rows when the table as a whole is unusable: a column missing, unknown or there twice, or
// a mapping of columns that the kind does not have. Else each unusable cell is a finding, and its
// row is left out.
[[nodiscard]] Intake to_commands(Kind kind, const CsvTable& table, const Mapping& mapping,
                                 const Known& known);

}  // namespace runut::intake
