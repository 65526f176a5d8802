#include "tests/layering/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "tests/layering/scan.h"

namespace runut::layering {
namespace {

using Folders = std::set<std::string_view>;

// What a folder may include besides itself. Each list is complete: nothing is inherited, so that a
// wider door is a line of a review. `projections` stands at the top level, the others under src/.
const std::map<std::string_view, Folders>& doors() {
  static const std::map<std::string_view, Folders> table = {
      {"base", {}},
      {"json", {"base"}},
      {"domain", {"base"}},
      {"regulation", {"base", "json", "domain"}},
      {"computation", {"base", "domain", "regulation"}},
      {"ledger", {"base", "domain", "regulation", "computation"}},
      {"projections", {"base", "domain"}},
      {"codec", {"base", "json", "domain", "regulation"}},
      {"seal", {"base", "json", "domain"}},
      {"store", {"base", "domain", "projections", "codec", "seal"}},
      {"log", {"base", "domain", "codec", "seal", "store"}},
      {"proof", {"base", "json", "domain", "codec", "seal", "store"}},
      {"write",
       {"base", "json", "domain", "regulation", "computation", "ledger", "codec", "seal", "store",
        "log", "proof"}},
      {"projector",
       {"base", "json", "domain", "regulation", "computation", "projections", "codec", "seal",
        "store", "log", "proof"}},
      {"query",
       {"base", "json", "domain", "regulation", "computation", "ledger", "projections", "codec",
        "seal", "store", "log", "proof", "write", "projector"}},
      {"report", {"base", "domain", "regulation", "computation", "ledger", "query"}},
      {"intake", {"base", "json", "domain"}},
      {"simulation", {"base", "domain", "regulation", "computation", "codec"}},
      {"instance",
       {"base", "json", "domain", "regulation", "computation", "ledger", "projections", "codec",
        "seal", "store", "log", "proof", "write", "projector"}},
      {"console", {"base"}},
      {"listing",
       {"base", "json", "domain", "regulation", "computation", "ledger", "projections", "codec",
        "seal", "store", "log", "proof", "projector", "query", "report", "instance"}},
      {"identity", {"base", "json", "domain"}},
      {"http", {"base", "json", "domain", "identity"}},
      {"feed",
       {"base", "json", "domain", "projections", "codec", "seal", "store", "log", "proof",
        "identity", "http"}},
      {"service", {"base",        "json",      "domain", "regulation", "computation", "ledger",
                   "projections", "codec",     "seal",   "store",      "log",         "proof",
                   "write",       "projector", "query",  "report",     "instance",    "intake",
                   "listing",     "identity",  "http",   "feed"}},
  };
  return table;
}

// How many lines below its comment an excuse holds: a few members declared together.
constexpr std::size_t excuse_reach = 5;

const Folders pure_folders = {"domain", "regulation",  "computation",
                              "ledger", "projections", "intake"};

// Third-party headers with one home each: prefix or suffix of the include, who may have it.
struct Home {
  std::string_view begins;
  std::string_view ends;
  std::string_view rule;
  std::array<std::string_view, 3> paths;  // prefixes of the including file
};
constexpr std::array<Home, 9> homes = {{
    {"rocksdb/", "", "layering.rocksdb", {"src/store/", "src/log/rocksdb_", "tools/bench"}},
    {"librdkafka/", "", "layering.kafka", {"src/log/kafka_", "tools/bench", "tests/log/kafka"}},
    {"flatbuffers/", "", "layering.flatbuffers", {"src/codec/", "src/codec/", "src/codec/"}},
    {"", "_generated.h", "layering.flatbuffers", {"src/codec/", "src/codec/", "src/codec/"}},
    {"xlsxwriter", "", "layering.office", {"src/report/", "src/report/", "src/report/"}},
    {"boost/beast", "", "layering.network", {"src/http/", "tools/bench", "tests/"}},
    {"boost/asio", "", "layering.network", {"src/http/", "tools/bench", "tests/"}},
    {"cjose/", "", "layering.tokens", {"src/identity/", "src/identity/", "src/identity/"}},
    {"hpdf", "", "layering.office", {"src/report/", "src/report/", "src/report/"}},
}};

struct Banned {
  std::string_view word;
  std::string_view rule;
  std::string_view why;
};

constexpr std::string_view no_clock = "time arrives as an input";
constexpr std::string_view no_chance = "random bytes and ids arrive as inputs";
constexpr std::string_view no_output = "pure folders do no I/O and log nothing";
constexpr std::string_view no_fraction = "amounts and scores are integers (base/money.h)";
constexpr std::string_view no_threads = "pure code has one thread: its caller's";

constexpr std::array banned_words = {
    Banned{"system_clock", "pure.clock", no_clock},
    Banned{"steady_clock", "pure.clock", no_clock},
    Banned{"high_resolution_clock", "pure.clock", no_clock},
    Banned{"utc_clock", "pure.clock", no_clock},
    Banned{"SystemClock", "pure.clock", no_clock},
    Banned{"clock_gettime", "pure.clock", no_clock},
    Banned{"gettimeofday", "pure.clock", no_clock},
    Banned{"localtime", "pure.clock", no_clock},
    Banned{"gmtime", "pure.clock", no_clock},
    Banned{"random_device", "pure.randomness", no_chance},
    Banned{"mt19937", "pure.randomness", no_chance},
    Banned{"mt19937_64", "pure.randomness", no_chance},
    Banned{"SystemRandomness", "pure.randomness", no_chance},
    Banned{"SeededRandomness", "pure.randomness", no_chance},
    Banned{"getrandom", "pure.randomness", no_chance},
    Banned{"cout", "pure.output", no_output},
    Banned{"cerr", "pure.output", no_output},
    Banned{"clog", "pure.output", no_output},
    Banned{"spdlog", "pure.output", no_output},
    Banned{"ifstream", "pure.output", no_output},
    Banned{"ofstream", "pure.output", no_output},
    Banned{"fopen", "pure.output", no_output},
    Banned{"filesystem", "pure.output", no_output},
    Banned{"getenv", "pure.output", no_output},
    Banned{"float", "pure.floating", no_fraction},
    Banned{"double", "pure.floating", no_fraction},
    Banned{"thread", "pure.threads", no_threads},
    Banned{"jthread", "pure.threads", no_threads},
    Banned{"mutex", "pure.threads", no_threads},
    Banned{"shared_mutex", "pure.threads", no_threads},
    Banned{"atomic", "pure.threads", no_threads},
    Banned{"thread_local", "pure.threads", no_threads},
};

// Only when called: as words they are too common.
constexpr std::array banned_calls = {
    Banned{"time", "pure.clock", no_clock},
    Banned{"clock", "pure.clock", no_clock},
    Banned{"now", "pure.clock", no_clock},
    Banned{"rand", "pure.randomness", no_chance},
    Banned{"srand", "pure.randomness", no_chance},
    Banned{"random", "pure.randomness", no_chance},
    Banned{"make_uuid_v7", "pure.randomness", no_chance},
    Banned{"printf", "pure.output", no_output},
    Banned{"fprintf", "pure.output", no_output},
    Banned{"puts", "pure.output", no_output},
    Banned{"fputs", "pure.output", no_output},
    Banned{"print", "pure.output", no_output},
    Banned{"println", "pure.output", no_output},
};

constexpr std::array banned_headers = {
    Banned{"base/clock.h", "pure.clock", no_clock},
    Banned{"ctime", "pure.clock", no_clock},
    Banned{"time.h", "pure.clock", no_clock},
    Banned{"fmt/chrono.h", "pure.clock", no_clock},
    Banned{"random", "pure.randomness", no_chance},
    Banned{"iostream", "pure.output", no_output},
    Banned{"fstream", "pure.output", no_output},
    Banned{"cstdio", "pure.output", no_output},
    Banned{"stdio.h", "pure.output", no_output},
    Banned{"fmt/ostream.h", "pure.output", no_output},
    Banned{"unistd.h", "pure.output", no_output},
    Banned{"cmath", "pure.floating", no_fraction},
    Banned{"math.h", "pure.floating", no_fraction},
};

// "src/domain/event.h" -> "domain"; "projections/x.h" -> "projections"; others -> nothing.
std::optional<std::string_view> layer_of(std::string_view path) {
  if (path.starts_with("projections/")) return "projections";
  if (!path.starts_with("src/")) return std::nullopt;
  path.remove_prefix(4);
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return path.substr(0, slash);
}

bool word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}
bool digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  return text;
}

