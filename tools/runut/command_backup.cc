#include <CLI/CLI.hpp>

#include "instance/backup.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct BackupArguments {
  std::string data;
  std::string other;  // --to of a backup, --from of a restore
  std::string agency;
  OutputOptions output;
};

// A line of progress for each phase.
class Phases {
 public:
  void at(const char* phase, Sequence reached, Sequence until) {
    if (phase_ != phase) {
      phase_ = phase;
      progress_.emplace(phase, "events");
    }
    progress_->at(reached.value, until.value);
  }
  void end() { progress_.reset(); }

 private:
  std::string_view phase_;
  std::optional<Progress> progress_;
};

void print_report(const std::string& agency, const BackupReport& report,
                  const OutputOptions& output) {
  Table table(format_of(output), {{"agency"},
                                  {"from", true},
                                  {"copied", true},
                                  {"head", true},
                                  {"vouched_for", true},
                                  {"leaf_hash"}});
  table.row({agency, std::to_string(report.from.value), std::to_string(report.copied),
             std::to_string(report.head.sequence.value), std::to_string(report.vouched_for),
             to_hex(report.head.leaf.view())});
  table.finish();
}

Result<Exit> run_backup(const BackupArguments& options) {
  RUNUT_ASSIGN(const Place ledger, locate(options.data, {}, options.agency));
  RUNUT_ASSIGN(const Place backup, place_of(options.other, {}, ledger.agency));
  if (ledger.directory() == backup.directory())
    return fail(Error{ErrorCode::invalid_input, {}, "to", options.other, "this is the ledger"});
  Phases phases;
  RUNUT_ASSIGN(const BackupReport report,
               back_up(ledger, backup, [&](const char* phase, Sequence reached, Sequence until) {
                 phases.at(phase, reached, until);
               }));
  phases.end();
  print_report(ledger.agency, report, options.output);
  std::fprintf(stderr, "keys are not in it: back up the key directory by itself\n");
  return Exit::ok;
}

Result<Exit> run_restore(const BackupArguments& options) {
  RUNUT_ASSIGN(const Place backup, locate(options.other, {}, options.agency));
  RUNUT_ASSIGN(const Place ledger, place_of(options.data, {}, backup.agency));
  Phases phases;
  RUNUT_ASSIGN(const BackupReport report,
               restore(backup, ledger, [&](const char* phase, Sequence reached, Sequence until) {
                 phases.at(phase, reached, until);
               }));
  phases.end();
  print_report(ledger.agency, report, options.output);
  std::fprintf(stderr,
               "every hash, the chain, the tree and the signed checkpoints were verified; keys "
               "come from their own backup, into %s\n",
               ledger.key_directory().c_str());
  return Exit::ok;
}

CLI::App& add_common(CLI::App& command, BackupArguments& options) {
  command.add_option("--data", options.data, "Data directory, which holds one folder an agency")
      ->required();
  command
      .add_option("--agency", options.agency,
                  "Code of the agency; the only one of the source by default")
      ->type_name("CODE");
  add_output_options(command, options.output);
  return command;
}

}  // namespace

void add_backup(App& app) {
  const auto options = std::make_shared<BackupArguments>();
  CLI::App& command =
      app.add({"backup",
               "The ledger's events and signed checkpoints into another directory, while it is "
               "written; run again,\n"
               "only what is new. It can be asked like the ledger itself. Keys are not in it",
               "runut backup --data data --to /backup/runut\n"
               "runut verify --data /backup/runut"},
              [options] { return run_backup(*options); });
  add_common(command, *options)
      .add_option("--to", options->other, "Directory of the backup")
      ->required();
}

void add_restore(App& app) {
  const auto options = std::make_shared<BackupArguments>();
  CLI::App& command = app.add(
      {"restore",
       "A ledger out of a backup: verified whole, copied, its views made, and only then put in "
       "its place",
       "runut restore --from /backup/runut --data data\n"
       "runut restore --from /backup/runut --data data --agency kota-kediri"},
      [options] { return run_restore(*options); });
  add_common(command, *options)
      .add_option("--from", options->other, "Directory of the backup")
      ->required();
}

}  // namespace runut::cli
