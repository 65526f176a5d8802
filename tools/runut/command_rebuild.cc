#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "projections/registry.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct RebuildArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::vector<std::string> projections;
  bool promote = false;
};

void list_differences(const Rebuilt& view) {
  for (const ViewState::Difference& row : view.differences)
    std::fprintf(stderr, "%s: row %s: %s -> %s\n", view.projection.c_str(), to_hex(row.key).c_str(),
                 row.left ? to_hex(*row.left).substr(0, 120).c_str() : "(none)",
                 row.right ? to_hex(*row.right).substr(0, 120).c_str() : "(none)");
}

Result<Exit> run_rebuild(const RebuildArguments& options) {
  RUNUT_ASSIGN(const auto instance, open_to_write(options.ledger));
  std::vector<std::string> wanted = options.projections;
  if (wanted.empty())
    for (const Projection& projection : all_projections) wanted.emplace_back(projection.name);
  Progress progress("rebuild", "events");
  RebuildOptions rebuild;
  rebuild.progress = [&](Sequence folded, Sequence until) {
    progress.at(folded.value, until.value);
  };
  RUNUT_ASSIGN(const std::vector<Rebuilt> views, instance->projector()->rebuild(wanted, rebuild));
  progress.clear();
  const Format format = format_of(options.output);
  print_banner(*instance, format);
  Table table(format, {{"projection"},
                       {"events", true},
                       {"rows", true},
                       {"seconds", true},
                       {"digest_old"},
                       {"digest_new"},
                       {"result"}});
  Exit exit = Exit::ok;
  for (const Rebuilt& view : views) {
    std::string result = !view.old_damage.empty() ? "replaced"
                         : view.promoted          ? "equal"
                                                  : "different";
    if (!view.old_damage.empty())
      std::fprintf(stderr, "%s: the old view was damaged: %s\n", view.projection.c_str(),
                   printable(view.old_damage).c_str());
    if (!view.promoted && options.promote) {
      RUNUT_TRY(instance->projector()->promote(view.projection));
      result = "replaced";
    } else if (!view.promoted) {
      RUNUT_TRY(instance->projector()->discard(view.projection));
      exit = Exit::finding;
    }
    table.row({view.projection, std::to_string(view.events), std::to_string(view.rows),
               fmt::format("{:.3f}", view.seconds), to_hex(view.digest_old.view()),
               to_hex(view.digest_new.view()), result});
    list_differences(view);
  }
  table.finish();
  RUNUT_TRY(instance->close());
  return exit;
}

}  // namespace

void add_rebuild(App& app) {
  const auto options = std::make_shared<RebuildArguments>();
  CLI::App& command =
      app.add({"rebuild",
               "Folds views anew from the log beside the live ones and compares their digests; "
               "exit 1 when they\n"
               "differ: then the differences are listed and the old view stays, unless --promote",
               "runut rebuild --data data\n"
               "runut rebuild --data data --projection payments --projection rankings\n"
               "runut rebuild --data data --promote"},
              [options] { return run_rebuild(*options); });
  add_ledger_options(command, options->ledger);
  add_output_options(command, options->output);
  std::vector<std::string> names;
  for (const Projection& projection : all_projections) names.emplace_back(projection.name);
  command.add_option("--projection", options->projections, "Only this one; may be repeated")
      ->check(CLI::IsMember(names));
  command.add_flag("--promote", options->promote, "Let a view that differs serve all the same");
}

}  // namespace runut::cli
