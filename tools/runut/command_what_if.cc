#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "listing/alternatives.h"
#include "listing/supposition.h"
#include "seal/file_io.h"
#include "tools/runut/commands.h"
#include "tools/runut/difference_table.h"
#include "tools/runut/parsed_lines.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

struct WhatIfArguments {
  LedgerOptions ledger;
  OutputOptions output;
  std::string events;
  std::string regulation;
  std::string at;
  std::string month;
  std::string period;
  bool by_unit = false;
};

tl::unexpected<Error> unusable(const char* field, const std::string& value, const char* message) {
  return fail(Error{ErrorCode::invalid_input, {}, field, value, message});
}

tl::unexpected<Error> in_line(Error error, const std::string& path, std::uint64_t line) {
  error.message += fmt::format(" ({}, line {})", path, line);
  return fail(std::move(error));
}

Status suppose_commands(listing::Supposition& supposition, const std::string& path) {
  RUNUT_ASSIGN(const auto lines, ParsedLines::open(path));
  std::size_t supposed = 0;
  for (;;) {
    RUNUT_ASSIGN(ParsedLine* const line, lines->next());
    if (line == nullptr) break;
    if (line->is_blank) continue;
    if (!line->command) return in_line(line->command.error(), path, line->number);
    if (const Status taken = supposition.suppose(*line->command); !taken)
      return in_line(taken.error(), path, line->number);
    ++supposed;
  }
  if (supposed == 0) return unusable("events", path, "the file holds no command");
  return {};
}

Status suppose_draft(listing::Supposition& supposition, const std::string& path) {
  RUNUT_ASSIGN(const Bytes text, seal_io::read_file(path));
  return supposition.suppose_draft(text);
}

Status check_usable(const WhatIfArguments& options) {
  if (options.events.empty() && options.regulation.empty())
    return unusable("events", "", "say what is supposed: --events, --regulation or both");
  if (!options.month.empty() && !options.period.empty())
    return unusable("month", options.month, "either --month (payments) or --period (rankings)");
  if (options.at.empty() && options.month.empty() && options.period.empty())
    return unusable("month", "",
                    "behind the last event no decision follows: ask for a --month or a --period");
  if (options.by_unit && options.month.empty())
    return unusable("by-unit", "", "units have totals of payments: give --month");
  return {};
}

Result<DifferenceReport> difference(const listing::Supposition& supposition,
                                    const WhatIfArguments& options) {
  Progress progress("what if", "people");
  const auto told = [&](std::size_t done, std::size_t total) { progress.at(done, total); };
  if (!options.month.empty()) {
    RUNUT_ASSIGN(const Month month, read_option("month", options.month, parse_month));
    return supposition.payments(month, told);
  }
  RUNUT_ASSIGN(const Period period, read_option("period", options.period, parse_period));
  return supposition.rankings(period, told);
}

Result<Exit> show_changes(const Alternative& alternative, const std::string& agency,
                          Format format) {
  listing::Form form;
  form.columns = listing::change_columns();
  Table table(format, form.text_columns());
  RUNUT_TRY(list_changes(alternative, agency, emit_to(table)));
  table.finish();
  note_changes(alternative, "", emit_to(table));
  return table.rows() == 0 ? Exit::ok : Exit::finding;
}

Result<Exit> run_what_if(const WhatIfArguments& options) {
  RUNUT_TRY(check_usable(options));
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger));
  Progress progress("decide again", "events");
  RUNUT_ASSIGN(const listing::Source source,
               open_source(*instance, "", {}, [&](Sequence done, Sequence total) {
                 progress.at(done.value, total.value);
               }));
  RUNUT_ASSIGN(auto supposition, listing::Supposition::open(source, options.at));
  if (!options.at.empty()) note_moment(*instance, options.at, Head{supposition.until(), {}});
  if (!options.regulation.empty()) RUNUT_TRY(suppose_draft(supposition, options.regulation));
  if (!options.events.empty()) RUNUT_TRY(suppose_commands(supposition, options.events));
  RUNUT_TRY(supposition.follow());
  progress.clear();
  const Format format = format_of(options.output);
  print_banner(*instance, format);
  if (format == Format::terminal)
    print(coloured("HIPOTETIS", Colour::yellow, STDOUT_FILENO) + " (HYPOTHETICAL): after event " +
          std::to_string(supposition.until().value) + "\n");
  const std::string& agency = instance->place().agency;
  if (options.month.empty() && options.period.empty())
    return show_changes(supposition.alternative(), agency, format);
  RUNUT_ASSIGN(const DifferenceReport report, difference(supposition, options));
  print_difference(
      report,
      {{agency, options.month.empty() ? options.period : options.month, "HYPOTHETICAL"},
       options.by_unit},
      format);
  note_difference(report);
  if (!supposition.at_head())
    note_changes(supposition.alternative(), "", listing::Emit{.row = {}, .note = note});
  return report.people.empty() ? Exit::ok : Exit::finding;
}

}  // namespace

void add_what_if(App& app) {
  const auto options = std::make_shared<WhatIfArguments>();
  CLI::App& command = app.add(
      {"what-if",
       "Who would be paid or ranked differently if commands had been given that nobody gave, or a\n"
       "draft regulation were in force. Nothing is recorded. With --at they are supposed in the\n"
       "middle of the history, and whatever followed is decided again. Exit code 1 when anybody\n"
       "differs.",
       "runut what-if --data data --regulation draft.json --month 2022-08 --by-unit\n"
       "runut what-if --data data --events approvals.ndjson --month 2022-08\n"
       "runut what-if --data data --events ratings.ndjson --at 2022-07-05 --period 2022-S1\n"
       "runut what-if --data data --events ratings.ndjson --at 4711 --csv"},
      [options] { return run_what_if(*options); });
  add_ledger_options(command, options->ledger);
  add_output_options(command, options->output);
  command
      .add_option("--events", options->events,
                  "Commands as for import (schemas/commands.schema.json); '-' is stdin")
      ->type_name("FILE");
  command
      .add_option("--regulation", options->regulation,
                  "A draft: amends the document in force on its first day; needs no decree yet")
      ->type_name("FILE");
  command
      .add_option("--at", options->at,
                  "Where they are supposed: after this event, or at the end of a day; by default\n"
                  "behind the last event")
      ->type_name("SEQUENCE|DAY|INSTANT");
  command.add_option("--month", options->month, "Payments of this month, e.g. 2022-08");
  command.add_option("--period", options->period, "Rankings of this period, e.g. 2022-S1");
  command.add_flag("--by-unit", options->by_unit,
                   "Totals of each paying unit instead of people: by line and component");
}

}  // namespace runut::cli
