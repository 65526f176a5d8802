#include "feed/cloud_event.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <regex>

#include "json/json.h"
#include "tests/feed/recorded_log.h"

namespace runut::feed {
namespace {

using testing::EventBuilder;
using testing::RecordedLog;

constexpr std::string_view source = "runut.id/kota-uji";

boost::json::object parsed(const std::string& json) {
  auto value = parse_json(json);
  EXPECT_TRUE(value) << value.error().describe() << "\n" << json;
  return value ? value->as_object() : boost::json::object{};
}

// CloudEvents 1.0.2 section 3: names are lower-case letters and digits; the four required ones are
// non-empty strings; id and source name one event.
TEST(CloudEvent, EveryEventKeepsTheSpecification) {
  EventBuilder ledger = testing::small_office(6);
  testing::work_a_day(ledger, date(2022, 8, 1), 6);
  RecordedLog log;
  log.record(ledger);
  const std::regex name("[a-z0-9]{1,20}");
  const std::regex instant(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z)");
  std::set<std::string> ids;
  std::string before;
  std::string hash(64, '0');
  for (std::size_t i = 0; i < log.events().size(); ++i) {
    const auto event = parsed(cloud_event(log.events()[i], log.leaf(i), source));
    for (const auto& [key, value] : event) {
      EXPECT_TRUE(std::regex_match(std::string(key), name)) << key;
      if (key != "data") {
        EXPECT_TRUE(value.is_string()) << key;
      }
    }
    EXPECT_EQ(event.at("specversion"), "1.0");
    EXPECT_EQ(event.at("source").as_string(), source);
    EXPECT_EQ(event.at("id").as_string(), std::to_string(i + 1));
    EXPECT_TRUE(event.at("type").as_string().starts_with("id.runut."));
    EXPECT_EQ(event.at("datacontenttype"), "application/json");
    EXPECT_TRUE(std::regex_match(event.at("time").as_string().c_str(), instant));
    EXPECT_TRUE(ids.insert(event.at("id").as_string().c_str()).second);
    // The extension Sequence: ordered as text.
    const std::string sequence = event.at("sequence").as_string().c_str();
    EXPECT_LT(before, sequence);
    before = sequence;
    // The chain can be followed without the log.
    EXPECT_EQ(event.at("previoushash").as_string(), hash);
    hash = event.at("leafhash").as_string().c_str();
  }
  EXPECT_EQ(ids.size(), log.events().size());
}

TEST(CloudEvent, IsTheseBytes) {
  EventBuilder ledger = testing::small_office(1);
  ledger.clock(date(2022, 8, 1), "16:00");
  ledger.person(1).reported(date(2022, 8, 1), 300);
  const Sequence approved = ledger.person(1).approved(date(2022, 8, 1));
  Event event = ledger.events()[approved.value - 1];
  event.command = CommandId{};
  event.previous = Hash256{};
  EXPECT_EQ(
      cloud_event(event, Hash256{}, source),
      R"({"specversion":"1.0","id":")" + std::to_string(approved.value) +
          R"(","source":"runut.id/kota-uji","type":"id.runut.DailyReportApproved","subject":"P1",)"
          R"("time":"2022-08-01T09:00:00.000000Z","datacontenttype":"application/json",)"
          R"("dataschema":"urn:runut:event:DailyReportApproved:1","sequence":"000000000000000000)" +
          std::to_string(approved.value) +
          R"(","subjectversion":"6","leafhash":"0000000000000000000000000000000000000000000000000000000000000000",)"
          R"("previoushash":"0000000000000000000000000000000000000000000000000000000000000000","commit":")" +
          std::to_string(approved.value) +
          R"(","data":{"occurred_on":"2022-08-01","acted_at":"2022-08-01T09:00:00.000000Z",)"
          R"("recorded_at":"2022-08-01T09:00:00.000000Z","actor":{"kind":"system","id":"S1",)"
          R"("role":"operator","assurance":"claimed","method":"test"},"origin":"simulation",)"
          R"("command":"00000000-0000-0000-0000-000000000000","commit_index":0,"commit_count":1,)"
          R"("payload":{"person":"P1","report":"R2022080101","date":"2022-08-01"}}})");
}

TEST(CloudEvent, SequencesInsidePayloadsAreStringsAndRupiahAreIntegers) {
  EventBuilder ledger;
  Event event = ledger.events().front();
  TppCeilingSet ceiling;
  ceiling.amount = Rupiah{9'007'199'254'740'993};
  event.payload = ceiling;
  EXPECT_THAT(cloud_event(event, {}, source), ::testing::HasSubstr(R"("amount":9007199254740993)"));
  ImportedEventAccepted accepted;
  accepted.event = Sequence{9'007'199'254'740'993};
  event.payload = accepted;
  event.supersedes = Sequence{7};
  EXPECT_THAT(cloud_event(event, {}, source),
              ::testing::AllOf(::testing::HasSubstr(R"(:"9007199254740993")"),
                               ::testing::HasSubstr(R"("supersedes":"7")")));
}

TEST(CloudEvent, ARatingByExpectationHasNoScore) {
  EventBuilder ledger;
  Event event = ledger.events().front();
  event.payload = WorkResultRated{PersonId{17}, {month(2022, 7), 3}, Score{}, Expectation::meets};
  EXPECT_THAT(cloud_event(event, {}, source),
              ::testing::HasSubstr(
                  R"("payload":{"person":"P17","period":"2022-Q3","expectation":"meets"})"));
}

TEST(CloudEvent, SealedTextStaysSealed) {
  EventBuilder ledger = testing::small_office(1);
  RecordedLog log;
  log.record(ledger);
  std::size_t sealed = 0;
  for (std::size_t i = 0; i < log.events().size(); ++i) {
    const Event& event = log.events()[i];
    const auto data = parsed(cloud_event(event, log.leaf(i), source)).at("data").as_object();
    EXPECT_FALSE(data.contains("text"));
    EXPECT_EQ(data.contains("sealed"), !event.sealed.empty());
    if (event.sealed.empty()) continue;
    ++sealed;
    const auto& shown = data.at("sealed").as_object();
    EXPECT_TRUE(shown.contains("commitment") || shown.contains("damaged"));
    EXPECT_EQ(boost::json::serialize(shown).find("cipher"), std::string::npos);
  }
  EXPECT_GT(sealed, 0U);
}

}  // namespace
}  // namespace runut::feed
