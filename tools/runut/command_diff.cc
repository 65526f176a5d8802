#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "tools/runut/commands.h"
#include "tools/runut/difference_table.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct DiffArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::string month;
  std::string period;
  std::string known_at;
  std::string later;
  std::vector<std::string> facts_as_of;
  std::vector<std::string> rules_as_of;
  bool by_unit = false;
};

// An error names the option that it was given with.
Result<Head> moment_of(const Instance& instance, const char* option, const std::string& moment) {
  Result<Head> head = head_for(instance, moment);
  if (head) return head;
  Error error = std::move(head).error();
  if (error.field == "as-known-at") error.field = option;
  return fail(std::move(error));
}

// What both sides read; outlives their standpoints.
struct Histories {
  std::optional<FactsAsOf> before, after;  // with dates alone
};

Result<std::pair<Standpoint, Standpoint>> standpoints(const Instance& instance,
                                                      const DiffArguments& options,
                                                      Histories& dated) {
  RUNUT_ASSIGN(const Head after, moment_of(instance, "and", options.later));
  if (!options.facts_as_of.empty()) {
    const auto date_of = [&](std::size_t side) {
      return read_option("facts-as-of", options.facts_as_of[side], parse_date);
    };
    RUNUT_ASSIGN(const Date first, date_of(0));
    RUNUT_ASSIGN(const Date second, date_of(1));
    return std::pair<Standpoint, Standpoint>{
        {dated.before.emplace(instance.history(), first), after.sequence, {}},
        {dated.after.emplace(instance.history(), second), after.sequence, {}}};
  }
  std::pair<Standpoint, Standpoint> out{{instance.history(), after.sequence, {}},
                                        {instance.history(), after.sequence, {}}};
  if (!options.known_at.empty()) {
    RUNUT_ASSIGN(const Head before, moment_of(instance, "known-at", options.known_at));
    out.first.known_at = before.sequence;
  }
  if (!options.rules_as_of.empty()) {
    RUNUT_ASSIGN(out.first.rules_as_of,
                 read_option("rules-as-of", options.rules_as_of[0], parse_date));
    RUNUT_ASSIGN(out.second.rules_as_of,
                 read_option("rules-as-of", options.rules_as_of[1], parse_date));
  }
  return out;
}

Result<Exit> run_diff(const DiffArguments& options) {
  const auto unusable = [](const char* field, const std::string& value, const char* message) {
    return fail(Error{ErrorCode::invalid_input, {}, field, value, message});
  };
  if (options.month.empty() == options.period.empty())
    return unusable("month", options.month, "either --month (payments) or --period (rankings)");
  if (options.by_unit && options.month.empty())
    return unusable("by-unit", "", "units have totals of payments: give --month");
  const int asked = (options.known_at.empty() ? 0 : 1) + (options.facts_as_of.empty() ? 0 : 1) +
                    (options.rules_as_of.empty() ? 0 : 1);
  if (asked != 1)
    return unusable(
        "known-at", options.known_at,
        "one of --known-at (two moments), --facts-as-of (what occurred by two days) and "
        "--rules-as-of (two documents)");
  std::optional<Month> month;
  std::optional<Period> period;
  if (!options.month.empty()) {
    RUNUT_ASSIGN(month, read_option("month", options.month, parse_month));
  } else {
    RUNUT_ASSIGN(period, read_option("period", options.period, parse_period));
  }
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger));
  Histories dated;
  RUNUT_ASSIGN(const auto sides, standpoints(*instance, options, dated));
  Progress progress("diff", "people");
  const DifferenceQuestion question{
      sides.first, sides.second,
      [&](std::size_t done, std::size_t total) { progress.at(done, total); }};
  RUNUT_ASSIGN(const DifferenceReport report, month ? payments_difference(question, *month)
                                                    : rankings_difference(question, *period));
  progress.clear();
  const Format format = format_of(options.output);
  print_banner(*instance, format);
  const auto& days = options.rules_as_of.empty() ? options.facts_as_of : options.rules_as_of;
  const bool hypothetical = !days.empty();
  if (hypothetical && format == Format::terminal)
    print(coloured("HIPOTETIS", Colour::yellow, STDOUT_FILENO) +
          " (HYPOTHETICAL): " + (options.rules_as_of.empty() ? "facts" : "rules") + " as of " +
          days[0] + " and " + days[1] + "\n");
  print_difference(report,
                   {{instance->place().agency, month ? options.month : options.period,
                     hypothetical ? "HYPOTHETICAL" : "as_known"},
                    options.by_unit},
                   format);
  note_difference(report);
  return report.people.empty() ? Exit::ok : Exit::finding;
}

}  // namespace

void add_diff(App& app) {
  const auto options = std::make_shared<DiffArguments>();
  CLI::App& command = app.add(
      {"diff",
       "Who is paid or ranked differently at two moments, or under two documents: line by line,\n"
       "with the events between the two or the parameters. Exit code 1 when anybody differs.",
       "runut diff --data data --month 2022-08 --known-at 2022-09-05\n"
       "runut diff --data data --month 2022-08 --known-at 2022-09-05 --and 2022-10-31 --csv\n"
       "runut diff --data data --period 2022-S1 --known-at 4711 --and 5000\n"
       "runut diff --data data --month 2022-08 --facts-as-of 2022-08-15 2022-08-31\n"
       "runut diff --data data --month 2022-08 --rules-as-of 2022-07-01 2022-08-01"},
      [options] { return run_diff(*options); });
  add_ledger_options(command, options->ledger);
  add_output_options(command, options->output);
  command.add_option("--month", options->month, "Payments of this month, e.g. 2022-08");
  command.add_option("--period", options->period, "Rankings of this period, e.g. 2022-S1");
  command.add_flag("--by-unit", options->by_unit,
                   "Totals of each paying unit instead of people: by line and component");
  command
      .add_option("--known-at", options->known_at,
                  "The first moment: a sequence, the end of a day, or an instant")
      ->type_name("SEQUENCE|DAY|INSTANT");
  command
      .add_option("--and", options->later,
                  "The second moment, now by default; with the other two the only one")
      ->type_name("SEQUENCE|DAY|INSTANT");
  command
      .add_option("--facts-as-of", options->facts_as_of,
                  "Two days: from what occurred by each (HYPOTHETICAL)")
      ->expected(2)
      ->type_name("DAY DAY");
  command
      .add_option("--rules-as-of", options->rules_as_of,
                  "Two days: under the document in force on each (HYPOTHETICAL)")
      ->expected(2)
      ->type_name("DAY DAY");
}

}  // namespace runut::cli
