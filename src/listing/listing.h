// One answer of the ledger in rows, described once: the command line takes its options from here,
// the service its parameters and its contract, and both the rows.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "listing/arguments.h"
#include "listing/rows_text.h"

namespace runut::listing {

class Source;

enum class ColumnType : std::uint8_t {
  text,
  number,    // whole, small
  points,    // with two decimals, which JSON on the wire has as a string
  amount,    // whole rupiah
  sequence,  // of an event: 64 bits, which JSON on the wire has as a string
};

// Names and order are fixed: scripts rely on them.
struct Column {
  std::string_view name;
  ColumnType type = ColumnType::text;
  std::string_view description;
};

struct Emit {
  // As many cells as columns, in the order of the list, which one state of a ledger gives always.
  std::function<Status(std::vector<std::string> cells)> row;
  // What people should know of the list beside its rows.
  std::function<void(std::string sentence)> note;
};

// One shape of the answer.
struct Form {
  std::string_view chosen_by{};  // the parameter that asks for it; the first form: empty
  std::vector<Column> columns{};
  std::string_view person{};    // the column that names whose data a row is; empty: nobody's
  bool of_nobody = false;       // nothing in it is about people, one or many
  std::string_view no_rules{};  // why rules_as_of is refused; empty: it is not
  Status (*rows)(const Source& source, const Arguments& arguments, const Emit& emit) = nullptr;

  // As rows for people and scripts have them: whatever is no text stands as it is.
  [[nodiscard]] std::vector<TextColumn> text_columns() const;
  // As JSON on the wire has them: sequences are strings.
  [[nodiscard]] std::vector<TextColumn> wire_columns() const;
};

struct Listing {
  std::string_view name;     // "rankings"
  std::string_view summary;  // one sentence without its full stop
  std::vector<Parameter> parameters{};
  std::string_view path{};    // of the resource, with {parameters} in it; empty: the name
  bool other_times = false;   // takes facts_as_of and rules_as_of; as_known_at every listing takes
  bool finds = false;         // a row is something found: the command line's exit code says so
  bool long_work = false;     // reads the whole log
  std::vector<Form> forms{};  // the first, unless a parameter that chooses another is given

  [[nodiscard]] const Form& form_for(const Arguments& arguments) const;
  [[nodiscard]] const Parameter* parameter(std::string_view parameter) const;
};

}  // namespace runut::listing
