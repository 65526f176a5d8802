#include "intake/csv.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"

namespace runut::intake {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

struct Spot {
  std::uint64_t line = 1;
  std::uint64_t column = 1;
};

Spot spot_of(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 = 0: the first line
  return {1 + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')),
          at - line_begin + 1};
}

Finding bad_csv(std::string rule, Spot spot, std::string value, std::string message) {
  return {spot.line, Error{ErrorCode::invalid_input, std::move(rule), "file", std::move(value),
                           "column " + std::to_string(spot.column) + ": " + std::move(message)}};
}

using Text = tl::expected<std::string, Finding>;
tl::unexpected<Finding> no_text(Finding finding) {
  return tl::unexpected<Finding>(std::move(finding));
}

std::string shown_byte(char byte) {
  return "byte " + to_hex(std::string_view(&byte, 1));
}

// The bytes 80 to 9F; 0: none is assigned.
constexpr std::array<std::uint16_t, 32> windows_1252_high = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | code >> 6);
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    out += static_cast<char>(0xE0U | code >> 12);
    out += static_cast<char>(0x80U | (code >> 6 & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

Text from_windows_1252(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::uint32_t code = static_cast<unsigned char>(text[i]);
    if (code >= 0x80 && code < 0xA0) code = windows_1252_high[code - 0x80];
    if (code == 0 && text[i] != '\0')
      return no_text(bad_csv("csv.encoding", spot_of(text, i), shown_byte(text[i]),
                             "neither UTF-8 nor a character of Windows-1252"));
    append_utf8(out, code);
  }
  return out;
}

// Where the first sequence begins that is no UTF-8.
std::size_t first_bad_byte(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 1;
    while (length <= 4 && at + length <= text.size() && !is_utf8(text.substr(at, length))) ++length;
    if (length > 4 || at + length > text.size()) return at;
    at += length;
  }
  return text.size();
}

Text decoded(std::string_view text, std::optional<Encoding> wanted) {
  if (text.size() > csv_bytes_max)
    return no_text({0, Error{ErrorCode::exhausted,
                             "csv.size",
                             "file",
                             {},
                             "a table has at most " + std::to_string(csv_bytes_max) +
                                 " bytes; split it, for example by month"}});
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    return no_text(bad_csv("csv.utf16", {}, {}, "the file is UTF-16; save it as UTF-8"));
  if (const std::size_t at = text.find('\0'); at != std::string_view::npos)
    return no_text(
        bad_csv("csv.control", spot_of(text, at), "byte 00", "a zero byte: this is no text"));
  const bool marked = text.starts_with(byte_order_mark);
  if (!wanted) wanted = marked || is_utf8(text) ? Encoding::utf8 : Encoding::windows_1252;
  if (*wanted == Encoding::windows_1252) return from_windows_1252(text);
  if (!is_utf8(text)) {
    const std::size_t at = first_bad_byte(text);
    return no_text(bad_csv("csv.encoding", spot_of(text, at), shown_byte(text[at]), "not UTF-8"));
  }
  if (marked) text.remove_prefix(byte_order_mark.size());
  return std::string(text);
}

// The header decides: a semicolon where it has more of them, else a comma.
char separator_of(std::string_view text) {
  std::size_t commas = 0;
  std::size_t semicolons = 0;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') break;
    commas += c == ',' ? 1U : 0U;
    semicolons += c == ';' ? 1U : 0U;
  }
  return semicolons > commas ? ';' : ',';
}

class CsvReader {
 public:
  CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) {}

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }

  // The next row, or what keeps it from being read; the reader then stands behind its line.
  tl::expected<CsvRow, Finding> next() {
    CsvRow row{line_, {}};
    const std::size_t begin = at_;
    do {
      auto cell = read_cell();
      if (!cell) return no_text(std::move(cell.error()));
      row.cells.push_back(std::move(*cell));
    } while (take(separator_));
    const std::size_t bytes = at_ - begin;
    if (!take_end()) {
      Finding finding = bad_here("csv.quote", line_, at_,
                                 "a separator or the end of the line is wanted here; a cell with "
                                 "quotation marks stands in quotation marks, and its own are "
                                 "doubled");
      skip_line();
      return no_text(std::move(finding));
    }
    if (bytes > csv_row_bytes_max)
      return no_text(bad_csv("csv.row_size", {row.line, 1}, std::to_string(bytes) + " bytes",
                             "a row has at most " + std::to_string(csv_row_bytes_max)));
    return row;
  }

 private:
  [[nodiscard]] bool take(char wanted) {
    if (at_ == text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  [[nodiscard]] Finding bad_here(std::string rule, std::uint64_t line, std::size_t at,
                                 std::string message) const {
    const std::size_t line_begin = text_.substr(0, at).rfind('\n') + 1;
    return bad_csv(std::move(rule), {line, at - line_begin + 1}, {}, std::move(message));
  }

  void skip_line() {
    const std::size_t end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
    ++line_;
  }

  bool take_end() {
    if (at_end()) return true;
    (void)take('\r');
    if (!take('\n')) return false;
    ++line_;
    return true;
  }

  Text read_cell() {
    if (take('"')) return read_quoted();
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' &&
           text_[at_] != '"') {
      if (text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n')) break;
      ++at_;
    }
    return std::string(text_.substr(begin, at_ - begin));
  }

  Text read_quoted() {
    const std::size_t opened = at_ - 1;
    const std::uint64_t opened_on = line_;
    std::string cell;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"' && !take('"')) return cell;
      line_ += c == '\n' ? 1U : 0U;
      cell += c;
    }
    return no_text(bad_here("csv.quote_open", opened_on, opened,
                            "this quotation mark is never closed: nothing behind it was read"));
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
};

bool blank_row(const CsvRow& row) {
  return row.cells.size() == 1 && row.cells[0].empty();
}

}  // namespace

CsvTable read_csv(std::string_view text, const CsvDialect& dialect) {
  CsvTable table;
  const Text whole = decoded(text, dialect.encoding);
  if (!whole) {
    table.findings.push_back(whole.error());
    return table;
  }
  CsvReader reader(*whole, dialect.separator.value_or(separator_of(*whole)));
  const auto header = reader.at_end() ? CsvRow{1, {""}} : reader.next();
  if (!header || blank_row(*header)) {
    table.findings.push_back(
        header ? bad_csv("csv.header", {}, {}, "the first line has to name the columns")
               : header.error());
    return table;
  }
  table.header = header->cells;
  while (!reader.at_end()) {
    auto row = reader.next();
    if (!row) {
      table.findings.push_back(std::move(row.error()));
      continue;
    }
    // In a table of one column an empty line is an empty cell only where it is quoted: left out.
    if (blank_row(*row)) continue;
    if (row->cells.size() != table.header.size())
      table.findings.push_back(bad_csv("csv.width", {row->line, 1},
                                       std::to_string(row->cells.size()) + " cells",
                                       "the header has " + std::to_string(table.header.size())));
    else
      table.rows.push_back(std::move(*row));
  }
  return table;
}

std::string csv_cell(std::string_view text, char separator) {
  if (text.find_first_of("\"\r\n,;") == std::string_view::npos &&
      text.find(separator) == std::string_view::npos)
    return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

}  // namespace runut::intake
