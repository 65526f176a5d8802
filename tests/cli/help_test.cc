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
       {"import", "log", "rankings", "payments", "explain", "audit", "verify", "doctor", "rebuild",
        "copy", "simulate", "bench", "checkpoint", "person", "regulation"})
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
  for (const Arguments& words : {Arguments{"checkpoint", "list"},
                                 {"checkpoint", "show"},
                                 {"checkpoint", "sign"},
                                 {"person", "show"},
                                 {"person", "erase"},
                                 {"regulation", "list"},
                                 {"regulation", "show"}}) {
    const Ran help = run({words[0], words[1], "--help"});
    EXPECT_EQ(help.exit, 0) << words[0] << " " << words[1];
    EXPECT_TRUE(has(help.out, "--data")) << help.out;
  }
}

TEST(Help, SaysWhatEveryExitCodeMeans) {
  const std::string text = run({"exit-codes"}).out;
  for (const char* code : {"0  ", "1  ", "2  ", "3  ", "4  ", "5  ", "6  "})
    EXPECT_TRUE(has(text, code)) << text;
}

TEST(Options, ThatDoNotExistAreUnusableForEveryCommand) {
  for (const std::string& name : commands()) {
    if (name == "exit-codes") continue;
    const Ran ran = run({name, "--frobnicate"});
    EXPECT_EQ(ran.exit, 2) << name << "\n" << ran.err;
    EXPECT_FALSE(ran.err.empty()) << name;
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
  for (const char* name : {"ingest", "commands", "verify", "fold", "explain p50", "explain p99"})
    EXPECT_TRUE(names.contains(name)) << name << " in " << ran.out;
  EXPECT_EQ(std::regex_replace(ran.out, figure, "F").find_first_not_of("[F,]\n"), std::string::npos)
      << ran.out;
  EXPECT_TRUE(std::filesystem::is_empty(directory / "")) << "bench leaves its directory behind";
}

}  // namespace
}  // namespace runut::testing
