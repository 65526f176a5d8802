#include "intake/rows.h"

#include <gtest/gtest.h>

namespace runut::intake {
namespace {

Known town() {
  Known known;
  known.agency = "kota-uji";
  known.utc_offset_minutes = 420;
  known.person_of = [](std::string_view nip) {
    return nip == "198001012005011001" ? std::optional(PersonId{7}) : std::nullopt;
  };
  known.unit_of = [](std::string_view code) {
    return code == "dinkes" ? std::optional(UnitId{3}) : std::nullopt;
  };
  return known;
}

Intake taken(Kind kind, const std::string& text, const std::string& mapping = "{}") {
  return to_commands(kind, read_csv(text), *parse_mapping(mapping), town());
}

constexpr const char* roster_header =
    "person,name,nip,status,grade,unit,post,job_class,echelon,kind,tpp_eligible,rankable,from\n";

TEST(Rows, APersonOfTheRosterIsFiveCommands) {
  const auto intake = taken(Kind::roster, std::string(roster_header) +
                                              "17,Siti,198001012005011002,PNS,III/c,dinkes,Analis,"
                                              "7,staff,executor,true,true,03/01/2022\n");
  ASSERT_EQ(intake.rows.size(), 1U);
  std::string names;
  for (const Command& command : intake.rows[0].commands)
    names += std::string(command_name(command.body)) + " ";
  EXPECT_EQ(names, "RegisterPerson AssignIdentifier ChangeStatus ChangeGrade StartAssignment ");
  const auto& post = std::get<AssignmentStarted>(intake.rows[0].commands[4].body);
  EXPECT_EQ(post.unit, UnitId{3});
  EXPECT_EQ(post.from, date(2022, 1, 3));
}

TEST(Rows, HeadersAndWordsOfTheirOwnAreMapped) {
  const auto intake = taken(
      Kind::attendance,
      "NIP;Tanggal;Jam;Arah;Mesin;Nomor\n198001012005011001;03/01/2022;07:25;Masuk;4;99\n",
      R"({"columns":{"person":"NIP","date":"Tanggal","time":"Jam","direction":"Arah",)"
      R"("device":"Mesin","device_sequence":"Nomor"},"values":{"direction":{"Masuk":"in"}}})");
  ASSERT_EQ(intake.rows.size(), 1U);
  const auto& clocked = std::get<AttendanceRecorded>(intake.rows[0].commands[0].body);
  EXPECT_EQ(clocked.person, PersonId{7});
  EXPECT_EQ(to_string(clocked.at), "2022-01-03T00:25:00.000000Z");
  EXPECT_EQ(clocked.direction, ClockDirection::in);
}

TEST(Rows, ScoresTakeACommaOrAPoint) {
  const auto intake = taken(Kind::ratings,
                            "person;period;appraiser;result;pelayanan;akuntabel;kompeten;harmonis;"
                            "loyal;adaptif;kolaboratif;delivered\n"
                            "2;2022-S1;1;87,5;90;90.25;90;90;90;90;90;true\n");
  ASSERT_EQ(intake.rows.size(), 1U) << intake.findings[0].error.describe();
  EXPECT_EQ(std::get<WorkResultRated>(intake.rows[0].commands[0].body).result, Score{8'750});
  EXPECT_EQ(std::get<BehaviourRated>(intake.rows[0].commands[1].body).values[1], Score{9'025});
  EXPECT_EQ(intake.rows[0].commands.size(), 3U);
}

TEST(Rows, AnUnusableCellIsNamedByItsOwnHeader) {
  struct Row {
    const char* cells;
    const char* rule;
    const char* column;
    const char* value;
  };
  const Row rows[] = {
      {"17,Siti,1.98E+17,PNS,III/c,dinkes,Analis,7,staff,executor,true,true,2022-01-03",
       "nip.rounded", "nip", "1.98E+17"},
      {"17,Siti,1980,PNS,III/c,dinkes,Analis,7,staff,executor,true,true,2022-01-03", "nip.digits",
       "nip", "1980"},
      {"17,,,PNS,III/c,dinkes,Analis,7,staff,executor,true,true,2022-01-03", "cell.missing", "name",
       ""},
      {"X,Siti,,PNS,III/c,dinkes,Analis,7,staff,executor,true,true,2022-01-03", "cell.id", "person",
       "X"},
      {"17,Siti,,ASN,III/c,dinkes,Analis,7,staff,executor,true,true,2022-01-03", "cell.vocabulary",
       "status", "ASN"},
      {"17,Siti,,PNS,III/c,lain,Analis,7,staff,executor,true,true,2022-01-03", "unit.unknown",
       "unit", "lain"},
      {"17,Siti,,PNS,III/c,dinkes,Analis,7,staff,executor,Ya,true,2022-01-03", "cell.flag",
       "tpp_eligible", "Ya"},
      {"17,Siti,,PNS,III/c,dinkes,Analis,7,staff,executor,true,true,31/02/2022", "cell.date",
       "from", "31/02/2022"},
  };
  for (const Row& row : rows) {
    const auto intake = taken(Kind::roster, std::string(roster_header) + row.cells + "\n");
    ASSERT_EQ(intake.findings.size(), 1U) << row.rule;
    EXPECT_TRUE(intake.rows.empty());
    const Finding& finding = intake.findings[0];
    EXPECT_EQ(finding.line, 2U);
    EXPECT_EQ(finding.error.rule, row.rule);
    EXPECT_EQ(finding.error.field, row.column);
    EXPECT_EQ(finding.error.value, row.value);
  }
}

TEST(Rows, EveryUnusableCellOfEveryRowIsNamed) {
  const auto intake = taken(Kind::roster, std::string(roster_header) +
                                              "X,,1980,ASN,III/c,lain,Analis,7,staff,executor,"
                                              "Ya,true,31/02/2022\n"
                                              "17,Siti,,PNS,III/c,dinkes,Analis,7,staf,executor,"
                                              "true,true,03/01/2022\n");
  std::string found;
  for (const Finding& finding : intake.findings)
    found += std::to_string(finding.line) + " " + finding.error.field + "; ";
  EXPECT_EQ(found,
            "2 name; 2 person; 2 status; 2 unit; 2 tpp_eligible; 2 from; 2 nip; 3 echelon; ");
}

TEST(Rows, OlderDataActsWhenItSays) {
  const std::string header =
      "person,report,date,minutes,text,decision,decided_by,submitted_at,decided_at\n";
  const auto intake = taken(Kind::reports, header +
                                               "2,1,01/03/2022,300,Rapat,approved,1,"
                                               "01/03/2022 16:05,02/03/2022 07:00:30\n"
                                               "2,2,01/03/2022,300,Rapat,,,01/03/2022,\n");
  ASSERT_EQ(intake.rows.size(), 1U);
  EXPECT_EQ(to_string(*intake.rows[0].commands[0].acted_at), "2022-03-01T09:05:00.000000Z");
  EXPECT_EQ(to_string(*intake.rows[0].commands[1].acted_at), "2022-03-02T00:00:30.000000Z");
  ASSERT_EQ(intake.findings.size(), 1U);
  EXPECT_EQ(intake.findings[0].error.rule, "cell.moment");
  EXPECT_EQ(intake.findings[0].error.field, "submitted_at");
}

TEST(Rows, AnIdentifierIsOnePersons) {
  const std::string rest = ",PNS,III/c,dinkes,Analis,7,staff,executor,true,true,2022-01-03\n";
  const auto intake = taken(
      Kind::roster, std::string(roster_header) + "17,Siti,198001012005011002" + rest +
                        "18,Budi,198001012005011002" + rest + "17,Siti,198001012005011002" + rest);
  ASSERT_EQ(intake.findings.size(), 1U);
  EXPECT_EQ(intake.findings[0].error.rule, "nip.twice");
  EXPECT_EQ(intake.findings[0].line, 3U);
}

TEST(Rows, OneFileWritesItsDatesOneWay) {
  const auto intake = taken(
      Kind::appraisers, "person,appraiser,from\n2,1,03/01/2022\n3,1,2022-01-03\n4,1,04/01/2022\n");
  EXPECT_EQ(intake.rows.size(), 2U);
  ASSERT_EQ(intake.findings.size(), 1U);
  EXPECT_EQ(intake.findings[0].error.rule, "cell.date_mixed");
  EXPECT_EQ(intake.findings[0].line, 3U);
}

TEST(Rows, ATableThatCannotBeReadAsAWholeIsRefused) {
  struct Row {
    const char* header;
    const char* mapping;
    const char* rule;
    std::uint64_t line;
  };
  const Row rows[] = {
      {"person,from", "{}", "column.missing", 1},
      {"person,appraiser,from,from", "{}", "column.twice", 1},
      {"person,appraiser,from,gaji", "{}", "column.unknown", 1},
      {"person,appraiser,from", R"({"columns":{"nama":"x"}})", "mapping.column", 0},
      {"person,appraiser,from", R"({"columns":{"superior":"Atasan"}})", "column.missing", 1},
      {"person,appraiser,from", R"({"columns":{"appraiser":"person"}})", "mapping.header_twice", 0},
  };
  for (const Row& row : rows) {
    const auto intake =
        taken(Kind::appraisers, std::string(row.header) + "\n2,1,2022-01-03\n", row.mapping);
    EXPECT_TRUE(intake.rows.empty());
    ASSERT_FALSE(intake.findings.empty()) << row.rule;
    EXPECT_EQ(intake.findings[0].error.rule, row.rule);
    EXPECT_EQ(intake.findings[0].line, row.line);
  }
  for (const char* mapping :
       {"[]", R"({"colums":{}})", R"({"columns":{"from":1}})",
        R"({"columns":{"from":"a","person":"a"}})", R"({"columns":{"from":"a","from":"b"}})"})
    EXPECT_FALSE(parse_mapping(mapping)) << mapping;
}

}  // namespace
}  // namespace runut::intake