// The header of an #include line, without its quotes; nothing for another line.
struct Include {
  std::string_view header;
  bool quoted = false;
};
std::optional<Include> include_of(std::string_view code, std::string_view raw) {
  std::string_view rest = trimmed(code);
  if (!rest.starts_with("#")) return std::nullopt;
  if (!trimmed(rest.substr(1)).starts_with("include")) return std::nullopt;
  const std::size_t open = raw.find_first_of("<\"");
  if (open == std::string_view::npos) return std::nullopt;
  const std::size_t close = raw.find(raw[open] == '<' ? '>' : '"', open + 1);
  if (close == std::string_view::npos) return std::nullopt;
  return Include{raw.substr(open + 1, close - open - 1), raw[open] == '"'};
}

class Checker {
 public:
  Checker(std::string_view path, std::string_view text)
      : path_(path), text_(text), code_(code_only(text)), layer_(layer_of(path)) {}

  std::vector<Violation> run() {
    check_folder();
    for (std::size_t begin = 0; begin < text_.size(); ++line_) {
      const std::size_t end = std::min(text_.find('\n', begin), text_.size());
      const std::string_view raw = text_.substr(begin, end - begin);
      const std::string_view code = std::string_view(code_).substr(begin, end - begin);
      if (raw.find("never iterated") != std::string_view::npos) excused_at_ = line_;
      check_line(code, raw);
      begin = end + 1;
    }
    if (line_ - 1 > lines_max) {
      line_ = lines_max + 1;
      report("size.lines",
             fmt::format("a source file has at most {} lines; make it two", lines_max));
    }
    return std::move(found_);
  }

