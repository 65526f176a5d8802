// Commands that are not quite right: the refusal names rule, field and value.
#include "codec/command_json.h"

#include <gtest/gtest.h>

#include "codec/event_json.h"
#include "tests/codec/generator.h"

namespace runut::codec_test {
namespace {

constexpr std::string_view report_line =
    R"({"command":"SubmitDailyReport","id":"0182650e-8000-7000-8000-00000000002a",)"
    R"("agency":"kota-kediri","actor":{"kind":"person","id":"P17","role":"employee",)"
    R"("assurance":"claimed"},"acted_at":"2022-08-03T08:00:00Z","evidence":[],)"
    R"("data":{"person":"P17","report":"R202208031","date":"2022-08-03","minutes":330},)"
    R"("text":"Melayani 14 pemohon"})";

std::string with(std::string_view line, std::string_view from, std::string_view to) {
  std::string out(line);
  const std::size_t at = out.find(from);
  RUNUT_CHECK(at != std::string::npos, "the row changes the line");
  return out.replace(at, from.size(), to);
}

TEST(ParseCommand, reads_a_line_as_a_person_would) {
  const auto command = parse_command(report_line);
  ASSERT_TRUE(command) << command.error().describe();
  EXPECT_EQ(command_name(command->body), "SubmitDailyReport");
  EXPECT_EQ(command->agency, "kota-kediri");
  EXPECT_EQ(command->actor.person(), PersonId{17});
  EXPECT_EQ(to_string(command->acted_at.value()), "2022-08-03T08:00:00.000000Z");
  EXPECT_FALSE(command->recorded_at);
  EXPECT_EQ(command->text, "Melayani 14 pemohon");
  EXPECT_EQ(
      std::get<DailyReportSubmitted>(command->body),
      (DailyReportSubmitted{PersonId{17}, ReportId{202'208'031}, date(2022, 8, 3), Minutes{330}}));
}

TEST(ParseCommand, reads_for_whom_a_delegate_acts) {
  const auto command = parse_command(with(report_line, R"("assurance":"claimed")",
                                          R"("assurance":"claimed","on_behalf_of":"P12")"));
  ASSERT_TRUE(command) << command.error().describe();
  EXPECT_EQ(command->on_behalf_of, PersonId{12});
  EXPECT_FALSE(command->actor.on_behalf_of);
  EXPECT_EQ(parse_command(to_json(*command)).value(), *command);
}

struct BadLine {
  const char* name;
  std::string line;
  ErrorCode code;
  const char* rule;
  const char* field;
  std::string value;
};

std::vector<BadLine> bad_lines() {
  std::vector<BadLine> rows;
  const auto bad = [&](const char* name, std::string_view from, std::string_view to,
                       const char* rule, const char* field, std::string value = {},
                       ErrorCode code = ErrorCode::invalid_input) {
    rows.push_back({name, with(report_line, from, to), code, rule, field, std::move(value)});
  };
  const auto line = [&](const char* name, std::string text, const char* rule, const char* field,
                        std::string value = {}, ErrorCode code = ErrorCode::invalid_input) {
    rows.push_back({name, std::move(text), code, rule, field, std::move(value)});
  };

  // Not a command at all.
  line("nothing", "", "json.syntax", "");
  line("half a line", std::string(report_line.substr(0, 100)), "json.syntax", "");
  line("two values", std::string(report_line) + "{}", "json.syntax", "");
  line("an array", "[1,2]", "field.type", "", "array");
  line("a number", "42", "field.type", "", "number");
  line("not UTF-8", with(report_line, "Melayani", "Mela\xFFni"), "json.encoding", "");
  line("half a surrogate", with(report_line, "Melayani", "\\ud83d"), "json.syntax", "");
  line("too deep",
       with(report_line, "\"evidence\":[]",
            "\"evidence\":" + std::string(40, '[') + std::string(40, ']')),
       "json.depth", "");
  line("too long", std::string(command_bytes_max + 1, ' '), "json.size", "", {},
       ErrorCode::exhausted);
  bad("a comment", "\"evidence\":[]", "\"evidence\":[] /*none*/", "json.syntax", "");
  bad("a trailing comma", "\"minutes\":330}", "\"minutes\":330,}", "json.syntax", "");

  // The command's own members.
  for (const char* name : {"command", "id", "agency", "actor", "data"}) {
    const std::string member = fmt::format("\"{}\":", name);
    line("missing member", with(report_line, member, "\"other\":"), "field.missing", name);
  }
  bad("unknown member", "\"evidence\":[]", "\"evidences\":[]", "field.unknown", "evidences",
      "2 bytes of JSON");
  bad("unknown member keeps its text to itself", "\"text\":", "\"txt\":", "field.unknown", "txt",
      "21 bytes of JSON");
  bad("duplicate member", "\"evidence\":[]", "\"text\":\"x\"", "json.duplicate_key", "text");
  bad("unknown command", "SubmitDailyReport", "SubmitWeeklyReport", "command.unknown", "command",
      "SubmitWeeklyReport", ErrorCode::unsupported);
  bad("an event's name is no command", "SubmitDailyReport", "DailyReportSubmitted",
      "command.unknown", "command", "DailyReportSubmitted", ErrorCode::unsupported);
  bad("command of another type", "\"SubmitDailyReport\"", "7", "field.type", "command", "7");
  bad("id that is none", "0182650e-8000-7000-8000-00000000002a", "0182650e", "field.format", "id",
      "0182650e");
  bad("nil id", "0182650e-8000-7000-8000-00000000002a", "00000000-0000-0000-0000-000000000000",
      "field.range", "id", "00000000-0000-0000-0000-000000000000");
  bad("agency too long", "kota-kediri", std::string(65, 'k'), "field.length", "agency", "65 bytes");
  bad("evidence of another length", "\"evidence\":[]", "\"evidence\":[\"00ff\"]", "field.format",
      "evidence[0]", "00ff");
  bad("evidence is no list", "\"evidence\":[]", "\"evidence\":{}", "field.type", "evidence", "{}");
  bad("instant without a zone", "2022-08-03T08:00:00Z", "2022-08-03T08:00:00", "format.instant",
      "acted_at", "2022-08-03T08:00:00");
  bad("instant that an offset leads out of the calendar", "2022-08-03T08:00:00Z",
      "1900-01-01T00:00:00+07:00", "field.range", "acted_at", "\"1900-01-01T00:00:00+07:00\"");
  bad("import 0", "\"evidence\":[]", "\"import\":0", "field.range", "import", "0");
  bad("sequence 0", "\"evidence\":[]", "\"supersedes\":0", "field.range", "supersedes", "0");
  bad("negative version", "\"evidence\":[]", "\"expected_version\":-1", "field.range",
      "expected_version", "-1");
  bad("version beyond 32 bits", "\"evidence\":[]", "\"expected_version\":4294967296", "field.range",
      "expected_version", "4294967296");
  bad("reason with an escape sequence", "\"evidence\":[]", "\"reason\":\"a\\u001b[2J\"",
      "field.control", "reason", "U+001B at byte 1");
  bad("text with a NUL", "Melayani", "Mela\\u0000yani", "field.control", "text",
      "U+0000 at byte 4");
  bad("text too long", "Melayani", std::string(16'385, 'x'), "field.length", "text", "16396 bytes");
  bad("text of another type is not shown", "\"Melayani 14 pemohon\"", "[\"Melayani 14 pemohon\"]",
      "field.type", "text", "array");

  // The actor.
  bad("actor without a role", "\"role\":\"employee\",", "", "field.missing", "actor.role");
  bad("actor with an unknown member", "\"assurance\":\"claimed\"",
      "\"assurance\":\"claimed\",\"name\":\"Sri\"", "field.unknown", "actor.name",
      "5 bytes of JSON");
  bad("unknown role", "\"employee\"", "\"boss\"", "field.vocabulary", "actor.role", "boss");
  bad("unspecified is no role", "\"employee\"", "\"unspecified\"", "field.vocabulary", "actor.role",
      "unspecified");
  bad("nobody acts by a pseudonym", "\"kind\":\"person\"", "\"kind\":\"pseudonym\"",
      "field.vocabulary", "actor.kind", "pseudonym");
  bad("a person's id for a system", "\"kind\":\"person\"", "\"kind\":\"system\"", "format.actor_id",
      "actor.id", "P17");
  bad("a delegation by its sequence", "\"assurance\":\"claimed\"",
      "\"assurance\":\"claimed\",\"on_behalf_of\":12", "field.type", "actor.on_behalf_of", "12");
  bad("actor as a string",
      R"({"kind":"person","id":"P17","role":"employee","assurance":"claimed"})", "\"P17\"",
      "field.type", "actor", "\"P17\"");

  // The data.
  bad("missing field", "\"report\":\"R202208031\",", "", "field.missing", "data.report");
  bad("unknown field", "\"minutes\":330", "\"minutes\":330,\"hours\":5", "field.unknown",
      "data.hours", "1 bytes of JSON");
  bad("duplicate field", "\"minutes\":330", "\"minutes\":330,\"minutes\":331", "json.duplicate_key",
      "data.minutes");
  bad("number as a string", "\"minutes\":330", "\"minutes\":\"330\"", "field.type", "data.minutes",
      "\"330\"");
  bad("string as a number", "\"P17\",\"report\"", "17,\"report\"", "field.type", "data.person",
      "17");
  bad("null", "\"minutes\":330", "\"minutes\":null", "field.type", "data.minutes", "null");
  bad("true for a number", "\"minutes\":330", "\"minutes\":true", "field.type", "data.minutes",
      "true");
  bad("fraction", "\"minutes\":330", "\"minutes\":330.0", "json.number", "data.minutes");
  bad("exponent", "\"minutes\":330", "\"minutes\":1e3", "json.number", "data.minutes");
  bad("NaN", "\"minutes\":330", "\"minutes\":NaN", "json.syntax", "");
  bad("infinity", "\"minutes\":330", "\"minutes\":-Infinity", "json.syntax", "");
  bad("hexadecimal", "\"minutes\":330", "\"minutes\":0x14a", "json.syntax", "");
  bad("leading zero", "\"minutes\":330", "\"minutes\":0330", "json.syntax", "");
  bad("beyond 32 bits", "\"minutes\":330", "\"minutes\":2147483648", "field.range", "data.minutes",
      "2147483648");
  bad("beyond 64 bits", "\"minutes\":330", "\"minutes\":18446744073709551616", "json.number",
      "data.minutes");
  bad("just within 64 bits", "\"minutes\":330", "\"minutes\":18446744073709551615", "field.range",
      "data.minutes", "18446744073709551615");
  bad("no such day", "\"date\":\"2022-08-03\"", "\"date\":\"2022-02-30\"", "format.date",
      "data.date", "2022-02-30");
  bad("a day out of the calendar", "\"date\":\"2022-08-03\"", "\"date\":\"2201-01-01\"",
      "format.date", "data.date", "2201-01-01");
  bad("a date with blanks", "\"date\":\"2022-08-03\"", "\"date\":\" 2022-08-03\"", "format.date",
      "data.date", " 2022-08-03");
  bad("person 0", "\"P17\",\"report\"", "\"P0\",\"report\"", "format.person_id", "data.person",
      "P0");
  bad("person beyond 64 bits", "\"P17\",\"report\"", "\"P18446744073709551616\",\"report\"",
      "format.person_id", "data.person", "P18446744073709551616");
  bad("a unit for a person", "\"P17\",\"report\"", "\"U17\",\"report\"", "format.person_id",
      "data.person", "U17");
  bad("data as a list",
      R"("data":{"person":"P17","report":"R202208031","date":"2022-08-03","minutes":330})",
      "\"data\":[]", "field.type", "data", "[]");

  // Other records.
  const std::string order =
      R"({"command":"OrderPayment","id":"0182650e-8000-7000-8000-00000000002a","agency":"a",)"
      R"("actor":{"kind":"system","id":"S1","role":"treasurer","assurance":"claimed"},"data":{)"
      R"("run":"U3/2022-08/regular/1","spp":"1","spm":"2","sp2d":"3","decree":{"number":"9",)"
      R"("date":"2022-09-05","signatory":"P2","office":"BPKAD","document":")" +
      std::string(64, 'a') + "\"}}}";
  line("negative order", with(order, "\"spp\"", "\"amount\":-1,\"spp\""), "field.range",
       "data.amount", "-1");
  line("run without a number", with(order, "regular/1", "regular"), "format.run_id", "data.run",
       "U3/2022-08/regular");
  line("deep field", with(order, "\"P2\"", "\"2\""), "format.person_id", "data.decree.signatory",
       "2");
  line("short digest", with(order, "aaaa", "aa"), "field.format", "data.decree.document",
       std::string(62, 'a'));
  line("digest that is none", with(order, "aaaa", "aazz"), "field.format", "data.decree.document",
       "aazz" + std::string(60, 'a'));
  line("a decree that is missing", with(order, "\"decree\"", "\"degree\""), "field.missing",
       "data.decree");
  line("title too long", with(order, "BPKAD", std::string(4097, 'x')), "field.length",
       "data.decree.office", "4097 bytes");
  line("title of two lines", with(order, "BPKAD", "BP\\nKAD"), "field.control",
       "data.decree.office", "U+000A at byte 2");

  const std::string rating =
      R"({"command":"RateBehaviour","id":"0182650e-8000-7000-8000-00000000002a","agency":"a",)"
      R"("actor":{"kind":"person","id":"P4","role":"appraiser","assurance":"claimed"},)"
      R"("data":{"person":"P17","period":"2022-S1","values":["90.00","87.50","120"]}})";
  line("score beyond 120", with(rating, "87.50", "120.01"), "format.score", "data.values[1]",
       "120.01");
  line("score as a number", with(rating, "\"87.50\"", "87"), "field.type", "data.values[1]", "87");
  line("no such period", with(rating, "2022-S1", "2022-S3"), "format.period", "data.period",
       "2022-S3");
  std::string many = "\"90.00\"";
  for (int i = 0; i < 1000; ++i) many += ",\"90.00\"";
  line("too many elements", with(rating, R"("90.00","87.50","120")", many), "field.length",
       "data.values", "1001 elements");

  const std::string nip =
      R"({"command":"AssignIdentifier","id":"0182650e-8000-7000-8000-00000000002a","agency":"a",)"
      R"("actor":{"kind":"person","id":"P4","role":"hr","assurance":"claimed"},)"
      R"("data":{"person":"P17","kind":"NIP","from":"2020-01-01"},"text":"198501012010011001"})";
  line(
      "a field that the ledger computes",
      with(nip, "\"kind\":\"NIP\"", "\"kind\":\"NIP\",\"lookup\":\"" + std::string(32, '0') + "\""),
      "field.computed", "data.lookup", "\"" + std::string(32, '0') + "\"");
  const std::string refused_null =
      R"({"command":"CreateUnit","id":"0182650e-8000-7000-8000-00000000002a","agency":"a",)"
      R"("actor":{"kind":"person","id":"P4","role":"hr","assurance":"claimed"},)"
      R"("data":{"unit":"U1","parent":null,"code":"1","name":"x","paying":false,"from":"2020-01-01"}})";
  line("null for an optional", refused_null, "field.type", "data.parent", "null");
  line("1 for true", with(with(refused_null, "\"parent\":null,", ""), "false", "1"), "field.type",
       "data.paying", "1");
  return rows;
}

TEST(ParseCommand, names_rule_field_and_value_of_what_is_wrong) {
  for (const BadLine& row : bad_lines()) {
    const auto command = parse_command(row.line);
    ASSERT_FALSE(command) << row.name;
    const Error& error = command.error();
    EXPECT_EQ(error.code, row.code) << row.name << ": " << error.describe();
    EXPECT_EQ(error.rule, row.rule) << row.name << ": " << error.describe();
    EXPECT_EQ(error.field, row.field) << row.name << ": " << error.describe();
    if (!row.value.empty()) {
      EXPECT_EQ(error.value, row.value) << row.name;
    }
    EXPECT_FALSE(error.message.empty()) << row.name;
  }
}

TEST(ParseCommand, shows_a_long_value_cut_between_characters) {
  std::string quoted;
  for (int i = 0; i < 60; ++i) quoted += "é";
  const auto command = parse_command(with(report_line, "330", "[\"" + quoted + "\"]"));
  ASSERT_FALSE(command);
  EXPECT_TRUE(is_utf8(command.error().value));
  EXPECT_LE(command.error().value.size(), 80U);
  EXPECT_TRUE(command.error().value.ends_with("..."));
}

TEST(ParseCommand, reads_minus_zero_as_zero) {
  const auto command = parse_command(with(report_line, "330", "-0"));
  ASSERT_TRUE(command) << command.error().describe();
  EXPECT_EQ(std::get<DailyReportSubmitted>(command->body).minutes, Minutes{0});
}

TEST(ParseCommand, finds_a_control_character_wherever_it_stands) {
  constexpr std::string_view known = "Melayani 14 pemohon";
  for (std::size_t size = 1; size <= 20; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (const unsigned control : {0x00U, 0x01U, 0x08U, 0x1BU, 0x1FU, 0x7FU}) {
        std::string text = std::string(at, ' ') + fmt::format("\\u{:04x}", control) +
                           std::string(size - at - 1, '~');
        const auto refused = parse_command(with(report_line, known, text));
        ASSERT_FALSE(refused.has_value()) << text;
        EXPECT_EQ(refused.error().rule, "field.control");
        EXPECT_EQ(refused.error().value, fmt::format("U+{:04X} at byte {}", control, at));
      }
      const std::string plain = std::string(at, ' ') + "é" + std::string(size - at - 1, '~');
      const auto taken = parse_command(with(report_line, known, plain));
      ASSERT_TRUE(taken.has_value()) << plain;
      EXPECT_EQ(taken->text, plain);
    }
  }
}

TEST(ParseCommand, lets_prose_and_documents_have_lines) {
  EXPECT_EQ(parse_command(with(report_line, "Melayani", "a\\n\\tb")).value().text,
            "a\n\tb 14 pemohon");
  EnactRegulation enact = Generator(1).record<EnactRegulation>();
  enact.document = "{\n\t\"id\": \"x\"\r\n}" + std::string(100'000, ' ');
  Command command = Generator(1).command({});
  command.body = enact;
  EXPECT_EQ(parse_command(to_json(command)).value(), command);
}

TEST(ToJson, leaves_out_what_the_ledger_fills_in) {
  Command command = Generator(1, Optionals::none).command(IdentifierAssigned{});
  EXPECT_EQ(to_json(command).find("lookup"), std::string::npos);
  command.body = PaymentOrdered{};
  std::get<PaymentOrdered>(command.body).amount = locked_amount;
  EXPECT_EQ(to_json(command).find("amount"), std::string::npos);
  command.body = PaymentReturned{};
  std::get<PaymentReturned>(command.body).amount = locked_amount;
  EXPECT_EQ(to_json(command).find("amount"), std::string::npos);
  command.body = DisciplinarySanctionCancelled{};
  EXPECT_EQ(to_json(command).find("\"sanction\""), std::string::npos);
  command.body = DelegationRevoked{};
  EXPECT_EQ(to_json(command).find("\"delegation\""), std::string::npos);
  command = Generator(1).command(DisciplinarySanctionImposed{});
  std::get<DisciplinarySanctionImposed>(command.body).first_month = month_after_effect;
  EXPECT_EQ(to_json(command).find("first_month"), std::string::npos);
  EXPECT_EQ(parse_command(to_json(command)).value(), command);
}

// Whoever writes a file of commands knows their ids, and no sequence.
TEST(ParseCommand, names_an_event_by_its_command_as_well_as_by_its_sequence) {
  const std::string id = "0182a4f0-0000-7000-8000-00000000000a";
  Command report = Generator(1).command(DailyReportSubmitted{});
  report.supersedes = Sequence{};
  report.refers_to = parse_uuid(id).value();
  const std::string json = to_json(report);
  EXPECT_NE(json.find(R"("supersedes":")" + id + "\""), std::string::npos) << json;
  EXPECT_EQ(parse_command(json).value(), report);

  Command revoked = Generator(1).command(DelegationRevoked{});
  revoked.supersedes.reset();
  std::get<DelegationRevoked>(revoked.body).delegation = the_one_that_stands;
  revoked.refers_to = parse_uuid(id).value();
  const std::string revoking = to_json(revoked);
  EXPECT_NE(revoking.find(R"("delegation":")" + id + "\""), std::string::npos) << revoking;
  EXPECT_EQ(parse_command(revoking).value(), revoked);

