#include "service/listings/served_city.h"

#include <fmt/format.h>

#include <future>
#include <regex>

#include "codec/command_json.h"
#include "http/target.h"
#include "json/json.h"

namespace runut::testing {
namespace {

std::string qualification_of(unsigned person) {
  return fmt::format(
      R"({{"person":"P{}","level":"S1","graduated":"2010-06-30","document":"{:064x}"}})", person,
      person);
}

}  // namespace

std::string header_of(const http::Response& response, std::string_view name) {
  for (const http::Field& field : response.headers)
    if (field.name == name) return field.value;
  return {};
}

Served::Served(const std::string& data, const std::string& keys) {
  InstanceOptions options;
  auto place = locate(data, keys, "");
  RUNUT_CHECK(place.has_value(), place.error().describe());
  options.place = *std::move(place);
  auto opened = service::Ledger::open(std::move(options));
  RUNUT_CHECK(opened.has_value(), opened.error().describe());
  ledgers_.add(*std::move(opened));
  reading.wait_max = Millis{200};
}

Served::~Served() {
  dispatcher_.reset();
}

void Served::serve(std::vector<http::Route> routes) {
  dispatcher_ = std::make_unique<http::Dispatcher>(http::DispatcherOptions{}, std::move(routes));
}

http::Response Served::ask(http::Method method, const std::string& target,
                           std::vector<http::Field> headers, std::string body) const {
  http::Request request;
  request.method = method;
  request.target = target;
  request.headers = std::move(headers);
  request.body = std::move(body);
  const Status parsed = http::parse_target(target, request);
  RUNUT_CHECK(parsed.has_value(), target);
  std::promise<http::Response> answered;
  dispatcher_->serve(std::move(request),
                     [&](http::Response response) { answered.set_value(std::move(response)); });
  return answered.get_future().get();
}

boost::json::object Served::json(const std::string& target) const {
  const http::Response response = get(target);
  EXPECT_EQ(response.status, 200U) << target << "\n" << response.body;
  const auto value = parse_json(response.body, {.bytes_max = response.body.size() + 1});
  EXPECT_TRUE(value.has_value()) << response.body;
  return value->as_object();
}

std::string Served::csv(const std::string& target) const {
  const http::Response response = get(target, {{"Accept", "text/csv"}});
  EXPECT_EQ(response.status, 200U) << target << "\n" << response.body;
  EXPECT_EQ(response.type, "text/csv; charset=utf-8");
  return response.body;
}

void Served::submit(const std::string& lines) const {
  std::vector<service::Ledger::Submission> batch;
  std::vector<std::promise<void>> answered(lines_of(lines).size());
  for (const std::string& line : lines_of(lines)) {
    auto command = parse_command(line);
    RUNUT_CHECK(command.has_value(), command.error().describe());
    batch.push_back({*std::move(command), std::nullopt, line.size(),
                     [&done = answered[batch.size()]](const Result<Answer>& answer) {
                       RUNUT_CHECK(answer.has_value(), answer.error().describe());
                       RUNUT_CHECK(!answer->rejection, answer->rejection->describe());
                       done.set_value();
                     }});
  }
  const Status taken = ledgers_.all().begin()->second->submit(batch);
  RUNUT_CHECK(taken.has_value(), taken.error().describe());
  for (std::promise<void>& one : answered) one.get_future().get();
}

void Served::record(const std::string& lines) const {
  submit(lines);
  const Status folded =
      ledger().wait_for(ledger().instance().log().head().sequence, Millis{10'000});
  RUNUT_CHECK(folded.has_value(), folded.error().describe());
}

void ServedCity::SetUp() {
  CityOnDisk::SetUp();
  const std::string text = read_file(directory_ / "commands.ndjson");
  std::smatch found;
  ASSERT_TRUE(std::regex_search(
      text, found, std::regex(R"r("decree":(\{[^{}]*"office":"Sekretaris Daerah"[^{}]*\}))r")));
  decree_ = found[1];
  const Ran ran = import(more_facts());
  ASSERT_EQ(ran.exit, 0) << ran.err;
}

void ServedTown::SetUp() {
  std::string text = town_.town(80).text();
  for (const unsigned person : {12U, 30U, 31U, 32U, 33U, 50U, 51U, 52U, 70U, 71U})
    text += qualification(person);
  const Ran ran = import(text);
  ASSERT_EQ(ran.exit, 0) << ran.err;
}

std::string ServedTown::qualification(unsigned person) {
  return town_.line({.command = "RecordQualification",
                     .data = qualification_of(person),
                     .text = "Universitas Nusantara"});
}

std::string ServedCity::line(const std::string& command, const std::string& data,
                             const std::string& text, const std::string& appraiser) {
  ++lines_;
  return fmt::format(
      R"({{"command":"{}","id":"018f3b00-0000-7000-8000-{:012x}","agency":"kota-kediri",)"
      R"("actor":{{"kind":"{}","id":"{}","role":"{}","assurance":"claimed"}},)"
      R"("recorded_at":"2023-01-10T01:00:{:02}Z"{},"data":{}}})"
      "\n",
      command, lines_, appraiser.empty() ? "system" : "person",
      appraiser.empty() ? "S1" : appraiser, appraiser.empty() ? "hr" : "appraiser", lines_,
      text.empty() ? "" : fmt::format(R"(,"text":"{}")", text), data);
}

std::string ServedCity::more_facts() {
  std::string out;
  // With their appraisers, as this seed has them.
  for (const auto& [person, appraiser] : {std::pair{12U, "P2"}, {30U, "P24"}, {70U, "P63"}}) {
    const std::string who = fmt::format(R"("person":"P{}")", person);
    out += line("RecordQualification", qualification_of(person), "Universitas Nusantara");
    out += line("RecordCompetency",
                fmt::format(R"({{{},"echelon":"staff","method":"cat","assessor":"BKN, Jakarta",)"
                            R"("score":"81.50","date":"2022-05-02","document":"{:064x}"}})",
                            who, 1'000 + person));
    out += line("GiveFeedback", "{" + who + R"(,"period":"2022-S2"})", "Baik", appraiser);
    out += line("HoldDialogue", "{" + who + R"(,"period":"2022-S2","date":"2022-10-03"})", "",
                appraiser);
    out += line("OpenSurvey", "{" + who + R"(,"period":"2022-S2"})");
  }
  out += line("DeclareImport",
              fmt::format(R"({{"number":1,"source":"e-Kinerja, \"lama\"","file":"{:064x}",)"
                          R"("as_found":true,"decree":{}}})",
                          7, decree_));
  out +=
      line("AttachMeritEvidence",
           fmt::format(
               R"({{"year":2022,"aspect":"pengadaan","document":"{:064x}","title":"Bukti"}})", 9));
  return out;
}

}  // namespace runut::testing
