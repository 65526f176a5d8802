#include "tools/runut/app.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string_view>

#include "base/sha256.h"
#include "listing/arguments.h"
#include "listing/source.h"
#include "proof/lines.h"
#include "tools/runut/terminal.h"

namespace runut::cli {
namespace {

constexpr const char* about =
    "runut: the ledger of what civil servants did, and of the pay that follows from it.\n"
    "Each fact, decision and payment can be traced, recomputed and proved.";

// RocksDB uses some bytes of a file before it has verified their checksum and, as Debian builds it,
// ends the process when they are wrong, with a line that names its own sources. Whoever reads that
// is told what it means.
void end_as_damaged(int) {
  constexpr std::string_view what =
      "runut: a library has ended the process; why is said above. When RocksDB says it, a part of "
      "the store that it does not verify is damaged: runut doctor looks for it, or restore a "
      "backup\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, what.data(), what.size());
  ::_exit(static_cast<int>(Exit::corrupt));
}

}  // namespace

App::App() : root_(std::make_unique<CLI::App>(about, "runut")) {
  root_->require_subcommand(1);
  root_->set_version_flag("--version", "runut " RUNUT_VERSION);
  root_->footer("Each command has examples: runut COMMAND --help. Exit codes: runut exit-codes.");
  // "runut help", "runut help log" and "runut help exit-codes", as people type them.
}

App::~App() = default;

CLI::App& App::describe(CLI::App& command, const Help& help) {
  if (!help.examples.empty()) {
    std::string footer = "Examples:\n";
    for (std::size_t begin = 0; begin < help.examples.size();) {
      const std::size_t end = std::min(help.examples.find('\n', begin), help.examples.size());
      footer += "  " + help.examples.substr(begin, end - begin) + "\n";
      begin = end + 1;
    }
    footer.pop_back();
    command.footer(footer);
  }
  return command;
}

CLI::App& App::add(const Help& help, Run run) {
  return add(*root_, help, std::move(run));
}

CLI::App& App::add_group(const Help& help) {
  CLI::App& group = *root_->add_subcommand(help.name, help.summary);
  group.require_subcommand(1);
  return describe(group, help);
}

CLI::App& App::add(CLI::App& group, const Help& help, Run run) {
  CLI::App& command = *group.add_subcommand(help.name, help.summary);
  const std::string name = &group == root_.get() ? help.name : group.get_name() + " " + help.name;
  command.callback([this, &command, name, run = std::move(run)] {
    // A command that has others below it ("bench http") is not meant when one of these is.
    if (!command.get_subcommands().empty()) return;
    chosen_ = name;
    run_ = run;
  });
  return describe(command, help);
}

int App::main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGABRT, end_as_damaged);
  // Our own bugs end as bugs do.
  std::set_terminate([] {
    std::signal(SIGABRT, SIG_DFL);
    __gnu_cxx::__verbose_terminate_handler();
  });
  std::signal(SIGXFSZ,
              SIG_IGN);  // a file that may not grow is an error to report, no reason to die
  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (!arguments.empty() && arguments.front() == "help") {
    arguments.erase(arguments.begin());
    if (arguments != std::vector<std::string>{"exit-codes"}) arguments.emplace_back("--help");
  }
  std::reverse(arguments.begin(), arguments.end());
  try {
    root_->parse(arguments);
  } catch (const CLI::RequiredError& error) {
    // A word that nothing knows is the likelier mistake than the one that is then missing.
    const std::vector<std::string> unknown = root_->remaining(true);
    unknown.empty() ? (void)root_->exit(error) : (void)root_->exit(CLI::ExtrasError(unknown));
    return static_cast<int>(Exit::usage);
  } catch (const CLI::ParseError& error) {
    const int code = root_->exit(error);
    return static_cast<int>(code == 0 ? Exit::ok : Exit::usage);
  }
  RUNUT_CHECK(run_ != nullptr, "a command was chosen");
  const Result<Exit> ended = run_();
  if (std::fflush(stdout) != 0) print("");
  if (ended) return static_cast<int>(*ended);
  std::fprintf(stderr, "%s %s\n",
               coloured("runut " + chosen_ + ":", Colour::red, STDERR_FILENO).c_str(),
               printable(ended.error().describe(), 2'000).c_str());
  return static_cast<int>(exit_of(ended.error().code));
}

void add_ledger_options(CLI::App& command, LedgerOptions& options) {
  command.add_option("--data", options.data, "Directory that holds agency folders only")
      ->required()
      ->type_name("DIR");
  command
      .add_option("--keys", options.keys, "Directory of the keys; by default DIR.keys beside DIR")
      ->type_name("DIR");
  command.add_option("--agency", options.agency, "Code of the agency; the only one by default")
      ->type_name("CODE");
  command
      .add_option("--log", options.log, "kafka://host:port[,host:port]/; without it, the directory")
      ->type_name("URL");
}

void add_output_options(CLI::App& command, OutputOptions& options) {
  auto* json = command.add_flag("--json", options.json, "JSON");
  auto* csv = command.add_flag("--csv", options.csv, "CSV with a heading");
  auto* tsv = command.add_flag("--tsv", options.tsv, "TSV with a heading");
  json->excludes(csv)->excludes(tsv);
  csv->excludes(tsv);
}

void add_moment_option(CLI::App& command, std::string& as_known_at) {
  command
      .add_option("--as-known-at", as_known_at,
                  "Answer from what was known at a sequence, at the end of a day or at an instant")
      ->type_name("SEQUENCE|DAY|INSTANT");
}

void add_times_options(CLI::App& command, TimesOptions& options) {
  command
      .add_option("--facts-as-of", options.facts_as_of,
                  "HYPOTHETICAL: computed again from what occurred by this day")
      ->type_name("DAY");
  command
      .add_option("--rules-as-of", options.rules_as_of,
                  "HYPOTHETICAL: computed again under the document in force on this day")
      ->type_name("DAY");
}

Result<OtherTimes> read_times(const TimesOptions& options) {
  OtherTimes times;
  if (!options.facts_as_of.empty()) {
    RUNUT_ASSIGN(times.facts_as_of, read_option("facts-as-of", options.facts_as_of, parse_date));
  }
  if (!options.rules_as_of.empty()) {
    RUNUT_ASSIGN(times.rules_as_of, read_option("rules-as-of", options.rules_as_of, parse_date));
  }
  return times;
}

Status refuse_rules_as_of(const TimesOptions& options, std::string why) {
  if (options.rules_as_of.empty()) return {};
  return fail(Error{ErrorCode::invalid_input, "times.rules_as_of", "rules-as-of",
                    options.rules_as_of, std::move(why)});
}

void note_times(const OtherTimes& times) {
  if (times.asked()) std::fprintf(stderr, "HYPOTHETICAL: %s\n", listing::described(times).c_str());
}

namespace {

tl::unexpected<Error> of_moment(Error error) {
  if (error.field == listing::as_known_at_name) error.field = "as-known-at";
  return fail(std::move(error));
}

}  // namespace

Result<Head> head_for(const Instance& instance, const std::string& as_known_at) {
  Result<Head> head = listing::moment_of(instance, as_known_at);
  if (!head) return of_moment(std::move(head).error());
  note_moment(instance, as_known_at, *head);
  return head;
}

Result<listing::Source> open_source(const Instance& instance, const std::string& as_known_at,
                                    const OtherTimes& times, FoldProgress progress) {
  auto source = listing::Source::open(instance, as_known_at, times, std::move(progress));
  if (!source) return of_moment(std::move(source).error());
  note_moment(instance, as_known_at, source->head());
  note_times(times);
  return source;
}

Result<Mac128> nip_lookup(Instance& instance, const std::string& nip) {
  const auto keys = instance.keys();
  if (!keys)
    return fail(Error{keys.error().code, keys.error().rule, "person", nip,
                      "no person id (P17), and a NIP is looked up with the ledger's keys: " +
                          keys.error().describe()});
  const Hash256 mac = hmac_sha256((*keys)->ledger_key(LedgerKey::nip_lookup).view(), nip);
  return Mac128::from(mac.view().substr(0, Mac128::size));
}

void note_moment(const Instance& instance, const std::string& as_known_at, const Head& head) {
  if (as_known_at.empty()) return;
  std::fprintf(stderr, "as known at event %llu of %llu\n",
               static_cast<unsigned long long>(head.sequence.value),
               static_cast<unsigned long long>(instance.log().head().sequence.value));
}

std::function<std::string(const std::string&)> whole_number(std::uint64_t least,
                                                            std::uint64_t most) {
  return [least, most](const std::string& given) -> std::string {
    const auto number = parse_decimal(given);
    if (number && *number >= least && *number <= most) return {};
    return fmt::format("{} is not a whole number from {} to {}", printable(given, 100), least,
                       most);
  };
}

Format format_of(const OutputOptions& options) {
  if (options.json) return Format::json;
  if (options.csv) return Format::csv;
  if (options.tsv) return Format::tsv;
  return is_terminal(STDOUT_FILENO) ? Format::terminal : Format::tsv;
}

namespace {

Result<InstanceOptions> instance_options(const LedgerOptions& options) {
  InstanceOptions out;
  out.log = options.log;
  // A node that has no copy yet gets one from the brokers.
  if (!options.log.empty() && !options.agency.empty()) {
    RUNUT_ASSIGN(out.place, place_of(options.data, options.keys, options.agency));
  } else {
    RUNUT_ASSIGN(out.place, locate(options.data, options.keys, options.agency));
  }
  auto progress = std::make_shared<Progress>("views", "events");
  out.progress = [progress](Sequence folded, Sequence until) {
    progress->at(folded.value, until.value);
  };
  return out;
}

}  // namespace

Result<std::unique_ptr<Instance>> open_to_read(const LedgerOptions& options, bool views) {
  RUNUT_ASSIGN(InstanceOptions wanted, instance_options(options));
  wanted.views = views;
  return Instance::open(std::move(wanted), Instance::Access::read_only);
}

Result<std::unique_ptr<Instance>> open_to_write(const LedgerOptions& options) {
  RUNUT_ASSIGN(InstanceOptions wanted, instance_options(options));
  return Instance::open(std::move(wanted), Instance::Access::read_write);
}

void print_banner(const Instance& instance, Format format) {
  if (format != Format::terminal || !instance.is_simulated()) return;
  print(coloured("SIMULASI", Colour::yellow, STDOUT_FILENO) + " · " +
        printable(instance.founded()->name) + "\n");
}

}  // namespace runut::cli
