// One command for each listing (listing/registry.h): its options are the listing's parameters.
#include <CLI/CLI.hpp>
#include <algorithm>

#include "listing/registry.h"
#include "listing/source.h"
#include "tools/runut/commands.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

using listing::Listing;
using listing::Parameter;
using listing::ParameterType;

struct ListingOptions {
  LedgerOptions ledger;
  OutputOptions output;
  std::string as_known_at;
  TimesOptions times;
  std::map<std::string_view, std::string> values;  // by parameter
  std::map<std::string_view, bool> flags;
};

struct Examples {
  std::string_view listing;
  const char* lines;
};

constexpr Examples examples[] = {
    {"affected",
     "runut affected --data data --event 4711\n"
     "runut affected --data data --event 4711 --csv | grep ,payment,"},
    {"dialogues",
     "runut dialogues --data data --period 2022-Q1\n"
     "runut dialogues --data data --agency kota-kediri --period 2022-S1 --csv\n"
     "runut dialogues --data data --period 2022-S1 --as-known-at 2022-06-30"},
    {"evaluations",
     "runut evaluations --data data --period 2022-Q3\n"
     "runut evaluations --data data --agency kota-denpasar --period 2022-Q3 --units\n"
     "runut evaluations --data data --period 2022 --csv --as-known-at 2023-01-31 > credit.csv"},
    {"imports",
     "runut imports --data data\n"
     "runut imports --data data --waiting --csv > waiting.csv\n"
     "runut imports --data data --waiting --as-known-at 2022-09-05"},
    {"merit",
     "runut merit --data data\n"
     "runut merit --data data --agency kota-kediri --year 2022\n"
     "runut merit --data data --as-known-at 2022-12-31 --csv > merit.csv"},
    {"payments",
     "runut payments --data data --month 2022-08\n"
     "runut payments --data data --agency kota-kediri --month 2022-08 --csv > payments.csv\n"
     "runut payments --data data --month 2022-08 --person P17\n"
     "runut payments --data data --month 2022-08 --as-known-at 2022-09-05\n"
     "runut payments --data data --month 2022-08 --rules-as-of 2022-07-01"},
    {"people",
     "runut people --data data\n"
     "runut people --data data --agency kota-kediri --unit U9 --on 2022-08-31 --csv > people.csv"},
    {"plans",
     "runut plans --data data --period 2022-S1\n"
     "runut plans --data data --agency kota-kediri --period 2022 --csv > plans.csv\n"
     "runut plans --data data --period 2022-S1 --as-known-at 2022-01-31\n"
     "runut plans --data data --period 2022 --facts-as-of 2022-01-31"},
    {"accesses",
     "runut accesses --data data --person P17\n"
     "runut accesses --data data --reader P8 --csv > accesses.csv"},
    {"posts",
     "runut posts --data data\n"
     "runut posts --data data --agency kota-yogyakarta --on 2022-12-31\n"
     "runut posts --data data --all --csv > posts.csv"},
    {"promotions",
     "runut promotions --data data\nrunut promotions --data data --csv > promotions.csv"},
    {"qualifications",
     "runut qualifications --data data --person P17\n"
     "runut qualifications --data data --agency kota-kediri --csv > people.csv\n"
     "runut qualifications --data data --person P17 --as-known-at 2022-12-31"},
    {"rankings",
     "runut rankings --data data --period 2022-S1\n"
     "runut rankings --data data --agency kota-kediri --period 2022-S1 --csv > rankings.csv\n"
     "runut rankings --data data --period 2022-S1 --unranked\n"
     "runut rankings --data data --period 2022-S1 --as-known-at 2022-08-20\n"
     "runut rankings --data data --period 2022-S1 --rules-as-of 2023-01-01"},
    {"surveys",
     "runut surveys --data data --period 2022-S1\n"
     "runut surveys --data data --agency kota-kediri --period 2022-S1 --csv\n"
     "runut surveys --data data --period 2022-S1 --as-known-at 2022-06-30"},
    {"units",
     "runut units --data data\n"
     "runut units --data data --unit U2 --on 2022-08-31\n"
     "runut units --data data --as-known-at 2022-06-30 --json"},
};