  std::string twice = revoking;
  twice.insert(1, R"("supersedes":")" + id + "\",");
  const auto refused = parse_command(twice);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().rule, "reference.twice");
  std::string wrong = json;
  wrong.replace(wrong.find(id), id.size(), "laporan kemarin");
  EXPECT_FALSE(parse_command(wrong));
}

TEST(EventJson, leaves_out_scores_where_expectations_stand) {
  const Period q3{month(2022, 7), 3};
  EXPECT_EQ(payload_json(WorkResultRated{PersonId{17}, q3, Score{}, Expectation::meets}),
            R"({"person":"P17","period":"2022-Q3","expectation":"meets"})");
  EXPECT_EQ(payload_json(BehaviourRated{PersonId{17}, q3, {}, Expectation::above}),
            R"({"person":"P17","period":"2022-Q3","expectation":"above"})");
  EvaluationCorrected corrected{PersonId{17}, q3, Score{}, {}, {}};
  corrected.expectations = Expectations{Expectation::above, Expectation::meets};
  const std::string json = payload_json(corrected);
  EXPECT_EQ(json.find("\"result\":\"0.00\""), std::string::npos) << json;
  EXPECT_EQ(json.find("\"values\""), std::string::npos) << json;
  EXPECT_NE(json.find(R"("expectations":{"result":"above","behaviour":"meets"})"),
            std::string::npos)
      << json;
  EXPECT_EQ(payload_json(WorkResultRated{PersonId{17}, q3, Score{8'750}}),
            R"({"person":"P17","period":"2022-Q3","result":"87.50"})");
}

TEST(ToJson, leaves_out_scores_where_expectations_stand) {
  const Period q3{month(2022, 7), 3};
  Command command = Generator(1).command(WorkResultRated{});
  command.body = WorkResultRated{PersonId{17}, q3, unscored, Expectation::meets};
  EXPECT_NE(
      to_json(command).find(R"("data":{"person":"P17","period":"2022-Q3","expectation":"meets"})"),
      std::string::npos)
      << to_json(command);
  EXPECT_EQ(parse_command(to_json(command)).value(), command);
  command.body = BehaviourRated{PersonId{17}, q3, {}, Expectation::below};
  EXPECT_EQ(to_json(command).find("values"), std::string::npos);
  EXPECT_EQ(parse_command(to_json(command)).value(), command);
  EvaluationCorrected corrected{PersonId{17}, q3, unscored, {}, {}};
  corrected.expectations = Expectations{Expectation::above, Expectation::meets};
  command.body = corrected;
  EXPECT_EQ(to_json(command).find("\"result\":\"-"), std::string::npos);
}

}  // namespace
}  // namespace runut::codec_test
