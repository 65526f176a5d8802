// What every command tells about itself, and what scripts rely on of those that measure.
#include <regex>
#include <set>

#include "cli/ledger.h"

namespace runut::testing {
namespace {

// The names in the list of `runut help`.
std::vector<std::string> commands() {
  std::vector<std::string> out;
  bool listed = false;
  for (const std::string& line : lines_of(run({"help"}).out)) {
    if (line == "Subcommands:") listed = true;
    const bool name = listed && line.size() > 3 && line.starts_with("  ") && line[2] != ' ';
    if (name) out.push_back(line.substr(2, line.find(' ', 2) - 2));
  }
  return out;
}

TEST(Help, ListsTheCommandsThatScriptsKnow) {
  const std::vector<std::string> listed = commands();
  const std::set<std::string> names(listed.begin(), listed.end());
  for (const char* name :
       {"import",     "log",         "rankings",   "payments",       "explain",  "audit",
        "verify",     "doctor",      "rebuild",    "copy",           "simulate", "bench",
        "checkpoint", "person",      "regulation", "stats",          "backup",   "restore",
        "diff",       "plans",       "report",     "imports",        "affected", "what-if",
        "merit",      "evaluations", "posts",      "qualifications", "snapshot", "dialogues",
        "surveys",    "token",       "accesses",   "promotions"})
    EXPECT_TRUE(names.contains(name)) << name;
}

TEST(Help, HasExamplesForEveryCommand) {
  for (const std::string& name : commands()) {
    const Ran help = run({name, "--help"});
    EXPECT_EQ(help.exit, 0) << name;
    if (name != "exit-codes") {
      EXPECT_TRUE(has(help.out, "runut " + name + " ") || has(help.out, "runut " + name + "\n"))
          << help.out;
    }
    EXPECT_FALSE(has(help.out, "TODO")) << name;
  }
}

// Whoever copies the example into the simulated city of the README is not refused for its office.
TEST(Help, NamesAnOfficeThatTheSimulatedCityHas) {
  const std::string help = run({"person", "erase", "--help"}).out;
  const std::string option = "--decree-office '";
  const std::size_t at = help.find(option);
  ASSERT_NE(at, std::string::npos) << help;
  const std::size_t begin = at + option.size();
  const std::string office = help.substr(begin, help.find('\'', begin) - begin);
  const Ran city = run({"simulate", "--people", "100", "--from", "2022-01", "--to", "2022-01",
                        "--seed", "1", "--out", "-"});
  EXPECT_TRUE(has(city.out, R"("signatory":"P1","office":")" + office + "\"")) << office;
}

TEST(Help, SaysWhatEveryExitCodeMeans) {
  const std::string text = run({"exit-codes"}).out;
  for (const char* code : {"0  ", "1  ", "2  ", "3  ", "4  ", "5  ", "6  "})
    EXPECT_TRUE(has(text, code)) << text;
}

// Every command, those of a group with both their words.
std::vector<Arguments> all_commands() {
  std::vector<Arguments> out{
      {"checkpoint", "list"}, {"checkpoint", "show"},  {"checkpoint", "sign"},
      {"checkpoint", "key"},  {"person", "show"},      {"person", "erase"},
      {"regulation", "list"}, {"regulation", "show"},  {"regulation", "lint"},
      {"regulation", "diff"}, {"report", "treasurer"}, {"report", "merit"},
      {"report", "unit"},     {"token", "issuer"},     {"token", "issue"},
      {"token", "check"}};
  for (const std::string& name : commands()) out.push_back({name});
  return out;
}

TEST(Help, HasExamplesForEveryCommandOfAGroup) {
  for (const Arguments& words : all_commands()) {
    if (words.size() == 1) continue;
    const Ran help = run({words[0], words[1], "--help"});
    EXPECT_EQ(help.exit, 0) << words[0] << " " << words[1];
    EXPECT_TRUE(has(help.out, "Examples:\n  runut " + words[0] + " " + words[1] + " ")) << help.out;
  }
}

TEST(Options, ThatDoNotExistAreNamedByEveryCommand) {
  for (const Arguments& words : all_commands()) {
    Arguments asked = words;
    asked.emplace_back("--frobnicate");
    const Ran ran = run(asked);
    EXPECT_EQ(ran.exit, 2) << words.back() << "\n" << ran.err;
    EXPECT_TRUE(has(ran.err, "--frobnicate")) << words.back() << "\n" << ran.err;
    EXPECT_TRUE(ran.out.empty()) << ran.out;
  }
}

TEST(Options, ThatAreNeededAreNamed) {
  for (const Arguments& words : all_commands()) {
    const bool needs = has(run({words[0], words.back(), "--help"}).out, "REQUIRED");
    if (words.size() == 1 || !needs) continue;
    const Ran ran = run(words);
    EXPECT_EQ(ran.exit, 2) << words[0] << " " << words.back();
    EXPECT_TRUE(has(ran.err, "required")) << ran.err;
  }
  EXPECT_TRUE(has(run({"log"}).err, "--data is required"));
  EXPECT_TRUE(has(run({"copy", "--from", "x"}).err, "--to is required"));
  EXPECT_TRUE(has(run({"import", "--data", "x"}).err, "FILE is required"));
}

// Known before a ledger is opened: none is there.
TEST(Audit, NamesTheOptionThatItCannotUse) {
  struct Row {
    Arguments options;
    const char* names;
  };
  const TemporaryDirectory directory;
  for (const Row& row :
       {Row{{"--format", "doc"}, "format = doc"}, Row{{"--lang", "fr"}, "lang = fr"},
        Row{{"--month", "2022-13"}, "month = 2022-13"},
        Row{{"--month", "August"}, "month = August"},
        Row{{"--format", "csv", "--json"}, "--format"}}) {
    const std::string out = directory / "findings";
    Arguments arguments{"audit", "--data", directory / "nowhere", "--out", out};
    arguments.insert(arguments.end(), row.options.begin(), row.options.end());
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.exit, 2) << row.names << "\n" << ran.err;
    EXPECT_TRUE(has(ran.err, row.names)) << ran.err;
    EXPECT_TRUE(ran.out.empty()) << ran.out;
    EXPECT_FALSE(std::filesystem::exists(out)) << row.names;
  }
}

