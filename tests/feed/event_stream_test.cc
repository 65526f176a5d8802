#include "feed/event_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <future>

#include "json/json.h"
#include "tests/feed/recorded_log.h"

namespace runut::feed {
namespace {

using testing::EventBuilder;
using testing::RecordedLog;
using namespace std::chrono_literals;

// As a browser reads it (HTML, "Interpreting an event stream").
struct Received {
  std::string id;  // of the last event that had one
  std::string event = "message";
  std::string data;
};
std::vector<Received> interpreted(const std::string& text) {
  std::vector<Received> out;
  Received current;
  std::string last_id;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    if (end == std::string::npos) break;
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line.empty()) {
      current.id = last_id;
      if (!current.data.empty()) out.push_back(current);
      current = {};
      continue;
    }
    const std::size_t colon = line.find(':');
    const std::string field = line.substr(0, colon);
    std::string value = colon == std::string::npos ? "" : line.substr(colon + 1);
    if (value.starts_with(" ")) value.erase(0, 1);
    if (field == "id") last_id = value;
    if (field == "event") current.event = value;
    if (field == "data") current.data = value;
  }
  return out;
}

struct Streaming : ::testing::Test {
  // Everything that it gives until it has nothing more for now.
  static std::string drained(EventStream& stream) {
    std::string out;
    while (const auto piece = stream.next()) {
      if (piece->empty()) break;
      out += *piece;
    }
    return out;
  }
  static std::vector<std::string> ids(const std::string& text) {
    std::vector<std::string> out;
    for (const Received& received : interpreted(text))
      if (received.event == "message") out.push_back(received.id);
    return out;
  }
  static std::vector<std::string> numbers(std::uint64_t from, std::uint64_t until) {
    std::vector<std::string> out;
    for (; from <= until; ++from) out.push_back(std::to_string(from));
    return out;
  }

  EventBuilder ledger = testing::small_office(3);
  RecordedLog log{ledger};
  Feed feed{log.log(), "origin", {.tick = 5ms}};
};

TEST_F(Streaming, GivesEveryEventWithItsSequenceAsId) {
  EventStream stream(feed, {}, Sequence{0});
  stream.on_ready([] {});
  const std::string text = drained(stream);
  EXPECT_TRUE(text.starts_with("retry: 2000\n\n"));
  EXPECT_EQ(ids(text), numbers(1, feed.head().value));
  for (const Received& received : interpreted(text)) {
    const auto event = parse_json(received.data);
    ASSERT_TRUE(event) << received.data;
    EXPECT_EQ(event->at("id").as_string(), received.id);
  }
}

TEST_F(Streaming, GoesOnBehindTheLastIdWhereverItWasCut) {
  const std::string whole = [&] {
    EventStream stream(feed, {}, Sequence{0});
    stream.on_ready([] {});
    return drained(stream);
  }();
  for (std::size_t cut = 0; cut < whole.size(); cut += 97) {
    // What is behind the last empty line was not dispatched.
    const auto got = ids(whole.substr(0, cut));
    const Sequence last{got.empty() ? 0 : std::stoull(got.back())};
    EventStream stream(feed, {}, last);
    stream.on_ready([] {});
    auto all = got;
    for (const std::string& id : ids(drained(stream))) all.push_back(id);
    ASSERT_EQ(all, numbers(1, feed.head().value)) << "cut at byte " << cut;
  }
}

TEST_F(Streaming, WakesWhoeverWaitsWhenACommitIsThere) {
  EventStream stream(feed, {}, feed.head());
  std::promise<void> woken;
  stream.on_ready([&] { woken.set_value(); });
  ASSERT_EQ(stream.next(), "retry: 2000\n\n");
  ASSERT_EQ(stream.next(), "");
  const Sequence before = feed.head();
  testing::work_a_day(ledger, date(2022, 8, 1), 1);
  log.record(ledger);
  ASSERT_EQ(woken.get_future().wait_for(20s), std::future_status::ready);
  EXPECT_EQ(ids(drained(stream)), numbers(before.value + 1, feed.head().value));
}

TEST_F(Streaming, AHeartbeatProvesHowManyPassed) {
  const Filter filter{.persons = {PersonId{2}}};
  EventStream stream(feed, filter, Sequence{0}, {.heartbeat = 0ms});
  stream.on_ready([] {});
  std::string text;
  for (int i = 0; i < 10; ++i) text += stream.next().value_or("");
  std::size_t events = 0;
  std::size_t heartbeats = 0;
  for (const Received& received : interpreted(text)) {
    if (received.event == "message") {
      ++events;
      continue;
    }
    ++heartbeats;
    ASSERT_EQ(received.event, "heartbeat");
    const auto heartbeat = parse_json(received.data);
    ASSERT_TRUE(heartbeat) << received.data;
    EXPECT_EQ(heartbeat->at("after").as_string(), "0");
    EXPECT_EQ(heartbeat->at("matched").as_string(), std::to_string(events));
    EXPECT_EQ(heartbeat->at("head").as_string(), std::to_string(feed.head().value));
    // One who comes back goes on behind what was looked at.
    EXPECT_EQ(received.id, heartbeat->at("seen").as_string());
  }
  EXPECT_GT(events, 3U);
  EXPECT_GT(heartbeats, 2U);
}

TEST_F(Streaming, HeartbeatsComeWhileNothingElseDoes) {
  EventStream stream(feed, {}, feed.head(), {.heartbeat = 20ms});
  std::promise<void> woken;
  stream.on_ready([&] { woken.set_value(); });
  (void)stream.next();
  ASSERT_EQ(stream.next(), "");
  ASSERT_EQ(woken.get_future().wait_for(20s), std::future_status::ready);
  EXPECT_THAT(stream.next().value_or(""), ::testing::HasSubstr("event: heartbeat"));
}

TEST_F(Streaming, ShowsThatItIsAliveWhileNothingPasses) {
  EventStream stream(feed, {.persons = {PersonId{999}}}, Sequence{0},
                     {.piece = {.events = 10, .looked_at = 5}});
  stream.on_ready([] {});
  EXPECT_EQ(stream.next(), "retry: 2000\n\n");
  EXPECT_EQ(stream.next(), ":\n\n");
}

TEST_F(Streaming, EndsAtTheEndOfItsLifetime) {
  EventStream stream(feed, {}, feed.head(), {.lifetime = 20ms});
  std::promise<void> woken;
  stream.on_ready([&] { woken.set_value(); });
  (void)stream.next();
  ASSERT_EQ(stream.next(), "");
  ASSERT_EQ(woken.get_future().wait_for(20s), std::future_status::ready);
  std::this_thread::sleep_for(20ms);
  EXPECT_EQ(stream.next(), std::nullopt);
}

TEST_F(Streaming, EndsWithTheFeed) {
  EventStream stream(feed, {}, feed.head());
  std::promise<void> woken;
  stream.on_ready([&] { woken.set_value(); });
  (void)stream.next();
  ASSERT_EQ(stream.next(), "");
  feed.stop();
  ASSERT_EQ(woken.get_future().wait_for(20s), std::future_status::ready);
  EXPECT_EQ(stream.next(), std::nullopt);
}

}  // namespace
}  // namespace runut::feed
