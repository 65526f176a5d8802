#include "test_ledger/test_ledger.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "codec/command_json.h"
#include "codec/envelope_codec.h"
#include "codec/json_writer.h"
#include "write/record_header.h"

namespace runut::testing {

Status MemoryIndex::catch_up() {
  for (;;) {
    RUNUT_ASSIGN(const EventBatch batch, log_.read(next(position())));
    if (batch.empty()) return {};
    for (const EventView& view : batch.events) {
      RUNUT_ASSIGN(Event event, decode_event(view.bytes));
      if (const auto* founded = std::get_if<AgencyFounded>(&event.payload))
        offset_ = founded->utc_offset_minutes;
      event.sealed.clear();
      events_.push_back(std::move(event));
      leaves_.push_back(view.leaf);
    }
  }
}

Status MemoryIndex::each(const Subject& subject, std::optional<Month> month, Sequence until,
                         const Visit& visit) const {
  for (std::size_t i = 0; i < events_.size() && events_[i].sequence <= until; ++i)
    for (const Touch& touch : touches(events_[i], offset_))
      if (touch == Touch{subject, month}) RUNUT_TRY(visit(events_[i], leaves_[i]));
  return {};
}

Result<std::uint32_t> MemoryIndex::version(const Subject& subject) const {
  std::uint32_t version = 0;
  for (const Event& event : events_)
    if (event.subject == subject) version = event.subject_version;
  return version;
}

Result<std::optional<Sequence>> MemoryIndex::command(const CommandId& id) const {
  for (const Event& event : events_)
    if (event.command == id) return event.commit();
  return std::nullopt;
}

Result<CommandId> MemoryIndex::greatest_command() const {
  CommandId greatest;
  for (const Event& event : events_) greatest = std::max(greatest, event.command);
  return greatest;
}

TestLedger::TestLedger() : log_(&read_record_header), index_(log_), keys_(randomness_) {
  at("2022-01-01T00:00:00Z");
  restart();
  given(
      {"FoundAgency", "S1 operator",
       R"({"agency":"kota-uji","name":"Pemerintah Kota Uji","utc_offset_minutes":420,"simulated":true})"});
}

void TestLedger::restart() {
  writer_.reset();
  EXPECT_TRUE(index_.catch_up());
  WriterOptions options;
  options.wait_indexed = [this](Sequence) { return index_.catch_up(); };
  options.indexed = [this] { return index_.position(); };
  auto opened = Writer::open(log_, index_, keys_, clock_, randomness_, std::move(options));
  if (!opened) {
    ADD_FAILURE() << opened.error().describe();
    std::abort();
  }
  writer_ = std::move(*opened);
}

void TestLedger::at(std::string_view instant) {
  now_ = *parse_instant(instant);
}

Command TestLedger::build(const Ask& ask) {
  const std::size_t blank = ask.actor.find(' ');
  const std::string id = ask.actor.substr(0, blank);
  std::string json = fmt::format(
      R"({{"command":"{}","id":"{}","agency":"kota-uji","actor":{{"kind":"{}","id":"{}","role":"{}","assurance":"claimed"}},"recorded_at":"{}","data":{})",
      ask.command, to_string(make_uuid_v7(now_, randomness_)), id[0] == 'P' ? "person" : "system",
      id, ask.actor.substr(blank + 1), to_string(now_), ask.data);
  const auto member = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    json += fmt::format(",\"{}\":", name);
    codec::append_json_string(json, value);
  };
  member("text", ask.text);
  member("reason", ask.reason);
  if (!ask.more.empty()) json += "," + ask.more;
  json += "}";
  auto command = parse_command(json);
  if (!command) {
    ADD_FAILURE() << command.error().describe() << "\n" << json;
    std::abort();
  }
  return std::move(*command);
}

Answer TestLedger::when(Command command) {
  const auto ticket = writer_->submit(std::move(command));
  if (!ticket) {
    ADD_FAILURE() << ticket.error().describe();
    return {};
  }
  auto answers = writer_->drain_all();
  if (!answers || answers->empty()) {
    ADD_FAILURE() << (answers ? "no answer" : answers.error().describe());
    return {};
  }
  EXPECT_TRUE(index_.catch_up());
  return answers->back();
}

Sequence TestLedger::given(const Ask& ask) {
  const Answer answer = when(ask);
  EXPECT_FALSE(answer.rejection) << ask.command << " " << ask.data << "\n  "
                                 << answer.rejection->describe();
  return answer.first;
}

Error TestLedger::refusal(const Ask& ask) {
  const Answer answer = when(ask);
  if (answer.rejection) return *answer.rejection;
  return Error{ErrorCode::internal, "accepted", {}, {}, {}};
}

const std::vector<Event>& TestLedger::events() {
  EXPECT_TRUE(index_.catch_up());
  return index_.events();
}

std::string TestLedger::decree(std::uint64_t signatory, std::string_view office,
                               std::string_view date) {
  return fmt::format(
      R"({{"number":"188/1/2022","date":"{}","signatory":"P{}","office":"{}","document":"{:064x}"}})",
      date, signatory, office, signatory + 1);
}

void TestLedger::enact(std::string_view file, std::string_view amends) {
  std::ifstream in(std::string(RUNUT_SOURCE_DIR) + "/schemas/regulations/kota-kediri/" +
                   std::string(file));
  std::stringstream text;
  text << in.rdbuf();
  std::string data = "{\"document\":";
  codec::append_json_string(data, text.str());
  if (!amends.empty()) data += fmt::format(",\"amends\":\"{}\"", amends);
  const std::string day = to_string(local_date(now_, 420));
  data += R"(,"retroactive":false,"decree":)" + decree(1, "Walikota", day) + "}";
  given({amends.empty() ? "EnactRegulation" : "AmendRegulation", "S1 hr", data});
}

void TestLedger::unit(std::uint64_t id, std::uint64_t parent, bool paying) {
  given(
      {"CreateUnit", "S1 hr",
       fmt::format(
           R"({{"unit":"U{0}",{1}"code":"u{0}","name":"Unit {0}","paying":{2},"from":"2020-01-01"}})",
           id, parent == 0 ? "" : fmt::format("\"parent\":\"U{}\",", parent), paying)});
}

void TestLedger::person(std::uint64_t id, const Post& post) {
  const std::string who = fmt::format("\"person\":\"P{}\"", id);
  given({"RegisterPerson", "S1 hr", "{" + who + "}", fmt::format("Pegawai {}", id)});
  given({"ChangeStatus", "S1 hr", "{" + who + R"(,"status":"PNS","from":"2020-01-01"})"});
  given({"ChangeGrade", "S1 hr", "{" + who + R"(,"grade":"III/b","from":"2020-01-01"})"});
  given(
      {"StartAssignment", "S1 hr",
       fmt::format(
           R"({{{},"assignment":1,"unit":"U{}","post":"{}","job_class":{},"echelon":"{}","kind":"{}","role":"definitive","tpp_eligible":true,"rankable":true,"from":"{}"}})",
           who, post.unit, post.title, post.job_class, post.echelon, post.kind, post.from)});
}

void TestLedger::appraiser(std::uint64_t person_id, std::uint64_t appraiser_id,
                           std::uint64_t superior) {
  given({"AssignAppraiser", "S1 hr",
         fmt::format(R"({{"person":"P{}","appraiser":"P{}",{}"from":"2020-01-01"}})", person_id,
                     appraiser_id,
                     superior == 0 ? "" : fmt::format("\"superior\":\"P{}\",", superior))});
}

}  // namespace runut::testing