// Both would otherwise be found out only when everything else has been measured.
TEST(Bench, FailsBeforeItMeasuresWhenItCannotUseAnOption) {
  struct Row {
    const char* option;
    const char* value;
    int exit;
    const char* names;
  };
  for (const Row& row :
       {Row{"--log", "localhost:9092", 2, "log = localhost:9092"},
        Row{"--log", "kafka://", 2, "log = kafka://"},
        Row{"--log", "kafka://localhost", 2, "log = kafka://localhost"},
        Row{"--log", "kafka://localhost:99999/", 2, "log = kafka://localhost:99999/"},
        Row{"--log", "http://localhost:9092/", 2, "log = http://localhost:9092/"},
        Row{"--people", "5", 2, "people = 5"}, Row{"--people", "-300", 2, "--people"},
        Row{"--people", "4294967297", 2, "--people"},
        Row{"--dir", "/nowhere/at/all", 4, "dir = /nowhere/at/all"}}) {
    const TemporaryDirectory directory;
    Arguments arguments{"bench", row.option, row.value};
    if (row.option != std::string("--dir"))
      arguments.insert(arguments.end(), {"--dir", directory / ""});
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.exit, row.exit) << row.option << " " << row.value << ": " << ran.err;
    EXPECT_TRUE(has(ran.err, row.names)) << ran.err;
    EXPECT_TRUE(ran.out.empty()) << ran.out;
    EXPECT_EQ(lines_of(ran.err).size(), row.value[0] == '-' || has(row.value, "42949") ? 2U : 1U)
        << "nothing is measured before: " << ran.err;
    EXPECT_TRUE(std::filesystem::is_empty(directory / "")) << row.value;
  }
}

TEST(Bench, PrintsItsFiguresAsTheSpecifiedJson) {
  const TemporaryDirectory directory;
  const Ran ran = run({"bench", "--json", "--people", "100", "--dir", directory / ""});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  const std::regex figure(
      R"x(\{"name":"([^"]+)","value":[0-9.]+,"unit":"[^"]+","baseline":[0-9.]+,"ratio":[0-9.]+\})x");
  std::set<std::string> names;
  std::string rest = ran.out;
  for (std::smatch found; std::regex_search(rest, found, figure); rest = found.suffix())
    names.insert(found[1]);
  for (const char* name : {"ingest", "ingest, packed", "commands", "verify", "fold", "fold, packed",
                           "explain", "explain, p50", "import", "disk", "memory, import",
                           "memory, rebuild", "memory, idle", "open", "audit", "fold two"})
    EXPECT_TRUE(names.contains(name)) << name << " in " << ran.out;
  EXPECT_EQ(std::regex_replace(ran.out, figure, "F").find_first_not_of("[F,]\n"), std::string::npos)
      << ran.out;
  EXPECT_TRUE(std::filesystem::is_empty(directory / "")) << "bench leaves its directory behind";
}

}  // namespace
}  // namespace runut::testing
