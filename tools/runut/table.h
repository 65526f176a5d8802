// Rows for people and for scripts: the same columns as an aligned table, TSV, CSV or JSON.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace runut::cli {

enum class Format : std::uint8_t {
  terminal,  // aligned, with a heading
  tsv,       // heading first; tab, line feed and backslash inside a value as \t, \n and \\.
  csv,       // RFC 4180, heading first, lines end in a line feed
  json,      // one array of objects
};

struct Column {
  std::string name;
  bool number = false;  // right-aligned; in JSON as it stands, empty: null
};

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
  void print_line(const std::vector<std::string>& cells);
  void print_json(const std::vector<std::string>& cells);

  Format format_;
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> block_;  // terminal only
  std::size_t rows_ = 0;
};

// One CSV or TSV field.
[[nodiscard]] std::string csv_field(const std::string& value);
[[nodiscard]] std::string tsv_field(const std::string& value);

// Everything to stdout; a closed pipe ends the process quietly, a full disk with an error.
void print(std::string_view text);

}  // namespace runut::cli