 private:
  void report(std::string_view rule, std::string message) {
    found_.push_back({std::string(path_), line_, std::string(rule), std::move(message)});
  }

  [[nodiscard]] bool pure() const { return layer_ && pure_folders.contains(*layer_); }

  void check_folder() {
    if (layer_ && !doors().contains(*layer_)) {
      report("layering.unknown_folder",
             fmt::format("src/{} has no place in the order of tests/layering/rules.cc", *layer_));
    }
  }

  void check_line(std::string_view code, std::string_view raw) {
    if (const auto include = include_of(code, raw)) return check_include(*include);
    if (layer_ || path_.starts_with("tools/")) check_words(code);
  }

  void check_include(const Include& include) {
    for (const Home& home : homes) {
      if (!layer_ && !path_.starts_with("tools/")) break;  // tests may look inside
      if (!include.header.starts_with(home.begins) || !include.header.ends_with(home.ends))
        continue;
      const bool at_home =
          std::any_of(home.paths.begin(), home.paths.end(),
                      [&](std::string_view path) { return path_.starts_with(path); });
      if (!at_home) {
        report(home.rule, fmt::format("{} is included by {}* only", include.header, home.paths[0]));
      }
    }
    if (pure()) {
      for (const Banned& banned : banned_headers) {
        if (include.header == banned.word) {
          report(banned.rule, fmt::format("<{}>: {}", banned.word, banned.why));
        }
      }
    }
    check_direction(include);
    check_oracle(include);
  }

  void check_direction(const Include& include) {
    if (!layer_ || !include.quoted || include.header.ends_with("_generated.h")) return;
    const auto door = doors().find(*layer_);
    if (door == doors().end()) return;
    const std::size_t slash = include.header.find('/');
    const std::string_view target = include.header.substr(0, slash);
    if (slash == std::string_view::npos) {
      report("layering.named_folder",
             fmt::format("\"{}\": an include names its folder", include.header));
    } else if (target != *layer_ && !door->second.contains(target)) {
      report("layering.direction",
             fmt::format("{} must not include {} (\"{}\")", *layer_, target, include.header));
    }
  }

  // The oracle reads the rulebook, not our reading of it: with shared code both would be wrong
  // alike.
  void check_oracle(const Include& include) {
    if (!path_.starts_with("tests/oracle/")) return;
    for (const std::string_view folder : {"regulation/", "computation/"}) {
      if (include.header.starts_with(folder)) {
        report("layering.oracle", fmt::format("the oracle must not know \"{}\"", include.header));
      }
    }
  }

  void check_words(std::string_view code) {
    for (std::size_t at = 0; at < code.size();) {
      if (!word_character(code[at])) {
        ++at;
        continue;
      }
      std::size_t end = at;
      if (digit(code[at])) {
        while (end < code.size() &&
               (word_character(code[end]) || code[end] == '\'' || code[end] == '.'))
          ++end;
        check_number(code.substr(at, end - at));
      } else {
        while (end < code.size() && word_character(code[end])) ++end;
        check_word(code.substr(at, end - at), code.substr(0, at), trimmed(code.substr(end)));
      }
      at = end;
    }
  }

  void check_word(std::string_view word, std::string_view before, std::string_view after) {
    if (word == "throw" && layer_) {
      report("errors.values", "nothing of ours throws: return an Error (base/result.h)");
    }
    if (!pure()) return;
    for (const Banned& banned : banned_words) {
      if (word == banned.word) report(banned.rule, fmt::format("{}: {}", word, banned.why));
    }
    const bool member = before.ends_with('.') || before.ends_with("->");
    const bool called = after.starts_with('(') && (!member || word == "now");
    for (const Banned& banned : banned_calls) {
      if (called && word == banned.word) {
        report(banned.rule, fmt::format("{}(): {}", word, banned.why));
      }
    }
    // A hash table for lookups is fine where its author says so; its order must reach nothing.
    const bool excused = excused_at_ != 0 && line_ - excused_at_ <= excuse_reach;
    if (word.starts_with("unordered_") && !excused) {
      report("pure.unordered",
             fmt::format("{}: its order would reach an output; if not, say \"never iterated\" in a "
                         "comment on the line or shortly above",
                         word));
    }
  }

  void check_number(std::string_view number) {
    if (!pure()) return;
    const bool hexadecimal = number.starts_with("0x") || number.starts_with("0X");
    if (number.find('.') != std::string_view::npos ||
        (!hexadecimal && number.find_first_of("eE") != std::string_view::npos)) {
      report("pure.floating", fmt::format("{}: {}", number, no_fraction));
    }
  }

  std::string_view path_;
  std::string_view text_;
  std::string code_;
  std::optional<std::string_view> layer_;
  std::size_t excused_at_ = 0;  // the last line that says "never iterated"; 0 when none has
  std::size_t line_ = 1;
  std::vector<Violation> found_;
};

}  // namespace

std::string Violation::describe() const {
  return fmt::format("{}:{}: [{}] {}", file, line, rule, message);
}

std::vector<Violation> check_source(std::string_view path, std::string_view text) {
  return Checker(path, text).run();
}

}  // namespace runut::layering
