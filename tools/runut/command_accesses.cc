#include <CLI/CLI.hpp>

#include "projections/accesses.h"
#include "tools/runut/commands.h"

namespace runut::cli {
namespace {

struct AccessesArguments {
  ViewOptions view;
  std::string person;
  std::string reader;
};

// The names and their order are fixed: scripts rely on them.
std::vector<Column> accesses_columns() {
  return {{"agency"},   {"at"},      {"reader"},       {"role"},       {"assurance"},
          {"resource"}, {"purpose"}, {"people", true}, {"event", true}};
}

Result<Exit> run_accesses(const AccessesArguments& options) {
  std::optional<PersonId> person;
  std::optional<PersonId> reader;
  if (!options.person.empty()) {
    RUNUT_ASSIGN(person, read_option("person", options.person, parse_person_id));
  }
  if (!options.reader.empty()) {
    RUNUT_ASSIGN(reader, read_option("reader", options.reader, parse_person_id));
  }
  RUNUT_ASSIGN(const OpenedView view, open_view(options.view, accesses::projection));
  RUNUT_ASSIGN(const auto found,
               person ? accesses::of_person(*view.rows, *person) : accesses::all(*view.rows));
  print_banner(*view.instance, view.format);
  Table table(view.format, accesses_columns());
  for (const accesses::Access& access : found) {
    const bool is_person = access.actor_kind == ActorKind::person;
    if (reader && (!is_person || PersonId{access.actor} != *reader)) continue;
    table.row({view.instance->place().agency, to_string(access.recorded_at),
               (is_person ? "P" : "S") + std::to_string(access.actor),
               std::string(to_string(access.role)), std::string(to_string(access.assurance)),
               access.resource, access.purpose, std::to_string(access.people),
               std::to_string(access.sequence.value)});
  }
  table.finish();
  if (table.rows() == 0) std::fprintf(stderr, "no access is recorded\n");
  return Exit::ok;
}

}  // namespace

void add_accesses(App& app) {
  const auto options = std::make_shared<AccessesArguments>();
  CLI::App& command = app.add({"accesses", "Who read whose data, when and to what purpose",
                               "runut accesses --data data --person P17\n"
                               "runut accesses --data data --reader P8 --csv > accesses.csv"},
                              [options] { return run_accesses(*options); });
  add_view_options(command, options->view);
  command.add_option("--person", options->person, "Whose data was read (P17)");
  command.add_option("--reader", options->reader, "Who read (P8)");
}

}  // namespace runut::cli
