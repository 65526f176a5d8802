#include "tools/runut/difference_table.h"

namespace runut::cli {
namespace {

constexpr std::size_t events_shown_max = 6;  // where people read

}  // namespace

void print_difference(const DifferenceReport& report, const DifferenceShown& shown, Format format) {
  listing::Form form;
  form.columns = shown.by_unit ? listing::unit_difference_columns() : listing::difference_columns();
  Table table(format, form.text_columns());
  const listing::Emit emit = emit_to(table);
  const Status listed = shown.by_unit
                            ? list_unit_differences(report, shown.of, emit)
                            : list_people_differences(
                                  report, shown.of, emit,
                                  format == Format::terminal ? events_shown_max : ~std::size_t{0});
  RUNUT_CHECK(listed.has_value(), "a table takes every row");
  table.finish();
}

void note_difference(const DifferenceReport& report) {
  note(listing::difference_note(report));
}

}  // namespace runut::cli
