#include "report/pdf_writer.h"

#include <fmt/format.h>
#include <hpdf.h>

#include <algorithm>
#include <memory>

#include "report/pdf_text.h"
#include "report/written_file.h"

namespace runut::report {
namespace {

// In points; the origin of a page is its lower left corner.
constexpr float margin = 36;
constexpr float text_size = 7;
constexpr float title_size = 12;
constexpr float line_height = 9;
constexpr float column_gap = 6;
constexpr float row_gap = 2;

struct FreeDocument {
  void operator()(HPDF_Doc document) const { HPDF_Free(document); }
};

// A column of one section: its heading and cells as the font wants them.
struct PrintedColumn {
  std::string heading;
  bool right = false;
  float left = 0;
  float width = 0;
};

class Print {
 public:
  Print(HPDF_Doc document, const Report& report)
      : document_(document),
        report_(report),
        plain_(HPDF_GetFont(document, "Helvetica", "WinAnsiEncoding")),
        bold_(HPDF_GetFont(document, "Helvetica-Bold", "WinAnsiEncoding")) {}

  void all() {
    new_page();
    line(to_windows_1252(report_.title), bold_, title_size, margin, 2 * line_height);
    if (!report_.notice.empty())
      line(to_windows_1252(report_.notice), bold_, title_size, margin, 2 * line_height);
    for (const auto& [name, value] : report_.head) fact(name, value);
    for (const Section& section : report_.sections) print(section);
    number_pages();
  }

 private:
  [[nodiscard]] float width_of(const std::string& text, HPDF_Font font) const {
    const HPDF_TextWidth width = HPDF_Font_TextWidth(
        font, reinterpret_cast<const HPDF_BYTE*>(text.data()), static_cast<HPDF_UINT>(text.size()));
    return static_cast<float>(width.width) * text_size / 1000;
  }

  void new_page() {
    page_ = HPDF_AddPage(document_);
    HPDF_Page_SetSize(page_, HPDF_PAGE_SIZE_A4, HPDF_PAGE_LANDSCAPE);
    pages_.push_back(page_);
    top_ = HPDF_Page_GetHeight(page_) - margin;
    right_ = HPDF_Page_GetWidth(page_) - margin;
  }
  // Whether that height is left on the page, above its footer.
  [[nodiscard]] bool has_room(float height) const { return top_ - height >= margin + line_height; }

  void text_at(const std::string& text, HPDF_Font font, float size, float x, float y) {
    if (text.empty()) return;
    HPDF_Page_BeginText(page_);
    HPDF_Page_SetFontAndSize(page_, font, size);
    HPDF_Page_TextOut(page_, x, y, text.c_str());
    HPDF_Page_EndText(page_);
  }
  void line(const std::string& text, HPDF_Font font, float size, float x, float height) {
    if (!has_room(height)) new_page();
    top_ -= height;
    text_at(text, font, size, x, top_);
  }

  // Lines that fit the width: broken behind a space or a joint, else within the word.
  [[nodiscard]] std::vector<std::string> wrapped(const std::string& text, float width,
                                                 HPDF_Font font) const {
    std::vector<std::string> out;
    std::string rest = text;
    while (width_of(rest, font) > width) {
      std::size_t fits = 1;
      while (fits < rest.size() && width_of(rest.substr(0, fits + 1), font) <= width) ++fits;
      if (fits == rest.size()) break;
      const std::size_t joint = rest.find_last_of(" /_", fits - 1);
      const std::size_t end = joint == std::string::npos ? fits : joint + 1;
      out.push_back(rest.substr(0, end));
      rest.erase(0, end);
    }
    out.push_back(rest);
    return out;
  }

  void fact(const std::string& name, const std::string& value) {
    constexpr float value_left = margin + 160;
    const auto lines = wrapped(to_windows_1252(value), right_ - value_left, plain_);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      line(i == 0 ? to_windows_1252(name) : std::string(), bold_, text_size, margin, line_height);
      text_at(lines[i], plain_, text_size, value_left, top_);
    }
  }

  [[nodiscard]] std::string cell(const Section& section, std::size_t row, std::size_t i) const {
    return to_windows_1252(
        shown(section.rows[row][i], section.columns[i].measure, report_.language));
  }

  // As wide as their contents; when that is wider than the page, the widest give way to one limit.
  [[nodiscard]] std::vector<PrintedColumn> columns_of(const Section& section) const {
    std::vector<PrintedColumn> out;
    for (std::size_t i = 0; i < section.columns.size(); ++i) {
      PrintedColumn column;
      column.heading = to_windows_1252(section.columns[i].title.in(report_.language));
      column.right = is_number(section.columns[i].measure);
      column.width = width_of(column.heading, bold_);
      for (std::size_t row = 0; row < section.rows.size(); ++row)
        column.width = std::max(column.width, width_of(cell(section, row, i), plain_));
      out.push_back(std::move(column));
    }
    const float room = right_ - margin - column_gap * static_cast<float>(out.size() - 1);
    std::vector<float> widths;
    for (const PrintedColumn& column : out) widths.push_back(column.width);
    std::sort(widths.begin(), widths.end());
    float left = room;
    float limit = room;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      limit = left / static_cast<float>(widths.size() - i);
      if (widths[i] > limit) break;  // this one and all that are wider share what is left
      left -= widths[i];
      limit = room;
    }
    float x = margin;
    for (PrintedColumn& column : out) {
      column.width = std::min(column.width, limit) + 0.01F;  // what is as wide as its cell fits it
      column.left = x;
      x += column.width + column_gap;
    }
    return out;
  }

