// The public schemas and the code say the same, and what was released stays.
#include "tests/codec/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "codec/envelope_header.h"
#include "tests/codec/process.h"

namespace runut::codec_test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string schemas = RUNUT_SOURCE_DIR "/schemas";
const std::string released = RUNUT_SOURCE_DIR "/tests/golden/schemas-v1";

Schema read_all(const std::string& directory) {
  std::string error;
  Schema schema = read_schemas(directory, error);
  EXPECT_EQ(error, "");
  return schema;
}

// All schemas, with one text put in place of another in one file.
Schema with_change(const std::string& file, const std::string& from, const std::string& to) {
  const std::string text = read_text_file(schemas + "/" + file);
  const std::string directory = (std::filesystem::path(schemas) / file).parent_path().string();
  std::string changed = text;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  changed.replace(at, from.size(), to);

  std::string error;
  Schema all = read_all(schemas);
  for (const auto& [name, fields] : parse_schema(text, directory, error).tables)
    all.tables.erase(name);
  const Schema part = parse_schema(changed, directory, error);
  EXPECT_EQ(error, "");
  for (const auto& [name, fields] : part.tables) all.tables[name] = fields;
  for (const auto& [name, fields] : part.structs) all.structs[name] = fields;
  for (const auto& [name, values] : part.enums) all.enums[name] = values;
  return all;
}

TEST(Schemas, say_what_the_code_says) {
  EXPECT_THAT(drift(schema_of_the_code(), read_all(schemas)), IsEmpty());
}

TEST(Schemas, that_drift_are_told_by_table_and_field) {
  const Schema code = schema_of_the_code();
  const struct {
    const char* file;
    const char* from;
    const char* to;
    const char* told;
  } rows[] = {
      {"events/daily.fbs", "minutes:int;", "minutes:long;",
       "DailyReportSubmitted, field 3: the code has minutes:int, the schema minutes:long"},
      {"events/tpp.fbs", "unit:ulong = null;", "unit:ulong;",
       "TppCeilingSet, field 2: the code has unit:ulong = null, the schema unit:ulong"},
      {"events/common.fbs", "document:Hash256 (required);", "document:Hash256;",
       "Decree, field 4: the code has document:Hash256 (required), the schema document:Hash256"},
      {"events/ledger.fbs", "simulated:bool;", "simulated:bool; more:int = null;",
       "AgencyFounded, field 9: the code has no field, the schema more:int = null"},
      {"events/tpp.fbs", "code:string;", "name:string;",
       "DeductionSet, field 2: the code has code:string, the schema name:string"},
      {"events/daily.fbs", "table DailyReportWithdrawn", "table DailyReportTakenBack",
       "table DailyReportWithdrawn: in the code, not in a schema"},
      {"events/daily.fbs", "table DailyReportWithdrawn", "table DailyReportTakenBack",
       "table DailyReportTakenBack: in a schema, not released by the code"},
      {"events/roster.fbs", "plt = 2, plh = 3", "plh = 2, plt = 3",
       "enum AssignmentRole: the vocabulary and the schema differ"},
  };
  for (const auto& row : rows)
    EXPECT_THAT(drift(code, with_change(row.file, row.from, row.to)), Contains(row.told));
}

TEST(Schemas, number_each_table_as_the_code_does) {
  std::map<std::string, unsigned> written;
  for (const auto& entry : std::filesystem::directory_iterator(schemas + "/events")) {
    const std::string text = read_text_file(entry.path());
    static const std::regex pattern(R"(// Type (\d+)\.\n(?://[^\n]*\n)*table (\w+) )");
    for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match)
      written[(*match)[2]] = static_cast<unsigned>(std::stoul((*match)[1]));
  }
  std::map<std::string, unsigned> code;
  for (const auto& row : EnumNames<EventType>::table)
    code[std::string(row.name)] = static_cast<unsigned>(row.value);
  EXPECT_EQ(written, code);
}

