#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "projections/evaluations.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct EvaluationsArguments {
  ViewOptions view;
  std::string period;
  bool units = false;
};

// The names and their order are fixed: scripts rely on them.
std::vector<Column> evaluations_columns() {
  return {{"agency"},          {"period"},       {"person"},    {"result"},   {"behaviour"},
          {"predicate"},       {"credit", true}, {"delivered"}, {"answered"}, {"corrections", true},
          {"objections", true}};
}
std::vector<Column> closings_columns() {
  std::vector<Column> out = {{"agency"}, {"period"}, {"unit"}, {"unit_predicate"}};
  for (const auto& named : EnumNames<Predicate>::table)
    out.push_back({std::string(named.name), true});
  for (const char* name : {"rated", "unrated"}) out.push_back({name, true});
  out.push_back({"check"});
  out.push_back({"event", true});
  return out;
}

template <class Enum>
std::string name_text(const std::optional<Enum>& value) {
  return value ? std::string(to_string(*value)) : std::string();
}
std::string credit_text(const std::optional<std::uint32_t>& hundredths) {
  return hundredths ? fmt::format("{}.{:02}", *hundredths / 100, *hundredths % 100) : std::string();
}

// Of the last correction, else of the last rating: an expectation, or a score. The seven values of
// the behaviour have a mean only by their document, so scores show none here.
std::string result_text(const evaluations::Evaluation& of) {
  if (!of.corrections.empty()) {
    const evaluations::Correction& last = of.corrections.back();
    return last.expectations ? std::string(to_string(last.expectations->result))
                             : to_string(last.result);
  }
  if (of.results.empty()) return {};
  const evaluations::WorkResult& last = of.results.back();
  return last.expectation ? std::string(to_string(*last.expectation)) : to_string(last.result);
}
std::string behaviour_text(const evaluations::Evaluation& of) {
  if (!of.corrections.empty()) {
    const auto& last = of.corrections.back().expectations;
    return last ? std::string(to_string(last->behaviour)) : std::string();
  }
  return of.behaviours.empty() ? std::string() : name_text(of.behaviours.back().expectation);
}

Result<Exit> print_people(const Instance& instance, const RowReader& rows, Period period,
                          Format format) {
  RUNUT_ASSIGN(const auto persons, evaluations::persons_in(rows, period));
  Table table(format, evaluations_columns());
  for (const PersonId person : persons) {
    RUNUT_ASSIGN(const auto of, evaluations::find(rows, person, period));
    if (!of) continue;
    table.row({instance.place().agency, to_string(period), to_string(person), result_text(*of),
               behaviour_text(*of), name_text(of->predicate()),
               credit_text(of->credit_hundredths()),
               of->delivered ? std::to_string(of->delivered->value) : "",
               of->is_answered() ? "yes" : "no", std::to_string(of->corrections.size()),
               std::to_string(of->objections.size())});
  }
  table.finish();
  if (persons.empty())
    std::fprintf(stderr, "nobody was evaluated for %s\n", to_string(period).c_str());
  return Exit::ok;
}

Result<Exit> print_units(const Instance& instance, const RowReader& rows, Period period,
                         Format format) {
  RUNUT_ASSIGN(const auto units, evaluations::units_in(rows, period));
  Table table(format, closings_columns());
  for (const evaluations::UnitPeriod& unit : units) {
    std::vector<std::string> cells = {
        instance.place().agency, to_string(period), to_string(unit.unit),
        unit.closed ? std::string(to_string(unit.closed->predicate)) : name_text(unit.predicate)};
    std::uint64_t rated = 0;
    for (std::size_t i = 0; i < std::size(EnumNames<Predicate>::table); ++i) {
      const bool counted = unit.closed && i < unit.closed->counts.size();
      rated += counted ? unit.closed->counts[i].persons : 0;
      cells.push_back(counted ? std::to_string(unit.closed->counts[i].persons) : "");
    }
    cells.push_back(unit.closed ? std::to_string(rated) : "");
    cells.push_back(unit.closed ? std::to_string(unit.closed->unrated) : "");
    cells.push_back(unit.closed ? std::string(to_string(unit.closed->verdict)) : "open");
    cells.push_back(std::to_string((unit.closed ? unit.closed_at : unit.predicate_set).value));
    table.row(std::move(cells));
  }
  table.finish();
  if (units.empty())
    std::fprintf(stderr, "no unit has a predicate of %s\n", to_string(period).c_str());
  return Exit::ok;
}

Result<Exit> run_evaluations(const EvaluationsArguments& options) {
  RUNUT_ASSIGN(const Period period, read_option("period", options.period, parse_period));
  RUNUT_ASSIGN(const OpenedView view, open_view(options.view, evaluations::projection));
  const auto& [instance, head, rows, format] = view;
  print_banner(*instance, format);
  return options.units ? print_units(*instance, *rows, period, format)
                       : print_people(*instance, *rows, period, format);
}

}  // namespace

void add_evaluations(App& app) {
  const auto options = std::make_shared<EvaluationsArguments>();
  CLI::App& command = app.add(
      {"evaluations", "Evaluations of a period: ratings, predicates, credit; units' distribution",
       "runut evaluations --data data --period 2022-Q3\n"
       "runut evaluations --data data --agency kota-denpasar --period 2022-Q3 --units\n"
       "runut evaluations --data data --period 2022 --csv --as-known-at 2023-01-31 > credit.csv"},
      [options] { return run_evaluations(*options); });
  add_view_options(command, options->view);
  command.add_option("--period", options->period, "Period: 2022-Q3, 2022-S1, 2022-08 or 2022")
      ->required();
  command.add_flag("--units", options->units,
                   "Units instead of people: predicate, counts by predicate, what the check said");
}

}  // namespace runut::cli
