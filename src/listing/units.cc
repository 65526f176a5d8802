#include "ledger/loaded_facts.h"
#include "listing/columns.h"
#include "listing/registry.h"
#include "listing/source.h"
#include "projections/roster.h"

namespace runut::listing {
namespace {

// From a unit up to the root, by that day's tree; itself first.
std::vector<UnitId> line_of(const std::map<UnitId, roster::Unit>& units, UnitId unit, Date on) {
  std::vector<UnitId> out;
  for (std::optional<UnitId> at = unit; at && out.size() <= units.size();) {
    const auto found = units.find(*at);
    if (found == units.end()) break;
    out.push_back(*at);
    at = found->second.parent_on(on);
  }
  return out;
}

Status list_units(const Source& source, const Arguments& arguments, const Emit& emit) {
  RUNUT_ASSIGN(const Date on, day_asked(source, arguments));
  RUNUT_ASSIGN(const auto rows, source.rows(roster::projection));
  RUNUT_ASSIGN(const auto all, roster::units(*rows));
  std::map<UnitId, roster::Unit> units;
  for (const roster::Unit& unit : all) units.emplace(unit.unit, unit);
  std::optional<UnitId> top;
  if (arguments.has("unit")) {
    top = arguments.unit("unit");
    if (!units.contains(*top))
      return fail(Error{ErrorCode::not_found, "unit.unknown", "unit", to_string(*top),
                        "no unit of this id is recorded"});
  }
  for (const auto& [id, unit] : units) {
    const bool stands = unit.from <= on && (!unit.closed || unit.closed->last_day >= on);
    const std::vector<UnitId> line = line_of(units, id, on);
    if (!stands || (top && std::find(line.begin(), line.end(), *top) == line.end())) continue;
    const auto parent = unit.parent_on(on);
    RUNUT_TRY(emit.row({source.agency(), to_string(id), unit.code, unit.name,
                        parent ? to_string(*parent) : "", std::to_string(line.size()),
                        unit.paying ? "yes" : "no", to_string(unit.from),
                        unit.closed ? to_string(unit.closed->last_day) : "",
                        std::to_string(unit.sequence.value)}));
  }
  return {};
}

}  // namespace

Listing units_listing() {
  return {.name = "units",
          .summary = "Units that stand on a day, and the tree that they form on it",
          .parameters = {day_parameter,
                         {"unit", ParameterType::unit, false,
                          "Only this unit, e.g. U3, and those below it"}},
          .forms = {{.columns = {agency_column,
                                 unit_column,
                                 {"code", ColumnType::text, "As the agency writes it"},
                                 {"name", ColumnType::text, "Of the unit"},
                                 {"parent", ColumnType::text, "On that day; empty: the root"},
                                 {"level", ColumnType::number, "1: the root"},
                                 {"paying", ColumnType::text, "yes: it has runs of its own"},
                                 {"from", ColumnType::text, "First day"},
                                 {"until", ColumnType::text, "Last day; empty: open"},
                                 {"event", ColumnType::sequence, "Its creation"}},
                     .of_nobody = true,
                     .rows = &list_units}}};
}

}  // namespace runut::listing
