// Tables of a city through the real binary.
#include <unistd.h>

#include <filesystem>

#include "base/sha256.h"
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

TEST_F(CsvImport, OptionsOfTablesNeedATableAndThoseOfLinesHaveNone) {
  EXPECT_EQ(ask({"import", "--dry-run", directory_.write("x.ndjson", "")}).exit, 2);
  EXPECT_EQ(csv("units", "unit\n", {"--stop-at-first"}).exit, 2);
}

// Each is refused as a whole: exit 3, the line and the rule in the report, nothing in the ledger.
TEST_F(CsvImport, NamesEveryLineOfABadTable) {
  struct Bad {
    const char* what;
    std::string table;
    std::string mapping;
    std::vector<std::string> report;
    Arguments more{};
  };
  const auto units = [](const std::string& rows) {
    return "unit,parent,code,name,paying,from\n" + rows;
  };
  const std::string row_of_units = "2,U1,dua,Dua,true,2020-01-01\n";
  const Bad tables[] = {
      {"wrong encoding",
       units("2,U1,dua,Caf\xE9,true,2020-01-01\n"),
       {},
       {",2,file,byte e9,csv.encoding,"},
       {"--encoding", "utf-8"}},
      {"wrong header",
       "unit,parent,kode,nama,paying,from\n" + row_of_units,
       {},
       {",1,code,,column.missing,", ",1,name,,column.missing,", ",1,kode,,column.unknown,",
        ",1,nama,,column.unknown,"}},
      {"duplicate rows",
       units(row_of_units + row_of_units + "U2,u1,dua,Dua,true,2020-01-01\n"),
       {},
       {",3,,line 2,row.twice,", ",4,,line 2,row.twice,"}},
      {"unknown unit, a date that does not exist",
       std::string(header) + "10;Siti;;PNS;III/c;u9;Analis;7;staff;executor;true;true;31/02/2022\n",
       {},
       {",2,unit,u9,unit.unknown,", ",2,from,31/02/2022,cell.date,"}},
      {"unknown unit by its number",
       std::string(header) + "10;Siti;;PNS;III/c;U9;Analis;7;staff;executor;true;true;03/01/2022\n",
       {},
       {",2,unit,U9,unit.unknown,"}},
      {"missing column", "unit,parent,code,name,from\n", {}, {",1,paying,,column.missing,"}},
      {"stray quotation marks and a short row",
       units("2,U1,du\"a,Dua,true,2020-01-01\n3,U1\n4,U1,tiga,\"Tiga,true,2020-01-01\n"),
       {},
       {",2,file,,csv.quote,", ",3,file,2 cells,csv.width,", ",4,file,,csv.quote_open,"}},
      {"two mappings of one column",
       units(row_of_units),
       R"({"columns":{"code":"code","name":"code"}})",
       {"mapping.header_twice"}},
      {"one column mapped twice",
       units(row_of_units),
       R"({"columns":{"code":"code","code":"name"}})",
       {"mapping"}},
      {"a line without end",
       units("2,U1,dua," + std::string(70'000, 'x') + ",true,2020-01-01\n" + "3,U1,3,,true,2020\n"),
       {},
       {",2,file,70025 bytes,csv.row_size,", ",3,name,,cell.missing,", ",3,from,2020,cell.date,"}},
      {"a cell longer than a command takes",
       units("2,U1,dua," + std::string(5'000, 'x') + ",true,2020-01-01\n"),
       {},
       {",2,name,5000 bytes,field.length,"}},
      {"a control character", units("2,U1,dua,D\x01,true,2020-01-01\n"), {}, {",2,name,"}},
  };
  const std::string before = log();
  for (const Bad& bad : tables) {
    Arguments more = bad.more;
    if (!bad.mapping.empty())
      more.insert(more.end(), {"--mapping", directory_.write("mapping.json", bad.mapping)});
    const Ran ran = csv(bad.table.starts_with("person") ? "roster" : "units", bad.table, more);
    const bool is_mapping = !bad.mapping.empty();
    EXPECT_EQ(ran.exit, is_mapping ? 2 : 3) << bad.what << ran.err << errors();
    for (const std::string& entry : bad.report)
      EXPECT_TRUE(has(is_mapping ? ran.err : errors(), entry)) << bad.what << " " << entry << "\n"
                                                               << ran.err << errors();
    EXPECT_EQ(log(), before) << bad.what;
  }
}

TEST_F(CsvImport, AKillInTheMiddleAndTheSameAgainIsTheSameLedger) {
  constexpr int rows = 4'000;
  std::string table = "person,date,time,direction,device,device_sequence\n";
  for (int i = 1; i <= rows; ++i)
    table += "P" + std::to_string(1 + i % 3) + ",2022-01-03,07:" + std::to_string(10 + i % 50) +
             ",in,1," + std::to_string(i) + "\n";
  const Arguments arguments{"import",
                            "--data",
                            data(),
                            "--table",
                            "attendance",
                            "--recorded-at",
                            now,
                            "--errors",
                            directory_ / "errors.csv",
                            directory_.write("table.csv", table)};
  const auto recorded = [&] {
    std::vector<std::string> out;
    for (const std::string& line : lines_of(log()))
      if (has(line, "\"type\":\"AttendanceRecorded\""))
        out.push_back(line.substr(line.find("\"device_sequence\":")));
    return out;
  };
  // What the store has written ahead: it grows with the recording, not with the trial before it.
  const auto written_ahead = [&] {
    std::uintmax_t bytes = 0;
    std::error_code gone;
    for (const auto& file : std::filesystem::recursive_directory_iterator(data()))
      if (file.path().extension() == ".log") {
        const std::uintmax_t size = file.file_size(gone);
        if (!gone) bytes += size;
      }
    return bytes;
  };
  const auto kill_after = [&](int milliseconds, std::uintmax_t bytes) {
    Running process(arguments, false, directory_ / "stderr");
    for (int i = 0; i < milliseconds && written_ahead() <= bytes; ++i) ::usleep(1'000);
    process.kill();
    return recorded().size();
  };
  // While the trial goes on; then each time when a part has been recorded.
  EXPECT_EQ(kill_after(60, UINTMAX_MAX), 0U);
  std::size_t in_the_middle = 0;
  for (int i = 0; i < 3; ++i) {
    const std::size_t before = recorded().size();
    const std::size_t so_far = kill_after(60'000, written_ahead() + 100'000);
    in_the_middle += so_far > before && so_far < rows ? 1U : 0U;
  }
  EXPECT_GE(in_the_middle, 1U) << "a kill fell amid the recording";
  ASSERT_EQ(run(arguments).exit, 0) << errors();
  const std::vector<std::string> all = recorded();
  ASSERT_EQ(all.size(), std::size_t{rows});
  for (int i = 1; i <= rows; ++i)
    ASSERT_TRUE(
        has(all[static_cast<std::size_t>(i) - 1], "\"device_sequence\":" + std::to_string(i) + "}"))
        << all[static_cast<std::size_t>(i) - 1];
}

// Old data as found: what a colleague approved waits, and counts once an official accepts it.
TEST_F(CsvImport, AnImportAsFoundWaitsForAnOfficial) {
  const std::string table =
      "person,report,date,minutes,text,decision,decided_by,submitted_at,decided_at\n"
      "2,1,2022-01-03,300,Rapat,approved,3,2022-01-03 07:30,2022-01-03 07:45\n"
      "2,2,2022-01-03,60,Surat,approved,1,2022-01-03 07:30,2022-01-03 07:45\n";
  const std::string decree = R"("decree":{"number":"1","date":"2022-01-03","signatory":"P1",)"
                             R"("office":"Walikota","document":")" +
                             std::string(64, 'a') + "\"}";
  const std::string declared =
      town_.line({.command = "DeclareImport",
                  .data = R"({"number":1,"source":"e-Kinerja lama","file":")" +
                          to_hex(sha256(table).view()) + R"(","as_found":true,)" + decree + "}"});
  const Ran declaring = import(declared);
  ASSERT_EQ(declaring.exit, 0) << declaring.err;
  ASSERT_EQ(csv("appraisers", "person,appraiser,from\n2,1,2022-01-01\n").exit, 0) << errors();

  const Ran other = csv("reports", table + "\n", {"--import", "1"});
  EXPECT_EQ(other.exit, 3);
  EXPECT_TRUE(has(other.err, "import.file")) << other.err;
  const Ran undeclared = csv("reports", table, {"--import", "2"});
  EXPECT_TRUE(has(undeclared.err, "import.file")) << undeclared.err;
  // As NDJSON too: from a file whose hash was not declared, or from a pipe, nothing is recorded.
  const std::string legacy =
      town_.line({.command = "SubmitDailyReport",
                  .data = R"({"person":"P2","report":"R9","date":"2022-01-03","minutes":10})",
                  .text = "Rapat"});
  std::string of_import = legacy;
  of_import.insert(of_import.find("\"data\""), "\"import\":1,");
  const std::string ledger_before = log();
  const Ran ndjson = import(of_import);
  EXPECT_EQ(ndjson.exit, 3) << ndjson.out;
  EXPECT_TRUE(has(ndjson.err, "import.file")) << ndjson.err;
  EXPECT_EQ(log(), ledger_before);
  const Ran strict = csv("reports", table, {"--dry-run"});
  EXPECT_TRUE(has(errors(), ",2,decided_by,P3,authority.not_appraiser,")) << errors();

  const Ran ran = csv("reports", table, {"--import", "1"});
  ASSERT_EQ(ran.exit, 0) << ran.err << errors();
  EXPECT_EQ(cell(ran, "recorded"), "4");
  EXPECT_EQ(cell(csv("reports", table, {"--import", "1"}), "repeated"), "4");
  const Ran list = ask({"imports", "--tsv"});
  EXPECT_EQ(cell(list, "events"), "4") << list.err;
  EXPECT_EQ(cell(list, "held"), "1") << list.err;
  EXPECT_EQ(cell(list, "waiting"), "1");
  const Ran waiting = ask({"imports", "--waiting", "--tsv"});
  EXPECT_EQ(cell(waiting, "person"), "P2") << waiting.out;
  EXPECT_EQ(cell(waiting, "by"), "P3");
  EXPECT_EQ(cell(waiting, "acted_at"), "2022-01-03T00:45:00.000000Z");

  std::string accepting = town_.line(
      {.command = "AcceptImportedEvent",
       .data = R"({"person":"P2","event":)" + cell(waiting, "event") + "," + decree + "}",
       .role = "official"});
  accepting.replace(accepting.find("2022-01-03T"), 10, "2022-01-05");
  const Ran accepted = import(accepting);
  ASSERT_EQ(accepted.exit, 0) << accepted.err;
  EXPECT_EQ(cell(ask({"imports", "--tsv"}), "waiting"), "0");
  const Ran audit = ask({"audit", "--tsv"});
  EXPECT_EQ(audit.exit, 0) << audit.out << audit.err;
  EXPECT_TRUE(has(audit.out, "imported_as_found")) << audit.out;
}

// From the founding and the rules on, an office is nothing but tables.
TEST_F(CsvImport, ASmallOfficeComesFromTablesOnly) {
  const Ran city = run({"simulate", "--people", "100", "--from", "2022-01", "--to", "2022-01",
                        "--out", directory_ / "city.ndjson"});
  ASSERT_EQ(city.exit, 0) << city.err;
  std::string founding;
  for (const std::string& line : lines_of(read_file(directory_ / "city.ndjson"))) {
    if (has(line, "\"command\":\"CreateUnit\"")) break;
    founding += line + "\n";
  }
  const std::string office = directory_ / "office";
  const auto import = [&](Arguments more) {
    Arguments arguments{"import", "--data", office, "--tsv"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  };
  ASSERT_EQ(import({directory_.write("founding.ndjson", founding)}).exit, 0);
  const std::string mapping = directory_.write(
      "mapping.json",
      R"({"columns":{"unit":"ID","parent":"Induk","code":"Kode","name":"Nama","paying":"SKPD",)"
      R"("from":"Sejak"},"values":{"paying":{"Ya":"true","Tidak":"false"}}})");
  const std::string person = ";PNS;III/c;dinkes;";
  const std::string rest = ";true;true;03/01/2022\n";
  struct Given {
    const char* kind;
    std::string table;
    const char* recorded;
    Arguments more{};
  };
  const Given tables[] = {
      // In Windows-1252, with headers and words of its own.
      {"units",
       "ID;Induk;Kode;Nama;SKPD;Sejak\n1;;kota;Kota \x93Uji\x94;Ya;01/01/2020\n"
       "2;kota;dinkes;Dinas Kesehatan;Ya;01/01/2020\n",
       "2",
       {"--mapping", mapping}},
      {"roster",
       std::string(header) +
           "1;Wali;;OFFICIAL;;kota;Walikota;17;II;structural;false;false;"
           "03/01/2022\n" +
           "2;Kepala;198001012005011002" + person + "Kepala Dinas;14;II;structural" + rest +
           "3;\"Siti; S.H.\";198001012005011003" + person + "Analis;7;staff;executor" + rest,
       "13"},
      {"appraisers",
       "person,appraiser,superior,from\n2,1,,2022-01-03\n198001012005011003,2,1,2022-01-03\n", "2"},
      {"attendance",
       "person,date,time,direction,device,device_sequence\n198001012005011003,2022-03-01,07:25,in,"
       "4,1\n198001012005011003,2022-03-01,16:05:10,out,4,2\n",
       "2"},
      {"reports",
       "person;report;date;minutes;text;decision;decided_by\n"
       "3;1;01/03/2022;300;\"Rapat\ndan surat\";approved;2\n3;2;02/03/2022;200;Surat;;\n",
       "3"},
      {"ratings",
       "person;period;appraiser;result;pelayanan;akuntabel;kompeten;harmonis;loyal;adaptif;"
       "kolaboratif;delivered\n3;2022-S1;2;87,5;90;90,25;90;90;90;90;90;true\n",
       "3"},
  };
  for (const Given& given : tables) {
    Arguments arguments{"--table",
                        given.kind,
                        "--recorded-at",
                        "2022-07-04T01:00:00Z",
                        "--errors",
                        directory_ / "errors.csv",
                        directory_.write("table.csv", given.table)};
    arguments.insert(arguments.end(), given.more.begin(), given.more.end());
    Arguments dry = arguments;
    dry.emplace_back("--dry-run");
    const Ran tried = import(dry);
    ASSERT_EQ(tried.exit, 0) << given.kind << tried.err << errors();
    const Ran ran = import(arguments);
    ASSERT_EQ(ran.exit, 0) << given.kind << ran.err << errors();
    EXPECT_EQ(cell(ran, "recorded"), given.recorded) << given.kind;
    EXPECT_EQ(cell(import(arguments), "repeated"), given.recorded) << given.kind;
  }
  const std::string all = run({"log", "--data", office, "--json"}).out;
  EXPECT_TRUE(has(all, "\"name\":\"Kota “Uji”\""));
  EXPECT_TRUE(has(all, "\"type\":\"EvaluationDelivered\""));
  EXPECT_EQ(run({"audit", "--data", office}).exit, 0);
}

}  // namespace
}  // namespace runut::testing
