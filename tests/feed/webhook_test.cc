#include "feed/webhook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feed/webhook_admin.h"
#include "feed/webhook_records.h"
#include "feed/webhooks.h"
#include "tests/support/temporary_directory.h"

namespace runut::feed {
namespace {

using testing::TemporaryDirectory;

constexpr std::string_view known_secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr std::string_view known_id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr std::string_view known_body = R"({"test": 2432232314})";
constexpr std::string_view known_signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
constexpr Instant known_time{1'614'265'330'999'999};

// The example that the Standard Webhooks libraries are tested with.
TEST(WebhookSignature, IsThatOfTheSpecification) {
  EXPECT_EQ(webhook_signature({{std::string(known_secret)}}, known_id, known_time, known_body),
            known_signature);
}

TEST(WebhookSignature, TwoSecretsSignUntilTheOldOneEnds) {
  SeededRandomness chance(1);
  const Secret fresh{new_secret(chance)};
  const Secret old{std::string(known_secret), Instant{known_time.micros + 1}};
  const std::string both = webhook_signature({fresh, old}, known_id, known_time, known_body);
  EXPECT_THAT(both, ::testing::EndsWith(" " + std::string(known_signature)));
  const std::string later =
      webhook_signature({fresh, old}, known_id, Instant{known_time.micros + 1}, known_body);
  EXPECT_EQ(later.find(' '), std::string::npos);
  EXPECT_NE(later, known_signature);
}

TEST(WebhookSecret, HasTheLengthThatIsAskedFor) {
  SeededRandomness chance(1);
  const std::string secret = new_secret(chance);
  ASSERT_TRUE(secret_key(secret));
  EXPECT_EQ(secret_key(secret)->size(), 32U);
  EXPECT_NE(secret, new_secret(chance));
  for (const std::string text : {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                                 "whsec_aGVsbG8=", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!"})
    EXPECT_FALSE(secret_key(text)) << text;
}

TEST(WebhookUrl, IsHttpsUnlessItIsThisMachine) {
  for (const std::string good :
       {"https://pay.example/hook", "http://127.0.0.1:9/", "http://localhost/", "http://[::1]/x"})
    EXPECT_TRUE(check_endpoint_url(good, false)) << good;
  for (const std::string bad :
       {"http://pay.example/hook", "http://127.0.0.1.evil.example/", "http://10.0.0.1/",
        "https://me:secret@pay.example/", "ftp://pay.example/", "file:///etc/passwd", ""}) {
    const Status refused = check_endpoint_url(bad, false);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().rule, "webhook.url");
  }
  EXPECT_TRUE(check_endpoint_url("http://10.0.0.1/", true));
}

// The name was fine when it was given; where it leads is known at the connection only.
TEST(WebhookUrl, LeadsNowhereElse) {
  const auto rule = [](const std::string& url) {
    http::Client client(guarded({}, url, false));
    const auto answer = client.fetch({.url = url});
    return answer ? "answered" : answer.error().rule;
  };
  EXPECT_EQ(rule("https://169.254.169.254/latest/meta-data"), "webhook.address");
  EXPECT_EQ(rule("https://[fe80::1]/"), "webhook.address");
  EXPECT_EQ(rule("https://0.0.0.0/"), "webhook.address");
  EXPECT_EQ(rule("http://10.0.0.1/"), "webhook.address");
}

struct Stored : ::testing::Test {
  std::unique_ptr<WebhookStore> open(
      WebhookStore::Access access = WebhookStore::Access::read_write) {
    auto store = WebhookStore::open(directory / "webhooks", access);
    EXPECT_TRUE(store) << store.error().describe();
    return store ? std::move(*store) : nullptr;
  }
  Violated<EndpointStatus> add(WebhookStore& store, const EndpointText& text) {
    return add_endpoint({store, chance, Instant{1'000}, Sequence{50}}, text);
  }
  TemporaryDirectory directory;
  SeededRandomness chance{1};
};

TEST_F(Stored, ComesBackAsItWas) {
  std::vector<EndpointStatus> before;
  std::vector<ParkedEvent> parked;
  {
    const auto store = open();
    const auto one = add(*store, {.url = "https://a.example/",
                                  .types = {{"UnitCreated"}},
                                  .units = {{"U3"}},
                                  .on_failure = "park",
                                  .from = "1"});
    ASSERT_TRUE(one);
    EXPECT_EQ(one->progress.cursor, Sequence{0});
    const std::string id = one->endpoint.id;
    const auto two = add(*store, {.url = "https://b.example/"});
    ASSERT_TRUE(two);
    EXPECT_EQ(two->progress.cursor, Sequence{50});
    ASSERT_TRUE(store->delivered(id, Sequence{7}, Instant{5}));
    ASSERT_TRUE(store->park(id, {Sequence{8}, "it answered 500", 3, Instant{6}}));
    ASSERT_EQ(store->failed(id, "no", Instant{7}), 1U);
    ASSERT_TRUE(rotate_secret({*store, chance, Instant{9}, Sequence{50}}, id));
    ASSERT_TRUE(store->passed_over(id, Sequence{20}));
    ASSERT_TRUE(store->passed_over(id, Sequence{19}));  // never back
    before = store->list();
    parked = *store->parked(id);
    EXPECT_EQ(before.size(), 2U);
    EXPECT_EQ(parked.size(), 1U);
  }
  EXPECT_EQ(open(WebhookStore::Access::read_only)->list(), before);
  const auto store = open();
  EXPECT_EQ(store->list(), before);
  for (const EndpointStatus& status : before)
    if (status.parked > 0) {
      EXPECT_EQ(*store->parked(status.endpoint.id), parked);
      EXPECT_EQ(status.progress.cursor, Sequence{20});
    }
}

TEST_F(Stored, OneProcessHasItAndOthersMayLook) {
  const auto store = open();
  ASSERT_TRUE(add(*store, {.url = "https://a.example/"}));
  const auto second = WebhookStore::open(directory / "webhooks", WebhookStore::Access::read_write);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().rule, "webhook.locked");
  EXPECT_THAT(second.error().message, ::testing::HasSubstr("/v1/{agency}/webhooks"));
  EXPECT_TRUE(open(WebhookStore::Access::read_only));
}

TEST_F(Stored, WithoutOneThereAreNone) {
  EXPECT_TRUE(open(WebhookStore::Access::read_only)->list().empty());
  EXPECT_FALSE(std::filesystem::exists(directory / "webhooks"));
}

TEST_F(Stored, NobodyElseCanEnterItsDirectory) {
  (void)open();
  EXPECT_EQ(std::filesystem::status(directory / "webhooks").permissions(),
            std::filesystem::perms::owner_all);
}

TEST_F(Stored, IsChangedInTheVersionThatIsMeantAlone) {
  const auto store = open();
  const Endpoint made = add(*store, {.url = "https://a.example/"})->endpoint;
  const auto nothing = [](Endpoint&) -> Status { return {}; };
  ASSERT_EQ(store->change(made.id, nothing, 1)->endpoint.version, 2U);
  EXPECT_EQ(store->change(made.id, nothing, 1).error().rule, "webhook.version");
  EXPECT_EQ(store->remove(made.id, 1).error().rule, "webhook.version");
  EXPECT_EQ(store->find(made.id)->endpoint.version, 2U);
  EXPECT_TRUE(store->remove(made.id, 2));

  // A row that was written before there were versions.
  std::string row = stored_endpoint(made);
  const std::string version = ",\"version\":1";
  ASSERT_NE(row.find(version), std::string::npos) << row;
  row.erase(row.find(version), version.size());
  EXPECT_EQ(*read_stored_endpoint(made.id, row), made);
}

TEST_F(Stored, WhatIsRemovedIsGoneWithItsParkedEvents) {
  std::string id;
  {
    const auto store = open();
    id = add(*store, {.url = "https://a.example/"})->endpoint.id;
    ASSERT_TRUE(store->park(id, {Sequence{8}, "no", 3, Instant{6}}));
    ASSERT_TRUE(store->remove(id));
    EXPECT_EQ(store->remove(id).error().rule, "webhook.unknown");
  }
  EXPECT_TRUE(open()->list().empty());
}

TEST_F(Stored, EveryViolationIsNamedAndNothingIsLeftBehind) {
  const auto store = open();
  const auto refused = add(
      *store,
      {.url = "http://a.example/", .types = {{"Nonsense"}}, .on_failure = "ignore", .from = "52"});
  ASSERT_FALSE(refused);
  std::vector<std::string> rules;
  for (const Error& violation : refused.error()) rules.push_back(violation.rule);
  EXPECT_THAT(rules, ::testing::UnorderedElementsAre("webhook.url", "filter.type",
                                                     "webhook.on_failure", "webhook.from"));
  EXPECT_TRUE(store->list().empty());
}

TEST_F(Stored, AChangeIsWholeOrNotAtAll) {
  const auto store = open();
  const auto added = add(*store, {.url = "https://a.example/"});
  const AdminContext context{*store, chance, Instant{1}, Sequence{50}};
  const auto refused =
      change_endpoint(context, added->endpoint.id, {.url = "https://b.example/", .state = "gone"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().rule, "webhook.state");
  EXPECT_EQ(store->find(added->endpoint.id)->endpoint, added->endpoint);
  EXPECT_EQ(change_endpoint(context, "wh_x", {}).error().front().rule, "webhook.unknown");
}

TEST_F(Stored, ASecretIsShownOnceAndAfterARotationBothSign) {
  const auto store = open();
  const auto added = add(*store, {.url = "https://a.example/"});
  const std::string secret = added->endpoint.secrets.front().text;
  EXPECT_THAT(endpoint_json(*added, true), ::testing::HasSubstr(secret));
  EXPECT_EQ(endpoint_json(*added, false).find("whsec_"), std::string::npos);
  const auto rotated =
      rotate_secret({*store, chance, Instant{1'000'000}, Sequence{50}}, added->endpoint.id);
  ASSERT_TRUE(rotated);
  ASSERT_EQ(rotated->endpoint.secrets.size(), 2U);
  EXPECT_EQ(rotated->endpoint.secrets.back().text, secret);
  EXPECT_EQ(rotated->endpoint.secrets.back().until, Instant{86'401'000'000});
}

}  // namespace
}  // namespace runut::feed
