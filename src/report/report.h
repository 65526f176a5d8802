// A report as values: what it is about, then sections of rows, the same for every form in which it
// is handed out (a page, CSV, JSON, XLSX, PDF). Everything in it comes from the ledger, so one
// state of a ledger gives one report, and one report gives the same bytes in every form.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "query/page.h"
#include "query/wording.h"

namespace runut::report {

enum class Measure : std::uint8_t {
  text,
  word,        // a name of ours, as scripts read it: people read what it means
  count,       // a whole number
  rupiah,      // a whole number, grouped where people read it
  hundredths,  // of points or percents: "87.50"
};

struct Column {
  std::string name;  // for scripts
  Words title;       // for people
  Measure measure = Measure::text;
};

struct Section {
  std::string name;
  Words title;  // at most 31 letters, none of []:*?/\: it names a sheet
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // as scripts read them; empty: nothing to say

  void row(std::vector<std::string> cells);  // as many as columns
};

struct Report {
  std::string name;  // "treasurer"
  Language language = Language::indonesian;
  std::string title;
  std::string notice;  // shown first and loudest: SIMULASI
  // What it is about and rests on: name and value.
  std::vector<std::pair<std::string, std::string>> head;
  Instant written_at;  // recorded_at of the ledger's last event: the date inside files
  int utc_offset_minutes = 0;
  std::vector<Section> sections;

  [[nodiscard]] const Section* section(std::string_view name) const;
};

[[nodiscard]] constexpr bool is_number(Measure measure) {
  return measure == Measure::count || measure == Measure::rupiah || measure == Measure::hundredths;
}

// The cell as people read it: 1.234.567 and 87,50 and "pajak penghasilan"; in English 1,234,567 and
// 87.50 and "income tax". A word that is not one of ours stays, such as the code of a deduction.
[[nodiscard]] std::string shown(const std::string& cell, Measure measure, Language language);

[[nodiscard]] Page to_page(const Report& report);

}  // namespace runut::report
