#include "report/xlsx_writer.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "report/written_file.h"

namespace runut::report {
namespace {

constexpr double shown_max = 999'999'999'999'999;  // spreadsheets show 15 digits
constexpr std::size_t width_max = 60;

std::optional<double> number_of(const std::string& cell, Measure measure) {
  if (!is_number(measure) || cell.empty()) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size()) return std::nullopt;
  if (value > shown_max || value < -shown_max) return std::nullopt;
  return value;
}

// Letters on the screen: bytes that do not continue a code point.
std::size_t letters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

struct Formats {
  lxw_format* heading;
  lxw_format* loud;
  lxw_format* count;
  lxw_format* rupiah;
  lxw_format* hundredths;

  [[nodiscard]] lxw_format* of(Measure measure) const {
    switch (measure) {
      case Measure::count: return count;
      case Measure::rupiah: return rupiah;
      case Measure::hundredths: return hundredths;
      case Measure::text:
      case Measure::word: break;
    }
    return nullptr;
  }
};

Formats formats_of(lxw_workbook* book) {
  Formats out{workbook_add_format(book), workbook_add_format(book), workbook_add_format(book),
              workbook_add_format(book), workbook_add_format(book)};
  format_set_bold(out.heading);
  format_set_bottom(out.heading, LXW_BORDER_THIN);
  format_set_bold(out.loud);
  format_set_num_format(out.count, "0");
  format_set_num_format(out.rupiah, "#,##0");
  format_set_num_format(out.hundredths, "0.00");
  return out;
}

std::size_t width_of(const Section& section, std::size_t column, Language language) {
  std::size_t width = letters(section.columns[column].title.in(language));
  for (const auto& row : section.rows)
    width = std::max(width, letters(row[column]) + letters(row[column]) / 3);  // digits are grouped
  return std::min(width, width_max) + 2;
}

lxw_error write_head(lxw_worksheet* sheet, const Report& report, const Formats& formats) {
  lxw_row_t row = 0;
  std::size_t width = 0;
  for (const auto& [name, value] : report.head) width = std::max(width, letters(name));
  worksheet_set_column(sheet, 0, 0, static_cast<double>(width + 2), nullptr);
  worksheet_set_column(sheet, 1, 1, static_cast<double>(width_max), nullptr);
  lxw_error error = worksheet_write_string(sheet, row++, 0, report.title.c_str(), formats.loud);
  if (!report.notice.empty() && error == LXW_NO_ERROR)
    error = worksheet_write_string(sheet, row++, 0, report.notice.c_str(), formats.loud);
  for (const auto& [name, value] : report.head) {
    if (error == LXW_NO_ERROR) error = worksheet_write_string(sheet, row, 0, name.c_str(), nullptr);
    if (error == LXW_NO_ERROR)
      error = worksheet_write_string(sheet, row++, 1, value.c_str(), nullptr);
  }
  return error;
}

// Rows in order: the workbook keeps none of them.
lxw_error write_section(lxw_worksheet* sheet, const Section& section, Language language,
                        const Formats& formats) {
  for (std::size_t i = 0; i < section.columns.size(); ++i)
    worksheet_set_column(sheet, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i),
                         static_cast<double>(width_of(section, i, language)), nullptr);
  worksheet_freeze_panes(sheet, 1, 0);
  lxw_error error = LXW_NO_ERROR;
  const auto write = [&](lxw_row_t row, std::size_t column, const std::string& text,
                         std::optional<double> number, lxw_format* format) {
    if (error != LXW_NO_ERROR) return;
    const auto at = static_cast<lxw_col_t>(column);
    error = number ? worksheet_write_number(sheet, row, at, *number, format)
                   : worksheet_write_string(sheet, row, at, text.c_str(), format);
  };
  for (std::size_t i = 0; i < section.columns.size(); ++i)
    write(0, i, std::string(section.columns[i].title.in(language)), std::nullopt, formats.heading);
  for (std::size_t r = 0; r < section.rows.size(); ++r)
    for (std::size_t i = 0; i < section.columns.size(); ++i) {
      const Measure measure = section.columns[i].measure;
      const std::string& cell = section.rows[r][i];
      const std::optional<double> number = number_of(cell, measure);
      write(static_cast<lxw_row_t>(r + 1), i,
            measure == Measure::word ? shown(cell, measure, language) : cell, number,
            number ? formats.of(measure) : nullptr);
    }
  return error;
}

lxw_error write_sheets(lxw_workbook* book, const Report& report) {
  const Formats formats = formats_of(book);
  const auto sheet = [&](Words title) {
    lxw_worksheet* const out =
        workbook_add_worksheet(book, std::string(title.in(report.language)).c_str());
    if (out != nullptr) {
      worksheet_set_landscape(out);
      worksheet_set_paper(out, 9);  // A4
      worksheet_fit_to_pages(out, 1, 0);
      if (!report.notice.empty()) worksheet_set_header(out, ("&C&B" + report.notice).c_str());
    }
    return out;
  };
  lxw_worksheet* const first = sheet({"Ringkasan", "Summary"});
  if (first == nullptr) return LXW_ERROR_CREATING_TMPFILE;
  lxw_error error = write_head(first, report, formats);
  for (const Section& section : report.sections) {
    if (error != LXW_NO_ERROR) break;
    lxw_worksheet* const one = sheet(section.title);
    if (one == nullptr) return LXW_ERROR_CREATING_TMPFILE;
    error = write_section(one, section, report.language, formats);
  }
  return error;
}

}  // namespace

Status write_xlsx(const Report& report, const std::string& path) {
  WrittenFile file(path);
  RUNUT_TRY(file.begin());
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  lxw_workbook* const book = workbook_new_opt(file.part().c_str(), &options);
  if (book == nullptr) return file.failed("no memory for the workbook");
  std::string title = report.title;
  std::string notice = report.notice;
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.comments = notice.data();
  properties.created = static_cast<time_t>(report.written_at.micros / 1'000'000);
  lxw_error error = workbook_set_properties(book, &properties);
  if (error == LXW_NO_ERROR) error = write_sheets(book, report);
  const lxw_error closed = workbook_close(book);  // frees the workbook, whatever happened
  if (error == LXW_NO_ERROR) error = closed;
  if (error != LXW_NO_ERROR) return file.failed(lxw_strerror(error));
  return file.keep();
}

}  // namespace runut::report
