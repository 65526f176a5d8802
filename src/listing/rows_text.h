// Rows as text for scripts: the same columns as TSV, CSV or JSON, wherever they are handed out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace runut {

enum class RowFormat : std::uint8_t {
  tsv,     // heading first; tab, line feed and backslash inside a value as \t, \n and \\.
  csv,     // RFC 4180, heading first, lines end in a line feed
  json,    // one array of objects
  ndjson,  // an object a line
};

struct TextColumn {
  std::string name;
  bool number =
      false;  // in JSON as it stands, words as text, empty: null; people see it on the right
};

// With its tabs, line feeds and backslashes escaped.
[[nodiscard]] std::string tsv_field(const std::string& value);

// "1 234 567", for operators; in what people are told about their pay it is grouped()
// (computation).
[[nodiscard]] std::string spaced(std::uint64_t number);

// Appends to a text: begin once, each row, finish once. One thread.
class RowsText {
 public:
  RowsText(RowFormat format, std::vector<TextColumn> columns);
  void begin(std::string& out) const;
  // As many cells as columns.
  void row(std::string& out, const std::vector<std::string>& cells);
  void finish(std::string& out) const;
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] const std::vector<TextColumn>& columns() const { return columns_; }

 private:
  void append_object(std::string& out, const std::vector<std::string>& cells) const;
  void append_line(std::string& out, const std::vector<std::string>& cells) const;

  RowFormat format_;
  std::vector<TextColumn> columns_;
  std::size_t rows_ = 0;
};

}  // namespace runut
