// What the README tells a newcomer to type, line by line, as it stands there: every line does
// something, and what it tells about exit codes is so.
#include <gtest/gtest.h>

#include <filesystem>
#include <utility>

#include "run_binary/run_binary.h"

namespace runut::testing {
namespace {

// The lines of the first block of commands under a heading, a continued one with what it goes on
// in.
std::vector<std::string> block(const std::string& text, const std::string& heading) {
  const std::size_t section = text.find(heading);
  const std::string fence = "```sh\n";
  const std::size_t begin = text.find(fence, section);
  EXPECT_NE(begin, std::string::npos) << heading;
  if (begin == std::string::npos) return {};
  const std::size_t first = begin + fence.size();
  std::vector<std::string> out;
  bool goes_on = false;
  for (const std::string& line : lines_of(text.substr(first, text.find("```", first) - first))) {
    if (goes_on)
      out.back() += "\n" + line;
    else
      out.push_back(line);
    goes_on = line.ends_with("\\");
  }
  return out;
}

class Readme : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directory_symlink(RUNUT_BINARY_DIR, directory_ / "build");
    std::filesystem::create_directory_symlink(RUNUT_SOURCE_DIR "/schemas", directory_ / "schemas");
  }

  // By the shell, in the newcomer's clone. The binary that run() adds is not used.
  [[nodiscard]] Ran type(const std::string& line) const {
    const std::string in_clone = "cd '" + directory_.path() + "' && PATH=$PWD/build:$PATH\n";
    return run({}, {.in_front = {"bash", "-c", in_clone + line}});
  }

  // Goes on for ever, measures, or was said to give nothing.
  [[nodiscard]] static bool is_played(const std::string& line) {
    return !line.starts_with("runut serve") && !line.starts_with("runut bench") &&
           !line.starts_with("tools/") && !line.starts_with("export ");
  }

  void play(const std::string& line) const {
    const Ran ran = type(line);
    const auto says = [&](const char* command) { return line.starts_with(command); };
    const bool is_table = has(line, " --table ");
    const bool founds = says("runut import") && !is_table;
    // Exit code 1 is an answer of these: something differs.
    const bool differs = says("runut diff") || says("runut affected") || says("runut what-if") ||
                         says("runut regulation diff");
    const bool refuses = founds || is_table;
    EXPECT_TRUE(refuses ? ran.exit == 3 : ran.exit == 0 || (differs && ran.exit == 1))
        << line << "\n"
        << ran.exit << " " << ran.err;
    if (founds) {
      EXPECT_TRUE(has(line, "exit code 3, for 19 commands")) << line;
      EXPECT_EQ(cell(ran, "refused"), "19") << ran.out;
    }
    // Where nothing is wrong there is a heading and no finding.
    const bool finds_nothing = says("runut verify") || says("runut regulation lint");
    const std::size_t lines = lines_of(ran.out).size();
    EXPECT_TRUE(lines > 1 || writes_file(line) || (lines == 1 && finds_nothing))
        << "gives nothing: " << line << "\n"
        << ran.out << ran.err;
  }

  // It names a file to write, and there is something in it.
  [[nodiscard]] bool writes_file(const std::string& line) const {
    for (const std::string before : {" > ", "--out ", "--html ", "--proof "}) {
      const std::size_t at = line.find(before);
      if (at == std::string::npos) continue;
      const std::size_t name = at + before.size();
      return !read_file(directory_ / line.substr(name, line.find_first_of(" \n", name) - name))
                  .empty();
    }
    return false;
  }

  TemporaryDirectory directory_;
};

TEST_F(Readme, TellsWhatItsCommandsDo) {
  const std::string readme = read_file(RUNUT_SOURCE_DIR "/README.md");
  std::size_t played = 0;
  for (const char* heading : {"## Using it", "**An inspector**", "**A treasurer**",
                              "**A merit reviewer**", "**An HR officer**"})
    for (const std::string& line : block(readme, heading)) {
      if (!is_played(line)) continue;
      play(line);
      ++played;
    }
  EXPECT_GE(played, 45U);

  // The example at the top is what the command says, but for what it leaves out.
  const std::size_t begin = readme.find("$ runut explain ");
  ASSERT_NE(begin, std::string::npos);
  const auto shown = lines_of(readme.substr(begin, readme.find("```", begin) - begin));
  const Ran ran = type(shown[0].substr(2));
  EXPECT_EQ(ran.exit, 0) << ran.err;
  for (std::size_t i = 1; i < shown.size(); ++i)
    EXPECT_TRUE(shown[i] == "  ..." || has(ran.out, shown[i] + "\n")) << shown[i];
}

}  // namespace
}  // namespace runut::testing
