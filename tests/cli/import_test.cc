#include "cli/ledger.h"

namespace runut::testing {
namespace {

using ::testing::Test;

class Import : public LedgerOnDisk {};

TEST_F(Import, FoundsTheLedgerWithTheFirstCommand) {
  const Ran ran = import(town_.town().text());
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(cell(ran, "recorded"), "11");
  EXPECT_EQ(cell(ran, "events"), "11");
  EXPECT_EQ(cell(ran, "simulated"), "SIMULASI");
  EXPECT_TRUE(std::filesystem::exists(data() + "/kota-uji/CURRENT"));
  EXPECT_TRUE(std::filesystem::exists(data() + "/kota-uji/checkpoints/11"));
  EXPECT_TRUE(std::filesystem::exists(keys() + "/kota-uji/keys"));
}

TEST_F(Import, LeavesNothingOfARefusedFounding) {
  struct Row {
    const char* data;
    const char* role;
    const char* rule;
  };
  const Row rows[] = {
      {R"({"agency":"kota-uji","name":"K","utc_offset_minutes":420,"simulated":true})", "hr",
       "actor.role"},
      {R"({"agency":"kota-uji","name":"K","utc_offset_minutes":420,"simulated":false})", "operator",
       "recorded_at.not_simulated"},
      {R"({"agency":"kota-uji","name":"K","utc_offset_minutes":9000,"simulated":true})", "operator",
       "agency.utc_offset"},
      {R"({"agency":"kota-lain","name":"K","utc_offset_minutes":420,"simulated":true})", "operator",
       "agency.code"},
  };
  for (const Row& row : rows) {
    const Ran ran =
        import(CommandFile().line({.command = "FoundAgency", .data = row.data, .role = row.role}));
    EXPECT_EQ(ran.exit, 3) << row.rule;
    EXPECT_NE(ran.err.find(row.rule), std::string::npos) << ran.err;
    EXPECT_FALSE(std::filesystem::exists(data())) << row.rule;
    EXPECT_FALSE(std::filesystem::exists(keys())) << row.rule;
  }
}

TEST_F(Import, KeepsAnAgencyFromEscapingTheDataDirectory) {
  const Ran ran = import(CommandFile("../elsewhere").town().text());
  EXPECT_EQ(ran.exit, 3);
  EXPECT_NE(ran.err.find("agency.code"), std::string::npos) << ran.err;
  EXPECT_FALSE(std::filesystem::exists(directory_ / "elsewhere"));
}

TEST_F(Import, NeedsAFoundingBeforeAnythingElse) {
  const Ran ran =
      import(town_.line({.command = "RegisterPerson", .data = R"({"person":"P1"})", .text = "X"}));
  EXPECT_EQ(ran.exit, 3);
  EXPECT_NE(ran.err.find("agency.founded"), std::string::npos) << ran.err;
  EXPECT_FALSE(std::filesystem::exists(data()));
}

TEST_F(Import, ChangesNothingTheSecondTime) {
  given_town();
  const std::string before = log();
  const Ran again = import(town_.text());
  EXPECT_EQ(again.exit, 0) << again.err;
  EXPECT_EQ(cell(again, "repeated"), "11");
  EXPECT_EQ(cell(again, "recorded"), "0");
  EXPECT_EQ(log(), before);
}

TEST_F(Import, GivesARefusedLineTheSameAnswerAgain) {
  std::string text = town_.town().text();
  text += town_.line({.command = "RegisterPerson", .data = R"({"person":"P1"})", .text = "Lagi"});
  text += town_.line(
      {.command = "RegisterPerson", .data = R"({"person":"P50"})", .text = "Lima Puluh"});
  const Ran first = import(text);
  const std::string before = log();
  const Ran second = import(text);
  EXPECT_EQ(first.exit, 3);
  EXPECT_EQ(second.exit, 3);
  EXPECT_NE(first.err.find("person.id_taken"), std::string::npos) << first.err;
  // Beside the refusals stderr may show how far a slow machine is.
  const auto refusals = [](const Ran& ran) {
    std::vector<std::string> lines;
    for (const std::string& line : lines_of(ran.err))
      if (line.find(": rejected [") != std::string::npos) lines.push_back(line);
    return lines;
  };
  EXPECT_EQ(refusals(second), refusals(first));
  EXPECT_EQ(refusals(first).size(), 1U);
  EXPECT_EQ(log(), before);
}

TEST_F(Import, IsForOneLedger) {
  given_town();
  std::string text =
      town_.line({.command = "RegisterPerson", .data = R"({"person":"P8"})", .text = "X"});
  text += CommandFile("kota-lain").town(1).text();
  const Ran ran = import(text);
  EXPECT_EQ(ran.exit, 3);
  EXPECT_EQ(cell(ran, "recorded"), "1");
  EXPECT_EQ(cell(ran, "refused"), "5");
  EXPECT_FALSE(std::filesystem::exists(data() + "/kota-lain"));
}

TEST_F(Import, RecordsOnlyWhatIsMissing) {
  given_town(2);
  CommandFile more;
  const Ran ran = import(more.town(5).text());
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(cell(ran, "repeated"), "8");
  EXPECT_EQ(cell(ran, "recorded"), "9");
}

TEST_F(Import, GoesOnAfterARefusedLineAndCountsIt) {
  std::string text = town_.town().text() + "no JSON\n";
  text += town_.line(
      {.command = "RegisterPerson", .data = R"({"person":"P50"})", .text = "Lima Puluh"});
  const Ran ran = import(text);
  EXPECT_EQ(ran.exit, 3);
  EXPECT_EQ(cell(ran, "refused"), "1");
  EXPECT_EQ(cell(ran, "recorded"), "12");
  EXPECT_NE(ran.err.find("commands.ndjson:12:"), std::string::npos) << ran.err;
}

TEST_F(Import, StopsAtTheFirstRefusedLineWhenAsked) {
  std::string text = town_.town().text();
  text += town_.line({.command = "RegisterPerson", .data = R"({"person":"P1"})", .text = "Lagi"});
  text += town_.line(
      {.command = "RegisterPerson", .data = R"({"person":"P50"})", .text = "Lima Puluh"});
  const Ran ran = import(text, {"--stop-at-first"});
  EXPECT_EQ(ran.exit, 3);
  EXPECT_EQ(cell(ran, "recorded"), "11");
  EXPECT_EQ(log().find("\"subject\":\"P50\""), std::string::npos);
}

TEST_F(Import, RecordsAnAttemptWithoutAuthority) {
  given_town();
  const Ran ran =
      import(town_.line({.command = "ChangeStatus",
                         .data = R"({"person":"P2","status":"PNS","from":"2021-01-01"})",
                         .actor = "P3",
                         .role = "employee"}));
  EXPECT_EQ(ran.exit, 3);
  EXPECT_EQ(cell(ran, "refused"), "1");
  EXPECT_NE(log().find("\"type\":\"AttemptRefused\""), std::string::npos);
}

TEST_F(Import, TakesLinesThatEndAsOnWindowsAndSkipsEmptyOnes) {
  std::string text = town_.town().text();
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 4))
    text.replace(at, 1, "\r\n\r\n");
  const Ran ran = import(text);
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(cell(ran, "recorded"), "11");
  EXPECT_EQ(cell(ran, "empty_lines"), "11");
}

