#include "tools/runut/table.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/result.h"
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

RowFormat row_format(Format format) {
  switch (format) {
    case Format::csv: return RowFormat::csv;
    case Format::json: return RowFormat::json;
    case Format::terminal:
    case Format::tsv: break;
  }
  return RowFormat::tsv;
}

}  // namespace

void print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size()) return;
  if (errno != EPIPE)
    std::fprintf(stderr, "runut: stdout cannot be written: %s\n", std::strerror(errno));
  std::_Exit(static_cast<int>(errno == EPIPE ? Exit::ok : Exit::unavailable));
}

Table::Table(Format format, std::vector<Column> columns)
    : terminal_(format == Format::terminal), text_(row_format(format), std::move(columns)) {}

// With the first row or at the end: an error that comes before it stands alone.
void Table::begin() {
  if (terminal_) return;
  std::string text;
  text_.begin(text);
  print(text);
}

void Table::row(std::vector<std::string> cells) {
  if (rows_ == 0) begin();
  ++rows_;
  if (terminal_) {
    RUNUT_CHECK(cells.size() == text_.columns().size(), "a row has a cell for each column");
    block_.push_back(std::move(cells));
    if (block_.size() >= block_rows) print_block();
    return;
  }
  std::string text;
  text_.row(text, cells);
  print(text);
}

void Table::print_block() {
  const std::vector<Column>& columns = text_.columns();
  std::vector<std::size_t> widths;
  for (const Column& column : columns) widths.push_back(width_of(column.name));
  for (auto& cells : block_)
    for (std::size_t i = 0; i < cells.size(); ++i) {
      cells[i] = printable(cells[i]);
      widths[i] = std::max(widths[i], width_of(cells[i]));
    }
  const auto print_cells = [&](const auto& cell_at, Colour colour) {
    std::string line;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string& cell = cell_at(i);
      const std::string blanks(widths[i] - width_of(cell), ' ');
      if (i > 0) line += "  ";
      line += columns[i].number ? blanks + cell : cell + blanks;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    print(coloured(line, colour, STDOUT_FILENO) + "\n");
  };
  print_cells([&](std::size_t i) -> const std::string& { return columns[i].name; }, Colour::bold);
  for (const auto& cells : block_)
    print_cells([&](std::size_t i) -> const std::string& { return cells[i]; }, Colour::none);
  block_.clear();
}

void Table::finish() {
  if (rows_ == 0) begin();
  if (terminal_) {
    if (!block_.empty() || rows_ == 0) print_block();
    return;
  }
  std::string text;
  text_.finish(text);
  print(text);
}

listing::Emit emit_to(Table& table) {
  return {.row = [&table](std::vector<std::string> cells) -> Status {
            table.row(std::move(cells));
            return {};
          },
          .note = note};
}

void note(const std::string& sentence) {
  std::fprintf(stderr, "%s\n", sentence.c_str());
}

}  // namespace runut::cli