  // One row of cells, each in as many lines as it needs; one that is higher than what is left of
  // the page goes to the next, and on over as many as it takes.
  void cells(const std::vector<PrintedColumn>& columns, const std::vector<std::string>& texts,
             HPDF_Font font) {
    std::vector<std::vector<std::string>> lines;
    std::size_t height = 1;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      lines.push_back(wrapped(texts[i], columns[i].width, font));
      height = std::max(height, lines.back().size());
    }
    const bool heads = font == bold_;
    if (!heads && !has_room(static_cast<float>(std::min<std::size_t>(height, 40)) * line_height))
      next_page(columns);
    for (std::size_t done = 0; done < height && HPDF_GetError(document_) == HPDF_OK;) {
      std::size_t fits = heads ? height : 0;
      while (done + fits < height && has_room(static_cast<float>(fits + 1) * line_height)) ++fits;
      for (std::size_t i = 0; i < columns.size(); ++i)
        for (std::size_t k = done; k < std::min(done + fits, lines[i].size()); ++k) {
          const float x = columns[i].right
                              ? columns[i].left + columns[i].width - width_of(lines[i][k], font)
                              : columns[i].left;
          text_at(lines[i][k], font, text_size, x,
                  top_ - static_cast<float>(k - done + 1) * line_height);
        }
      top_ -= static_cast<float>(fits) * line_height;
      done += fits;
      if (done < height) next_page(columns);
    }
  }

  void next_page(const std::vector<PrintedColumn>& columns) {
    new_page();
    heading(columns);
  }

  void heading(const std::vector<PrintedColumn>& columns) {
    std::vector<std::string> texts;
    for (const PrintedColumn& column : columns) texts.push_back(column.heading);
    cells(columns, texts, bold_);
    HPDF_Page_SetLineWidth(page_, 0.5F);
    HPDF_Page_MoveTo(page_, margin, top_ - 2);
    HPDF_Page_LineTo(page_, right_, top_ - 2);
    HPDF_Page_Stroke(page_);
    top_ -= 3;
  }

  void print(const Section& section) {
    if (!has_room(6 * line_height)) new_page();
    line(to_windows_1252(section.title.in(report_.language)), bold_, 9, margin, 2 * line_height);
    top_ -= 4;
    if (section.rows.empty()) {
      line(report_.language == Language::indonesian ? "Tidak ada." : "None.", plain_, text_size,
           margin, line_height);
      return;
    }
    const std::vector<PrintedColumn> columns = columns_of(section);
    heading(columns);
    for (std::size_t row = 0; row < section.rows.size(); ++row) {
      std::vector<std::string> texts;
      for (std::size_t i = 0; i < columns.size(); ++i) texts.push_back(cell(section, row, i));
      cells(columns, texts, plain_);
      top_ -= row_gap;
    }
  }

  void number_pages() {
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      page_ = pages_[i];
      const std::string left =
          to_windows_1252(report_.title + (report_.notice.empty() ? "" : " · " + report_.notice));
      text_at(left, plain_, text_size, margin, margin - line_height);
      const std::string number =
          fmt::format("{} {}/{}", report_.language == Language::indonesian ? "Halaman" : "Page",
                      i + 1, pages_.size());
      text_at(number, plain_, text_size, right_ - width_of(number, plain_), margin - line_height);
    }
  }

  HPDF_Doc document_;
  const Report& report_;
  HPDF_Font plain_;
  HPDF_Font bold_;
  HPDF_Page page_ = nullptr;
  std::vector<HPDF_Page> pages_;
  float top_ = 0;
  float right_ = 0;
};

// The city's own clock, as a signature on paper would have it.
HPDF_Date date_of(Instant at, int utc_offset_minutes) {
  const Date day = local_date(at, utc_offset_minutes);
  const std::int64_t second = (at.micros - start_of(day, utc_offset_minutes).micros) / 1'000'000;
  const YearMonthDay date = civil(day);
  HPDF_Date out{};
  out.year = date.year;
  out.month = static_cast<HPDF_INT>(date.month);
  out.day = static_cast<HPDF_INT>(date.day);
  out.hour = static_cast<HPDF_INT>(second / 3600);
  out.minutes = static_cast<HPDF_INT>(second / 60 % 60);
  out.seconds = static_cast<HPDF_INT>(second % 60);
  out.ind = utc_offset_minutes < 0 ? '-' : '+';
  out.off_hour = std::abs(utc_offset_minutes) / 60;
  out.off_minutes = std::abs(utc_offset_minutes) % 60;
  return out;
}

}  // namespace

Status write_pdf(const Report& report, const std::string& path) {
  WrittenFile file(path);
  RUNUT_TRY(file.begin());
  // Without a handler an error stays with the document: it is asked for at the end.
  const std::unique_ptr<std::remove_pointer_t<HPDF_Doc>, FreeDocument> document(
      HPDF_New(nullptr, nullptr));
  if (!document) return file.failed("no memory for the document");
  HPDF_SetCompressionMode(document.get(), HPDF_COMP_ALL);
  HPDF_SetInfoDateAttr(document.get(), HPDF_INFO_CREATION_DATE,
                       date_of(report.written_at, report.utc_offset_minutes));
  HPDF_SetInfoAttr(document.get(), HPDF_INFO_TITLE, to_windows_1252(report.title).c_str());
  Print(document.get(), report).all();
  if (HPDF_GetError(document.get()) == HPDF_OK)
    HPDF_SaveToFile(document.get(), file.part().c_str());
  if (const HPDF_STATUS error = HPDF_GetError(document.get()); error != HPDF_OK)
    return file.failed(fmt::format("PDF error {:#06x}", error));
  return file.keep();
}

}  // namespace runut::report
