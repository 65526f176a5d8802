#include "listing/served_city.h"

#include <fmt/format.h>

#include <regex>

#include "codec/command_json.h"
#include "json/json.h"
#include "service/listing_routes.h"

namespace runut::testing {
namespace {

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    out += *from_hex(text.substr(i + 1, 2));
    i += 2;
  }
  return out;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    if (end > begin) out.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

// What the pattern's names stand for; nothing when it does not match.
std::optional<std::map<std::string, std::string, std::less<>>> matched(
    const std::string& pattern, const std::vector<std::string>& segments) {
  const std::vector<std::string> parts = split(pattern, '/');
  std::map<std::string, std::string, std::less<>> out;
  for (std::size_t i = 0; i < std::max(parts.size(), segments.size()); ++i) {
    if (i >= parts.size()) return std::nullopt;
    const bool named = parts[i].front() == '{';
    if (named && parts[i].ends_with("...}")) {
      std::string rest;
      for (std::size_t j = i; j < segments.size(); ++j) rest += (j > i ? "/" : "") + segments[j];
      out.emplace(parts[i].substr(1, parts[i].size() - 5), rest);
      return out;
    }
    if (i >= segments.size() || (!named && parts[i] != segments[i])) return std::nullopt;
    if (named) out.emplace(parts[i].substr(1, parts[i].size() - 2), segments[i]);
  }
  return out;
}

std::string qualification_of(unsigned person) {
  return fmt::format(
      R"({{"person":"P{}","level":"S1","graduated":"2010-06-30","document":"{:064x}"}})", person,
      person);
}

}  // namespace

http::Request request_for(const std::string& target, std::vector<http::Field> headers) {
  http::Request out;
  out.method = http::Method::get;
  out.target = target;
  out.headers = std::move(headers);
  const std::size_t question = std::min(target.find('?'), target.size());
  for (const std::string& segment : split(target.substr(0, question), '/'))
    out.segments.push_back(decoded(segment));
  if (question == target.size()) return out;
  for (const std::string& pair : split(target.substr(question + 1), '&')) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    out.query.push_back({decoded(pair.substr(0, equals)),
                         equals == pair.size() ? "" : decoded(pair.substr(equals + 1))});
  }
  return out;
}

std::string header_of(const http::Response& response, std::string_view name) {
  for (const http::Field& field : response.headers)
    if (field.name == name) return field.value;
  return {};
}

Served::Served(const std::string& data, const std::string& keys) {
  auto place = locate(data, keys, "");
  RUNUT_CHECK(place.has_value(), place.error().describe());
  InstanceOptions options;
  options.place = *place;
  auto opened = Instance::open(std::move(options), Instance::Access::read_write);
  RUNUT_CHECK(opened.has_value(), opened.error().describe());
  instance_ = *std::move(opened);
  reading.ledger = [this](const http::Call& call) -> Result<service::ReadableLedger> {
    if (call.at("agency") != instance_->place().agency)
      return fail(Error{ErrorCode::not_found, "agency.unknown", "agency", call.at("agency"), "no"});
    return service::ReadableLedger{
        instance_.get(),
        [this](Sequence sequence, Millis wait) {
          return instance_->projector()->wait_for(sequence, wait);
        },
        [this]() -> Result<std::shared_ptr<const Explainer>> {
          const Sequence known = instance_->projector()->position();
          RUNUT_ASSIGN(const EventBatch last, instance_->log().read(known, {.events = 1}));
          RUNUT_ASSIGN(Explainer explainer,
                       Explainer::open(instance_->history(), {known, last.events.front().leaf}));
          return std::make_shared<const Explainer>(std::move(explainer));
        }};
  };
  reading.visible = [](const http::Call&) -> Result<service::Visible> {
    return service::Visible();
  };
  reading.wait_max = Millis{200};
}

Served::~Served() {
  EXPECT_TRUE(instance_->close().has_value());
}

void Served::add(std::vector<http::Route> routes) {
  routes_.insert(routes_.end(), std::make_move_iterator(routes.begin()),
                 std::make_move_iterator(routes.end()));
}

http::Response Served::get(const std::string& target, std::vector<http::Field> headers) const {
  http::Call call;
  call.request = request_for(target, std::move(headers));
  std::optional<http::Response> out;
  call.reply = [&](http::Response response) { out = std::move(response); };
  for (const http::Route& route : routes_) {
    auto path = matched(route.pattern, call.request.segments);
    if (!path || route.method != http::Method::get) continue;
    call.path = *std::move(path);
    route.handler(call);
    RUNUT_CHECK(out.has_value(), "a handler answers");
    return *std::move(out);
  }
  RUNUT_CHECK(false, target);
  return {};
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
  for (const std::string& line : lines_of(lines)) {
    const auto command = parse_command(line);
    RUNUT_CHECK(command.has_value(), command.error().describe());
    const auto ticket = instance_->submit(*command);
    RUNUT_CHECK(ticket.has_value(), ticket.error().describe());
  }
  const auto answers = instance_->drain_all();
  RUNUT_CHECK(answers.has_value(), answers.error().describe());
  for (const Answer& answer : *answers)
    RUNUT_CHECK(!answer.rejection, answer.rejection->describe());
}

void Served::record(const std::string& lines) const {
  submit(lines);
  const Status folded =
      instance_->projector()->wait_for(instance_->log().head().sequence, Millis{10'000});
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
