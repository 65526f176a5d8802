// The forms in which a report is handed out, and the options that choose one.
#pragma once

#include <optional>

#include "report/report.h"
#include "tools/runut/app.h"

namespace runut::cli {

struct ReportOptions {
  OutputOptions output;
  std::string format;
  std::string language = "id";
  std::string section;
  std::string out;
};

// --json, --csv, --tsv, --format, --lang, --out; `forms` is the help's list.
void add_report_options(CLI::App& command, ReportOptions& options);
void add_section_option(CLI::App& command, ReportOptions& options);

enum class Form : std::uint8_t { page, html, tsv, csv, json, xlsx, pdf };

// What the options ask for, read before anything is opened.
struct ReportForm {
  Form form{};
  Language language{};
  std::string section;  // of TSV and CSV
  std::string out;      // file; empty: stdout
};
// invalid_input: an unknown format or language, or a file format without --out.
[[nodiscard]] Result<ReportForm> report_form(const ReportOptions& options);

// As one section's rows (TSV, CSV), as all of them (JSON), as a page, or as a file.
// invalid_input: no such section; the file cannot be created. Nothing is written then.
[[nodiscard]] Status hand_out(const report::Report& report, const ReportForm& form);

// From here on stdout is that file; nothing happens when the path is empty.
[[nodiscard]] Status redirect_to(const std::string& path);
void print_section(const report::Section& section, Format format);
// Of a form that is rows.
[[nodiscard]] Format row_format(Form form);

}  // namespace runut::cli
