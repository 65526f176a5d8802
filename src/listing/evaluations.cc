#include "projections/evaluations.h"

#include <fmt/format.h>

#include "listing/columns.h"
#include "listing/registry.h"
#include "listing/source.h"

namespace runut::listing {
namespace {

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

Status list_evaluations(const Source& source, const Arguments& arguments, const Emit& emit) {
  const Period period = arguments.period("period");
  RUNUT_ASSIGN(const auto rows, source.rows(evaluations::projection));
  RUNUT_ASSIGN(const auto persons, evaluations::persons_in(*rows, period));
  for (const PersonId person : persons) {
    RUNUT_ASSIGN(const auto of, evaluations::find(*rows, person, period));
    if (!of) continue;
    RUNUT_TRY(emit.row({source.agency(), to_string(period), to_string(person), result_text(*of),
                        behaviour_text(*of), name_text(of->predicate()),
                        credit_text(of->credit_hundredths()),
                        of->delivered ? std::to_string(of->delivered->value) : "",
                        of->is_answered() ? "yes" : "no", std::to_string(of->corrections.size()),
                        std::to_string(of->objections.size())}));
  }
  if (persons.empty()) emit.note("nobody was evaluated for " + to_string(period));
  return {};
}

std::vector<std::string> closing_cells(const std::string& agency, Period period,
                                       const evaluations::UnitPeriod& unit) {
  std::vector<std::string> cells = {
      agency, to_string(period), to_string(unit.unit),
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
  return cells;
}

Status list_closings(const Source& source, const Arguments& arguments, const Emit& emit) {
  const Period period = arguments.period("period");
  RUNUT_ASSIGN(const auto rows, source.rows(evaluations::projection));
  RUNUT_ASSIGN(const auto units, evaluations::units_in(*rows, period));
  for (const evaluations::UnitPeriod& unit : units)
    RUNUT_TRY(emit.row(closing_cells(source.agency(), period, unit)));
  if (units.empty()) emit.note("no unit has a predicate of " + to_string(period));
  return {};
}

std::vector<Column> closings_columns() {
  std::vector<Column> out = {agency_column,
                             period_column,
                             unit_column,
                             {"unit_predicate", ColumnType::text, "Of the unit"}};
  for (const auto& named : EnumNames<Predicate>::table)
    out.push_back({named.name, ColumnType::number, "People with this predicate"});
  out.push_back({"rated", ColumnType::number, "People with a predicate"});
  out.push_back({"unrated", ColumnType::number, "People without one"});
  out.push_back({"check", ColumnType::text, "What the check of the distribution said, or open"});
  out.push_back({"event", ColumnType::sequence, "The closing, else the unit's predicate"});
  return out;
}

}  // namespace

Listing evaluations_listing() {
  Parameter period = period_parameter;
  period.description = "Period: 2022-Q3, 2022-S1, 2022-08 or 2022";
  return {.name = "evaluations",
          .summary = "Evaluations of a period: ratings, predicates, credit; units' distribution",
          .parameters = {period,
                         {"units", ParameterType::flag, false,
                          "Units instead of people: predicate, counts by predicate, what the check "
                          "said"}},
          .forms = {{.columns = {agency_column,
                                 period_column,
                                 person_column,
                                 {"result", ColumnType::text,
                                  "Work result: points with two decimals, or an expectation"},
                                 {"behaviour", ColumnType::text,
                                  "An expectation; empty where values are given"},
                                 {"predicate", ColumnType::text, "Of the person"},
                                 {"credit", ColumnType::points, "Points with two decimals"},
                                 {"delivered", ColumnType::text, "Sequence of the delivery"},
                                 {"answered", ColumnType::text, "yes or no"},
                                 {"corrections", ColumnType::number, "How many"},
                                 {"objections", ColumnType::number, "How many"}},
                     .person = "person",
                     .rows = &list_evaluations},
                    {.chosen_by = "units", .columns = closings_columns(), .rows = &list_closings}}};
}

}  // namespace runut::listing
