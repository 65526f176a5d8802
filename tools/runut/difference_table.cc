#include "tools/runut/difference_table.h"

#include <fmt/format.h>

namespace runut::cli {
namespace {

// The names and their order are fixed: scripts rely on them.
std::vector<Column> difference_columns() {
  return {{"agency"}, {"of"},         {"person"}, {"line"},       {"component"}, {"before"},
          {"after"},  {"difference"}, {"events"}, {"parameters"}, {"basis"}};
}
std::vector<Column> unit_columns() {
  return {{"agency"}, {"of"},    {"unit"},       {"line"}, {"component"},
          {"before"}, {"after"}, {"difference"}, {"basis"}};
}

template <class Items, class Text>
std::string spaced(const Items& items, Text text) {
  std::string out;
  for (const auto& item : items) out += (out.empty() ? "" : " ") + text(item);
  return out;
}

// All of them for scripts; people see the last few, which are the likeliest.
std::string event_list(std::vector<Sequence> events, Format format) {
  constexpr std::size_t shown_max = 6;
  std::string more;
  if (format == Format::terminal && events.size() > shown_max) {
    more = fmt::format("({} more) ", events.size() - shown_max);
    events.erase(events.begin(), events.end() - shown_max);
  }
  return more + spaced(events, [](Sequence sequence) { return std::to_string(sequence.value); });
}

void print_units(const DifferenceReport& report, const DifferenceShown& shown, Format format) {
  Table table(format, unit_columns());
  for (const UnitTotal& unit : report.units)
    for (const ChangedQuantity& each : unit.quantities)
      table.row({shown.agency, shown.of, to_string(unit.unit), each.line, each.component,
                 each.before, each.after, each.difference, shown.basis});
  table.finish();
}

}  // namespace

void print_difference(const DifferenceReport& report, const DifferenceShown& shown, Format format) {
  if (shown.by_unit) return print_units(report, shown, format);
  const std::string parameters =
      spaced(report.parameters, [](const std::string& name) { return name; });
  Table table(format, difference_columns());
  for (const ChangedPerson& person : report.people) {
    const std::string events = event_list(person.events, format);
    for (const ChangedQuantity& each : person.quantities)
      table.row({shown.agency, shown.of, to_string(person.person), each.line, each.component,
                 each.before, each.after, each.difference, events, parameters, shown.basis});
  }
  table.finish();
}

void note_difference(const DifferenceReport& report) {
  std::fprintf(stderr, "%zu of %zu people differ\n", report.people.size(), report.asked);
}

}  // namespace runut::cli
