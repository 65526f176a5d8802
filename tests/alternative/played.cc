#include "tests/alternative/played.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "codec/event_json.h"
#include "domain/named_sequences.h"
#include "tests/simulate/kediri.h"
#include "tests/support/dates.h"

namespace runut::testing {
namespace {

std::string text_of(Event event) {
  if (auto* payment = std::get_if<TppPaymentComputed>(&event.payload))
    for (PaymentLine& line : payment->lines) line.causes.clear();
  each_named_sequence(event.payload, [](Sequence& sequence) { sequence = Sequence{}; });
  return to_string(event.command) + " " + std::string(to_string(event.type())) + " " +
         to_string(event.occurred_on) + " " + payload_json(event.payload);
}

// The place of a command's commit in the recorded city.
Sequence commit_of(const CommandId& id) {
  static const std::map<CommandId, Sequence> commits = [] {
    std::map<CommandId, Sequence> out;
    for (const Event& event : recorded_city().events()) out.emplace(event.command, event.sequence);
    return out;
  }();
  return commits.at(id);
}

const Event& recorded_event(Sequence sequence) {
  return recorded_city().events()[sequence.value - 1];
}

Sequence last_of_commit(Sequence first) {
  return Sequence{first.value + recorded_event(first).commit_count - 1};
}

}  // namespace

const std::vector<Command>& city_commands() {
  static const std::vector<Command> commands = [] {
    std::vector<Command> out;
    const auto planted =
        simulation::simulate({.people = 100, .from = month(2022, 5), .to = month(2022, 8)},
                             simulation::kediri(), [&](const Command& command) -> Status {
                               out.push_back(command);
                               return {};
                             });
    EXPECT_TRUE(planted.has_value()) << (planted ? "" : planted.error().describe());
    return out;
  }();
  return commands;
}

std::unique_ptr<Rehearsal> play(const Change& change) {
  auto out = std::make_unique<Rehearsal>();
  for (const Command& command : city_commands()) {
    // Refused commands are part of the city.
    if (command.id != change.without) (void)out->play(command);
    if (command.id == change.behind)
      for (const Command& given : change.given) {
        const Status taken = out->play(given);
        EXPECT_TRUE(taken.has_value()) << taken.error().describe();
      }
  }
  return out;
}

const Rehearsal& recorded_city() {
  static const std::unique_ptr<Rehearsal> city = play();
  return *city;
}

std::unique_ptr<Alternative> ask(const Change& change) {
  const auto& events = recorded_city().events();
  Sequence until;
  if (change.without) until = Sequence{commit_of(*change.without).value - 1};
  if (change.behind) until = last_of_commit(commit_of(*change.behind));
  auto begun = Alternative::begin(recorded_city(), until, [](Sequence sequence) -> Result<Event> {
    return recorded_event(sequence);
  });
  EXPECT_TRUE(begun.has_value());
  std::unique_ptr<Alternative> out = std::move(*begun);
  if (change.without) {
    const Sequence last = last_of_commit(next(until));
    for (Sequence each = next(until); each <= last; each = next(each))
      EXPECT_TRUE(out->leave_out(recorded_event(each)).has_value());
    until = last;
  }
  for (const Command& given : change.given) {
    const Status taken = out->suppose(given, {*given.recorded_at, Origin::simulation});
    EXPECT_TRUE(taken.has_value()) << taken.error().describe();
  }
  for (std::size_t i = until.value; i < events.size(); ++i) {
    const Status followed = out->follow(events[i]);
    EXPECT_TRUE(followed.has_value()) << followed.error().describe();
    if (!followed) break;
  }
  return out;
}

EventTexts texts_of(const std::vector<Event>& events) {
  EventTexts out;
  for (const Event& event : events) out.push_back(text_of(event));
  return out;
}

EventTexts texts_of(const Alternative& alternative, const Change& change) {
  std::map<Sequence, const ChangedCommit*> changed;
  for (const ChangedCommit& commit : alternative.changed()) changed.emplace(commit.first, &commit);
  EventTexts out;
  std::vector<Event> commit;
  for (const Event& event : recorded_city().events()) {
    commit.push_back(event);
    if (event.commit_index + 1 < event.commit_count) continue;
    const std::vector<Event> whole = std::exchange(commit, {});
    if (whole.front().command == change.without) continue;
    if (std::holds_alternative<AttemptRefused>(whole.front().payload)) continue;
    const auto found = changed.find(whole.front().sequence);
    std::multiset<std::string> texts;
    for (const Event& each : whole) texts.insert(text_of(each));
    if (found != changed.end())
      for (const ChangedEvent& each : found->second->events) {
        if (each.recorded) {
          const auto known = texts.find(text_of(*each.recorded));
          EXPECT_NE(known, texts.end()) << text_of(*each.recorded);
          if (known != texts.end()) texts.erase(known);
        }
        if (each.instead) texts.insert(text_of(*each.instead));
      }
    out.insert(out.end(), texts.begin(), texts.end());
  }
  return out;
}

bool is_refused_as_recorded(const CommandId& id) {
  static const std::set<CommandId> recorded = [] {
    std::set<CommandId> out;
    for (const Event& event : recorded_city().events())
      if (!std::holds_alternative<AttemptRefused>(event.payload)) out.insert(event.command);
    return out;
  }();
  return !recorded.contains(id);
}

}  // namespace runut::testing
