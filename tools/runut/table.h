// Rows for people and for scripts: the same columns as an aligned table, TSV, CSV or JSON.
#pragma once

#include <string>
#include <vector>

#include "listing/listing.h"
#include "listing/rows_text.h"

namespace runut::cli {

enum class Format : std::uint8_t {
  terminal,  // aligned, with a heading
  tsv,       // these as in listing/rows_text.h
  csv,
  json,
};

using Column = TextColumn;

// Writes to stdout as rows come; finish() ends it. Memory is bounded by a block of rows.
class Table {
 public:
  Table(Format format, std::vector<Column> columns);
  // As many cells as columns.
  void row(std::vector<std::string> cells);
  void finish();
  [[nodiscard]] std::size_t rows() const { return rows_; }

 private:
  void begin();
  void print_block();

  bool terminal_;
  RowsText text_;
  std::vector<std::vector<std::string>> block_;  // terminal only
  std::size_t rows_ = 0;
};

// Rows into the table, notes to stderr.
[[nodiscard]] listing::Emit emit_to(Table& table);
// A line on stderr.
void note(const std::string& sentence);

// Everything to stdout; a closed pipe ends the process quietly, a full disk with an error.
void print(std::string_view text);

}  // namespace runut::cli
