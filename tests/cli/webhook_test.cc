// Webhooks by the command line; how they are delivered is told in tests/feed.
#include <regex>

#include "cli/ledger.h"

namespace runut::testing {
namespace {

class WebhookOnDisk : public LedgerOnDisk {
 protected:
  Ran webhook(const std::string& verb, Arguments more = {}) const {
    Arguments arguments{"webhook", verb, "--data", data()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }
  // Its id; the secret is in what `add` printed.
  std::string given_webhook(Arguments more = {}) {
    more.insert(more.begin(), {"--url", "https://pay.example/hook"});
    added_ = webhook("add", more);
    EXPECT_EQ(added_.exit, 0) << added_.err;
    std::smatch id;
    EXPECT_TRUE(std::regex_search(added_.out, id, std::regex("wh_[0-9a-f]{16}"))) << added_.out;
    return id.str();
  }
  Ran added_;
};

TEST_F(WebhookOnDisk, IsAddedShownPausedResumedAndRemoved) {
  given_town();
  const std::string id = given_webhook({"--type", "UnitCreated", "--unit", "U1", "--from", "1"});
  EXPECT_TRUE(has(added_.out, "whsec_"));
  const Ran shown = webhook("show", {"--id", id, "--json"});
  EXPECT_TRUE(has(shown.out, R"("cursor":0,)")) << shown.out;
  EXPECT_TRUE(has(shown.out, R"("types":"UnitCreated")"));
  EXPECT_FALSE(has(shown.out, "whsec_"));
  EXPECT_TRUE(has(webhook("pause", {"--id", id}).out, "paused"));
  EXPECT_TRUE(has(webhook("list").out, "paused"));
  EXPECT_TRUE(has(webhook("resume", {"--id", id}).out, "active"));
  EXPECT_TRUE(has(webhook("rotate", {"--id", id}).out, "whsec_"));
  EXPECT_EQ(webhook("parked", {"--id", id}).exit, 0);
  EXPECT_TRUE(has(webhook("replay", {"--id", id, "--sequence", "3"}).err, "webhook.not_parked"));
  EXPECT_EQ(webhook("remove", {"--id", id}).exit, 0);
  EXPECT_TRUE(has(webhook("show", {"--id", id}).err, "webhook.unknown"));
}

TEST_F(WebhookOnDisk, WhatIsWrongIsNamedAtOnceAndLeavesNothing) {
  given_town();
  const Ran ran = webhook("add", {"--url", "http://pay.example/", "--type", "Nonsense"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_TRUE(has(ran.err, "webhook.url")) << ran.err;
  EXPECT_TRUE(has(ran.err, "filter.type")) << ran.err;
  EXPECT_EQ(webhook("list", {"--json"}).out, "[]\n");
}

// Whatever is made from the log again, where deliveries are is not: nothing is sent twice.
TEST_F(WebhookOnDisk, ARebuildAndABackupLeaveItAlone) {
  given_town();
  (void)given_webhook({"--from", "2"});
  const std::string before = webhook("list", {"--json"}).out;
  ASSERT_EQ(ask({"rebuild"}).exit, 0);
  EXPECT_EQ(webhook("list", {"--json"}).out, before);
  ASSERT_EQ(ask({"verify"}).exit, 0);
  const std::string copy = directory_ / "copy";
  const Ran backup = ask({"backup", "--to", copy});
  ASSERT_EQ(backup.exit, 0) << backup.err;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(copy))
    EXPECT_NE(entry.path().filename(), "webhooks");
}

}  // namespace
}  // namespace runut::testing
