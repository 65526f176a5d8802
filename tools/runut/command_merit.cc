#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "computation/merit.h"
#include "projections/merit.h"
#include "tools/runut/commands.h"
#include "tools/runut/rule_book.h"

namespace runut::cli {
namespace {

struct MeritArguments {
  ViewOptions view;
  std::optional<std::uint32_t> year;
  TimesOptions times;
};

// The names and their order are fixed: scripts rely on them.
std::vector<Column> years_columns() {
  return {{"agency"},        {"year"},       {"documents", true}, {"self_assessed", true},
          {"category"},      {"assessor"},   {"received", true},  {"received_category"},
          {"bundle_sha256"}, {"event", true}};
}
std::vector<Column> aspects_columns() {
  return {{"agency"}, {"year"}, {"aspect"}, {"points", true}, {"documents", true}};
}

std::string points_text(std::uint32_t hundredths) {
  return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100);
}

// By the document in force on the day of the assessment, or of the letter; or as of another day.
struct MeritRules {
  const AgencyFacts& facts;
  Sequence known_at;
  std::optional<Date> rules_as_of;
};
std::string category_text(const MeritRules& rules, std::uint32_t total, Date day) {
  const auto document =
      rules.facts.timeline.in_force(rules.rules_as_of.value_or(day), rules.known_at);
  if (!document) return "";
  const auto category = merit_category(total, (*document)->governance.merit);
  return category ? std::string(to_string(*category)) : "";
}

void year_row(Table& table, const std::string& agency, const merit::Year& year,
              const MeritRules& rules) {
  const auto& own = year.assessed;
  const auto& received = year.received;
  const Sequence last = received      ? received->sequence
                        : year.sealed ? year.sealed->sequence
                        : own         ? own->sequence
                                      : year.evidence.back().sequence;
  table.row({agency, std::to_string(year.year), std::to_string(year.evidence.size()),
             own ? points_text(own->total_hundredths) : "",
             own ? category_text(rules, own->total_hundredths, own->on) : "",
             received ? received->assessor : "",
             received ? points_text(received->total_hundredths) : "",
             received ? category_text(rules, received->total_hundredths, received->on) : "",
             year.sealed ? to_hex(year.sealed->hash.view()) : "", std::to_string(last.value)});
}

Result<Exit> print_aspects(const Instance& instance, const RowReader& rows,
                           const MeritArguments& options) {
  RUNUT_ASSIGN(const auto year, merit::find(rows, *options.year));
  Table table(format_of(options.view.output), aspects_columns());
  const std::string number = std::to_string(*options.year);
  for (const auto& named : EnumNames<MeritAspect>::table) {
    if (!year) break;
    std::string points;
    if (year->assessed)
      for (const MeritAspectPoints& one : year->assessed->aspects)
        if (one.aspect == named.value) points = points_text(one.points_hundredths);
    table.row({instance.place().agency, number, std::string(named.name), points,
               std::to_string(year->documents_of(named.value))});
  }
  table.finish();
  if (!year)
    std::fprintf(stderr, "nothing of the merit system of %s is recorded\n", number.c_str());
  return Exit::ok;
}

Result<Exit> run_merit(const MeritArguments& options) {
  if (options.year)
    RUNUT_TRY(
        refuse_rules_as_of(options.times, "no document prices an aspect: ask without --year"));
  RUNUT_ASSIGN(const OtherTimes times, read_times(options.times));
  RUNUT_ASSIGN(const OpenedView view,
               open_view(options.view, merit::projection, times.facts_as_of));
  note_times(times);
  const auto& [instance, head, rows, format] = view;
  print_banner(*instance, format);
  if (options.year) return print_aspects(*instance, *rows, options);
  RUNUT_ASSIGN(const auto facts, agency_facts(*instance));
  RUNUT_ASSIGN(const auto years, merit::all(*rows));
  Table table(format, years_columns());
  for (const merit::Year& year : years)
    year_row(table, instance->place().agency, year, {*facts, head.sequence, times.rules_as_of});
  table.finish();
  if (years.empty()) std::fprintf(stderr, "nothing of the merit system is recorded\n");
  return Exit::ok;
}

}  // namespace

void add_merit(App& app) {
  const auto options = std::make_shared<MeritArguments>();
  CLI::App& command =
      app.add({"merit", "Merit system: self-assessments, their category, evidence and its bundle",
               "runut merit --data data\n"
               "runut merit --data data --agency kota-kediri --year 2022\n"
               "runut merit --data data --as-known-at 2022-12-31 --csv > merit.csv"},
              [options] { return run_merit(*options); });
  add_view_options(command, options->view);
  add_times_options(command, options->times);
  command.add_option("--year", options->year, "One year, aspect by aspect");
}

}  // namespace runut::cli
