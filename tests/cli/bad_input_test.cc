// What no ledger takes: each line is answered with its file, line, field, value and rule, and
// leaves nothing behind.
#include "cli/ledger.h"

namespace runut::testing {
namespace {

struct BadLine {
  const char* name;
  std::string text;  // of the line, without its end
  const char* code;
  const char* rule;
  const char* field;
  const char* in_message;
};
void PrintTo(const BadLine& line, std::ostream* out) {
  *out << line.name;
}

// A person's registration with parts replaced.
std::string changed(const std::string& from, const std::string& to) {
  CommandFile file;
  file.town();
  std::string line =
      file.line({.command = "RegisterPerson", .data = R"({"person":"P99"})", .text = "Baru"});
  line.pop_back();
  const std::size_t at = line.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return line.replace(at, from.size(), to);
}

std::string asked(const CommandFile::Ask& ask) {
  CommandFile file;
  file.town();
  std::string line = file.line(ask);
  line.pop_back();
  return line;
}

// A second post of P2 with one member of its data replaced or added, as JSON.
std::string post(const std::string& member, const std::string& json) {
  std::vector<std::pair<std::string, std::string>> members{
      {"person", "\"P2\""},      {"assignment", "2"},        {"unit", "\"U1\""},
      {"post", "\"Pengelola\""}, {"job_class", "7"},         {"echelon", "\"staff\""},
      {"kind", "\"executor\""},  {"role", "\"definitive\""}, {"tpp_eligible", "true"},
      {"rankable", "true"},      {"from", "\"2022-02-01\""}};
  std::string data;
  bool replaced = false;
  const auto add = [&](const std::string& name, const std::string& value) {
    data += (data.empty() ? "{\"" : ",\"") + name + "\":" + value;
  };
  for (const auto& [name, value] : members) {
    add(name, name == member ? json : value);
    replaced = replaced || name == member;
  }
  if (!replaced) add(member, json);
  return asked({.command = "StartAssignment", .data = data + "}"});
}

std::vector<BadLine> bad_lines() {
  return {
      {"NoJson", "this is no JSON", "invalid_input", "json.syntax", "", "line 1"},
      {"CutShort", changed("}}", "}"), "invalid_input", "json.syntax", "", ""},
      {"AnArray", "[1,2]", "invalid_input", "field.type", "", "object"},
      {"TwoValues", "{} {}", "invalid_input", "json.syntax", "", ""},
      {"ANulByte", std::string("{\"command\":\"\0\"}", 15), "invalid_input", "json.syntax", "", ""},
      {"BrokenUtf8", changed("Baru", "Bar\xFFu"), "invalid_input", "json.encoding", "", ""},
      {"ADuplicateMember", changed("\"text\":\"Baru\"", "\"text\":\"Baru\",\"text\":\"Lama\""),
       "invalid_input", "json.duplicate_key", "text", ""},
      {"AnUnknownMember", changed("\"text\"", "\"more\":1,\"text\""), "invalid_input",
       "field.unknown", "more", ""},
      {"AnUnknownDataMember", changed("\"person\":\"P99\"", "\"person\":\"P99\",\"age\":4"),
       "invalid_input", "field.unknown", "data.age", ""},
      {"AMissingMember", changed("\"person\":\"P99\"", ""), "invalid_input", "field.missing",
       "data.person", ""},
      {"AWrongType", changed("\"P99\"", "99"), "invalid_input", "field.type", "data.person",
       "string"},
      {"AFraction", asked({.command = "SetHoliday", .data = R"({"date":1.5})"}), "invalid_input",
       "json.number", "data.date", ""},
      {"NoUuid", changed("018f3a00", "zzzzzzzz"), "invalid_input", "", "id", ""},
      {"AnUnknownCommand", changed("RegisterPerson", "PromotePerson"), "unsupported",
       "command.unknown", "command", ""},
      {"NoText", changed(",\"text\":\"Baru\"", ""), "invalid_input", "text.required", "text", ""},
      {"AnotherAgency", changed("kota-uji", "kota-lain"), "rejected", "agency.founded", "command",
       "kota-lain"},
      {"AnAuthenticatedActor", changed("claimed", "authenticated"), "rejected", "actor.assurance",
       "actor.assurance", "file"},
      {"AnUnknownPerson",
       asked({.command = "ChangeStatus",
              .data = R"({"person":"P77","status":"PNS","from":"2022-01-01"})"}),
       "not_found", "person.unknown", "data.person", ""},
      {"AnUnknownUnit",
       asked(
           {.command = "CreateUnit",
            .data =
                R"({"unit":"U9","parent":"U8","code":"u9","name":"U","paying":true,"from":"2020-01-01"})"}),
       "not_found", "unit.unknown", "data.parent", ""},
      {"AKnownPersonAgain",
       asked({.command = "RegisterPerson", .data = R"({"person":"P1"})", .text = "Lagi"}),
       "rejected", "person.id_taken", "data.person", ""},
      {"ATimeThatGoesBack", changed("2022-01-03", "2021-01-03"), "rejected",
       "recorded_at.decreasing", "recorded_at", ""},
      {"AnActionInTheFuture",
       changed("\"recorded_at\"", "\"acted_at\":\"2023-01-01T00:00:00Z\",\"recorded_at\""),
       "rejected", "command.acted_in_future", "acted_at", ""},
      {"AnIdUsedForSomethingElse", changed("00000000000c", "000000000003"), "conflict",
       "command.id_reused", "id", ""},
      {"TooLong", "{\"command\":\"" + std::string((1U << 20) + 10, 'x') + "\"}", "exhausted",
       "line.size", "", ""},
      {"ALoneSurrogate", changed("Baru", R"(\ud800)"), "invalid_input", "json.syntax", "",
       "line 1"},
      {"AControlCharacter", changed("Baru", "Ba\\u0000ru"), "invalid_input", "field.control",
       "text", "control character"},
      {"ATextTooLong", changed("Baru", std::string(20'000, 'x')), "invalid_input", "field.length",
       "text", "16384"},
      {"NoNumber", post("job_class", "\"7\""), "invalid_input", "field.type", "data.job_class",
       "integer"},
      {"ANegativeNumber", post("job_class", "-1"), "invalid_input", "field.range", "data.job_class",
       "integer"},
      {"ANumberOfMoreThan32Bits", post("job_class", "4294967303"), "invalid_input", "field.range",
       "data.job_class", "4294967295"},
      {"ANumberOfMoreThan64Bits", post("job_class", "18446744073709551616"), "invalid_input",
       "json.number", "data.job_class", "64 bits"},
      {"AHugeNumber", post("job_class", "1e400"), "invalid_input", "json.number", "data.job_class",
       "64 bits"},
      {"AnExponent", post("job_class", "7e0"), "invalid_input", "json.number", "data.job_class",
       "64 bits"},
      {"AFractionOfNought", post("job_class", "7.0"), "invalid_input", "json.number",
       "data.job_class", "64 bits"},
      {"ALeadingNought", post("job_class", "007"), "invalid_input", "json.syntax", "", ""},
      {"ANumberOutOfRange", post("job_class", "18"), "rejected", "assignment.job_class",
       "data.job_class", "1 to 17"},
      {"Null", post("job_class", "null"), "invalid_input", "field.type", "data.job_class",
       "integer"},
      {"NoBoolean", post("rankable", "\"yes\""), "invalid_input", "field.type", "data.rankable",
       "true or false"},
      {"NoWordOfTheList", post("echelon", "\"boss\""), "invalid_input", "field.vocabulary",
       "data.echelon", "II, III, IV, staff"},
      {"ADateThatDoesNotExist", post("from", "\"2022-02-30\""), "invalid_input", "format.date",
       "data.from", "2022-08-15"},
      {"ALeapDayInACommonYear", post("from", "\"2023-02-29\""), "invalid_input", "format.date",
       "data.from", ""},
      {"ADateWrittenOtherwise", post("from", "\"1/2/2022\""), "invalid_input", "format.date",
       "data.from", "2022-08-15"},
      {"AYearNought", post("from", "\"0000-01-01\""), "invalid_input", "format.date", "data.from",
       ""},
      {"AnIntervalThatEndsBeforeItBegins", post("until", "\"2021-01-01\""), "rejected",
       "interval.reversed", "data.until", "2022-02-01"},
      {"ATimeWithoutAZone", changed("Z\",\"text\"", "\",\"text\""), "invalid_input",
       "format.instant", "recorded_at", ""},
      {"NoTime", changed("T01:", "T25:"), "invalid_input", "format.instant", "recorded_at", ""},
      {"NoPersonId", post("person", "\"X2\""), "invalid_input", "format.person_id", "data.person",
       "P1"},
      {"PersonNought", post("person", "\"P0\""), "invalid_input", "format.person_id", "data.person",
       "P1"},
      {"APersonBeyond64Bits", post("person", "\"P18446744073709551616\""), "invalid_input",
       "format.person_id", "data.person", ""},
      {"AnUnknownUnitOfAPost", post("unit", "\"U9\""), "not_found", "unit.unknown", "data.unit",
       ""},
      {"AnUnknownActor", changed(R"("kind":"system","id":"S1")", R"("kind":"person","id":"P88")"),
       "not_found", "person.unknown", "actor.id", ""},
      {"AnActorOfAnotherKind", changed(R"("id":"S1")", R"("id":"P2")"), "invalid_input",
       "format.actor_id", "actor.id", "S1"},
      {"AStaleVersion", changed("\"text\"", "\"expected_version\":99,\"text\""), "conflict",
       "subject.expected_version", "expected_version", ""},
      {"AnotherDateThanTheFacts", changed("\"text\"", "\"occurred_on\":\"2022-01-01\",\"text\""),
       "rejected", "command.occurred_on", "occurred_on", "2022-01-03"},
      {"NoObject", "null", "invalid_input", "field.type", "", "object"},
      {"NothingInIt", "{}", "invalid_input", "field.missing", "command", ""},
      {"TooDeep", std::string(100, '[') + std::string(100, ']'), "invalid_input", "json.depth", "",
       ""},
  };
}

class BadInput : public LedgerOnDisk, public ::testing::WithParamInterface<BadLine> {};

TEST_P(BadInput, IsNamedByLineFieldAndRuleAndLeavesNothing) {
  given_town();
  static const std::string before = log();  // the town is the same for every line
  const std::string report = directory_ / "refused.tsv";
  const Ran ran = import("\n" + GetParam().text + "\n", {"--errors", report});
  EXPECT_EQ(ran.exit, 3) << ran.err;
  const auto lines = lines_of(read_file(report));
  ASSERT_EQ(lines.size(), 2U) << read_file(report);
  std::vector<std::string> cells;
  std::string rest = lines[1] + "\t";
  for (std::size_t end = rest.find('\t'); end != std::string::npos; end = rest.find('\t')) {
    cells.push_back(rest.substr(0, end));
    rest.erase(0, end + 1);
  }
  ASSERT_EQ(cells.size(), 8U) << lines[1];
  EXPECT_EQ(cells[0], directory_ / "commands.ndjson");
  EXPECT_EQ(cells[1], "2");
  EXPECT_EQ(cells[3], GetParam().code) << lines[1];
  if (*GetParam().rule != 0) {
    EXPECT_EQ(cells[4], GetParam().rule) << lines[1];
  }
  EXPECT_EQ(cells[5], GetParam().field) << lines[1];
  EXPECT_NE(cells[7].find(GetParam().in_message), std::string::npos) << lines[1];
  EXPECT_FALSE(cells[7].empty());
  // What was wrong is shown as it was given, wherever one member was.
  if (!cells[5].empty() && cells[4] != "field.missing" && cells[4] != "text.required") {
    EXPECT_FALSE(cells[6].empty()) << lines[1];
  }
  EXPECT_EQ(log(), before);
  const Ran verified = ask({"verify"});
  EXPECT_EQ(verified.exit, 0) << verified.out << verified.err;
}

INSTANTIATE_TEST_SUITE_P(Line, BadInput, ::testing::ValuesIn(bad_lines()),
                         [](const auto& row) { return std::string(row.param.name); });

class BadFile : public LedgerOnDisk {};

TEST_F(BadFile, OfAnotherEncodingIsRefusedBeforeItBegins) {
  struct Row {
    const char* begin;
    std::size_t bytes;
    const char* rule;
  };
  for (const Row& row : {Row{"\xEF\xBB\xBF", 3, "file.bom"}, Row{"\xFF\xFE", 2, "file.utf16"},
                         Row{"\xFE\xFF", 2, "file.utf16"}, Row{"{\0", 2, "file.utf16"}}) {
    const Ran ran = import(std::string(row.begin, row.bytes) + CommandFile().town().text());
    EXPECT_EQ(ran.exit, 2) << row.rule;
    EXPECT_NE(ran.err.find(row.rule), std::string::npos) << ran.err;
    EXPECT_FALSE(std::filesystem::exists(data()));
  }
}

TEST_F(BadFile, AlsoLeavesALedgerThatIsThereAlone) {
  given_town();
  const std::string before = log();
  for (const std::string& text : {std::string("\xEF\xBB\xBF") + town_.text(),
                                  std::string("\xFF\xFE{\0", 4), std::string("\0{", 2)}) {
    const Ran ran = import(text);
    EXPECT_EQ(ran.exit, 2) << ran.err;
    EXPECT_TRUE(has(ran.err, "commands.ndjson")) << ran.err;
    EXPECT_EQ(log(), before);
  }
  EXPECT_EQ(ask({"verify"}).exit, 0);
}

// Nothing was asked, so nothing is wrong; but no ledger comes from nothing either.
TEST_F(BadFile, ThatIsEmptyMakesNothing) {
  for (const char* text : {"", "\n", "\n\n  \r\n"}) {
    const Ran ran = import(text);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_FALSE(std::filesystem::exists(data()));
    EXPECT_FALSE(std::filesystem::exists(keys()));
  }
}

TEST_F(BadFile, ThatIsADirectoryOrUnreadableIsNamed) {
  for (const char* name : {".", "missing.ndjson", "/dev/null/x"}) {
    const std::string path = name[0] == '/' ? name : directory_ / name;
    const Ran ran = ask({"import", path});
    EXPECT_EQ(ran.exit, 2) << ran.err;
    EXPECT_TRUE(has(ran.err, "file.unreadable") && has(ran.err, path)) << ran.err;
    EXPECT_FALSE(std::filesystem::exists(data()));
  }
}

// A report that cannot be written is known before a line is read.
TEST_F(BadFile, OfTheReportIsNamedBeforeItBegins) {
  const Ran ran = import(town_.town().text(), {"--errors", directory_ / "nowhere/refused.tsv"});
  EXPECT_EQ(ran.exit, 2) << ran.err;
  EXPECT_TRUE(has(ran.err, "errors = " + (directory_ / "nowhere/refused.tsv"))) << ran.err;
  EXPECT_FALSE(std::filesystem::exists(data()));
}

// A line cut in its middle is refused, and the file whole afterwards records what was missing.
TEST_F(BadFile, CutInItsLastLineIsTakenUpToThere) {
  const std::string whole = town_.town().text();
  const Ran cut = import(whole.substr(0, whole.size() - 20));
  EXPECT_EQ(cut.exit, 3);
  EXPECT_TRUE(has(cut.err, "commands.ndjson:11:") && has(cut.err, "json.syntax")) << cut.err;
  EXPECT_EQ(lines_of(log()).size(), 10U);
  EXPECT_EQ(import(whole).exit, 0);
  EXPECT_EQ(ask({"verify"}).exit, 0);
}

}  // namespace
}  // namespace runut::testing
