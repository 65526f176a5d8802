// A path of plain names is taken apart without a parser of URLs: as that would have.
#include "http/target.h"

#include <gtest/gtest.h>

#include <random>

namespace runut::http {
namespace {

// Nothing: it is no target.
std::optional<Request> parsed(const std::string& target) {
  Request out;
  if (!parse_target(target, out)) return std::nullopt;
  return out;
}

// The absolute form of a target always goes the long way.
void expect_the_same_in_absolute_form(const std::string& target) {
  const auto origin = parsed(target);
  const auto absolute = parsed("http://host" + target);
  ASSERT_EQ(origin.has_value(), absolute.has_value()) << target;
  if (!origin) return;
  EXPECT_EQ(origin->segments, absolute->segments) << target;
  EXPECT_EQ(origin->query, absolute->query) << target;
}

TEST(Target, HasSegmentsAndParameters) {
  const auto read = parsed("/v1/kota-uji/people/P%317/a_b/?lang=en&x=%26");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->segments,
            (std::vector<std::string>{"v1", "kota-uji", "people", "P17", "a_b", ""}));
  EXPECT_EQ(read->query, (std::vector<Field>{{"lang", "en"}, {"x", "&"}}));
  EXPECT_EQ(parsed("/")->segments, std::vector<std::string>{});
  EXPECT_EQ(parsed("*")->segments, std::vector<std::string>{});
  EXPECT_FALSE(parsed(""));
  EXPECT_FALSE(parsed("v1"));
}

TEST(Target, OfPlainNamesReadsLikeAnyOther) {
  for (const char* target : {"/",       "/a",       "/v1/kota-uji/commands",
                             "/v1/a/",  "/a_b/C-9", "/a.b",
                             "/.",      "/..",      "/a/./b",
                             "/a/../b", "/a//b",    "/%61",
                             "/%2F",    "/%",       "/%00",
                             "/a?",     "/a?b",     "/a?b=c&d",
                             "/a b",    "/a#b",     "/a?#",
                             "/~",      "/a:b",     "/a@b",
                             "/a;b=c",  "/a+b",     "/\x80",
                             "/a\\b",   "/[a]",     "/1/2/3/4/5/6/7/8/9/10"})
    expect_the_same_in_absolute_form(target);
}

TEST(Target, OfAnyCharactersReadsTheSameEitherWay) {
  constexpr std::string_view characters = "aZ09-_/////.%:~?=&# ";
  std::mt19937 random(20'260'101);
  std::uniform_int_distribution<std::size_t> which(0, characters.size() - 1);
  for (int i = 0; i < 20'000; ++i) {
    std::string target = "/a";
    for (std::size_t length = which(random); length > 0; --length)
      target += characters[which(random)];
    expect_the_same_in_absolute_form(target);
  }
}

}  // namespace
}  // namespace runut::http
