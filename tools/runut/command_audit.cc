#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "codec/envelope_codec.h"
#include "query/audit.h"
#include "query/audit_page.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct AuditArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::string format;
  std::string language = "id";
  std::string month;
  std::string out;
};

// What the arguments ask for, read before anything is opened.
struct AuditForm {
  Format rows{};
  bool page = false;  // for people, with every finding's four parts
  bool html = false;
  Language language{};
  std::optional<Month> month;
};

Result<AuditForm> form_of(const AuditArguments& options) {
  AuditForm form;
  form.rows = format_of(options.output);
  if (options.language != "id" && options.language != "en")
    return fail(Error{ErrorCode::invalid_input, {}, "lang", options.language, "id or en"});
  form.language = options.language == "en" ? Language::english : Language::indonesian;
  if (!options.month.empty()) {
    RUNUT_ASSIGN(form.month, read_option("month", options.month, parse_month));
  }
  if (options.format == "csv" || options.format == "json")
    form.rows = options.format == "csv" ? Format::csv : Format::json;
  else if (options.format == "html" || options.format == "table")
    form.rows = Format::terminal;
  else if (!options.format.empty())
    return fail(
        Error{ErrorCode::invalid_input, {}, "format", options.format, "table, csv, json or html"});
  form.html = options.format == "html";
  form.page = form.rows == Format::terminal;
  return form;
}

Result<AuditReport> audit(Instance& instance) {
  Auditor auditor;
  Progress progress("audit", "events");
  const std::uint64_t head = instance.log().head().sequence.value;
  for (std::uint64_t next = 1; next <= head;) {
    RUNUT_ASSIGN(const EventBatch batch, instance.log().read(Sequence{next}));
    for (const EventView& stored : batch.events) {
      RUNUT_ASSIGN(Event event, decode_event(stored.bytes));
      RUNUT_TRY(auditor.add(std::move(event)));
    }
    next += batch.size();
    progress.at(next - 1, head);
  }
  auditor.finish();
  return auditor.report();
}

// From here on stdout is that file; only when there is something to write.
Status write_to(const std::string& path) {
  errno = 0;
  if (std::freopen(path.c_str(), "wb", stdout) != nullptr) return {};
  const bool usage = errno != EACCES && errno != ENOSPC;
  return fail(Error{usage ? ErrorCode::invalid_input : ErrorCode::unavailable,
                    {},
                    "out",
                    path,
                    std::string("the file cannot be written: ") + std::strerror(errno)});
}

void print_rows(const std::string& agency, const AuditReport& report, const AuditForm& form) {
  Table table(form.rows, {{"agency"},
                          {"kind"},
                          {"sequence", true},
                          {"subject"},
                          {"rule"},
                          {"detail"},
                          {"month"},
                          {"actor"},
                          {"condition"},
                          {"criterion"},
                          {"cause"},
                          {"effect"},
                          {"amount", true},
                          {"events"}});
  for (const Finding& finding : report.findings) {
    if (form.month && finding.month != *form.month) continue;
    FindingText text = finding_text(finding, form.language);
    table.row({agency, std::string(to_string(finding.kind)), std::to_string(finding.sequence.value),
               to_string(finding.subject), finding.rule, finding.detail, to_string(finding.month),
               finding.by ? to_string(*finding.by) : "system", std::move(text.condition),
               std::move(text.criterion), std::move(text.cause), std::move(text.effect),
               finding.amount ? std::to_string(finding.amount->value) : "",
               events_of(finding, form.language)});
  }
  table.finish();
}

Result<Exit> run_audit(const AuditArguments& options) {
  RUNUT_ASSIGN(const AuditForm form, form_of(options));
  // One agency, or every ledger of the data directory.
  std::vector<std::string> agencies{options.ledger.agency};
  if (options.ledger.agency.empty()) {
    RUNUT_ASSIGN(agencies, agencies_in(options.ledger.data));
  }
  if (form.html && agencies.size() > 1)
    return fail(Error{
        ErrorCode::invalid_input, {}, "agency", {}, "an HTML page is about one agency: name it"});
  bool agrees = true;
  bool redirected = options.out.empty();
  for (const std::string& agency : agencies) {
    LedgerOptions one = options.ledger;
    one.agency = agency;
    RUNUT_ASSIGN(const auto instance, open_to_read(one, false));
    RUNUT_ASSIGN(const AuditReport report, audit(*instance));
    if (!std::exchange(redirected, true)) RUNUT_TRY(write_to(options.out));
    agrees = agrees && report.agrees();
    if (form.page) {
      const Page page = audit_page(report, {.language = form.language,
                                            .agency = report.agency,
                                            .simulated = report.simulated,
                                            .month = form.month});
      print(form.html ? to_html(page) : to_text(page, {.colour = is_terminal(1)}));
    } else {
      print_rows(agency, report, form);
    }
    const std::string verdict = report.agrees()
                                    ? coloured("every decision agrees", Colour::green, 2)
                                    : coloured("MISMATCHES FOUND", Colour::red, 2);
    std::fprintf(stderr,
                 "%s: %s events, %s commands decided again, %s payments and %s ranking groups "
                 "computed again: %s\n",
                 agency.c_str(), grouped(report.events).c_str(), grouped(report.decisions).c_str(),
                 grouped(report.payments).c_str(), grouped(report.rankings).c_str(),
                 verdict.c_str());
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
       "runut audit --data data --agency kota-kediri --json | jq '.[] | select(.kind==\"tie\")'"},
      [options] { return run_audit(*options); });
  add_ledger_options(command, options->ledger);
  add_output_options(command, options->output);
  CLI::Option* const format =
      command.add_option("--format", options->format, "table, csv, json or html");
  for (const char* other : {"--json", "--csv", "--tsv"})
    format->excludes(command.get_option(other));
  command.add_option("--lang", options->language, "id (default) or en");
  command.add_option("--month", options->month,
                     "Only findings about this month, e.g. 2022-08; the exit code is that of all");
  command.add_option("--out", options->out, "Write to this file instead of stdout")
      ->type_name("FILE");
}

}  // namespace runut::cli
