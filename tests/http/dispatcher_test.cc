// Which route answers, who is let in, and what every answer carries.
#include "http/dispatcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <future>
#include <thread>

#include "http/problem.h"
#include "http/target.h"

namespace runut::http {
namespace {

using identity::Principal;
using identity::Resource;
using ::testing::HasSubstr;

std::string header_of(const Response& response, std::string_view name) {
  for (const Field& field : response.headers)
    if (field.name == name) return field.value;
  return {};
}

Route route(Method method, std::string pattern, Resource resource = Resource::people) {
  const std::string name = std::string(to_string(method)) + " " + pattern;
  return {.method = method,
          .pattern = std::move(pattern),
          .resource = resource,
          .lane = Lane::readers,
          .handler = answering([name](const Call& call) -> Result<Response> {
            Response out;
            out.type = "text/plain";
            out.body = name;
            for (const auto& [key, value] : call.path) out.body += " " + key + "=" + value;
            return out;
          }),
          .body_max = 0};
}

std::vector<Route> some_routes() {
  std::vector<Route> out;
  out.push_back(route(Method::get, "/livez", Resource::open));
  out.push_back(route(Method::get, "/v1/{agency}/people/{person}"));
  out.push_back(route(Method::get, "/v1/{agency}/people/me"));
  out.push_back(route(Method::post, "/v1/{agency}/commands", Resource::commands));
  out.push_back(route(Method::get, "/v1/{agency}/tile/{rest...}"));
  out.push_back({.method = Method::get,
                 .pattern = "/text",
                 .resource = Resource::open,
                 .lane = Lane::network,
                 .handler = answering([](const Call&) -> Result<Response> {
                   Response text;
                   text.body = std::string(10'000, 'a');
                   text.with("ETag", "\"v1\"");
                   return text;
                 }),
                 .body_max = 0});
  out.push_back({.method = Method::get,
                 .pattern = "/error",
                 .resource = Resource::open,
                 .lane = Lane::readers,
                 .handler = answering([](const Call&) -> Result<Response> {
                   return fail(Error{ErrorCode::not_found, "test.rule", "field", "value", "why"});
                 }),
                 .body_max = 0});
  return out;
}

class DispatcherTest : public ::testing::Test {
 protected:
  Response ask(Method method, std::string target, std::vector<Field> headers = {}) {
    Request request;
    request.method = method;
    request.target = std::move(target);
    request.headers = std::move(headers);
    EXPECT_TRUE(parse_target(request.target, request));
    std::promise<Response> answer;
    dispatcher_.serve(std::move(request),
                      [&](Response response) { answer.set_value(std::move(response)); });
    return answer.get_future().get();
  }

  Dispatcher dispatcher_{{}, some_routes()};
};

TEST_F(DispatcherTest, FindsTheRouteAndItsNames) {
  EXPECT_EQ(ask(Method::get, "/v1/kota/people/P1").body,
            "GET /v1/{agency}/people/{person} agency=kota person=P1");
  EXPECT_EQ(ask(Method::get, "/v1/kota/people/a%2Fb").body,
            "GET /v1/{agency}/people/{person} agency=kota person=a/b");
  EXPECT_EQ(ask(Method::get, "/v1/kota/people/me").body, "GET /v1/{agency}/people/me agency=kota");
  EXPECT_EQ(ask(Method::get, "/v1/kota/tile/0/x001/234.p/5").body,
            "GET /v1/{agency}/tile/{rest...} agency=kota rest=0/x001/234.p/5");
}

TEST(Lanes, WhatReturnsAtOnceIsHandledWhereItArrives) {
  Route both = route(Method::post, "/work", Resource::open);
  std::thread::id by;
  both.handler = answering([&by](const Call&) -> Result<Response> {
    by = std::this_thread::get_id();
    return Response{};
  });
  both.at_once = [](const Call& call) { return call.request.body.size() <= 3; };
  Dispatcher dispatcher({}, {both});
  const auto handled_by = [&](std::string body) {
    Request request;
    request.method = Method::post;
    request.segments = {"work"};
    request.body = std::move(body);
    std::promise<void> answered;
    dispatcher.serve(std::move(request), [&](const Response&) { answered.set_value(); });
    answered.get_future().wait();
    return by;
  };
  EXPECT_EQ(handled_by("abc"), std::this_thread::get_id());
  EXPECT_NE(handled_by("abcd"), std::this_thread::get_id());
}

TEST_F(DispatcherTest, SaysWhatIsNotThere) {
  for (const char* target :
       {"/", "/v1", "/v1/kota/people", "/v1/kota/people/P1/", "/livez/x", "/v1//people/P1"})
    EXPECT_EQ(ask(Method::get, target).status, 404u) << target;
}

TEST_F(DispatcherTest, AMethodThatTheResourceHasNot) {
  const Response answer = ask(Method::delete_, "/v1/kota/commands");
  EXPECT_EQ(answer.status, 405u);
  EXPECT_EQ(header_of(answer, "Allow"), "POST, OPTIONS");
  EXPECT_EQ(header_of(ask(Method::other, "/livez"), "Allow"), "GET, HEAD, OPTIONS");
}

TEST_F(DispatcherTest, OptionsTellsTheMethods) {
  const Response answer = ask(Method::options, "/v1/kota/people/P1");
  EXPECT_EQ(answer.status, 204u);
  EXPECT_EQ(header_of(answer, "Allow"), "GET, HEAD, OPTIONS");
}

TEST_F(DispatcherTest, AParameterThatTheRouteHasNotIsRefused) {
  std::vector<Route> routes = {route(Method::get, "/sized", Resource::open)};
  routes.front().parameters = {"size"};
  Dispatcher strict({}, std::move(routes));
  const auto status = [&](std::string target) {
    Request request;
    request.target = std::move(target);
    EXPECT_TRUE(parse_target(request.target, request));
    std::promise<unsigned> answer;
    strict.serve(std::move(request),
                 [&](const Response& response) { answer.set_value(response.status); });
    return answer.get_future().get();
  };
  EXPECT_EQ(status("/sized?size=1"), 200u);
  EXPECT_EQ(status("/sized"), 200u);
  EXPECT_EQ(status("/sized?size=1&colour=red"), 400u);
}

TEST_F(DispatcherTest, HeadIsAnsweredByGet) {
  EXPECT_EQ(ask(Method::head, "/livez").status, 200u);
}

TEST_F(DispatcherTest, AnErrorBecomesAProblem) {
  const Response answer = ask(Method::get, "/error");
  EXPECT_EQ(answer.status, 404u);
  EXPECT_EQ(answer.type, "application/problem+json");
  EXPECT_EQ(answer.body,
            R"({"type":"urn:runut:rule:test.rule","title":"Not found","status":404,"detail":"why",)"
            R"("rule":"test.rule","field":"field","value":"value"})"
            "\n");
}

TEST_F(DispatcherTest, WhoeverIsNotKnownIsNotLetIn) {
  dispatcher_.authenticate_by(
      [](const Request& request) -> Result<Principal> {
        if (request.header("Authorization") == "Bearer good") {
          Principal out;
          out.name = "good";
          return out;
        }
        return fail(Error{ErrorCode::unauthorised, "token.missing", {}, {}, "who are you?"});
      },
      [](const Error&) { return std::string("Bearer realm=\"runut\""); });
  const Response answer = ask(Method::get, "/v1/kota/people/P1");
  EXPECT_EQ(answer.status, 401u);
  EXPECT_EQ(header_of(answer, "WWW-Authenticate"), "Bearer realm=\"runut\"");
  EXPECT_EQ(ask(Method::get, "/livez").status, 200u) << "health is open to all";
  EXPECT_EQ(ask(Method::get, "/v1/kota/people/P1", {{"authorization", "Bearer good"}}).status,
            200u);
  dispatcher_.authorise_by([](const Principal&, const Route& wanted) -> Status {
    if (wanted.resource != Resource::commands) return {};
    return fail(Error{ErrorCode::unauthorised, "access.role", {}, {}, "not you"});
  });
  EXPECT_EQ(ask(Method::post, "/v1/kota/commands", {{"Authorization", "Bearer good"}}).status,
            403u);
  EXPECT_EQ(ask(Method::get, "/v1/kota/people/P1", {{"Authorization", "Bearer good"}}).status,
            200u);
}

TEST_F(DispatcherTest, CompressesForWhomeverAsks) {
  const Response plain = ask(Method::get, "/text");
  EXPECT_EQ(plain.body.size(), 10'000u);
  EXPECT_EQ(header_of(plain, "Vary"), "Accept, Accept-Encoding");
  const Response coded = ask(Method::get, "/text", {{"Accept-Encoding", "br, gzip;q=0.8"}});
  EXPECT_EQ(header_of(coded, "Content-Encoding"), "gzip");
  EXPECT_EQ(header_of(coded, "ETag"), "\"v1-gzip\"");
  std::string out(20'000, '\0');
  z_stream zip{};
  ASSERT_EQ(inflateInit2(&zip, MAX_WBITS + 16), Z_OK);
  zip.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(coded.body.data()));
  zip.avail_in = static_cast<uInt>(coded.body.size());
  zip.next_out = reinterpret_cast<Bytef*>(out.data());
  zip.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&zip, Z_FINISH), Z_STREAM_END);
  out.resize(zip.total_out);
  inflateEnd(&zip);
  EXPECT_EQ(out, plain.body);
  for (const char* none : {"identity", "gzip;q=0", "gzip; q=0.000", "br"})
    EXPECT_EQ(header_of(ask(Method::get, "/text", {{"Accept-Encoding", none}}), "Content-Encoding"),
              "")
        << none;
}

TEST_F(DispatcherTest, SendsNothingThatTheClientHas) {
  for (const char* tag : {"\"v1\"", "W/\"v1\"", "\"x\", \"v1-gzip\"", "*"}) {
    const Response answer = ask(Method::get, "/text", {{"If-None-Match", tag}});
    EXPECT_EQ(answer.status, 304u) << tag;
    EXPECT_EQ(answer.body, "");
    EXPECT_EQ(header_of(answer, "ETag"), "\"v1\"");
  }
  EXPECT_EQ(ask(Method::get, "/text", {{"If-None-Match", "\"v2\""}}).status, 200u);
}

TEST_F(DispatcherTest, TellsOfEachAnswerUnderItsId) {
  std::vector<std::string> told;
  dispatcher_.tell([&](const Answered& answered) {
    told.push_back(std::string(answered.pattern) + " " + std::to_string(answered.status) + " " +
                   std::string(answered.request_id) + " " + std::string(answered.trace));
  });
  const Response answer =
      ask(Method::get, "/text",
          {{"X-Request-Id", "mine-1"},
           {"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}});
  EXPECT_EQ(header_of(answer, "X-Request-Id"), "mine-1");
  const Response other = ask(Method::get, "/nowhere", {{"X-Request-Id", "two words"}});
  EXPECT_NE(header_of(other, "X-Request-Id"), "two words");
  EXPECT_THAT(told, ::testing::ElementsAre("/text 200 mine-1 4bf92f3577b34da6a3ce929d0e0e4736",
                                           HasSubstr(" 404 ")));
}

TEST_F(DispatcherTest, AnswersThatAreOwedComeAfterTheReadersEnd) {
  Reply owed;
  std::vector<Route> routes = {route(Method::get, "/later", Resource::open)};
  routes.front().handler = [&](Call call) { owed = std::move(call.reply); };
  Dispatcher ending({}, std::move(routes));
  int told = 0;
  ending.tell([&](const Answered& answered) { told += answered.status == 200 ? 1 : 0; });
  Request request;
  request.segments = {"later"};
  std::vector<unsigned> statuses;
  const auto note = [&](const Response& response) { statuses.push_back(response.status); };
  ending.serve(request, note);
  ending.end_readers();
  ASSERT_TRUE(owed) << "what was queued is still done";
  owed(Response{});
  ending.serve(request, note);
  EXPECT_THAT(statuses, ::testing::ElementsAre(200U, 503U));
  EXPECT_EQ(told, 1);
}

TEST_F(DispatcherTest, TooManyQueriesAreRefused) {
  std::promise<void> gate;
  std::shared_future<void> opened(gate.get_future());
  std::vector<Route> routes;
  routes.push_back({.method = Method::get,
                    .pattern = "/wait",
                    .resource = Resource::open,
                    .lane = Lane::readers,
                    .handler = answering([opened](const Call&) -> Result<Response> {
                      opened.wait();
                      return Response{};
                    }),
                    .body_max = 0});
  Dispatcher narrow({.reader_threads = 1, .readers_queued_max = 1}, std::move(routes));
  std::atomic<int> busy{0};
  std::atomic<int> fine{0};
  for (int i = 0; i < 8; ++i) {
    Request request;
    request.target = "/wait";
    request.segments = {"wait"};
    narrow.serve(std::move(request),
                 [&](const Response& response) { response.status == 503 ? ++busy : ++fine; });
  }
  EXPECT_GE(busy, 6);
  gate.set_value();
  while (busy + fine < 8) std::this_thread::yield();
  EXPECT_GE(fine, 1);
}

TEST(Problem, IsUtf8WhateverWasSent) {
  const Response answer = problem(Error{ErrorCode::invalid_input, "http.if_match", "a\xC3",
                                        "\"7\xAD \xC3\xA9 \xED\xA0\x80", "expected \xFF"});
  EXPECT_TRUE(is_utf8(answer.body));
  EXPECT_NE(answer.body.find("7\xEF\xBF\xBD \xC3\xA9 \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""),
            std::string::npos)
      << answer.body;
}

}  // namespace
}  // namespace runut::http
