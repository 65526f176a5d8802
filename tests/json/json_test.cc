#include "json/json.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>

namespace runut {
namespace {

TEST(StrictJson, ReadsWhatIsWritten) {
  const auto value = parse_json(R"( {"a":[1,-2,{"b":"é\u00e9"}],"c":null,"d":true} )");
  ASSERT_TRUE(value) << value.error().describe();
  EXPECT_EQ(value->at("a").at(1).as_int64(), -2);
  EXPECT_EQ(value->at("a").at(2).at("b").as_string(), "éé");
  EXPECT_TRUE(value->at("c").is_null());
}

TEST(StrictJson, LetsTheSameKeyStandInDifferentObjects) {
  EXPECT_TRUE(parse_json(R"({"a":{"a":1,"b":{"a":1}},"b":[{"a":1},{"a":2}]})"));
}

struct Refusal {
  const char* text;
  const char* rule;
  const char* field;
  const char* value;
  const char* place;
};

TEST(StrictJson, RefusesWithRuleAndPlace) {
  const Refusal rows[] = {
      {R"({"a":1,"a":1})", "json.duplicate_key", "/a", "a", "line 1, column 13"},
      {R"({"a":1,"\u0061":1})", "json.duplicate_key", "/a", "a", "line 1"},
      {"{\"x\":[0,\n {\"p/q~\":1, \"p/q~\":2}]}", "json.duplicate_key", "/x/1/p~1q~0", "p/q~",
       "line 2, column 21"},
      {R"({"a":[1,2.5]})", "json.number", "/a/1", "2.5", "line 1"},
      {R"({"a":1e2})", "json.number", "/a", "1e2", "line 1"},
      {R"({"a":99999999999999999999})", "json.number", "/a", "99999999999999999999", "line 1"},
      {R"({"a":1)", "json.syntax", "", "", "line 1, column 7"},
      {R"({"a":1}x)", "json.syntax", "", "", "line 1, column 8"},
      {R"({"a":1}{})", "json.syntax", "", "", "line 1, column 8"},
      {"{\"a\":1,\n}", "json.syntax", "", "", "line 2"},
      {R"({"a":01})", "json.syntax", "", "", "line 1"},
      {R"({"a":NaN})", "json.syntax", "", "", "line 1"},
      {"/* no */ 1", "json.syntax", "", "", "line 1, column 1"},
      {"", "json.syntax", "", "", "line 1, column 1"},
      {R"("\ud800")", "json.syntax", "", "", "line 1"},
      {"\"\x01\"", "json.syntax", "", "", "line 1"},
      {"\"\xff\"", "json.encoding", "", "", ""},
      {"\xef\xbb\xbf{}", "json.syntax", "", "", "line 1, column 1"},
  };
  for (const Refusal& row : rows) {
    const auto value = parse_json(row.text);
    ASSERT_FALSE(value) << row.text;
    EXPECT_EQ(value.error().rule, row.rule) << row.text << " " << value.error().describe();
    EXPECT_EQ(value.error().field, row.field) << row.text;
    EXPECT_EQ(value.error().value, row.value) << row.text;
    EXPECT_NE(value.error().message.find(row.place), std::string::npos)
        << row.text << ": " << value.error().message;
  }
}

TEST(StrictJson, HoldsItsBounds) {
  JsonLimits limits;
  limits.depth_max = 3;
  EXPECT_TRUE(parse_json("[[[1]]]", limits));
  EXPECT_EQ(parse_json("[[[[1]]]]", limits).error().rule, "json.depth");
  limits.bytes_max = 4;
  EXPECT_TRUE(parse_json("1234", limits));
  EXPECT_EQ(parse_json("12345", limits).error().rule, "json.size");
  EXPECT_EQ(parse_json(std::string(1 << 19, '[')).error().rule, "json.depth");
}

TEST(StrictJson, PassesFractionsToAReaderThatAsksForThem) {
  JsonLimits limits;
  limits.fractions = true;
  EXPECT_TRUE(parse_json("[1.5]", limits)->at(0).is_double());
}

}  // namespace
}  // namespace runut
