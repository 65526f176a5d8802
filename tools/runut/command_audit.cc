#include <CLI/CLI.hpp>

#include "codec/envelope_codec.h"
#include "query/audit.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct AuditArguments {
  LedgerOptions ledger;
  OutputOptions output;
};

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
  return auditor.report();
}

Result<Exit> run_audit(const AuditArguments& options) {
  // One agency, or every ledger of the data directory.
  std::vector<std::string> agencies{options.ledger.agency};
  if (options.ledger.agency.empty()) {
    RUNUT_ASSIGN(agencies, agencies_in(options.ledger.data));
  }
  const Format format = format_of(options.output);
  bool agrees = true;
  for (const std::string& agency : agencies) {
    LedgerOptions one = options.ledger;
    one.agency = agency;
    RUNUT_ASSIGN(const auto instance, open_to_read(one, false));
    print_banner(*instance, format);
    RUNUT_ASSIGN(const AuditReport report, audit(*instance));
    agrees = agrees && report.agrees();
    Table table(format,
                {{"agency"}, {"kind"}, {"sequence", true}, {"subject"}, {"rule"}, {"detail"}});
    for (const Finding& finding : report.findings)
      table.row({agency, std::string(to_string(finding.kind)),
                 std::to_string(finding.sequence.value), to_string(finding.subject), finding.rule,
                 finding.detail});
    table.finish();
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
       "Decides every commit again from the log alone; exit 0 when all agree, 1 with a mismatch",
       "runut audit --data data\n"
       "runut audit --data data --agency kota-kediri --json | jq '.[] | select(.kind==\"tie\")'"},
      [options] { return run_audit(*options); });
  add_ledger_options(command, options->ledger);
  add_output_options(command, options->output);
}

}  // namespace runut::cli
