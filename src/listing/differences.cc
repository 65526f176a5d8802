#include "listing/differences.h"

#include <fmt/format.h>

#include "listing/columns.h"
#include "listing/registry.h"

namespace runut::listing {
namespace {

template <class Items, class Text>
std::string spaced(const Items& items, Text text) {
  std::string out;
  for (const auto& item : items) out += (out.empty() ? "" : " ") + text(item);
  return out;
}

// The last few are the likeliest.
std::string event_list(std::vector<Sequence> events, std::size_t shown_max) {
  std::string more;
  if (events.size() > shown_max) {
    more = fmt::format("({} more) ", events.size() - shown_max);
    events.erase(events.begin(), events.end() - static_cast<std::ptrdiff_t>(shown_max));
  }
  return more + spaced(events, [](Sequence sequence) { return std::to_string(sequence.value); });
}

tl::unexpected<Error> unusable_question(const char* field, const char* message) {
  return fail(Error{ErrorCode::invalid_input, "difference.question", field, {}, message});
}

// Two days of one kind of date.
struct TwoDays {
  Date before;
  Date after;
};
Result<std::optional<TwoDays>> days_of(const Arguments& arguments, const char* first,
                                       const char* second) {
  if (arguments.has(first) != arguments.has(second))
    return unusable_question(arguments.has(first) ? second : first, "two days are compared");
  if (!arguments.has(first)) return std::optional<TwoDays>{};
  return std::optional(TwoDays{arguments.date(first), arguments.date(second)});
}

Status check_question(const Arguments& arguments) {
  if (arguments.has("month") == arguments.has("period"))
    return unusable_question("month", "either a month (payments) or a period (rankings)");
  if (arguments.flag("by_unit") && !arguments.has("month"))
    return unusable_question("by_unit", "units have totals of payments: give a month");
  const int asked = (arguments.has("known_at") ? 1 : 0) + (arguments.has("facts_before") ? 1 : 0) +
                    (arguments.has("rules_before") ? 1 : 0);
  if (asked == 1) return {};
  return unusable_question("known_at",
                           "one of known_at (two moments), facts_before (what occurred by two "
                           "days) and rules_before (two documents)");
}

Result<Sequence> earlier_side(const Source& source, const Arguments& arguments) {
  auto head = moment_of(source.instance(), arguments.text("known_at"));
  if (head && head->sequence <= source.head().sequence) return head->sequence;
  if (head)
    return fail(Error{ErrorCode::invalid_input, "difference.moments", "known_at",
                      arguments.text("known_at"), "later than the moment it is compared with"});
  Error error = std::move(head).error();
  if (error.field == as_known_at_name) error.field = "known_at";
  return fail(std::move(error));
}

Status list_differences(const Source& source, const Arguments& arguments, const Emit& emit) {
  RUNUT_TRY(check_question(arguments));
  RUNUT_ASSIGN(const auto facts, days_of(arguments, "facts_before", "facts_after"));
  RUNUT_ASSIGN(const auto rules, days_of(arguments, "rules_before", "rules_after"));
  const Sequence now = source.head().sequence;
  Sequence then = now;
  if (arguments.has("known_at")) {
    RUNUT_ASSIGN(then, earlier_side(source, arguments));
  }
  const FactsAsOf before(source.history(), facts ? std::optional(facts->before) : std::nullopt);
  const FactsAsOf after(source.history(), facts ? std::optional(facts->after) : std::nullopt);
  // Events between the two are found where both sides are of one history.
  const DifferenceQuestion question{
      {facts ? before : source.history(), then,
       rules ? std::optional(rules->before) : std::nullopt},
      {facts ? after : source.history(), now, rules ? std::optional(rules->after) : std::nullopt},
      [&](std::size_t done, std::size_t total) {
        source.tell_progress(Sequence{done}, Sequence{total});
      }};
  RUNUT_ASSIGN(const DifferenceReport report,
               arguments.has("month") ? payments_difference(question, arguments.month("month"))
                                      : rankings_difference(question, arguments.period("period")));
  const DifferenceOf shown{source.agency(),
                           arguments.text(arguments.has("month") ? "month" : "period"),
                           facts || rules ? "HYPOTHETICAL" : "as_known"};
  RUNUT_TRY(arguments.flag("by_unit") ? list_unit_differences(report, shown, emit)
                                      : list_people_differences(report, shown, emit));
  emit.note(difference_note(report));
  return {};
}

}  // namespace

std::vector<Column> difference_columns() {
  return {agency_column,
          {"of", ColumnType::text, "The month or the period"},
          person_column,
          {"line", ColumnType::text, "The quantity that differs"},
          {"component", ColumnType::text, "Of a payment's line"},
          {"before", ColumnType::text, "On the first side"},
          {"after", ColumnType::text, "On the second side"},
          {"difference", ColumnType::text, "Of numbers: after less before"},
          {"events", ColumnType::text, "Recorded between the two, a space between them"},
          {"parameters", ColumnType::text, "That the two documents set differently"},
          {"basis", ColumnType::text, "as_known or HYPOTHETICAL"}};
}

std::vector<Column> unit_difference_columns() {
  return {agency_column,
          {"of", ColumnType::text, "The month"},
          {"unit", ColumnType::text, "The paying unit"},
          {"line", ColumnType::text, "The line whose total differs"},
          {"component", ColumnType::text, "Of the line"},
          {"before", ColumnType::text, "On the first side"},
          {"after", ColumnType::text, "On the second side"},
          {"difference", ColumnType::text, "After less before"},
          {"basis", ColumnType::text, "as_known or HYPOTHETICAL"}};
}

Status list_unit_differences(const DifferenceReport& report, const DifferenceOf& shown,
                             const Emit& emit) {
  for (const UnitTotal& unit : report.units)
    for (const ChangedQuantity& each : unit.quantities)
      RUNUT_TRY(emit.row({shown.agency, shown.of, to_string(unit.unit), each.line, each.component,
                          each.before, each.after, each.difference, shown.basis}));
  return {};
}

Status list_people_differences(const DifferenceReport& report, const DifferenceOf& shown,
                               const Emit& emit, std::size_t events_max) {
  const std::string parameters =
      spaced(report.parameters, [](const std::string& name) { return name; });
  for (const ChangedPerson& person : report.people) {
    const std::string events = event_list(person.events, events_max);
    for (const ChangedQuantity& each : person.quantities)
      RUNUT_TRY(
          emit.row({shown.agency, shown.of, to_string(person.person), each.line, each.component,
                    each.before, each.after, each.difference, events, parameters, shown.basis}));
  }
  return {};
}

std::string difference_note(const DifferenceReport& report) {
  return fmt::format("{} of {} people differ", report.people.size(), report.asked);
}

Listing differences_listing() {
  return {
      .name = "differences",
      .summary =
          "Who is paid or ranked differently at two moments, by what occurred by two days, "
          "or under two documents",
      .parameters = {{"month", ParameterType::month, false, "Payments of this month, e.g. 2022-08"},
                     {"period", ParameterType::period, false,
                      "Rankings of this period, e.g. 2022-S1"},
                     {"known_at", ParameterType::moment, false,
                      "The first moment: a sequence, the end of a day, or an instant; the second "
                      "is as_known_at, or now"},
                     {"facts_before", ParameterType::date, false,
                      "With facts_after: what occurred by each of two days (HYPOTHETICAL)"},
                     {"facts_after", ParameterType::date, false, "The second of these days"},
                     {"rules_before", ParameterType::date, false,
                      "With rules_after: under the documents of two days (HYPOTHETICAL)"},
                     {"rules_after", ParameterType::date, false, "The second of these days"},
                     {"by_unit", ParameterType::flag, false,
                      "Totals of each paying unit instead of people: by line and component"}},
      .finds = true,
      .long_work = true,
      .forms = {{.columns = difference_columns(), .person = "person", .rows = &list_differences},
                {.chosen_by = "by_unit",
                 .columns = unit_difference_columns(),
                 .rows = &list_differences}}};
}

}  // namespace runut::listing
