#include "listing/rows_text.h"

#include <algorithm>

#include "base/result.h"
#include "codec/json_writer.h"

namespace runut {
namespace {

void append_csv_field(std::string& out, const std::string& value) {
  if (value.find_first_of(",\"\r\n") == std::string::npos) {
    out += value;
    return;
  }
  out += '"';
  for (const char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

// A column of numbers may say in words why there is none.
bool reads_as_number(const std::string& cell) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (cell.empty() || !is_digit(cell.back())) return false;
  if (!is_digit(cell.front()) && cell.front() != '-') return false;
  return std::all_of(cell.begin() + 1, cell.end(), [&](char c) { return is_digit(c) || c == '.'; });
}

}  // namespace

std::string tsv_field(const std::string& value) {
  std::string out;
  for (const char c : value) {
    switch (c) {
      case '\t': out += "\\t"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\\': out += "\\\\"; break;
      default: out += c;
    }
  }
  return out;
}

std::string spaced(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, " ");
  return digits;
}

RowsText::RowsText(RowFormat format, std::vector<TextColumn> columns)
    : format_(format), columns_(std::move(columns)) {}

void RowsText::begin(std::string& out) const {
  if (format_ == RowFormat::json) out += "[";
  if (format_ != RowFormat::tsv && format_ != RowFormat::csv) return;
  std::vector<std::string> names;
  names.reserve(columns_.size());
  for (const TextColumn& column : columns_) names.push_back(column.name);
  append_line(out, names);
}

void RowsText::row(std::string& out, const std::vector<std::string>& cells) {
  RUNUT_CHECK(cells.size() == columns_.size(), "a row has a cell for each column");
  if (format_ == RowFormat::json) out += rows_ == 0 ? "\n" : ",\n";
  if (format_ == RowFormat::tsv || format_ == RowFormat::csv)
    append_line(out, cells);
  else
    append_object(out, cells);
  if (format_ == RowFormat::ndjson) out += "\n";
  ++rows_;
}

void RowsText::finish(std::string& out) const {
  if (format_ == RowFormat::json) out += rows_ == 0 ? "]\n" : "\n]\n";
}

void RowsText::append_line(std::string& out, const std::vector<std::string>& cells) const {
  const bool csv = format_ == RowFormat::csv;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += csv ? ',' : '\t';
    if (csv)
      append_csv_field(out, cells[i]);
    else
      out += tsv_field(cells[i]);
  }
  out += '\n';
}

void RowsText::append_object(std::string& out, const std::vector<std::string>& cells) const {
  out += '{';
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    codec::append_json_string(out, columns_[i].name);
    out += ':';
    const bool number = columns_[i].number && reads_as_number(cells[i]);
    if (number)
      out += cells[i];
    else if (columns_[i].number && cells[i].empty())
      out += "null";
    else
      codec::append_json_string(out, cells[i]);
  }
  out += '}';
}

}  // namespace runut
