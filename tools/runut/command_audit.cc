#include <CLI/CLI.hpp>
#include <cstdio>

#include "listing/reports.h"
#include "query/audit_page.h"
#include "report/findings.h"
#include "tools/runut/commands.h"
#include "tools/runut/report_output.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct AuditArguments {
  LedgerOptions ledger;
  ReportOptions output;
  std::string month;
};

Result<AuditReport> audit(const Instance& instance) {
  Progress progress("audit", "events");
  return listing::audit_until(
      instance.log(), instance.log().head().sequence,
      [&](Sequence done, Sequence head) { progress.at(done.value, head.value); });
}

bool is_about_one_agency(Form form) {
  return form == Form::html || form == Form::xlsx || form == Form::pdf;
}

// A page for people has each finding's four parts below each other; rows have them side by side.
Status show(const AuditReport& audit, const std::string& agency, std::optional<Month> month,
            const ReportForm& form, bool first) {
  const auto report = [&] {
    return report::findings_report(audit,
                                   {.language = form.language, .agency = agency, .month = month});
  };
  if (form.form == Form::xlsx || form.form == Form::pdf) return hand_out(report(), form);
  if (first) RUNUT_TRY(redirect_to(form.out));
  if (form.form == Form::page || form.form == Form::html) {
    const Page page = audit_page(audit, {.language = form.language,
                                         .agency = audit.agency,
                                         .simulated = audit.simulated,
                                         .month = month});
    print(form.form == Form::html ? to_html(page)
                                  : to_text(page, {.colour = form.out.empty() && is_terminal(1)}));
  } else {
    print_section(report().sections.front(), row_format(form.form));
  }
  return {};
}

Result<Exit> run_audit(const AuditArguments& options) {
  RUNUT_ASSIGN(const ReportForm form, report_form(options.output));
  std::optional<Month> month;
  if (!options.month.empty()) {
    RUNUT_ASSIGN(month, read_option("month", options.month, parse_month));
  }
  // One agency, or every ledger of the data directory.
  std::vector<std::string> agencies{options.ledger.agency};
  if (options.ledger.agency.empty()) {
    RUNUT_ASSIGN(agencies, agencies_in(options.ledger.data));
  }
  if (is_about_one_agency(form.form) && agencies.size() > 1)
    return fail(Error{
        ErrorCode::invalid_input, {}, "agency", {}, "a document is about one agency: name it"});
  bool agrees = true;
  bool first = true;
  for (const std::string& agency : agencies) {
    LedgerOptions one = options.ledger;
    one.agency = agency;
    RUNUT_ASSIGN(const auto instance, open_to_read(one, false));
    RUNUT_ASSIGN(const AuditReport report, audit(*instance));
    RUNUT_TRY(show(report, agency, month, form, std::exchange(first, false)));
    agrees = agrees && report.agrees();
    const std::string verdict = report.agrees()
                                    ? coloured("every decision agrees", Colour::green, 2)
                                    : coloured("MISMATCHES FOUND", Colour::red, 2);
    std::fprintf(stderr,
                 "%s: %s events, %s commands decided again, %s payments and %s ranking groups "
                 "computed again: %s\n",
                 agency.c_str(), spaced(report.events).c_str(), spaced(report.decisions).c_str(),
                 spaced(report.payments).c_str(), spaced(report.rankings).c_str(), verdict.c_str());
  }
  return agrees ? Exit::ok : Exit::finding;
}

}  // namespace

void add_audit(App& app) {
  const auto options = std::make_shared<AuditArguments>();
  CLI::App& command = app.add(
      {"audit",
       "Decides every commit again from the log alone, and lists what an inspector should see as "
       "condition, criterion, cause and effect; exit 0 when all agree, 1 with a mismatch",
       "runut audit --data data\n"
       "runut audit --data data --format html --month 2022-08 --out temuan.html\n"
       "runut audit --data data --format xlsx --out temuan.xlsx\n"
       "runut audit --data data --agency kota-kediri --json | jq '.[] | select(.kind==\"tie\")'"},
      [options] { return run_audit(*options); });
  add_ledger_options(command, options->ledger);
  add_report_options(command, options->output);
  command.add_option("--month", options->month,
                     "Only findings about this month, e.g. 2022-08; the exit code is that of all");
}

}  // namespace runut::cli
