#include "tools/runut/table.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/result.h"
#include "codec/json_writer.h"
#include "tools/runut/exit_code.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

constexpr std::size_t block_rows = 1'000;

// Columns on the screen: code points that are not continuation bytes; wide enough for our texts.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace

void print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size()) return;
  if (errno != EPIPE)
    std::fprintf(stderr, "runut: stdout cannot be written: %s\n", std::strerror(errno));
  std::_Exit(static_cast<int>(errno == EPIPE ? Exit::ok : Exit::unavailable));
}

std::string csv_field(const std::string& value) {
  if (value.find_first_of(",\"\r\n") == std::string::npos) return value;
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string tsv_field(const std::string& value) {
  std::string out;
  for (const char c : value) {
    if (c == '\t')
      out += "\\t";
    else if (c == '\n')
      out += "\\n";
    else if (c == '\r')
      out += "\\r";
    else if (c == '\\')
      out += "\\\\";
    else
      out += c;
  }
  return out;
}

Table::Table(Format format, std::vector<Column> columns)
    : format_(format), columns_(std::move(columns)) {}

// With the first row or at the end: an error that comes before it stands alone.
void Table::begin() {
  if (format_ == Format::json) print("[");
  if (format_ != Format::tsv && format_ != Format::csv) return;
  std::vector<std::string> names;
  for (const Column& column : columns_) names.push_back(column.name);
  print_line(names);
}

void Table::row(std::vector<std::string> cells) {
  RUNUT_CHECK(cells.size() == columns_.size(), "a row has a cell for each column");
  if (rows_ == 0) begin();
  if (format_ == Format::json)
    print_json(cells);
  else if (format_ != Format::terminal)
    print_line(cells);
  else
    block_.push_back(std::move(cells));
  ++rows_;
  if (block_.size() >= block_rows) print_block();
}

void Table::print_line(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += format_ == Format::csv ? ',' : '\t';
    line += format_ == Format::csv ? csv_field(cells[i]) : tsv_field(cells[i]);
  }
  print(line + "\n");
}

void Table::print_json(const std::vector<std::string>& cells) {
  std::string line = rows_ == 0 ? "\n{" : ",\n{";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += ',';
    codec::append_json_string(line, columns_[i].name);
    line += ':';
    if (!columns_[i].number)
      codec::append_json_string(line, cells[i]);
    else
      line += cells[i].empty() ? "null" : cells[i];
  }
  print(line + "}");
}

void Table::print_block() {
  std::vector<std::size_t> widths;
  for (const Column& column : columns_) widths.push_back(width_of(column.name));
  for (auto& cells : block_)
    for (std::size_t i = 0; i < cells.size(); ++i) {
      cells[i] = printable(cells[i]);
      widths[i] = std::max(widths[i], width_of(cells[i]));
    }
  const auto print_cells = [&](const auto& cell_at, Colour colour) {
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string& cell = cell_at(i);
      const std::string blanks(widths[i] - width_of(cell), ' ');
      if (i > 0) line += "  ";
      line += columns_[i].number ? blanks + cell : cell + blanks;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    print(coloured(line, colour, STDOUT_FILENO) + "\n");
  };
  print_cells([&](std::size_t i) -> const std::string& { return columns_[i].name; }, Colour::bold);
  for (const auto& cells : block_)
    print_cells([&](std::size_t i) -> const std::string& { return cells[i]; }, Colour::none);
  block_.clear();
}

void Table::finish() {
  if (rows_ == 0) begin();
  if (format_ == Format::json) print(rows_ == 0 ? "]\n" : "\n]\n");
  if (format_ == Format::terminal && (!block_.empty() || rows_ == 0)) print_block();
}

}  // namespace runut::cli
