#include "write/rig.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "codec/command_json.h"
#include "codec/envelope_codec.h"
#include "write/record_header.h"

namespace runut::testing {

Status JournalledKeys::sync() {
  if (failing_syncs_ > 0) {
    --failing_syncs_;
    return fail(ErrorCode::exhausted, "the disk of the keys is full");
  }
  journal_.emplace_back("sync keys");
  return inner_.sync();
}

Status JournalledKeys::destroy(PersonId person) {
  journal_.push_back("destroy " + to_string(person));
  return inner_.destroy(person);
}

Node::Node(std::shared_ptr<MemoryHistory> history, KeyStore& keys,
           std::vector<std::string>& journal)
    : log(std::move(history), journal), index(log), keys_(keys) {}

void Node::open() {
  writer.reset();
  ASSERT_TRUE(index.catch_up());
  WriterOptions options;
  options.wait_indexed = [this](Sequence) { return index.catch_up(); };
  options.indexed = [this] { return index.position(); };
  auto opened = Writer::open(log, index, keys_, clock_, randomness_, std::move(options));
  ASSERT_TRUE(opened) << opened.error().describe();
  writer = std::move(*opened);
}

Rig::Rig()
    : events(std::make_shared<MemoryHistory>(&read_record_header)),
      node(events, keys, journal),
      elsewhere_(events, keys, elsewhere_journal_) {
  node.open();
  for (const Ask& ask : std::vector<Ask>{
           {.command = "FoundAgency",
     .data = R"({"agency":"kota-uji","name":"Kota Uji","utc_offset_minutes":420,"simulated":true})",
     .role = "operator"},
           {.command = "CreateUnit",
           .data =
                R"({"unit":"U1","code":"u1","name":"Unit 1","paying":true,"from":"2020-01-01"})"},
           {.command = "RegisterPerson", .data = R"({"person":"P1"})", .text = "Walikota"},
           {.command = "ChangeStatus",
           .data = R"({"person":"P1","status":"PNS","from":"2020-01-01"})"},
           {.command = "StartAssignment",
           .data = R"({"person":"P1","assignment":1,"unit":"U1","post":"Walikota","job_class":7,)"
                   R"("echelon":"staff","kind":"executor","role":"definitive","tpp_eligible":true,)"
                   R"("rankable":true,"from":"2020-01-01"})"}})
    submit(build(ask));
  for (const Answer& answer : answers())
    EXPECT_FALSE(answer.rejection) << answer.rejection->describe();
  node.open();
  journal.clear();
}

CommandId Rig::id_of(unsigned number) {
  return *parse_uuid(fmt::format("018f3a00-0000-7000-8000-{:012x}", number));
}

Command Rig::build(const Ask& ask, unsigned id) {
  if (id == 0) id = ++ids_;
  std::string json = fmt::format(
      R"({{"command":"{}","id":"{}","agency":"kota-uji","actor":{{"kind":"{}","id":"{}","role":"{}",)"
      R"("assurance":"claimed"}},"recorded_at":"2022-01-03T01:00:00Z","data":{})",
      ask.command, to_string(id_of(id)), ask.actor[0] == 'P' ? "person" : "system", ask.actor,
      ask.role, ask.data);
  if (!ask.text.empty()) json += fmt::format(R"(,"text":"{}")", ask.text);
  if (!ask.more.empty()) json += "," + ask.more;
  auto command = parse_command(json + "}");
  EXPECT_TRUE(command) << command.error().describe();
  return command ? *command : Command{};
}

Command Rig::registration(unsigned person, unsigned id) {
  return build({.command = "RegisterPerson",
                .data = fmt::format(R"({{"person":"P{}"}})", person),
                .text = fmt::format("Pegawai {}", person)},
               id);
}

Command Rig::erasure(unsigned person) {
  return build({.command = "DestroySubjectKey",
                .data = fmt::format(R"({{"person":"P{}","decree":{}}})", person,
                                    TestLedger::decree(1, "Walikota", "2022-01-03"))});
}

void Rig::written_elsewhere(const Command& command) {
  if (!elsewhere_.writer) elsewhere_.open();
  ASSERT_TRUE(elsewhere_.writer->submit(command));
  const auto answered = elsewhere_.writer->drain_all();
  ASSERT_TRUE(answered) << answered.error().describe();
  ASSERT_EQ(answered->size(), 1U);
  ASSERT_FALSE(answered->front().rejection) << answered->front().rejection->describe();
  elsewhere_.writer.reset();
}

std::vector<Answer> Rig::answers() {
  std::vector<Answer> all;
  failure.reset();
  while (node.writer->pending() > 0) {
    auto some = node.writer->drain_all();
    if (!some) {
      failure = some.error();
      break;
    }
    all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

std::map<CommandId, unsigned> Rig::history() const {
  std::map<CommandId, unsigned> times;
  for (Sequence from{1}; from <= events->head().sequence;) {
    const auto batch = events->read(from, {});
    for (const EventView& view : batch->events) {
      const auto key = read_envelope_key(view.bytes);
      if (key->commit_index == 0 && key->type != EventType::WriterTookOver) ++times[key->command];
    }
    from = next(batch->events.back().sequence);
  }
  return times;
}

unsigned Rig::takeovers() const {
  return static_cast<unsigned>(std::count(journal.begin(), journal.end(), "takeover"));
}

}  // namespace runut::testing
