#include "service/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_directory.h"

namespace runut::service {
namespace {

using ::testing::HasSubstr;

TEST(Settings, TheFileThenTheEnvironmentThenTheCommandLine) {
  const runut::testing::TemporaryDirectory directory;
  const std::string file = directory.write(
      "runut.toml", "data = \"/srv/a\"\nlog_level = \"debug\"\n[http]\nport = 1\nreaders = 7\n");
  Settings settings;
  ASSERT_TRUE(settings.read_file(file));
  settings.read_environment([](const char* name) -> const char* {
    return std::string_view(name) == "RUNUT_HTTP_PORT" || std::string_view(name) == "RUNUT_DATA"
               ? "2"
               : nullptr;
  });
  ASSERT_TRUE(settings.set("data", "3"));
  EXPECT_EQ(settings.text("data"), "3");
  EXPECT_EQ(settings.text("http.port"), "2");
  EXPECT_EQ(settings.text("http.readers"), "7");
  EXPECT_EQ(settings.text("log_level"), "debug");
  EXPECT_EQ(settings.text("http.address"), "127.0.0.1");
}

TEST(Settings, WhatItPrintsItReads) {
  const runut::testing::TemporaryDirectory directory;
  Settings settings;
  ASSERT_TRUE(settings.set("data", "a \"quoted\" \\ place"));
  Settings again;
  const Status read = again.read_file(directory.write("all.toml", settings.as_toml()));
  ASSERT_TRUE(read) << read.error().describe() << settings.as_toml();
  for (const Setting& setting : all_settings())
    EXPECT_EQ(again.text(setting.name), settings.text(setting.name)) << setting.name;
}

struct Wrong {
  const char* name;
  std::string text;
  std::string field;
};
class WrongSettings : public ::testing::TestWithParam<Wrong> {};
TEST_P(WrongSettings, AreRefusedByName) {
  const runut::testing::TemporaryDirectory directory;
  Settings settings;
  const Status read = settings.read_file(directory.write("runut.toml", GetParam().text));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().rule, "service.setting");
  EXPECT_EQ(read.error().field, GetParam().field);
}
INSTANTIATE_TEST_SUITE_P(Settings, WrongSettings,
                         ::testing::Values(Wrong{"unknown_key", "nonsense = 1\n", "nonsense"},
                                           Wrong{"unknown_in_table", "[http]\nprot = 1\n",
                                                 "http.prot"},
                                           Wrong{"a_list", "[http]\nport = [1]\n", "http.port"},
                                           Wrong{"a_fraction", "[http]\nport = 1.5\n", "http.port"},
                                           Wrong{"no_toml", "[http\n", "config"}),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(Settings, NumbersHaveBounds) {
  Settings settings;
  for (const char* wrong : {"-1", "65536", "1e3", "", "x", "1 "}) {
    ASSERT_TRUE(settings.set("http.port", wrong));
    EXPECT_EQ(settings.number("http.port", 0, 65'535).error().field, "http.port") << wrong;
  }
}

TEST(Settings, TheIdentityIsKeptAsItStands) {
  const runut::testing::TemporaryDirectory directory;
  Settings settings;
  ASSERT_TRUE(settings.read_file(directory.write(
      "runut.toml",
      "[[identity.issuer]]\nissuer = \"https://sso.example\"\njwks = \"keys.json\"\n")));
  EXPECT_THAT(settings.identity_toml(), HasSubstr("https://sso.example"));
}

}  // namespace
}  // namespace runut::service
