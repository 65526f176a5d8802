// GET /v1/{agency}/events as an answer, and over a connection.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "tests/service/events/followed_office.h"

namespace runut::service {
namespace {

using namespace std::chrono_literals;
using http::Response;

std::vector<std::string> ids_of(const Response& response) {
  std::vector<std::string> out;
  const boost::json::value batch = json_of(response);
  if (!batch.is_array()) return {"no batch"};
  for (const auto& event : batch.as_array()) out.emplace_back(event.at("id").as_string());
  return out;
}

std::vector<std::string> numbers(std::uint64_t from, std::uint64_t until) {
  std::vector<std::string> out;
  for (; from <= until; ++from) out.push_back(std::to_string(from));
  return out;
}

TEST(Events, ABatchIsCloudEventsFromTheBeginning) {
  FollowedOffice office;
  const Response answer = office.get("/v1/kota-uji/events");
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.type, "application/cloudevents-batch+json");
  EXPECT_EQ(ids_of(answer), numbers(1, office.head()));
  const boost::json::value batch = json_of(answer);
  for (const auto& event : batch.as_array()) {
    EXPECT_EQ(event.at("specversion"), "1.0");
    EXPECT_EQ(event.at("source"), "kota-uji.example");
  }
  EXPECT_EQ(header_of(answer, "Runut-Head"), std::to_string(office.head()));
  EXPECT_EQ(header_of(answer, "Runut-Seen"), std::to_string(office.head()));
}

TEST(Events, PagesGoOnByTheirLinks) {
  FollowedOffice office;
  std::vector<std::string> got;
  std::string target = "/v1/kota-uji/events?limit=3&type=id.runut.StatusChanged,GradeChanged";
  for (int page = 0; page < 10; ++page) {
    const Response answer = office.get(target);
    ASSERT_EQ(answer.status, 200U) << answer.body;
    const auto ids = ids_of(answer);
    if (ids.empty()) break;
    EXPECT_LE(ids.size(), 3U);
    got.insert(got.end(), ids.begin(), ids.end());
    const std::string link = header_of(answer, "Link");
    target = link.substr(1, link.find('>') - 1);
  }
  std::vector<std::string> expected;
  for (const Event& event : office.log.events())
    if (event.type() == EventType::StatusChanged || event.type() == EventType::GradeChanged)
      expected.push_back(std::to_string(event.sequence.value));
  EXPECT_EQ(expected.size(), 4U);
  EXPECT_EQ(got, expected);
}

TEST(Events, LinesAreOneEventEach) {
  FollowedOffice office;
  const Response answer =
      office.get("/v1/kota-uji/events?after=1&limit=2", {{"Accept", "application/x-ndjson"}});
  EXPECT_EQ(answer.type, "application/x-ndjson");
  ASSERT_EQ(std::count(answer.body.begin(), answer.body.end(), '\n'), 2);
  EXPECT_TRUE(parse_json(answer.body.substr(0, answer.body.find('\n'))));
}

TEST(Events, BeginWhereTheyAreAskedTo) {
  FollowedOffice office;
  const std::uint64_t head = office.head();
  const auto first = [&](const std::string& query, std::vector<http::Field> headers = {}) {
    const auto ids = ids_of(office.get("/v1/kota-uji/events" + query, std::move(headers)));
    return ids.empty() ? "" : ids.front();
  };
  EXPECT_EQ(first("?after=4"), "5");
  EXPECT_EQ(first("?from=4"), "4");
  EXPECT_EQ(first("?from=now"), "");
  EXPECT_EQ(first("?after=" + std::to_string(head)), "");
  // What a browser says when it comes back to the same address.
  EXPECT_EQ(first("?from=2", {{"Last-Event-ID", "6"}}), "7");
}

struct Refused {
  std::string query;
  unsigned status;
  std::vector<std::string> rules;
};

TEST(Events, WhatIsWrongWithARequestIsNamedAllAtOnce) {
  FollowedOffice office;
  const std::vector<Refused> rows = {
      {"?type=DailyReportAproved&unit=3&person=17",
       400,
       {"filter.type", "filter.unit", "filter.person"}},
      {"?after=-1", 400, {"query.number"}},
      {"?after=1&from=2", 400, {"query.begin"}},
      {"?from=yesterday", 400, {"query.number"}},
      {"?wait=61", 400, {"query.number"}},
      {"?limit=0&wait=x", 400, {"query.number", "query.number"}},
      {"?types=UnitCreated", 400, {"query.unknown"}},
      {"?after=10000", 409, {"events.cursor_beyond_head"}},
  };
  for (const Refused& row : rows) {
    SCOPED_TRACE(row.query);
    const Response answer = office.get("/v1/kota-uji/events" + row.query);
    EXPECT_EQ(answer.status, row.status);
    EXPECT_EQ(answer.type, "application/problem+json");
    const boost::json::value body = json_of(answer);
    std::vector<std::string> rules;
    if (const auto* errors = body.as_object().if_contains("errors")) {
      for (const auto& error : errors->as_array()) rules.emplace_back(error.at("rule").as_string());
    } else {
      rules.emplace_back(body.at("rule").as_string());
    }
    EXPECT_EQ(rules, row.rules);
  }
  EXPECT_THAT(office.get("/v1/kota-uji/events?type=Nonsense").body,
              ::testing::HasSubstr(R"("value":"Nonsense")"));
  EXPECT_EQ(office.get("/v1/elsewhere/events").status, 404U);
  EXPECT_EQ(office.get("/v1/kota-uji/events", {{"Accept", "image/png"}}).status, 406U);
}

TEST(Events, OneOfThemByItsSequence) {
  FollowedOffice office;
  const Response answer = office.get("/v1/kota-uji/events/3");
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.type, "application/cloudevents+json");
  EXPECT_EQ(json_of(answer).at("id"), "3");
  EXPECT_EQ(office.get("/v1/kota-uji/events/0").status, 404U);
  EXPECT_EQ(office.get("/v1/kota-uji/events/9999").status, 404U);
  EXPECT_EQ(office.get("/v1/kota-uji/events/x").status, 400U);
}

