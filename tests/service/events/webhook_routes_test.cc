#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/feed/local_server.h"
#include "tests/service/events/followed_office.h"

namespace runut::service {
namespace {

using http::Method;
using http::Response;
using testing::Answering;
using testing::Arrived;
using testing::LocalServer;

struct WebhookRoutes : ::testing::Test {
  // On whatever version the webhook has, unless another is said.
  Response ask(Method method, const std::string& below, const std::string& body = {},
               std::string version = {}) {
    if (version.empty() && (method == Method::patch || method == Method::delete_))
      version = header_of(ask(Method::get, below), "ETag");
    std::vector<http::Field> headers;
    if (!version.empty() && version != "none") headers.push_back({"If-Match", version});
    return office.asking(method, "/v1/kota-uji/webhooks" + below, headers, body).get();
  }
  std::string text_of(const Response& response, std::string_view member) {
    return std::string(json_of(response).at(member).as_string());
  }
  FollowedOffice office;
};

TEST_F(WebhookRoutes, FromTheFirstToTheLast) {
  const LocalServer server([](const Arrived&) { return Answering{.status = 204}; });
  const Response made =
      ask(Method::post, "",
          R"({"url":")" + server.url("/hook") + R"(","type":["UnitCreated"],"from":"1"})");
  ASSERT_EQ(made.status, 201U) << made.body;
  const std::string id = text_of(made, "id");
  const std::string secret = text_of(made, "secret");
  EXPECT_EQ(header_of(made, "Location"), "/v1/kota-uji/webhooks/" + id);
  ASSERT_TRUE(server.wait_for(2));  // both units

  const Response shown = ask(Method::get, "/" + id);
  EXPECT_EQ(shown.body.find("whsec_"), std::string::npos);
  EXPECT_EQ(text_of(shown, "state"), "active");
  EXPECT_EQ(json_of(ask(Method::get, "")).at("webhooks").as_array().size(), 1U);

  const Response paused = ask(Method::patch, "/" + id, R"({"state":"paused","unit":["U3"]})");
  EXPECT_EQ(paused.status, 200U) << paused.body;
  EXPECT_EQ(text_of(paused, "state"), "paused");
  EXPECT_EQ(json_of(paused).at("unit").as_array().size(), 1U);

  const Response rotated = ask(Method::post, "/" + id + "/rotate");
  EXPECT_NE(text_of(rotated, "secret"), secret);
  EXPECT_TRUE(json_of(rotated).as_object().contains("old_secret_until"));

  const Response tested = ask(Method::post, "/" + id + "/test");
  EXPECT_EQ(json_of(tested).at("status").as_int64(), 204);
  const Arrived ping = server.arrived().back();
  EXPECT_THAT(ping.body, ::testing::HasSubstr("id.runut.WebhookPing"));
  EXPECT_THAT(ping.header("webhook-signature"), ::testing::HasSubstr(" v1,"));

  EXPECT_EQ(ask(Method::delete_, "/" + id).status, 204U);
  EXPECT_EQ(ask(Method::get, "/" + id).status, 404U);
}

TEST_F(WebhookRoutes, WhoeverChangesOneHasSeenIt) {
  const Response made = ask(Method::post, "", R"({"url":"http://127.0.0.1:9/","person":["P9"]})");
  ASSERT_EQ(made.status, 201U) << made.body;
  EXPECT_EQ(header_of(made, "ETag"), "\"1\"");
  const std::string one = "/" + text_of(made, "id");
  const std::string pause = R"({"state":"paused"})";
  const auto rule = [&](const Response& answer) { return text_of(answer, "rule"); };

  for (const Method method : {Method::patch, Method::delete_}) {
    const std::string body = method == Method::patch ? pause : "";
    const Response unseen = ask(method, one, body, "none");
    EXPECT_EQ(unseen.status, 428U);
    EXPECT_EQ(rule(unseen), "http.if_match");
    const Response stale = ask(method, one, body, "\"7\"");
    EXPECT_EQ(stale.status, 412U);
    EXPECT_EQ(rule(stale), "webhook.version");
    for (const std::string wrong :
         {"*", "1", "W/\"1\"", "\"\"", "\"-1\"", "\"-gzip\"", "\"1\", \"2\""})
      EXPECT_EQ(ask(method, one, body, wrong).status, 400U) << wrong;
  }
  EXPECT_EQ(text_of(ask(Method::get, one), "state"), "active");

  const Response paused = ask(Method::patch, one, pause, "\"1-gzip\"");  // of a coded answer
  EXPECT_EQ(paused.status, 200U) << paused.body;
  EXPECT_EQ(header_of(paused, "ETag"), "\"2\"");
  EXPECT_EQ(json_of(paused).at("version").as_int64(), 2);
  // What is refused for another reason too is refused for being stale.
  const Response both = ask(Method::patch, one, R"({"state":"gone"})", "\"1\"");
  EXPECT_EQ(both.status, 412U);
  EXPECT_EQ(header_of(ask(Method::post, one + "/rotate"), "ETag"), "\"3\"");
  EXPECT_EQ(ask(Method::delete_, one, "", "\"2\"").status, 412U);
  EXPECT_EQ(ask(Method::delete_, one, "", "\"3\"").status, 204U);
}

// Deliveries change what is shown and not the version: nobody is told that they have it already.
TEST_F(WebhookRoutes, IsShownAnewToWhoeverHasItsVersion) {
  const Response made = ask(Method::post, "", R"({"url":"http://127.0.0.1:9/","person":["P9"]})");
  const std::string target = "/v1/kota-uji/webhooks/" + text_of(made, "id");
  const Response again = office.get(target, {{"If-None-Match", header_of(made, "ETag")}});
  EXPECT_EQ(again.status, 200U);
  EXPECT_EQ(header_of(again, "ETag"), header_of(made, "ETag"));
}

TEST_F(WebhookRoutes, ParkedEventsAreShownAndReplayed) {
  std::atomic<bool> broken{true};
  const LocalServer server(
      [&](const Arrived&) { return Answering{.status = broken ? 500U : 200U}; });
  const Response made = ask(
      Method::post, "",
      R"({"url":")" + server.url() + R"(","type":["UnitCreated"],"from":"1","on_failure":"park"})");
  const std::string id = text_of(made, "id");
  ASSERT_TRUE(server.wait_for(4));  // two events, twice each
  const auto parked = [&]() -> boost::json::value {
    return json_of(ask(Method::get, "/" + id + "/parked")).at("parked");
  };
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (parked().as_array().size() < 2 && std::chrono::steady_clock::now() < limit) {
  }
  ASSERT_EQ(parked().as_array().size(), 2U);
  const auto one = parked().as_array().front().as_object();
  EXPECT_EQ(one.at("reason"), "it answered 500");
  broken = false;
  const std::string sequence(one.at("sequence").as_string());
  const Response single =
      ask(Method::post, "/" + id + "/replay", R"({"sequence":")" + sequence + R"("})");
  EXPECT_EQ(single.status, 202U) << single.body;
  EXPECT_EQ(single.body, "{\"replayed\":1}\n");
  EXPECT_EQ(ask(Method::post, "/" + id + "/replay").status, 202U);
  while (!parked().as_array().empty() && std::chrono::steady_clock::now() < limit) {
  }
  EXPECT_TRUE(parked().as_array().empty());
}

TEST_F(WebhookRoutes, WhatIsWrongIsNamed) {
  struct Row {
    std::string body;
    std::vector<std::string> rules;
  };
  for (const Row& row : std::vector<Row>{
           {R"({})", {"webhook.url"}},
           {R"({"url":"http://pay.example/"})", {"webhook.url"}},
           {R"({"url":"https://pay.example/","type":["Nonsense"],"on_failure":"x"})",
            {"filter.type", "webhook.on_failure"}},
           {R"({"url":"https://pay.example/","state":"paused"})", {"field.unknown"}},
           {R"({"url":7})", {"field.type"}},
           {R"([])", {"field.type"}},
           {R"({"url")", {"json.syntax"}},
       }) {
    SCOPED_TRACE(row.body);
    const Response answer = ask(Method::post, "", row.body);
    EXPECT_EQ(answer.status, 400U);
    const boost::json::value body = json_of(answer);
    std::vector<std::string> rules;
    if (const auto* errors = body.as_object().if_contains("errors")) {
      for (const auto& error : errors->as_array()) rules.emplace_back(error.at("rule").as_string());
    } else {
      rules.emplace_back(body.at("rule").as_string());
    }
    EXPECT_EQ(rules, row.rules);
  }
  EXPECT_EQ(json_of(ask(Method::get, "")).at("webhooks").as_array().size(), 0U);
  for (const std::string below : {"", "/parked"})
    EXPECT_EQ(ask(Method::get, "/wh_none" + below).status, 404U);
  for (const std::string below : {"/replay", "/rotate", "/test"})
    EXPECT_EQ(ask(Method::post, "/wh_none" + below).status, 404U);
  EXPECT_EQ(ask(Method::patch, "/wh_none", "{}").status, 404U);
  EXPECT_EQ(ask(Method::delete_, "/wh_none").status, 404U);
}

// Whom a caller reaches is told in follow_scope_test; here: that every route asks.
TEST(WebhookRights, NobodySeesOrSendsWhatTheyMayNotFollow) {
  FeedsOptions options = FollowedOffice::quick();
  options.may_follow = [](const http::Call&, identity::Access,
                          const feed::Filter& filter) -> Status {
    if (filter.persons == std::vector{PersonId{1}}) return {};
    return fail(Error{ErrorCode::unauthorised, "access.scope", "person", {}, "no"});
  };
  FollowedOffice office({}, std::move(options));
  const auto ask = [&](Method method, const std::string& below, const std::string& body = {}) {
    return office.asking(method, "/v1/kota-uji" + below, {{"If-Match", "\"1\""}}, body)
        .get()
        .status;
  };
  EXPECT_EQ(ask(Method::get, "/events"), 403U);
  EXPECT_EQ(ask(Method::get, "/events?person=P1,P2"), 403U);
  EXPECT_EQ(ask(Method::get, "/events?person=P1"), 200U);
  EXPECT_EQ(ask(Method::get, "/events/1"), 403U);  // the agency's
  const std::string own = R"({"url":"http://127.0.0.1:9/","person":["P1"]})";
  EXPECT_EQ(ask(Method::post, "/webhooks", R"({"url":"http://127.0.0.1:9/"})"), 403U);
  EXPECT_EQ(ask(Method::post, "/webhooks", own), 201U);

  // Another's webhook, as if rights had changed since.
  http::Call call;
  call.path["agency"] = "kota-uji";
  feed::WebhookStore& store = (*office.feeds.of(call))->webhooks->store();
  const std::string id = store.list().front().endpoint.id;
  EXPECT_EQ(ask(Method::patch, "/webhooks/" + id, R"({"person":["P2"]})"), 403U);
  ASSERT_TRUE(store.change(id, [](feed::Endpoint& endpoint) -> Status {
    endpoint.filter.persons = {PersonId{2}};
    return {};
  }));
  const std::string one = "/webhooks/" + id;
  EXPECT_EQ(json_of(office.get("/v1/kota-uji/webhooks")).at("webhooks").as_array().size(), 0U);
  for (const std::string below : {"", "/parked"}) EXPECT_EQ(ask(Method::get, one + below), 403U);
  for (const std::string below : {"/replay", "/rotate", "/test"})
    EXPECT_EQ(ask(Method::post, one + below), 403U);
  EXPECT_EQ(ask(Method::patch, one, R"({"person":["P1"]})"), 403U);
  EXPECT_EQ(ask(Method::delete_, one), 403U);
}

}  // namespace
}  // namespace runut::service
