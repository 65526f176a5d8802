#include "report/report.h"

#include <algorithm>

#include "base/result.h"

namespace runut::report {
namespace {

// Words of reports that no enumeration has.
constexpr std::pair<std::string_view, Words> terms[] = {
    {"net", {"neto", "net"}},
    {"total", {"seluruhnya", "all"}},
    {"correction", {"koreksi", "correction"}},
    {"computed", {"dihitung", "computed"}},
    {"not_computed", {"belum dihitung", "not computed"}},
    {"waits_for_lock", {"dihitung, menunggu kunci", "computed, waits for its lock"}},
    {"before_cutoff", {"batas persetujuan belum lewat", "the approval cut-off is to come"}},
    {"attendance_open", {"kehadiran belum ditutup", "attendance is not closed"}},
    {"no_document", {"tanpa peraturan yang berlaku", "no document is in force"}},
    {"new_payee", {"penerima baru", "newly paid"}},
    {"no_longer_paid", {"tidak lagi dibayar", "no longer paid"}},
    {"ceiling", {"plafon kelas jabatan", "ceilings of the class"}},
    {"days", {"hari, kelas, status, dan cuti", "days, class, status and leave"}},
    {"productivity", {"produktivitas (laporan)", "productivity (reports)"}},
    {"discipline", {"disiplin (kehadiran)", "discipline (attendance)"}},
    {"not_reproduced", {"tidak terhitung ulang", "not reproduced"}},
    {"reopened", {"dibuka kembali", "reopened"}},
    {"locked", {"dikunci", "locked"}},
    {"ordered", {"diperintahkan", "ordered"}},
    {"confirmed", {"dibayarkan", "confirmed"}},
    {"open", {"belum diputuskan", "open"}},
    {"upheld", {"dikabulkan", "upheld"}},
    {"rejected", {"ditolak", "rejected"}}};

template <class Enum>
bool say_as(const std::string& cell, Language language, std::string& out) {
  const auto value = enum_from<Enum>(cell);
  if (value) out = std::string(words(*value).in(language));
  return value.has_value();
}

std::string said(const std::string& cell, Language language) {
  for (const auto& [term, in_both] : terms)
    if (term == cell) return std::string(in_both.in(language));
  if (const auto type = enum_from<EventType>(cell)) return event_name(*type, language);
  std::string out = cell;
  (void)(say_as<RunKind>(cell, language, out) || say_as<LineKind>(cell, language, out) ||
         say_as<Component>(cell, language, out) || say_as<Tier>(cell, language, out) ||
         say_as<LeftOutReason>(cell, language, out) || say_as<UnrankedReason>(cell, language, out));
  return out;
}

// -1234567 as -1.234.567; what is no whole number stays as it is.
std::string grouped(const std::string& cell, char between) {
  const std::size_t begin = cell.starts_with('-') ? 1 : 0;
  if (cell.size() == begin || !std::all_of(cell.begin() + static_cast<std::ptrdiff_t>(begin),
                                           cell.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return cell;
  std::string out = cell.substr(0, begin);
  for (std::size_t i = begin; i < cell.size(); ++i) {
    if (i > begin && (cell.size() - i) % 3 == 0) out += between;
    out += cell[i];
  }
  return out;
}

}  // namespace

void Section::row(std::vector<std::string> cells) {
  RUNUT_CHECK(cells.size() == columns.size(), "a row has a cell for each column");
  rows.push_back(std::move(cells));
}

const Section* Report::section(std::string_view wanted) const {
  for (const Section& one : sections)
    if (one.name == wanted) return &one;
  return nullptr;
}

std::string shown(const std::string& cell, Measure measure, Language language) {
  const bool indonesian = language == Language::indonesian;
  if (measure == Measure::word) return said(cell, language);
  if (measure == Measure::rupiah) return grouped(cell, indonesian ? '.' : ',');
  std::string out = cell;
  if (measure == Measure::hundredths && indonesian) std::replace(out.begin(), out.end(), '.', ',');
  return out;
}

Page to_page(const Report& report) {
  Page page;
  page.language = report.language;
  page.title = report.title;
  page.notice = report.notice;
  page.head.rows = report.head;
  for (const Section& section : report.sections) {
    runut::Section out;
    out.title = std::string(section.title.in(report.language));
    Table table;
    for (const Column& column : section.columns) {
      table.header.emplace_back(column.title.in(report.language));
      table.right.push_back(is_number(column.measure));
    }
    for (const auto& row : section.rows) {
      std::vector<std::string> cells;
      for (std::size_t i = 0; i < row.size(); ++i)
        cells.push_back(shown(row[i], section.columns[i].measure, report.language));
      table.rows.push_back(std::move(cells));
    }
    if (section.rows.empty())
      out.blocks.emplace_back(
          Paragraph{std::string(Words{"Tidak ada.", "None."}.in(report.language)), false});
    else
      out.blocks.emplace_back(std::move(table));
    page.sections.push_back(std::move(out));
  }
  return page;
}

}  // namespace runut::report
