// Reports as files: what is in them is what the report says, and the same report gives the same
// bytes, wherever and whenever it is written.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>

#include "office/office.h"
#include "report/pdf_text.h"
#include "report/pdf_writer.h"
#include "report/xlsx_writer.h"
#include "tests/support/dates.h"
#include "tests/support/temporary_directory.h"

namespace runut::report {
namespace {

using ::runut::testing::TemporaryDirectory;

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

Report report() {
  Report out;
  out.name = "uji";
  out.title = "Laporan uji <&>";
  out.notice = "SIMULASI";
  out.head = {{"Instansi", "Kota Uji"}, {"Sampai peristiwa", "4711"}};
  out.written_at = start_of(date(2022, 9, 6), 420);
  out.utc_offset_minutes = 420;
  Section section{"rows",
                  {"Baris", "Rows"},
                  {{"name", {"Nama", "Name"}},
                   {"count", {"Banyaknya", "Count"}, Measure::count},
                   {"amount", {"Jumlah", "Amount"}, Measure::rupiah},
                   {"score", {"Nilai", "Score"}, Measure::hundredths}},
                  {}};
  section.row({"=1+1", "3", "-1234567", "87.50"});
  section.row({"Badan <Kepegawaian> & \"Umum\"", "", "9007199254740993", "100.00"});
  section.row({"Caf\xC3\xA9 \xE2\x80\xA6", "0", "0", ""});
  section.row({std::string(4'000, 'x'), "7", "999", "0.05"});
  Section none = section;
  none.name = "none";
  none.title = {"Kosong", "Empty"};
  none.rows.clear();
  out.sections = {std::move(section), std::move(none)};
  return out;
}

using Write = Status (*)(const Report&, const std::string&);
struct Kind {
  const char* name;
  Write write;
};
void PrintTo(const Kind& kind, std::ostream* out) {
  *out << kind.name;
}
class ReportFile : public ::testing::TestWithParam<Kind> {
 protected:
  TemporaryDirectory directory_;
  std::string path_ = directory_ / "report";
};

TEST_P(ReportFile, IsTheSameBytesInAnyZone) {
  ASSERT_TRUE(GetParam().write(report(), path_).has_value());
  const std::string first = bytes_of(path_);
  ASSERT_GT(first.size(), 500U);
  ::setenv("TZ", "Asia/Jayapura", 1);
  ::tzset();
  const Status again = GetParam().write(report(), path_);
  ::unsetenv("TZ");
  ::tzset();
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(bytes_of(path_), first);
}

TEST_P(ReportFile, ChangesWithTheLedgersDate) {
  ASSERT_TRUE(GetParam().write(report(), path_).has_value());
  const std::string first = bytes_of(path_);
  Report later = report();
  later.written_at.micros += 1'000'000;
  ASSERT_TRUE(GetParam().write(later, path_).has_value());
  EXPECT_NE(bytes_of(path_), first);
}

TEST_P(ReportFile, ThatCannotBeCreatedIsNamedAndLeavesNothing) {
  const Status written = GetParam().write(report(), directory_ / "nowhere/report");
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().code, ErrorCode::invalid_input);
  EXPECT_EQ(written.error().field, "out");
  EXPECT_TRUE(std::filesystem::is_empty(directory_.path()));
}

TEST_P(ReportFile, LeavesNoPartBeside) {
  directory_.write("report", "old");
  ASSERT_TRUE(GetParam().write(report(), path_).has_value());
  EXPECT_NE(bytes_of(path_), "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory_.path()), {}), 1);
}

INSTANTIATE_TEST_SUITE_P(Kinds, ReportFile,
                         ::testing::Values(Kind{"xlsx", &write_xlsx}, Kind{"pdf", &write_pdf}),
                         [](const auto& kind) { return std::string(kind.param.name); });

TEST(Workbook, HoldsNumbersAsNumbersAndTextAsText) {
  const TemporaryDirectory directory;
  const std::string path = directory / "report.xlsx";
  ASSERT_TRUE(write_xlsx(report(), path).has_value());
  const auto head = ::runut::testing::read_sheet(path, 1);
  ASSERT_EQ(head.size(), 4U);
  EXPECT_EQ(head[0][0], "Laporan uji <&>");
  EXPECT_EQ(head[1][0], "SIMULASI");
  EXPECT_EQ(head[3][1], "4711");
  const auto rows = ::runut::testing::read_sheet(path, 2);
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"Nama", "Banyaknya", "Jumlah", "Nilai"}));
  EXPECT_EQ(rows[1], (std::vector<std::string>{"=1+1", "3", "-1234567", "87.5"}));
  EXPECT_EQ(rows[2], (std::vector<std::string>{"Badan <Kepegawaian> & \"Umum\"", "",
                                               "9007199254740993", "100"}));
  EXPECT_EQ(rows[3][0], "Caf\xC3\xA9 \xE2\x80\xA6");
  EXPECT_EQ(rows[4][3], "0.05");
  const std::string xml = ::runut::testing::read_part(path, "xl/worksheets/sheet2.xml");
  EXPECT_EQ(xml.find("<f>"), std::string::npos) << "no formula";
  EXPECT_NE(xml.find("<t>9007199254740993</t>"), std::string::npos) << "no double holds it";
  EXPECT_NE(xml.find("<v>-1234567</v>"), std::string::npos);
  EXPECT_NE(::runut::testing::read_part(path, "docProps/core.xml").find("2022-09-05T17:00:00Z"),
            std::string::npos);
}

TEST(PrintedReport, ShowsEveryCellWholeAsPeopleReadIt) {
  const TemporaryDirectory directory;
  const std::string path = directory / "report.pdf";
  ASSERT_TRUE(write_pdf(report(), path).has_value());
  const std::string text = ::runut::testing::read_pdf(path);
  for (const char* shown :
       {"Laporan uji <&>", "SIMULASI", "=1+1", "-1.234.567", "87,50", "9.007.199.254.740.993",
        "Caf\xC3\xA9 \xE2\x80\xA6", "Kosong", "Tidak ada.", "Halaman 1/"})
    EXPECT_NE(text.find(shown), std::string::npos) << shown;
  EXPECT_EQ(std::count(text.begin(), text.end(), 'x'), 4'000);
  const std::string raw = bytes_of(path);
  EXPECT_NE(raw.find("/CreationDate (D:20220906000000+07'00')"), std::string::npos);
  EXPECT_EQ(raw.find("/ModDate"), std::string::npos);
}

TEST(PrintedText, IsWindows1252AndNamesWhatThatLacks) {
  EXPECT_EQ(to_windows_1252("Caf\xC3\xA9 \xE2\x80\xA6"), "Caf\xE9 \x85");
  EXPECT_EQ(to_windows_1252("\xEA\xA6\x8F"), "<U+A98F>");
  EXPECT_EQ(to_windows_1252("\xF0\x9F\x98\x80!"), "<U+1F600>!");
  EXPECT_EQ(to_windows_1252("a\xC2\x85"), "a<U+0085>") << "a control character";
  EXPECT_EQ(to_windows_1252("a\xFF"), "a<U+FFFD>");
}

TEST(Shown, GroupsRupiahAndWritesDecimalsAsTheLanguageDoes) {
  struct Row {
    const char* cell;
    Measure measure;
    const char* indonesian;
    const char* english;
  };
  for (const Row& row :
       {Row{"1234567", Measure::rupiah, "1.234.567", "1,234,567"},
        Row{"-123456", Measure::rupiah, "-123.456", "-123,456"},
        Row{"-12", Measure::rupiah, "-12", "-12"}, Row{"", Measure::rupiah, "", ""},
        Row{"12345", Measure::count, "12345", "12345"},
        Row{"87.50", Measure::hundredths, "87,50", "87.50"},
        Row{"1.5", Measure::text, "1.5", "1.5"}}) {
    EXPECT_EQ(shown(row.cell, row.measure, Language::indonesian), row.indonesian);
    EXPECT_EQ(shown(row.cell, row.measure, Language::english), row.english);
  }
}

}  // namespace
}  // namespace runut::report
