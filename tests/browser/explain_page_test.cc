// The printed explanation, opened and printed by a real browser: text, pages, and that the browser
// asks for nothing but the one file.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <regex>

#include "run_binary/run_binary.h"

namespace runut::testing {
namespace {

class ExplainPage : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(std::system("command -v chromium >/dev/null"), 0)
        << "no chromium: tools/install.sh browser";
    const std::string commands = directory_ / "commands.ndjson";
    ASSERT_EQ(run({"simulate", "--people", "100", "--from", "2022-01", "--to", "2022-08", "--seed",
                   "3", "--out", commands})
                  .exit,
              0);
    ASSERT_EQ(
        run({"import", "--data", data(), "--errors", directory_ / "refused.tsv", commands}).exit,
        3);
    std::smatch found;
    const std::string planted = read_file(directory_ / "planted.json");
    ASSERT_TRUE(
        std::regex_search(planted, found, std::regex("\"heroine\": *\\{\"person\":\"(P[0-9]+)\"")));
    person_ = found[1];
  }
  [[nodiscard]] std::string data() const { return directory_ / "data"; }
  [[nodiscard]] std::string page(const std::string& language) const {
    std::string file = directory_ / ("why." + language + ".html");
    const Ran ran = run({"explain", "--data", data(), "--person", person_, "--month", "2022-08",
                         "--lang", language, "--html", file});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return file;
  }
  // What the browser printed on stdout.
  [[nodiscard]] std::string browse(const std::string& options, const std::string& file) const {
    const std::string out = directory_ / "browser.out";
    const std::string command =
        "timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage "
        "--disable-background-networking --disable-component-update --no-first-run --disable-sync "
        "--user-data-dir='" +
        directory_ / "profile" + "' " + options + " 'file://" + file + "' >'" + out + "' 2>'" +
        directory_ / "browser.err" + "'";
    const int status = std::system(command.c_str());
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0)
        << command << "\n"
        << read_file(directory_ / "browser.err");
    return read_file(out);
  }

  [[nodiscard]] std::string errors() const { return read_file(directory_ / "browser.err"); }

  TemporaryDirectory directory_;
  std::string person_;
};

constexpr const char* refusal = "Content Security Policy";

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

TEST_F(ExplainPage, IsReadPrintedAndAsksForNothingElse) {
  const std::string indonesian = page("id");
  const std::string dom = browse("--dump-dom", indonesian);
  for (const char* text :
       {"SIMULASI", "A. Yang menggerakkan peringkat", "Apa yang menghindarkannya",
        "B. Yang menggerakkan dasar", "D.1. ", "Koreksi lewat daftar koreksi",
        "Aturan yang dipakai", "Sidik peristiwa terakhir", "Bendahara pengeluaran"})
    EXPECT_EQ(count_of(dom, text) > 0, true) << text;

  // The page forbids every request; one that it made all the same would be refused aloud.
  const std::string english = page("en");
  EXPECT_GT(
      count_of(browse("--dump-dom --enable-logging=stderr", english), "What would have avoided it"),
      0U);
  EXPECT_EQ(count_of(errors(), refusal), 0U) << errors();
  std::string curious = read_file(english);
  curious.insert(curious.rfind("</body>"), "<img src=\"http://127.0.0.1:9/seen.png\">");
  (void)browse("--dump-dom --enable-logging=stderr", directory_.write("curious.html", curious));
  EXPECT_GT(count_of(errors(), refusal), 0U) << "a page that asks for something was not noticed\n"
                                             << errors();

  const std::string pdf = directory_ / "why.pdf";
  (void)browse("--no-pdf-header-footer --print-to-pdf='" + pdf + "'", english);
  const std::string printed = read_file(pdf);
  EXPECT_EQ(printed.rfind("%PDF-", 0), 0U);
  const std::size_t pages = count_of(printed, "/Type /Page\n");
  EXPECT_GE(pages, 4U);
  EXPECT_LE(pages, 40U);
}

}  // namespace
}  // namespace runut::testing
