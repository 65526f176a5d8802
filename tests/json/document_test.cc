#include "json/document.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <random>
#include <string>

#include "json/json.h"

namespace runut {
namespace {

using Kind = JsonNode::Kind;

TEST(JsonDocument, TellsEachValueInItsPlace) {
  const std::string text =
      R"({"a":[1,-2,{"b":"é"},[]],"c":null,"d":true,"e":18446744073709551615,"f":"","g":{}})";
  const auto document = JsonDocument::parse(text);
  ASSERT_TRUE(document) << document.error().describe();
  const JsonNode& root = document->root();
  ASSERT_TRUE(root.is(Kind::object));
  EXPECT_EQ(root.size(), 6U);
  std::string names;
  for (const JsonNode& member : root) names += member.name();
  EXPECT_EQ(names, "acdefg");

  const JsonNode* const list = root.find("a");
  ASSERT_NE(list, nullptr);
  ASSERT_EQ(list->size(), 4U);
  auto element = list->begin();
  EXPECT_EQ(element->integer(), 1);
  EXPECT_EQ((++element)->integer(), -2);
  EXPECT_EQ((++element)->find("b")->string(), "é");
  EXPECT_EQ((++element)->size(), 0U);
  EXPECT_EQ(++element, list->end());

  EXPECT_TRUE(root.find("c")->is(Kind::null));
  EXPECT_TRUE(root.find("d")->flag());
  EXPECT_TRUE(root.find("e")->is(Kind::natural));
  EXPECT_EQ(root.find("e")->natural(), UINT64_MAX);
  EXPECT_EQ(root.find("f")->string(), "");
  EXPECT_EQ(root.find("g")->begin(), root.find("g")->end());
  EXPECT_EQ(root.find("b"), nullptr) << "a member of an element is none of the object";
  EXPECT_EQ(to_string(*list), R"([1,-2,{"b":"é"},[]])");
}

TEST(JsonDocument, PutsEscapedStringsTogetherAndKeepsThem) {
  const std::string text = R"({"\u0061b":"x\ny","plain":"no","c\u00e9":"\ud83d\ude00\"\\\/",)"
                           R"("d":["\t","","e\u0000f"]})";
  auto parsed = JsonDocument::parse(text);
  ASSERT_TRUE(parsed) << parsed.error().describe();
  const JsonDocument document = std::move(*parsed);
  const JsonNode& root = document.root();
  EXPECT_EQ(root.find("ab")->string(), "x\ny");
  EXPECT_EQ(root.find("plain")->string(), "no");
  EXPECT_EQ(root.find("cé")->string(), "\xF0\x9F\x98\x80\"\\/");
  auto element = root.find("d")->begin();
  EXPECT_EQ(element->string(), "\t");
  EXPECT_EQ((++element)->string(), "");
  EXPECT_EQ((++element)->string(), std::string_view("e\0f", 3));
}

TEST(JsonDocument, FindsARepeatedNameAmongFewAndAmongMany) {
  for (const int members : {2, 23, 24, 25, 1'000}) {
    std::string text = "{";
    for (int i = 1; i < members; ++i) text += "\"m" + std::to_string(i) + "\":{\"m1\":0},";
    EXPECT_TRUE(JsonDocument::parse(text + "\"n\":0}")) << members;
    const auto twice = JsonDocument::parse("[" + text + "\"m1\":0}]");
    ASSERT_FALSE(twice) << members;
    EXPECT_EQ(twice.error().rule, "json.duplicate_key");
    EXPECT_EQ(twice.error().field, "/0/m1");
  }
}

// A text with a byte replaced, left out or doubled is read as Boost.JSON reads it, or refused.
TEST(JsonDocument, ReadsWhatBoostReads) {
  const std::string whole =
      R"({"kind":"person","id":[17,-1,0,true,null],"text":"a\n\"b\u00e9 é","in":{"x":{"y":[{}]}}})";
  std::mt19937 random(7);
  int read = 0;
  int refused = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = whole;
    for (int change = 0; change < 2; ++change) {
      const std::size_t at = random() % text.size();
      const char c = whole[random() % whole.size()];
      switch (random() % 3) {
        case 0: text[at] = c; break;
        case 1: text.erase(at, 1); break;
        default: text.insert(at, 1, c);
      }
    }
    boost::json::error_code ec;
    const boost::json::value theirs = boost::json::parse(text, ec);
    const auto ours = parse_json(text);
    if (ours) {
      ++read;
      ASSERT_FALSE(ec) << text;
      ASSERT_EQ(*ours, theirs) << text;
    } else {
      ++refused;
      const bool our_own =
          ours.error().rule == "json.duplicate_key" || ours.error().rule == "json.number";
      ASSERT_TRUE(ec || our_own) << text << ": " << ours.error().describe();
    }
  }
  EXPECT_GT(read, 1'000);
  EXPECT_GT(refused, 1'000);
}

}  // namespace
}  // namespace runut
