#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "instance/snapshots.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct SnapshotArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::uint64_t keep = 0;
  std::uint64_t sequence = 0;
};

// What the directory holds by itself: files that the ledger has, too, take no room.
std::uint64_t own_bytes(const SnapshotFile& snapshot) {
  std::uint64_t bytes = 0;
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(snapshot.directory, failure))
    if (entry.is_regular_file(failure) && entry.hard_link_count(failure) == 1)
      bytes += entry.file_size(failure);
  return bytes;
}

Status print_snapshots(const Instance& ledger, const OutputOptions& output) {
  RUNUT_ASSIGN(const std::vector<SnapshotFile> snapshots, list_snapshots(ledger.place()));
  Table table(format_of(output),
              {{"agency"}, {"sequence", true}, {"own_bytes", true}, {"directory"}});
  for (const SnapshotFile& snapshot : snapshots)
    table.row({ledger.place().agency, std::to_string(snapshot.sequence.value),
               std::to_string(own_bytes(snapshot)), snapshot.directory});
  table.finish();
  return {};
}

Result<Exit> run_take(const SnapshotArguments& options) {
  RUNUT_ASSIGN(const auto ledger, open_to_write(options.ledger));
  RUNUT_TRY(take_snapshot(*ledger));
  if (options.keep > 0) {
    RUNUT_ASSIGN(const std::vector<SnapshotFile> snapshots, list_snapshots(ledger->place()));
    for (std::size_t at = 0; at + options.keep < snapshots.size(); ++at)
      RUNUT_TRY(drop_snapshot(snapshots[at]));
  }
  RUNUT_TRY(print_snapshots(*ledger, options.output));
  RUNUT_TRY(ledger->close());
  return Exit::ok;
}

Result<Exit> run_list(const SnapshotArguments& options) {
  RUNUT_ASSIGN(const auto ledger, open_to_read(options.ledger, false));
  RUNUT_TRY(print_snapshots(*ledger, options.output));
  return Exit::ok;
}

Result<Exit> run_drop(const SnapshotArguments& options) {
  RUNUT_ASSIGN(const auto ledger, open_to_read(options.ledger, false));
  RUNUT_ASSIGN(const std::vector<SnapshotFile> snapshots, list_snapshots(ledger->place()));
  for (const SnapshotFile& snapshot : snapshots) {
    if (snapshot.sequence.value != options.sequence) continue;
    RUNUT_TRY(drop_snapshot(snapshot));
    RUNUT_TRY(print_snapshots(*ledger, options.output));
    return Exit::ok;
  }
  return fail(Error{ErrorCode::not_found, "snapshot.unknown", "sequence",
                    std::to_string(options.sequence), "there is no snapshot of this event"});
}

Result<Exit> run_check(const SnapshotArguments& options) {
  RUNUT_ASSIGN(const auto ledger, open_to_read(options.ledger));
  RUNUT_ASSIGN(const std::vector<SnapshotFile> snapshots, list_snapshots(ledger->place()));
  Table table(
      format_of(options.output),
      {{"sequence", true}, {"projection"}, {"digest_live"}, {"digest_from_snapshot"}, {"result"}});
  Exit exit = Exit::ok;
  for (const SnapshotFile& file : snapshots) {
    RUNUT_ASSIGN(const auto snapshot, Snapshot::open(file, ledger->log()));
    Progress progress("check", "events");
    RUNUT_ASSIGN(const std::vector<SnapshotCheck> checks,
                 check_snapshot(*ledger, *snapshot, [&](Sequence folded, Sequence until) {
                   progress.at(folded.value, until.value);
                 }));
    progress.clear();
    for (const SnapshotCheck& check : checks) {
      if (!check.agrees()) exit = Exit::finding;
      table.row({std::to_string(file.sequence.value), check.projection, to_hex(check.live.view()),
                 to_hex(check.kept_and_folded.view()), check.agrees() ? "equal" : "different"});
    }
  }
  table.finish();
  return exit;
}

}  // namespace

void add_snapshot(App& app) {
  CLI::App& group = app.add_group(
      {"snapshot",
       "Views kept as they are now, so that later questions about this moment need not replay\n"
       "the whole log. Made of hard links beside the ledger; the log stays what everything rests "
       "on",
       "runut snapshot take --data data --keep 12"});
  const auto add = [&](const char* name, const char* text, const char* example, auto run) {
    const auto options = std::make_shared<SnapshotArguments>();
    CLI::App& command =
        app.add(group, {name, text, example}, [options, run] { return run(*options); });
    add_ledger_options(command, options->ledger);
    add_output_options(command, options->output);
    return std::pair<CLI::App&, std::shared_ptr<SnapshotArguments>>(command, options);
  };
  const auto take = add("take", "Keeps the views as of the head, e.g. once a month",
                        "runut snapshot take --data data\n"
                        "runut snapshot take --data data --keep 12",
                        &run_take);
  take.first
      .add_option("--keep", take.second->keep, "Drop all but so many of the newest afterwards")
      ->type_name("N")
      ->check(whole_number(1, 100'000));
  add("list", "What is kept, and what it takes on disk by itself",
      "runut snapshot list --data data --json", &run_list);
  const auto drop = add("drop", "Takes one away; nothing else is changed",
                        "runut snapshot drop --data data --sequence 198494", &run_drop);
  drop.first.add_option("--sequence", drop.second->sequence, "The event that it was taken at")
      ->required()
      ->type_name("N")
      ->check(whole_number(1, ~std::uint64_t{0}));
  add("check",
      "Folds everything since each snapshot on top of it and compares the digests with the views\n"
      "that serve; exit 1 when they differ",
      "runut snapshot check --data data", &run_check);
}

}  // namespace runut::cli
