// What every command shares: registration with help and examples, the options that name a ledger
// and the form of the output, and one way in which errors end the process.
#pragma once

#include <functional>
#include <limits>
#include <memory>
#include <string>

#include "instance/instance.h"
#include "listing/source.h"
#include "query/other_times.h"
#include "tools/runut/exit_code.h"
#include "tools/runut/table.h"

namespace CLI {
class App;
}

namespace runut::cli {

struct Help {
  std::string name;
  std::string summary;   // one sentence
  std::string examples;  // whole command lines, one a line
};

// A command either ends with an exit code or with an error, which is printed and mapped to one.
using Run = std::function<Result<Exit>()>;

class App {
 public:
  App();
  ~App();

  // Registers a command, e.g. "log"; `run` is called after its options were read. The options have
  // to outlive the call: hold them in a shared_ptr that `run` captures.
  CLI::App& add(const Help& help, Run run);
  // A group of commands, e.g. "person", and one in it.
  CLI::App& add_group(const Help& help);
  CLI::App& add(CLI::App& group, const Help& help, Run run);

  [[nodiscard]] int main(int argc, char** argv);

 private:
  CLI::App& describe(CLI::App& command, const Help& help);
  std::unique_ptr<CLI::App> root_;
  std::string chosen_;
  Run run_;
};

// --data, --keys, --agency, --log.
struct LedgerOptions {
  std::string data;
  std::string keys;
  std::string agency;
  std::string log;
};
void add_ledger_options(CLI::App& command, LedgerOptions& options);

// --json, --csv, --tsv.
struct OutputOptions {
  bool json = false;
  bool csv = false;
  bool tsv = false;
};
void add_output_options(CLI::App& command, OutputOptions& options);
// Without an option: a table on a terminal, TSV in a pipe.
[[nodiscard]] Format format_of(const OutputOptions& options);

// --as-known-at: for queries that can answer as of an earlier event (rulebook section 3.6).
void add_moment_option(CLI::App& command, std::string& as_known_at);
// Where the query stands: at the ledger's head, or at the moment asked for, which is then told on
// stderr.
[[nodiscard]] Result<Head> head_for(const Instance& instance, const std::string& as_known_at);
// "as known at event 4711 of 4800" on stderr, when a moment was asked for.
void note_moment(const Instance& instance, const std::string& as_known_at, const Head& head);

// What an answer reads, as of then; moment and times are told on stderr.
[[nodiscard]] Result<listing::Source> open_source(const Instance& instance,
                                                  const std::string& as_known_at,
                                                  const OtherTimes& times = {},
                                                  FoldProgress progress = {});

// --facts-as-of and --rules-as-of: the other two times (rulebook section 3.6), as given.
struct TimesOptions {
  std::string facts_as_of;
  std::string rules_as_of;
};
void add_times_options(CLI::App& command, TimesOptions& options);
// For a query that no document decides about: why --rules-as-of is refused, when it is asked for.
[[nodiscard]] Status refuse_rules_as_of(const TimesOptions& options, std::string why);
[[nodiscard]] Result<OtherTimes> read_times(const TimesOptions& options);
// On stderr, when any is asked for: "HYPOTHETICAL: facts as of 2022-08-15".
void note_times(const OtherTimes& times);

// A whole number in decimal digits from `least` to `most`: CLI11 alone would let -1 wrap.
[[nodiscard]] std::function<std::string(const std::string&)> whole_number(
    std::uint64_t least, std::uint64_t most = std::numeric_limits<std::uint64_t>::max());

// What the parser of its type makes of an option; an error names the option and what was given.
template <class Parse>
[[nodiscard]] auto read_option(const char* name, const std::string& given, Parse&& parse)
    -> decltype(parse(given)) {
  auto parsed = parse(given);
  if (parsed) return parsed;
  return fail(
      Error{ErrorCode::invalid_input, parsed.error().rule, name, given, parsed.error().message});
}

// Opens the ledger for reading. `views` false: for what asks the log alone.
[[nodiscard]] Result<std::unique_ptr<Instance>> open_to_read(const LedgerOptions& options,
                                                             bool views = true);
[[nodiscard]] Result<std::unique_ptr<Instance>> open_to_write(const LedgerOptions& options);

// By what the ledger finds the person of a NIP: its HMAC under a key of the ledger. Without the
// keys nobody can tell whose number it is; the error says so.
[[nodiscard]] Result<Mac128> nip_lookup(Instance& instance, const std::string& nip);

// "SIMULASI · Pemerintah Kota Kediri" above a table for people, when the ledger is simulated.
void print_banner(const Instance& instance, Format format);

}  // namespace runut::cli
