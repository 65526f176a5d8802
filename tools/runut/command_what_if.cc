#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "codec/command_json.h"
#include "regulation/document_json.h"
#include "seal/file_io.h"
#include "tools/runut/alternatives.h"
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

// The time of what is supposed: as of the place where it is supposed, or as its commands say on a
// simulated ledger.
class SupposedTime {
 public:
  static Result<SupposedTime> open(const Instance& instance, Sequence until, bool at_head) {
    RUNUT_ASSIGN(const Event last, event_at(instance, until));
    SupposedTime out;
    out.simulated_ = instance.is_simulated();
    out.now_ = last.recorded_at;
    if (at_head) {
      if (!out.simulated_) out.now_ = std::max(out.now_, SystemClock{}.now());
    } else {
      RUNUT_ASSIGN(const Event following, event_at(instance, next(until)));
      out.until_ = following.recorded_at;
    }
    return out;
  }

  Result<HypotheticalOptions> of(const Command& command) {
    const Origin origin = simulated_ ? Origin::simulation : Origin::live;
    if (!command.recorded_at) return HypotheticalOptions{now_, origin};
    const std::string given = to_string(*command.recorded_at);
    if (!simulated_)
      return reject("recorded_at.not_simulated", "recorded_at", given,
                    "only a simulated ledger takes its time from the input");
    if (*command.recorded_at < now_)
      return reject("recorded_at.decreasing", "recorded_at", given,
                    "earlier than what stands before it, at " + to_string(now_));
    if (until_ && *command.recorded_at > *until_)
      return reject("what_if.recorded_at", "recorded_at", given,
                    "later than what is recorded next, at " + to_string(*until_));
    now_ = *command.recorded_at;
    return HypotheticalOptions{now_, origin};
  }

 private:
  bool simulated_ = false;
  Instant now_;
  std::optional<Instant> until_;
};

tl::unexpected<Error> in_line(Error error, const std::string& path, std::uint64_t line) {
  error.message += fmt::format(" ({}, line {})", path, line);
  return fail(std::move(error));
}

Status suppose_commands(Alternative& alternative, const std::string& path, SupposedTime& time) {
  RUNUT_ASSIGN(const auto lines, ParsedLines::open(path));
  std::size_t supposed = 0;
  for (;;) {
    RUNUT_ASSIGN(ParsedLine* const line, lines->next());
    if (line == nullptr) break;
    if (line->is_blank) continue;
    if (!line->command) return in_line(line->command.error(), path, line->number);
    const auto options = time.of(*line->command);
    if (!options) return in_line(options.error(), path, line->number);
    if (const Status taken = alternative.suppose(*line->command, *options); !taken)
      return in_line(taken.error(), path, line->number);
    ++supposed;
  }
  if (supposed == 0) return unusable("events", path, "the file holds no command");
  return {};
}

// As the amendment of the document in force on its first day, or enacted where none is.
Status suppose_draft(Alternative& alternative, const std::string& path, SupposedTime& time) {
  RUNUT_ASSIGN(const Bytes text, seal_io::read_file(path));
  const auto document = read_document(text);
  if (!document) return fail(document.error().front());
  std::optional<std::string> amends;
  if (const auto held = alternative.facts().agency().timeline.in_force(
          document->header.effective_from, alternative.known_at()))
    amends = (*held)->header.id;
  RUNUT_ASSIGN(const HypotheticalOptions options, time.of(Command{}));
  return alternative.suppose_document(text, amends, options);
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

Result<DifferenceReport> difference(const Instance& instance, Sequence head,
                                    const Alternative& alternative,
                                    const WhatIfArguments& options) {
  Progress progress("what if", "people");
  const DifferenceQuestion question{
      {instance.history(), head, {}},
      {alternative.history(), alternative.known_at(), {}},
      [&](std::size_t done, std::size_t total) { progress.at(done, total); }};
  if (!options.month.empty()) {
    RUNUT_ASSIGN(const Month month, read_option("month", options.month, parse_month));
    return payments_difference(question, month);
  }
  RUNUT_ASSIGN(const Period period, read_option("period", options.period, parse_period));
  return rankings_difference(question, period);
}

Result<Exit> run_what_if(const WhatIfArguments& options) {
  RUNUT_TRY(check_usable(options));
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger));
  RUNUT_ASSIGN(const Head now, head_for(*instance, ""));
  const Sequence head = now.sequence;
  Sequence until = head;
  if (!options.at.empty()) {
    auto moment = head_for(*instance, options.at);
    if (!moment) {
      if (moment.error().field == "as-known-at") moment.error().field = "at";
      return fail(std::move(moment).error());
    }
    RUNUT_ASSIGN(const Event last, event_at(*instance, moment->sequence));
    until = end_of_commit(last);
  }
  RUNUT_ASSIGN(SupposedTime time, SupposedTime::open(*instance, until, until == head));
  RUNUT_ASSIGN(const auto alternative, alternative_after(*instance, until));
  if (!options.regulation.empty()) RUNUT_TRY(suppose_draft(*alternative, options.regulation, time));
  if (!options.events.empty()) RUNUT_TRY(suppose_commands(*alternative, options.events, time));
  RUNUT_TRY(follow_to_head(*instance, *alternative, until, head));
  const Format format = format_of(options.output);
  print_banner(*instance, format);
  if (format == Format::terminal)
    print(coloured("HIPOTETIS", Colour::yellow, STDOUT_FILENO) + " (HYPOTHETICAL): after event " +
          std::to_string(until.value) + "\n");
  const std::string& agency = instance->place().agency;
  if (options.month.empty() && options.period.empty()) {
    print_changes(*alternative, agency, format);
    note_changes(*alternative);
    return alternative->changed().empty() ? Exit::ok : Exit::finding;
  }
  RUNUT_ASSIGN(const DifferenceReport report, difference(*instance, head, *alternative, options));
  print_difference(report,
                   {agency, options.month.empty() ? options.period : options.month, "HYPOTHETICAL",
                    options.by_unit},
                   format);
  note_difference(report);
  if (until != head) note_changes(*alternative);
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
