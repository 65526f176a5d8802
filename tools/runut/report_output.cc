#include "tools/runut/report_output.h"

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "listing/report_text.h"
#include "report/pdf_writer.h"
#include "report/xlsx_writer.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

constexpr std::pair<std::string_view, Form> form_names[] = {
    {"table", Form::page}, {"html", Form::html}, {"tsv", Form::tsv}, {"csv", Form::csv},
    {"json", Form::json},  {"xlsx", Form::xlsx}, {"pdf", Form::pdf}};

Status print_rows(const report::Report& report, const ReportForm& form) {
  RUNUT_ASSIGN(const report::Section* const section, find_section(report, form.section));
  RUNUT_TRY(redirect_to(form.out));
  print_section(*section, row_format(form.form));
  if (form.section.empty() && report.sections.size() > 1)
    std::fprintf(stderr, "section %s; --section names another: %s\n", section->name.c_str(),
                 section_names(report).c_str());
  return {};
}

}  // namespace

void add_report_options(CLI::App& command, ReportOptions& options) {
  add_output_options(command, options.output);
  CLI::Option* const format = command.add_option(
      "--format", options.format, "table, csv, tsv, json, html, xlsx or pdf (files: with --out)");
  for (const char* other : {"--json", "--csv", "--tsv"})
    format->excludes(command.get_option(other));
  command.add_option("--lang", options.language, "id (default) or en");
  command.add_option("--out", options.out, "Write to this file instead of stdout")
      ->type_name("FILE");
}

void add_section_option(CLI::App& command, ReportOptions& options) {
  command.add_option("--section", options.section,
                     "Section of CSV and TSV; by default the first one");
}

Result<ReportForm> report_form(const ReportOptions& options) {
  ReportForm out;
  if (options.language != "id" && options.language != "en")
    return fail(Error{ErrorCode::invalid_input, {}, "lang", options.language, "id or en"});
  out.language = options.language == "en" ? Language::english : Language::indonesian;
  out.section = options.section;
  out.out = options.out;
  switch (format_of(options.output)) {
    case Format::json: out.form = Form::json; break;
    case Format::csv: out.form = Form::csv; break;
    case Format::tsv: out.form = Form::tsv; break;
    case Format::terminal: out.form = Form::page; break;
  }
  bool known = options.format.empty();
  for (const auto& [name, form] : form_names)
    if (name == options.format) {
      out.form = form;
      known = true;
    }
  if (!known)
    return fail(Error{ErrorCode::invalid_input,
                      {},
                      "format",
                      options.format,
                      "table, csv, tsv, json, html, xlsx or pdf"});
  if ((out.form == Form::xlsx || out.form == Form::pdf) && out.out.empty())
    return fail(Error{ErrorCode::invalid_input,
                      {},
                      "out",
                      {},
                      "a file is wanted for " + options.format + ": --out FILE"});
  return out;
}

Status redirect_to(const std::string& path) {
  if (path.empty()) return {};
  errno = 0;
  if (std::freopen(path.c_str(), "wb", stdout) != nullptr) return {};
  const bool usage = errno != EACCES && errno != ENOSPC;
  return fail(Error{usage ? ErrorCode::invalid_input : ErrorCode::unavailable,
                    {},
                    "out",
                    path,
                    std::string("the file cannot be written: ") + std::strerror(errno)});
}

Format row_format(Form form) {
  switch (form) {
    case Form::csv: return Format::csv;
    case Form::json: return Format::json;
    case Form::page: return Format::terminal;
    case Form::tsv:
    case Form::html:
    case Form::xlsx:
    case Form::pdf: break;
  }
  return Format::tsv;
}

void print_section(const report::Section& section, Format format) {
  Table table(format, text_columns(section));
  for (const auto& row : section.rows) table.row(row);
  table.finish();
}

Status hand_out(const report::Report& report, const ReportForm& form) {
  switch (form.form) {
    case Form::xlsx: return report::write_xlsx(report, form.out);
    case Form::pdf: return report::write_pdf(report, form.out);
    case Form::tsv:
    case Form::csv: return print_rows(report, form);
    case Form::json: {
      RUNUT_TRY(redirect_to(form.out));
      print(report_json(report));
      return {};
    }
    case Form::page:
    case Form::html: break;
  }
  RUNUT_TRY(redirect_to(form.out));
  const Page page = to_page(report);
  print(form.form == Form::html ? to_html(page)
                                : to_text(page, {.colour = form.out.empty() && is_terminal(1)}));
  return {};
}

}  // namespace runut::cli