std::string examples_of(std::string_view name) {
  for (const Examples& one : examples)
    if (one.listing == name) return one.lines;
  RUNUT_CHECK(false, "every listing has examples");
  return {};
}

// "left_out" is --left-out on the command line.
std::string option_name(std::string_view parameter) {
  std::string out(parameter);
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

tl::unexpected<Error> in_options(Error error) {
  error.field = option_name(error.field);
  return fail(std::move(error));
}

Result<listing::Arguments> arguments_of(const Listing& listing, const ListingOptions& options) {
  std::vector<listing::Given> given;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) given.push_back({std::string(name), value});
  };
  for (const auto& [name, value] : options.values) add(name, value);
  for (const auto& [name, set] : options.flags) add(name, set ? "true" : "");
  add(listing::as_known_at_name, options.as_known_at);
  add(listing::facts_as_of_name, options.times.facts_as_of);
  add(listing::rules_as_of_name, options.times.rules_as_of);
  auto arguments = listing::Arguments::read(listing, given);
  if (!arguments) return in_options(std::move(arguments).error().front());
  return *std::move(arguments);
}

Result<Exit> run_listing(const Listing& listing, const ListingOptions& options) {
  RUNUT_ASSIGN(const listing::Arguments arguments, arguments_of(listing, options));
  RUNUT_ASSIGN(const auto instance, open_to_read(options.ledger));
  Progress progress("replay", "events");
  RUNUT_ASSIGN(const listing::Source source,
               open_source(*instance, options.as_known_at, arguments.times(),
                           [&](Sequence folded, Sequence until) {
                             progress.at(folded.value, until.value);
                           }));
  const Format format = format_of(options.output);
  print_banner(*instance, format);
  const listing::Form& form = listing.form_for(arguments);
  Table table(format, form.text_columns());
  std::vector<std::string> notes;
  RUNUT_TRY(
      form.rows(source, arguments,
                {.row = [&](std::vector<std::string> cells) -> Status {
                   progress.clear();
                   table.row(std::move(cells));
                   return {};
                 },
                 .note = [&](std::string sentence) { notes.push_back(std::move(sentence)); }}));
  progress.clear();
  table.finish();
  for (const std::string& sentence : notes) note(sentence);
  return listing.finds && table.rows() > 0 ? Exit::finding : Exit::ok;
}

void add_parameter(CLI::App& command, const Parameter& parameter, ListingOptions& options) {
  const std::string name = "--" + option_name(parameter.name);
  const std::string description(parameter.description);
  if (parameter.type == ParameterType::flag)
    command.add_flag(name, options.flags[parameter.name], description);
  else
    command.add_option(name, options.values[parameter.name], description)
        ->required(parameter.required);
}

}  // namespace

Result<Exit> list_of_ledger(std::string_view name, const LedgerOptions& ledger,
                            const OutputOptions& output) {
  const Listing* const listing = listing::find_listing(name);
  RUNUT_CHECK(listing != nullptr, "a listing of this name is registered");
  ListingOptions options;
  options.ledger = ledger;
  options.output = output;
  return run_listing(*listing, options);
}

void add_listing(App& app, std::string_view name) {
  const Listing* const listing = listing::find_listing(name);
  RUNUT_CHECK(listing != nullptr, "a listing of this name is registered");
  const auto options = std::make_shared<ListingOptions>();
  std::string summary(listing->summary);
  if (listing->finds) summary += " Exit code 1 when there are any.";
  CLI::App& command = app.add({std::string(name), std::move(summary), examples_of(name)},
                              [listing, options] { return run_listing(*listing, *options); });
  add_ledger_options(command, options->ledger);
  add_output_options(command, options->output);
  add_moment_option(command, options->as_known_at);
  if (listing->other_times) add_times_options(command, options->times);
  for (const Parameter& parameter : listing->parameters)
    add_parameter(command, parameter, *options);
}

}  // namespace runut::cli
