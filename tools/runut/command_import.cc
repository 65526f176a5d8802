#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "tools/runut/commands.h"
#include "tools/runut/csv_import.h"
#include "tools/runut/importer.h"

namespace runut::cli {
namespace {

struct ImportArguments {
  ImportOptions import;
  OutputOptions output;
  std::vector<std::string> files;
  std::string errors;
  CsvOptions csv;
};

void print_for_people(const Importer& importer, Instance* instance) {
  const ImportCounts& counts = importer.counts();
  std::string text;
  if (instance != nullptr && instance->is_simulated())
    text += coloured("SIMULASI", Colour::yellow, STDOUT_FILENO) + " · " +
            printable(instance->founded()->name) + "\n";
  text += fmt::format("{} lines: {} commands recorded ({} events), {} repeated, {} refused\n",
                      spaced(counts.lines), spaced(counts.recorded), spaced(counts.events),
                      spaced(counts.repeated), spaced(counts.refused));
  if (instance != nullptr)
    text += fmt::format("head {} of {}, {:.1f} s, {} events a second\n",
                        spaced(instance->log().head().sequence.value), instance->place().agency,
                        importer.seconds(),
                        spaced(static_cast<std::uint64_t>(static_cast<double>(counts.events) /
                                                          std::max(importer.seconds(), 1e-6))));
  if (importer.stopped())
    text += "stopped at the first refused line; what came before it is recorded\n";
  print(text);
}

void print_summary(Importer& importer, Format format) {
  Instance* instance = importer.instance();
  if (format == Format::terminal) return print_for_people(importer, instance);
  const ImportCounts& counts = importer.counts();
  Table table(format, {{"agency"},
                       {"lines", true},
                       {"recorded", true},
                       {"events", true},
                       {"repeated", true},
                       {"refused", true},
                       {"empty_lines", true},
                       {"head", true},
                       {"seconds", true},
                       {"simulated"}});
  table.row({instance == nullptr ? "" : instance->place().agency, std::to_string(counts.lines),
             std::to_string(counts.recorded), std::to_string(counts.events),
             std::to_string(counts.repeated), std::to_string(counts.refused),
             std::to_string(counts.empty),
             instance == nullptr ? "0" : std::to_string(instance->log().head().sequence.value),
             fmt::format("{:.3f}", importer.seconds()),
             instance != nullptr && instance->is_simulated() ? "SIMULASI" : ""});
  table.finish();
}

Result<Exit> run_csv(const ImportArguments& options) {
  CsvOptions csv = options.csv;
  csv.ledger = options.import.ledger;
  csv.output = options.output;
  csv.files = options.files;
  csv.errors = options.errors;
  return import_csv(csv);
}

Result<Exit> run_import(const ImportArguments& options) {
  if (!options.csv.kind.empty()) return run_csv(options);
  for (const std::string& file : options.files)
    if (file != "-") RUNUT_TRY(LineReader::open(file, 1));
  RUNUT_ASSIGN(const auto report, RefusalReport::open(options.errors));
  Importer importer(options.import, *report);
  Status status;
  for (const std::string& file : options.files) {
    status = importer.read(file);
    if (!status || importer.stopped()) break;
  }
  // Whatever ended it, what was answered is told and what is durable is brought to an end.
  const Status finished = importer.finish();
  if (status) status = finished;
  const Status reported = report->finish();
  print_summary(importer, format_of(options.output));
  RUNUT_TRY(status);
  RUNUT_TRY(reported);
  return importer.counts().refused > 0 ? Exit::refused : Exit::ok;
}

CLI::Option* add_csv_options(CLI::App& command, CsvOptions& csv) {
  CLI::Option* const kind =
      command
          .add_option("--table", csv.kind,
                      "FILE is a table with these columns (schemas/imports.md), in a ledger that "
                      "was founded:\n" +
                          intake::columns_text())
          ->type_name("KIND")
          ->check(
              CLI::IsMember({"roster", "units", "appraisers", "attendance", "reports", "ratings"}));
  const auto only = [&](CLI::Option* option) { return option->needs(kind); };
  only(command.add_option("--mapping", csv.mapping,
                          "JSON: our columns to the file's headers, their words to ours"));
  only(command.add_option("--encoding", csv.encoding, "Instead of detecting it"))
      ->check(CLI::IsMember({"utf-8", "windows-1252"}));
  only(command.add_option("--separator", csv.separator, "Instead of detecting it"))
      ->check(CLI::IsMember({"comma", "semicolon"}));
  only(command.add_option("--recorded-at", csv.recorded_at,
                          "Instant of every command; simulated ledgers only"));
  only(command.add_option("--import", csv.import_number,
                          "Number of the declared import (DeclareImport) that FILE is"))
      ->check(whole_number(1, std::numeric_limits<int>::max()));
  only(command.add_flag("--dry-run", csv.dry_run, "Decide everything, record nothing"));
  only(command.add_flag("--keep-going", csv.keep_going,
                        "Leave refused rows out instead of the whole file"));
  return kind;
}

}  // namespace

void add_import(App& app) {
  const auto options = std::make_shared<ImportArguments>();
  CLI::App& command =
      app.add({"import",
               "Commands from NDJSON files into a ledger; FoundAgency as the first one makes it.\n"
               "Refused lines leave nothing behind, are reported, and the rest goes on (exit code "
               "3). Importing\n"
               "a file again records only what is missing.",
               "runut import --data data commands.ndjson\n"
               "runut simulate --regulation kota-kediri --people 300 --from 2022-01 --to 2022-08 "
               "--out - |\n"
               "    runut import --data data -\n"
               "runut import --data data --errors refused.tsv january.ndjson february.ndjson\n"
               "runut import --data data --table roster --mapping headers.json --dry-run "
               "--errors errors.csv roster.csv\n"
               "runut import --data data --table attendance --separator semicolon january.csv "
               "february.csv"},
              [options] { return run_import(*options); });
  add_ledger_options(command, options->import.ledger);
  add_output_options(command, options->output);
  command.add_option("FILE", options->files, "NDJSON files in order, or tables; - is stdin")
      ->required();
  command.add_option(
      "--errors", options->errors,
      "Report of refused lines: TSV, or JSON lines when named .json; CSV with --table; default "
      "stderr");
  CLI::Option* const table = add_csv_options(command, options->csv);
  command
      .add_flag("--stop-at-first", options->import.stop_at_first, "Stop at the first refused line")
      ->excludes(table);
  command
      .add_option("--ack-fd", options->import.acknowledge_fd,
                  "Write the id of each command to this descriptor once it is durable")
      ->excludes(table)
      ->check(whole_number(0, std::numeric_limits<int>::max()))
      ->type_name("N");
}

}  // namespace runut::cli