TEST_F(Import, TakesALastLineWithoutItsEnd) {
  std::string text = town_.town().text();
  text.pop_back();
  EXPECT_EQ(cell(import(text), "recorded"), "11");
}

TEST_F(Import, ReadsStdin) {
  const Ran ran = ask({"import", "-"}, {.input = town_.town().text() + "oops\n"});
  EXPECT_EQ(ran.exit, 3);
  EXPECT_EQ(cell(ran, "recorded"), "11");
  EXPECT_NE(ran.err.find("stdin:12:"), std::string::npos) << ran.err;
}

TEST_F(Import, RefusesAFileThatIsNotThereBeforeItBegins) {
  const std::string good = directory_.write("good.ndjson", town_.town().text());
  const Ran ran = ask({"import", good, directory_ / "missing.ndjson"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_NE(ran.err.find("missing.ndjson"), std::string::npos) << ran.err;
  EXPECT_FALSE(std::filesystem::exists(data()));
}

TEST_F(Import, RefusesAFileInThePlaceOfTheDataDirectory) {
  directory_.write("data", "not a directory");
  const Ran ran = import(town_.town().text());
  EXPECT_EQ(ran.exit, 2) << ran.err;
  EXPECT_NE(ran.err.find(data()), std::string::npos) << ran.err;
}

TEST_F(Import, AcknowledgesEachCommandOnceItIsDurable) {
  const std::string file = directory_.write("commands.ndjson", town_.town().text());
  Running importing({"import", "--data", data(), file}, true, directory_ / "err");
  unsigned count = 0;
  std::string last;
  for (std::string id = importing.acknowledged(); !id.empty(); id = importing.acknowledged()) {
    last = id;
    ++count;
  }
  EXPECT_EQ(importing.wait(), 0) << read_file(directory_ / "err");
  EXPECT_EQ(count, 11U);
  EXPECT_EQ(last, town_.last_id());
}

TEST_F(Import, StopsAtARefusedLineThoughItsFeederIsAmidTheNext) {
  Running importing({"import", "--data", data(), "--stop-at-first", "-"}, true, directory_ / "err");
  importing.feed(
      town_.town().text() +
      town_.line({.command = "RegisterPerson", .data = R"({"person":"P1"})", .text = "Lagi"}) +
      "{\"id\":");
  for (int i = 0; i < 11; ++i)
    ASSERT_FALSE(importing.acknowledged().empty()) << read_file(directory_ / "err");
  // It has ended before its input has.
  EXPECT_EQ(importing.acknowledged(), "");
  EXPECT_EQ(importing.wait(), 3) << read_file(directory_ / "err");
}

TEST_F(Import, RefusesASecondWriterAndNamesTheDirectory) {
  Running first({"import", "--data", data(), "-"}, true, directory_ / "err");
  first.feed(town_.town().text());
  for (int i = 0; i < 11; ++i)
    ASSERT_FALSE(first.acknowledged().empty()) << read_file(directory_ / "err");

  const Ran second =
      import(town_.line({.command = "RegisterPerson", .data = R"({"person":"P9"})", .text = "X"}));
  EXPECT_EQ(second.exit, 4);
  EXPECT_NE(second.err.find(data() + "/kota-uji"), std::string::npos) << second.err;
  EXPECT_NE(second.err.find("another process"), std::string::npos) << second.err;
  // Reading goes on beside the writer.
  EXPECT_EQ(lines_of(log()).size(), 11U);
  EXPECT_EQ(first.wait(), 0);
}

}  // namespace
}  // namespace runut::testing
