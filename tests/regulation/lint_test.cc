#include "regulation/lint.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <functional>

#include "kediri.h"
#include "regulation/document_diff.h"

namespace runut {
namespace {

using testing::kediri_text;

std::vector<NamedText> kediri_pack() {
  std::vector<NamedText> files;
  for (const char* name : {"2020.json", "2021.json", "2022-08.json", "pack.json"})
    files.push_back({name, kediri_text(name)});
  return files;
}

NamedText& file(std::vector<NamedText>& files, const std::string& name) {
  for (NamedText& each : files)
    if (each.name == name) return each;
  ADD_FAILURE() << name;
  return files.front();
}

void replace(std::string& text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
}

TEST(LintPack, FindsNothingInThePackThatShips) {
  for (const LintFinding& each : lint_pack(kediri_pack()))
    ADD_FAILURE() << each.file << ": " << each.error.describe();
}

struct Flaw {
  const char* name;
  std::function<void(std::vector<NamedText>&)> make;
  const char* file;
  const char* rule;
  const char* field;
};
void PrintTo(const Flaw& flaw, std::ostream* out) {
  *out << flaw.name;
}

class LintPackFinds : public ::testing::TestWithParam<Flaw> {};

TEST_P(LintPackFinds, ExactlyTheFlaw) {
  std::vector<NamedText> files = kediri_pack();
  GetParam().make(files);
  const std::vector<LintFinding> found = lint_pack(files);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].file, GetParam().file);
  EXPECT_EQ(found[0].error.rule, GetParam().rule);
  EXPECT_EQ(found[0].error.field, GetParam().field);
}

INSTANTIATE_TEST_SUITE_P(
    Flaws, LintPackFinds,
    ::testing::Values(
        Flaw{"no index",
             [](auto& files) {
               std::erase_if(files, [](const NamedText& each) { return each.name == "pack.json"; });
             },
             "pack.json", "pack.missing", ""},
        Flaw{"a document is not there",
             [](auto& files) {
               std::erase_if(files,
                             [](const NamedText& each) { return each.name == "2022-08.json"; });
             },
             "pack.json", "pack.file_missing", "/documents/2/file"},
        Flaw{"a document that nobody enacts",
             [](auto& files) {
               files.push_back({"2023.json", files[0].text});
             },
             "2023.json", "pack.file_unlisted", ""},
        Flaw{"another id in the document",
             [](auto& files) {
               replace(file(files, "2022-08.json").text, "\"kota-kediri-2022-08\"",
                       "\"kota-kediri-2023\"");
             },
             "2022-08.json", "pack.document_id", "/regulation/id"},
        Flaw{"amends what is not in force",
             [](auto& files) {
               replace(file(files, "pack.json").text, "\"amends\": \"kota-kediri-2021\"",
                       "\"amends\": \"kota-kediri-2020\"");
             },
             "2022-08.json", "regulation.not_in_force", "amends"},
        Flaw{"pay changes within a month",
             [](auto& files) {
               replace(file(files, "2022-08.json").text, "\"effective_from\": \"2022-08-01\"",
                       "\"effective_from\": \"2022-08-15\"");
             },
             "2022-08.json", "regulation.first_of_month", "effective_from"},
        Flaw{"a number out of range",
             [](auto& files) {
               replace(file(files, "2021.json").text, "\"minimum_size\": {\n      \"value\": 5",
                       "\"minimum_size\": {\n      \"value\": -5");
             },
             "2021.json", "field.range", "/parameters/minimum_size/value"}));

TEST(LintDocument, NamesEveryViolation) {
  std::string text = kediri_text("2022-08.json");
  replace(text, "\"evaluation_regime\": {\n      \"value\": \"numeric\"",
          "\"evaluation_regime\": {\n      \"value\": \"guessed\"");
  replace(text, "\"effective_from\": \"2022-08-01\"", "\"effective_from\": \"01/08/2022\"");
  const std::vector<LintFinding> found = lint_document({"draft.json", text});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].error.field, "/regulation/effective_from");
  EXPECT_EQ(found[1].error.field, "/parameters/evaluation_regime/value");
}

TEST(DocumentDiff, IsEmptyForOneText) {
  const std::string text = kediri_text("2021.json");
  EXPECT_TRUE(compare_documents(text, text)->empty());
}

TEST(DocumentDiff, NamesEachPlaceThatChanged) {
  const std::string before = R"({"regulation":{"id":"a","notes":[]},"parameters":{
      "tiers":{"value":{"above":1000,"below":1500},"status":"cited"},
      "absent":{"value":300},"tie_keys":{"value":["result","behaviour"]},"gone":{"value":1}}})";
  const std::string after = R"({"regulation":{"id":"b","notes":[]},"parameters":{
      "tiers":{"value":{"above":1000,"below":1000},"status":"assumed"},
      "absent":{"value":null},"tie_keys":{"value":["result"]},"new":{"value":"x"}}})";
  const std::vector<DocumentChange> expected{
      {"regulation", "id", "a", "b"},
      {"tiers", "value/below", "1500", "1000"},
      {"tiers", "status", "cited", "assumed"},
      {"absent", "value", "300", "null"},
      {"tie_keys", "value", R"(["result","behaviour"])", R"(["result"])"},
      {"gone", "", R"({"value":1})", ""},
      {"new", "", "", R"({"value":"x"})"}};
  const auto found = compare_documents(before, after);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ((*found)[i].parameter, expected[i].parameter);
    EXPECT_EQ((*found)[i].place, expected[i].place);
    EXPECT_EQ((*found)[i].before, expected[i].before);
    EXPECT_EQ((*found)[i].after, expected[i].after);
  }
}

// The story of Kediri's August in a line: ranking and its plus and minus 5 % are turned on, the cut
// for a person ends.
TEST(DocumentDiff, TellsKediriInAugust2022) {
  const auto found = compare_documents(kediri_text("2021.json"), kediri_text("2022-08.json"));
  ASSERT_TRUE(found);
  const auto has = [&](const char* parameter, const char* before, const char* after) {
    return std::any_of(found->begin(), found->end(), [&](const DocumentChange& each) {
      return each.parameter == parameter && each.place == "value" && each.before == before &&
             each.after == after;
    });
  };
  EXPECT_TRUE(has("ranking", "false", "true"));
  EXPECT_TRUE(has("tier_adjustment", "false", "true"));
  EXPECT_TRUE(has("personal_sanction_bp", "-1000", "null"));
}

TEST(DocumentDiff, RefusesWhatIsNoJson) {
  EXPECT_EQ(compare_documents("{", "{}").error().rule, "json.syntax");
}

}  // namespace
}  // namespace runut