TEST(EnvelopeHeader, lies_in_memory_as_the_schema_says) {
  const auto fields = read_all(schemas).structs.at("Header");
  const std::vector<std::pair<std::string, std::size_t>> code = {
#define RUNUT_TEST_OFFSET(field) {#field, offsetof(codec::Header, field)},
      RUNUT_HEADER_FIELDS(RUNUT_TEST_OFFSET)
#undef RUNUT_TEST_OFFSET
  };
  std::vector<std::pair<std::string, std::size_t>> written;
  for (const Field& field : fields) written.emplace_back(field.name, field.offset);
  EXPECT_EQ(written, code);
}

TEST(EnvelopeTable, has_the_fields_that_the_codec_counts) {
  EXPECT_EQ(read_all(schemas).tables.at("Envelope").size(),
            static_cast<std::size_t>(codec::EnvelopeField::count));
}

// --- what was released ------------------------------------------------------------------------

TEST(ReleasedSchemas, keep_every_promise) {
  EXPECT_THAT(broken_promises(read_all(released), read_all(schemas)), IsEmpty());
}

TEST(ReleasedSchemas, notice_each_way_to_break_one) {
  const Schema old = read_all(schemas);
  const struct {
    const char* file;
    const char* from;
    const char* to;
    const char* told;
  } rows[] = {
      {"events/daily.fbs", "date:int;", "", "DailyReportSubmitted.date: released as date:int"},
      {"events/daily.fbs", "minutes:int;", "minutes:short;", "DailyReportSubmitted.minutes"},
      {"events/daily.fbs", "minutes:int;", "minutes:int; place:int;",
       "DailyReportSubmitted.place: an appended field is optional"},
      {"events/tpp.fbs", "paid_already = 2", "paid_before = 2", "enum LeftOutReason"},
      {"envelope.fbs", "commit_index:uint;", "commit_index:int;", "struct Header"},
  };
  for (const auto& row : rows)
    EXPECT_THAT(broken_promises(old, with_change(row.file, row.from, row.to)),
                Contains(HasSubstr(row.told)));
  EXPECT_THAT(broken_promises(old, with_change("events/daily.fbs", "minutes:int;",
                                               "minutes:int; place:int = null;")),
              IsEmpty());
}

Outcome conform(const std::string& file, const std::string& base) {
  TemporaryDirectory out;
  return run(std::string(RUNUT_FLATC) + " --conform '" + base + "' --conform-includes '" +
             std::filesystem::path(base).parent_path().string() + "' --schema -b -o '" +
             out.path() + "' '" + file + "'");
}

std::vector<std::string> released_files() {
  std::vector<std::string> files{"envelope.fbs"};
  for (const auto& entry : std::filesystem::directory_iterator(released + "/events"))
    files.push_back("events/" + entry.path().filename().string());
  return files;
}

TEST(Flatc, finds_that_every_schema_conforms_to_its_released_copy) {
  ASSERT_EQ(released_files().size(), 15U);
  for (const std::string& file : released_files()) {
    const Outcome outcome = conform(schemas + "/" + file, released + "/" + file);
    EXPECT_EQ(outcome.status, 0) << file << ": " << outcome.output;
  }
}

TEST(Flatc, refuses_a_renumbered_field) {
  TemporaryDirectory changed;
  std::string text = read_text_file(schemas + "/events/daily.fbs");
  const std::string from = "  report:ulong;\n  date:int;";
  ASSERT_NE(text.find(from), std::string::npos);
  text.replace(text.find(from), from.size(), "  date:int;\n  report:ulong;");
  write_file(changed.path() + "/daily.fbs", text);
  write_file(changed.path() + "/common.fbs", read_text_file(schemas + "/events/common.fbs"));
  const Outcome outcome = conform(changed.path() + "/daily.fbs", released + "/events/daily.fbs");
  EXPECT_NE(outcome.status, 0);
  EXPECT_THAT(outcome.output, HasSubstr("offsets differ for field"));
}

}  // namespace
}  // namespace runut::codec_test