TEST(Events, APollWaitsForWhatComesAndHoldsNoThread) {
  FollowedOffice office;
  const std::string head = std::to_string(office.head());
  std::vector<std::future<Response>> waiting;
  // Many more than there are threads.
  for (int i = 0; i < 500; ++i)
    waiting.push_back(
        office.asking(http::Method::get, "/v1/kota-uji/events?wait=60&after=" + head));
  std::this_thread::sleep_for(50ms);
  for (auto& one : waiting) EXPECT_EQ(one.wait_for(0s), std::future_status::timeout);
  const std::uint64_t before = office.head();
  office.work(1);
  for (auto& one : waiting) {
    ASSERT_EQ(one.wait_for(20s), std::future_status::ready);
    EXPECT_EQ(ids_of(one.get()).front(), std::to_string(before + 1));
  }
}

TEST(Events, APollIsAnsweredAtItsLimitAndAtTheEnd) {
  FollowedOffice office;
  const auto began = std::chrono::steady_clock::now();
  const Response answer = office.get("/v1/kota-uji/events?wait=1&from=now&person=P1");
  EXPECT_EQ(answer.body, "[]\n");
  EXPECT_GE(std::chrono::steady_clock::now() - began, 900ms);
  auto waiting = office.asking(http::Method::get, "/v1/kota-uji/events?wait=60&from=now");
  std::this_thread::sleep_for(20ms);
  office.feeds.end_subscriptions();
  ASSERT_EQ(waiting.wait_for(20s), std::future_status::ready);
  EXPECT_EQ(waiting.get().body, "[]\n");
}

// --- over a connection ---

// A client that reads an event stream for as long as it likes.
class StreamClient {
 public:
  StreamClient(std::uint16_t port, const std::string& query, const std::string& last_id) {
    socket_.connect({boost::asio::ip::make_address("127.0.0.1"), port});
    std::string request = "GET /v1/kota-uji/events" + query +
                          " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n";
    if (!last_id.empty()) request += "Last-Event-ID: " + last_id + "\r\n";
    boost::asio::write(socket_, boost::asio::buffer(request + "\r\n"));
  }
  // Until so many events were dispatched or the connection ended; their ids.
  std::vector<std::string> read(std::size_t events) {
    std::vector<std::string> out;
    while (out.size() < events) {
      std::array<char, 700> some{};
      boost::system::error_code failure;
      const std::size_t got = socket_.read_some(boost::asio::buffer(some), failure);
      if (failure) break;
      text_.append(some.data(), got);
      // Chunk sizes stand on lines of their own, which no field begins like.
      for (std::size_t at = 0;
           (at = text_.find("\ndata: {\"specversion\"")) != std::string::npos;) {
        const std::size_t end = text_.find("\n\n", at);
        if (end == std::string::npos) break;
        const std::size_t id = text_.rfind("id: ", at);
        out.push_back(text_.substr(id + 4, at - id - 4));
        text_.erase(0, end + 2);
        if (out.size() == events) break;
      }
    }
    return out;
  }

 private:
  boost::asio::io_context io_;
  boost::asio::ip::tcp::socket socket_{io_};
  std::string text_;
};

TEST(EventsOverAConnection, WhoeverIsCutOffAndComesBackMissesNothingAndGetsNothingTwice) {
  FollowedOffice office({.stream = {.piece = {.events = 4}}});
  for (int day = 1; day <= 5; ++day) office.work(day);
  auto server = http::Server::listen({}, office.dispatcher->admit());
  ASSERT_TRUE(server) << server.error().describe();
  std::thread writer([&] {
    for (int day = 6; day <= 20; ++day) {
      office.work(day);
      std::this_thread::sleep_for(2ms);
    }
  });
  std::uint64_t all = 0;
  std::vector<std::string> got;
  SeededRandomness chance(5);
  writer.join();
  all = office.head();
  while (got.size() < all) {
    StreamClient client((*server)->port(), "", got.empty() ? "" : got.back());
    for (std::string& id :
         client.read(std::min<std::size_t>(1 + chance.below(12), all - got.size())))
      got.push_back(std::move(id));
  }
  EXPECT_EQ(got, numbers(1, all));
  office.feeds.end_subscriptions();
  (*server)->stop(1s);
}

TEST(EventsOverAConnection, ManyFollowWhatIsAppended) {
  FollowedOffice office;
  auto server = http::Server::listen({}, office.dispatcher->admit());
  ASSERT_TRUE(server) << server.error().describe();
  const std::uint64_t before = office.head();
  std::vector<std::unique_ptr<StreamClient>> clients;
  for (int i = 0; i < 60; ++i)
    clients.push_back(std::make_unique<StreamClient>((*server)->port(), "?from=now", ""));
  // Connected, and waiting for more.
  const auto limit = std::chrono::steady_clock::now() + 20s;
  http::Call call;
  call.path["agency"] = "kota-uji";
  while ((*office.feeds.of(call))->feed.waiting() < clients.size() &&
         std::chrono::steady_clock::now() < limit)
    std::this_thread::sleep_for(1ms);
  for (int day = 1; day <= 10; ++day) office.work(day);
  for (const auto& client : clients)
    EXPECT_EQ(client->read(office.head() - before), numbers(before + 1, office.head()));
  office.feeds.end_subscriptions();
  (*server)->stop(1s);
}

}  // namespace
}  // namespace runut::service
