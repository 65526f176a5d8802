#include "intake/csv.h"

#include <gtest/gtest.h>

#include <random>

namespace runut::intake {
namespace {

TEST(Csv, ReadsWhatSpreadsheetsWrite) {
  const CsvTable wanted{
      {"nama", "catatan"}, {{2, {"Siti, S.H.", "baris\nkedua \"x\""}}, {4, {"é", ""}}}, {}};
  for (const char* text :
       {"nama,catatan\n\"Siti, S.H.\",\"baris\nkedua \"\"x\"\"\"\né,\n",
        "\xEF\xBB\xBFnama;catatan\r\nSiti, S.H.;\"baris\nkedua \"\"x\"\"\"\r\né;",
        "nama;catatan\n\"Siti, S.H.\";\"baris\nkedua \"\"x\"\"\"\n\xE9;\n\n"}) {
    EXPECT_EQ(read_csv(text), wanted) << text;
  }
}

TEST(Csv, NamesRuleLineAndColumnOfWhatItRefuses) {
  struct Row {
    std::string text;
    CsvDialect dialect;
    const char* rule;
    const char* spot;
  };
  const Row rows[] = {
      {"", {}, "csv.header", "line 1, column 1"},
      {"\na,b\n", {}, "csv.header", "line 1, column 1"},
      {"a,b\n1,2\n3\n", {}, "csv.width", "line 3, column 1"},
      {"a,b\n1,\"2\n", {}, "csv.quote_open", "line 2, column 3"},
      {"a,b\n1,\"2\"x\n", {}, "csv.quote", "line 2, column 6"},
      {"a,b\n1,2\"\n", {}, "csv.quote", "line 2, column 4"},
      {"a,b\n1,\x81\n", {}, "csv.encoding", "line 2, column 3"},
      {"a,b\n1,x\xE9\n", {Encoding::utf8, {}}, "csv.encoding", "line 2, column 4"},
      {std::string("a,b\n1,\0\n", 8), {}, "csv.control", "line 2, column 3"},
      {"\xFF\xFE"
       "a",
       {},
       "csv.utf16",
       "line 1, column 1"},
      {"a,b\n1," + std::string(csv_row_bytes_max, 'x') + "\n",
       {},
       "csv.row_size",
       "line 2, column 1"},
  };
  for (const Row& row : rows) {
    const CsvTable table = read_csv(row.text, row.dialect);
    ASSERT_EQ(table.findings.size(), 1U) << row.rule;
    const Finding& finding = table.findings[0];
    EXPECT_EQ(finding.error.rule, row.rule);
    EXPECT_EQ("line " + std::to_string(finding.line) + ", " +
                  finding.error.message.substr(0, finding.error.message.find(':')),
              row.spot)
        << finding.error.message;
  }
}

TEST(Csv, EachLineThatCannotBeReadIsAFindingAndTheOthersAreRead) {
  const CsvTable table = read_csv("a,b\n1\n2,x\"y\n\"3\n\",4\n5,\"6\"7\n8,9\n10,\"11\n12,13\n");
  std::string lines;
  for (const Finding& finding : table.findings)
    lines += std::to_string(finding.line) + " " + finding.error.rule + "; ";
  EXPECT_EQ(lines, "2 csv.width; 3 csv.quote; 6 csv.quote; 8 csv.quote_open; ");
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0], (CsvRow{4, {"3\n", "4"}}));
  EXPECT_EQ(table.rows[1], (CsvRow{7, {"8", "9"}}));
}

TEST(Csv, ATableHasALimit) {
  const CsvTable table = read_csv(std::string(csv_bytes_max + 1, 'x'));
  EXPECT_TRUE(table.header.empty());
  ASSERT_EQ(table.findings.size(), 1U);
  EXPECT_EQ(table.findings[0].line, 0U);
  EXPECT_EQ(table.findings[0].error.rule, "csv.size");
}

// Characters of both encodings, as UTF-8 and as Windows-1252.
struct Letter {
  const char* utf8;
  const char* windows_1252;
};
constexpr Letter letters[] = {{"a", "a"},    {"7", "7"},    {",", ","},       {";", ";"},
                              {"\"", "\""},  {"\n", "\n"},  {"\r\n", "\r\n"}, {" ", " "},
                              {"é", "\xE9"}, {"€", "\x80"}, {"’", "\x92"},    {"ÿ", "\xFF"}};

TEST(CsvProperty, WhatIsWrittenInAnyDialectReadsBackEqual) {
  std::mt19937 chance(20221126);
  for (int round = 0; round < 2'000; ++round) {
    const Encoding encoding = chance() % 2 == 0 ? Encoding::utf8 : Encoding::windows_1252;
    const char separator = chance() % 2 == 0 ? ',' : ';';
    const char* const end = chance() % 2 == 0 ? "\n" : "\r\n";
    const std::size_t width = 2 + chance() % 4;
    CsvTable wanted;
    std::string text = encoding == Encoding::utf8 && chance() % 2 == 0 ? "\xEF\xBB\xBF" : "";
    std::uint64_t line = 1;
    for (std::size_t r = 0; r <= chance() % 6; ++r) {
      CsvRow row{line, {}};
      for (std::size_t c = 0; c < width; ++c) {
        std::string utf8;
        std::string raw;
        for (std::size_t i = chance() % 6; i > 0; --i) {
          const Letter& letter = letters[chance() % std::size(letters)];
          utf8 += letter.utf8;
          raw += encoding == Encoding::utf8 ? letter.utf8 : letter.windows_1252;
          line += letter.utf8[std::string_view(letter.utf8).size() - 1] == '\n' ? 1U : 0U;
        }
        row.cells.push_back(utf8);
        text += (c > 0 ? std::string(1, separator) : "") + csv_cell(raw, separator);
      }
      text += end;
      ++line;
      if (r == 0)
        wanted.header = row.cells;
      else
        wanted.rows.push_back(std::move(row));
    }
    const auto table = read_csv(text, {encoding, separator});
    ASSERT_EQ(table, wanted) << text;
  }
}

}  // namespace
}  // namespace runut::intake
