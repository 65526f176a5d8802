#include <CLI/CLI.hpp>

#include "projections/imports.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct ImportsArguments {
  ViewOptions view;
  bool waiting = false;
};

// The names and their order are fixed: scripts rely on them.
std::vector<Column> declared_columns() {
  return {{"agency"},        {"import", true}, {"source"},       {"as_found"},
          {"authorised_by"}, {"decree"},       {"events", true}, {"held", true},
          {"waiting", true}, {"file"},         {"event", true}};
}
std::vector<Column> waiting_columns() {
  return {{"agency"}, {"event", true}, {"declared", true}, {"type"}, {"person"},
          {"date"},   {"by"},          {"acted_at"}};
}

Status print_declared(const Instance& instance, const RowReader& rows, Format format) {
  RUNUT_ASSIGN(const auto declared, imports::declared(rows));
  Table table(format, declared_columns());
  for (const imports::Declared& one : declared)
    table.row({instance.place().agency, std::to_string(one.declared.number), one.declared.source,
               one.declared.as_found ? "yes" : "no", to_string(one.declared.decree.signatory),
               one.declared.decree.number, std::to_string(one.events), std::to_string(one.held),
               std::to_string(one.held - one.accepted), to_hex(one.declared.file.view()),
               std::to_string(one.sequence.value)});
  table.finish();
  return {};
}

Status print_waiting(const Instance& instance, const RowReader& rows, Format format) {
  RUNUT_ASSIGN(const auto held, imports::held(rows));
  Table table(format, waiting_columns());
  for (const imports::Held& one : held) {
    if (one.accepted) continue;
    const bool is_person = one.actor_kind == ActorKind::person;
    table.row({instance.place().agency, std::to_string(one.sequence.value),
               std::to_string(one.declared.value), std::string(to_string(one.type)),
               to_string(one.person), to_string(one.occurred_on),
               (is_person ? "P" : "S") + std::to_string(one.actor), to_string(one.acted_at)});
  }
  table.finish();
  return {};
}

Result<Exit> run_imports(const ImportsArguments& options) {
  RUNUT_ASSIGN(const OpenedView view, open_view(options.view, imports::projection));
  const auto& [instance, head, rows, format] = view;
  print_banner(*instance, format);
  RUNUT_TRY(options.waiting ? print_waiting(*instance, *rows, format)
                            : print_declared(*instance, *rows, format));
  return Exit::ok;
}

}  // namespace

void add_imports(App& app) {
  const auto options = std::make_shared<ImportsArguments>();
  CLI::App& command = app.add(
      {"imports",
       "Declared imports of older data, and what of them waits for an official to accept it\n"
       "(AcceptImportedEvent names the person and the event)",
       "runut imports --data data\n"
       "runut imports --data data --waiting --csv > waiting.csv\n"
       "runut imports --data data --waiting --as-known-at 2022-09-05"},
      [options] { return run_imports(*options); });
  add_view_options(command, options->view);
  command.add_flag("--waiting", options->waiting,
                   "The events that were imported as found and are not accepted");
}

}  // namespace runut::cli
