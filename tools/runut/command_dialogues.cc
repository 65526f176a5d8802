#include <CLI/CLI.hpp>
#include <algorithm>

#include "projections/feedback.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct DialoguesArguments {
  ViewOptions view;
  std::string period;
};

// The names and their order are fixed: scripts rely on them.
std::vector<Column> dialogues_columns() {
  return {{"agency"},          {"period"},        {"person"},          {"feedback", true},
          {"dialogues", true}, {"last_dialogue"}, {"coachings", true}, {"event", true}};
}

Result<Exit> run_dialogues(const DialoguesArguments& options) {
  RUNUT_ASSIGN(const Period period, read_option("period", options.period, parse_period));
  RUNUT_ASSIGN(const OpenedView view, open_view(options.view, feedback::projection));
  const auto& [instance, head, rows, format] = view;
  RUNUT_ASSIGN(const auto people, feedback::in_period(*rows, period));
  print_banner(*instance, format);
  Table table(format, dialogues_columns());
  for (const feedback::Person& one : people)
    table.row({instance->place().agency, to_string(period), to_string(one.person),
               std::to_string(one.given), std::to_string(one.dialogues.size()),
               one.dialogues.empty()
                   ? ""
                   : to_string(*std::max_element(one.dialogues.begin(), one.dialogues.end())),
               std::to_string(one.coachings), std::to_string(one.last.value)});
  table.finish();
  if (people.empty())
    std::fprintf(stderr, "no feedback of %s is recorded\n", to_string(period).c_str());
  return Exit::ok;
}

}  // namespace

void add_dialogues(App& app) {
  const auto options = std::make_shared<DialoguesArguments>();
  CLI::App& command =
      app.add({"dialogues", "Feedback, dialogues and coaching of a period, by person",
               "runut dialogues --data data --period 2022-Q1\n"
               "runut dialogues --data data --agency kota-kediri --period 2022-S1 --csv\n"
               "runut dialogues --data data --period 2022-S1 --as-known-at 2022-06-30"},
              [options] { return run_dialogues(*options); });
  add_view_options(command, options->view);
  command.add_option("--period", options->period, "Period: 2022-S1, 2022-Q3, 2022-08 or 2022")
      ->required();
}

}  // namespace runut::cli
