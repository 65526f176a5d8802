// The SQL that tools/bench/compare measures against answers what the ledger's views answer.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>

#include "run_binary/run_binary.h"

namespace runut::testing {
namespace {

struct Compared {
  int exit = -1;
  std::string out;
};
Compared compare(const std::string& words) {
  Compared out;
  std::FILE* const pipe =
      ::popen((std::string(RUNUT_BINARY_DIR "/runut_compare ") + words + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return out;
  char part[4'096];
  while (const std::size_t got = std::fread(part, 1, sizeof part, pipe)) out.out.append(part, got);
  const int ended = ::pclose(pipe);
  if (WIFEXITED(ended)) out.exit = WEXITSTATUS(ended);
  return out;
}

std::uint64_t number(const std::string& json, const std::string& name) {
  const std::string member = "\"" + name + "\":";
  const std::size_t at = json.find(member);
  return at == std::string::npos ? 0 : std::stoull(json.substr(at + member.size()));
}

TEST(CompareWithSqlite, TheMonthlyFoldIsTheSameInSqlAndOutOfTheViews) {
  const TemporaryDirectory directory;
  const std::string data = directory / "data";
  ASSERT_EQ(run({"simulate", "--people", "100", "--from", "2022-07", "--to", "2022-08", "--out",
                 directory / "city.ndjson"})
                .exit,
            0);
  ASSERT_EQ(run({"import", "--data", data, directory / "city.ndjson"}).exit, 3);
  std::filesystem::create_directory(directory / "work");
  const Compared compared = compare("sqlite " + data + " " + (directory / "work"));
  ASSERT_EQ(compared.exit, 0) << compared.out;
  EXPECT_EQ(number(compared.out, "months"), 2U) << compared.out;
  EXPECT_EQ(number(compared.out, "people"), 101U) << "the Walikota too";
  // Every day of a month's work of a hundred people, as the city's own report counts it.
  std::uint64_t approved = 0;
  for (const char* month : {"2022-07", "2022-08"})
    for (const std::string& line : lines_of(run({"report", "unit", "--data", data, "--unit", "U1",
                                                 "--month", month, "--section", "people", "--csv"})
                                                .out)) {
      const auto cells = csv_cells(line);
      if (cells.size() > 11 && cells[11].find_first_not_of("0123456789") == std::string::npos &&
          !cells[11].empty())
        approved += std::stoull(cells[11]);
    }
  EXPECT_GE(approved, number(compared.out, "approved_minutes")) << "late ones are in the report";
  EXPECT_GT(number(compared.out, "approved_minutes"), approved * 9 / 10) << compared.out;
}

TEST(CompareWithSqlite, AnEmptyLedgerIsNoComparison) {
  const TemporaryDirectory directory;
  EXPECT_EQ(compare("sqlite " + (directory / "nowhere") + " " + (directory / "")).exit, 1);
}

}  // namespace
}  // namespace runut::testing
