#include <CLI/CLI.hpp>

#include "projections/plans.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct PlansArguments {
  ViewOptions view;
  std::string period;
  TimesOptions times;
};

// The names and their order are fixed: scripts rely on them.
std::vector<Column> plans_columns() {
  return {{"agency"},       {"period"},      {"person"},  {"state"},      {"results", true},
          {"linked", true}, {"approved_on"}, {"on_time"}, {"event", true}};
}

std::string_view plan_state_text(plans::State state) {
  switch (state) {
    case plans::State::drafted: return "drafted";
    case plans::State::submitted: return "submitted";
    case plans::State::returned: return "returned";
    case plans::State::approved: return "approved";
    case plans::State::revised: return "revised";
  }
  return "unknown";
}

Result<Exit> run_plans(const PlansArguments& options) {
  RUNUT_ASSIGN(const Period period, read_option("period", options.period, parse_period));
  RUNUT_TRY(refuse_rules_as_of(options.times, "no parameter of a document decides about a plan"));
  RUNUT_ASSIGN(const OtherTimes times, read_times(options.times));
  RUNUT_ASSIGN(const OpenedView view,
               open_view(options.view, plans::projection, times.facts_as_of));
  note_times(times);
  const auto& [instance, head, rows, format] = view;
  RUNUT_ASSIGN(const auto persons, plans::persons_in(*rows, period));
  print_banner(*instance, format);
  Table table(format, plans_columns());
  for (const PersonId person : persons) {
    RUNUT_ASSIGN(const auto plan, plans::find(*rows, person, period));
    if (!plan) continue;
    table.row({instance->place().agency, to_string(period), to_string(person),
               std::string(plan_state_text(plan->state)), std::to_string(plan->results),
               std::to_string(plan->linked), plan->approved_on ? to_string(*plan->approved_on) : "",
               plan->is_on_time() ? "yes" : "no", std::to_string(plan->changed.value)});
  }
  table.finish();
  if (persons.empty())
    std::fprintf(stderr, "no plan of %s was drafted\n", to_string(period).c_str());
  return Exit::ok;
}

}  // namespace

void add_plans(App& app) {
  const auto options = std::make_shared<PlansArguments>();
  CLI::App& command =
      app.add({"plans", "Plans (SKP) of a period: state, results, links and when they were agreed",
               "runut plans --data data --period 2022-S1\n"
               "runut plans --data data --agency kota-kediri --period 2022 --csv > plans.csv\n"
               "runut plans --data data --period 2022-S1 --as-known-at 2022-01-31\n"
               "runut plans --data data --period 2022 --facts-as-of 2022-01-31"},
              [options] { return run_plans(*options); });
  add_view_options(command, options->view);
  add_times_options(command, options->times);
  command.add_option("--period", options->period, "Period: 2022-S1, 2022-Q3, 2022-08 or 2022")
      ->required();
}

}  // namespace runut::cli
