// Tables of a city through the real binary.
#include "cli/ledger.h"

namespace runut::testing {
namespace {

constexpr const char* now = "2022-01-04T01:00:00Z";
constexpr const char* header =
    "person;name;nip;status;grade;unit;post;job_class;echelon;kind;tpp_eligible;rankable;from\n";
std::string row(const std::string& person, const std::string& nip,
                const std::string& job_class = "7") {
  return person + ";Siti;" + nip + ";PNS;III/c;u1;Analis;" + job_class +
         ";staff;executor;true;true;03/01/2022\n";
}

class CsvImport : public LedgerOnDisk {
 protected:
  void SetUp() override { given_town(); }
  Ran csv(const std::string& kind, const std::string& text, Arguments more = {}) const {
    Arguments arguments{"import",
                        "--table",
                        kind,
                        "--recorded-at",
                        now,
                        "--errors",
                        directory_ / "errors.csv",
                        directory_.write("table.csv", text)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return ask(arguments);
  }
  [[nodiscard]] std::string errors() const { return read_file(directory_ / "errors.csv"); }
};

TEST_F(CsvImport, RecordsARosterAndOnlyWhatIsMissingTheSecondTime) {
  const std::string table = header + row("10", "198001012005011001");
  const Ran first = csv("roster", table);
  EXPECT_EQ(first.exit, 0) << first.err << errors();
  EXPECT_EQ(cell(first, "recorded"), "5");
  const std::string before = log();
  const Ran again = csv("roster", table);
  EXPECT_EQ(again.exit, 0) << again.err << errors();
  EXPECT_EQ(cell(again, "repeated"), "5");
  EXPECT_EQ(cell(again, "recorded"), "0");
  EXPECT_EQ(log(), before);
  const Ran more = csv("roster", table + row("11", "198001012005011002"));
  EXPECT_EQ(cell(more, "repeated"), "5");
  EXPECT_EQ(cell(more, "recorded"), "5");
}

TEST_F(CsvImport, ADryRunDecidesEverythingAndRecordsNothing) {
  const std::string before = log();
  const Ran good = csv("roster", header + row("10", "198001012005011001"), {"--dry-run"});
  EXPECT_EQ(good.exit, 0) << good.err << errors();
  EXPECT_EQ(cell(good, "commands"), "5");
  EXPECT_EQ(cell(good, "recorded"), "0");
  const Ran bad = csv("roster", header + row("10", "198001012005011001", "18"), {"--dry-run"});
  EXPECT_EQ(bad.exit, 3);
  EXPECT_TRUE(has(errors(), ",2,job_class,18,assignment.job_class,")) << errors();
  EXPECT_EQ(log(), before);
}

TEST_F(CsvImport, OneRefusedRowKeepsItsFileOut) {
  const std::string before = log();
  // The second row is refused at its last command, and the third stands on the number of the first.
  const std::string table = header + row("10", "198001012005011001") +
                            row("11", "198001012005011002", "18") + row("12", "1.98E+17");
  const Ran ran = csv("roster", table);
  EXPECT_EQ(ran.exit, 3);
  EXPECT_EQ(cell(ran, "recorded"), "0");
  EXPECT_EQ(cell(ran, "refused"), "2");
  EXPECT_TRUE(has(errors(), ",3,job_class,18,assignment.job_class,")) << errors();
  EXPECT_TRUE(has(errors(), ",4,nip,1.98E+17,nip.rounded,")) << errors();
  EXPECT_EQ(log(), before);

  const Ran going = csv("roster", table, {"--keep-going"});
  EXPECT_EQ(going.exit, 3);
  EXPECT_EQ(cell(going, "recorded"), "5");
  EXPECT_TRUE(has(log(), "\"subject\":\"P10\""));
  EXPECT_FALSE(has(log(), "\"subject\":\"P11\""));
}

TEST_F(CsvImport, LeavesOutWhatRestsOnARefusedRow) {
  // U3 stands under U2, whose root is unknown.
  const Ran ran = csv("units",
                      "unit,parent,code,name,paying,from\n2,U9,dua,Dua,true,2020-01-01\n"
                      "3,dua,tiga,Tiga,false,2020-01-01\n4,u1,empat,Empat,false,2020-01-01\n",
                      {"--keep-going"});
  EXPECT_EQ(ran.exit, 3);
  EXPECT_EQ(cell(ran, "recorded"), "1");
  EXPECT_TRUE(has(errors(), ",2,parent,")) << errors();
  EXPECT_TRUE(has(errors(), ",3,parent,")) << errors();
}

TEST_F(CsvImport, PeopleAreNamedByTheirNip) {
  ASSERT_EQ(csv("roster", header + row("10", "198001012005011001")).exit, 0) << errors();
  const Ran appraisers =
      csv("appraisers", "person,appraiser,from\n198001012005011001,P1,2022-01-03\n");
  EXPECT_EQ(appraisers.exit, 0) << errors();
  const Ran reports = csv("reports",
                          "person,report,date,minutes,text,decision,decided_by\n"
                          "198001012005011001,1,2022-01-03,300,Rapat,approved,1\n");
  EXPECT_EQ(reports.exit, 0) << errors();
  EXPECT_EQ(cell(reports, "recorded"), "2");
  EXPECT_TRUE(has(log(), "\"type\":\"DailyReportApproved\""));
}

TEST_F(CsvImport, OptionsOfTablesNeedATable) {
  const Ran ran = ask({"import", "--dry-run", directory_.write("x.ndjson", "")});
  EXPECT_EQ(ran.exit, 2) << ran.err;
}

}  // namespace
}  // namespace runut::testing
