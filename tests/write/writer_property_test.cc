// Random commands over a log to which random things happen. RUNUT_SEED=n runs that one seed,
// RUNUT_SEEDS=n so many instead of the suite's few.
#include <fmt/format.h>

#include <cstdlib>

#include "codec/envelope_codec.h"
#include "write/rig.h"

namespace runut::testing {
namespace {

struct Asked {
  Command command;
  unsigned person = 0;
  std::vector<Answer> answers;
};

struct Tally {
  unsigned accepted = 0, rejected = 0, repeated = 0, reused = 0, takeovers = 0;
};

class Play {
 public:
  explicit Play(std::uint64_t seed) : chance_(seed) {}

  void run(Tally& tally) {
    std::deque<Happens> script;
    for (int i = 0; i < 60; ++i) script.push_back(happening());
    rig_.node.log.script(std::move(script));
    for (int i = 0; i < 40; ++i) {
      ask();
      if (chance_.below(4) == 0) take(rig_.node.writer->drain(Millis{0}));
      if (chance_.below(15) == 0) {
        take(rig_.node.writer->drain_all());
        rig_.node.open();
        tickets_ = 0;
      }
    }
    while (rig_.node.writer->pending() > 0 && !::testing::Test::HasFailure())
      take(rig_.node.writer->drain_all());
    judge(tally);
  }

 private:
  Happens happening() {
    switch (chance_.below(20)) {
      case 0: return Happens::lost;
      case 1: return Happens::unreported;
      case 2: return Happens::landing_late;
      case 3: return Happens::full;
      default: return Happens::lands;
    }
  }

  // Few people, so that many are refused; at times an id of before, with the same input or another.
  void ask() {
    const auto person = static_cast<unsigned>(10 + chance_.below(25));
    Asked next{{}, person, {}};
    if (!asked_.empty() && chance_.below(6) == 0) {
      const Asked& before = asked_[chance_.below(asked_.size())];
      next = {before.command, before.person, {}};
      if (chance_.below(3) == 0) {
        next.person += 100;
        next.command.body = PersonRegistered{PersonId{next.person}};
      }
    } else {
      next.command = rig_.registration(person);
    }
    rig_.submit(next.command);
    waiting_.push_back(asked_.size());
    asked_.push_back(std::move(next));
  }

  void take(Result<std::vector<Answer>> answers) {
    ASSERT_TRUE(answers) << answers.error().describe();
    for (Answer& answer : *answers) {
      ASSERT_FALSE(waiting_.empty()) << "an answer too many";
      Asked& asked = asked_[waiting_.front()];
      waiting_.pop_front();
      ASSERT_EQ(answer.ticket, ++tickets_) << "in order of submission";
      ASSERT_EQ(answer.command, asked.command.id);
      asked.answers.push_back(std::move(answer));
    }
  }

  void judge(Tally& tally) {
    EXPECT_TRUE(waiting_.empty()) << waiting_.size() << " were never answered";
    ASSERT_TRUE(rig_.node.index.catch_up());
    const std::vector<Event>& events = rig_.node.index.events();
    for (const auto& [command, times] : rig_.history())
      EXPECT_EQ(times, 1U) << to_string(command) << " is recorded twice";
    for (const Asked& asked : asked_) {
      ASSERT_EQ(asked.answers.size(), 1U);
      const Answer& answer = asked.answers.front();
      if (!answer.rejection) {
        ++(answer.repeated ? tally.repeated : tally.accepted);
        const Event& event = events.at(answer.first.value - 1);
        EXPECT_EQ(event.command, asked.command.id);
        EXPECT_EQ(std::get<PersonRegistered>(event.payload).person, PersonId{asked.person});
        continue;
      }
      if (answer.rejection->rule == "command.id_reused") {
        ++tally.reused;
        continue;
      }
      ++tally.rejected;
      EXPECT_EQ(answer.rejection->rule, "person.id_taken");
      bool there = false;  // by then, and by another command
      for (std::uint64_t i = 0; i < answer.known_at.value; ++i)
        if (const auto* registered = std::get_if<PersonRegistered>(&events.at(i).payload))
          there |=
              registered->person == PersonId{asked.person} && events[i].command != asked.command.id;
      EXPECT_TRUE(there) << "refused for what is not in the history";
    }
    tally.takeovers += rig_.takeovers();
  }

  SeededRandomness chance_;
  Rig rig_;
  std::vector<Asked> asked_;
  std::deque<std::size_t> waiting_;  // places in asked_
  std::uint64_t tickets_ = 0;        // of this writer
};

TEST(WriterProperty, NoCommandIsLostOrAnsweredTwiceWhateverHappens) {
  std::uint64_t first = 1;
  std::uint64_t last = 200;
  if (const char* count = std::getenv("RUNUT_SEEDS")) last = std::strtoull(count, nullptr, 10);
  if (const char* wanted = std::getenv("RUNUT_SEED"))
    first = last = std::strtoull(wanted, nullptr, 10);
  Tally tally;
  for (std::uint64_t seed = first; seed <= last && !HasFailure(); ++seed) {
    SCOPED_TRACE(fmt::format("RUNUT_SEED={}", seed));
    Play(seed).run(tally);
  }
  fmt::print("accepted {}, rejected {}, repeated {}, id reused {}, takeovers {}\n", tally.accepted,
             tally.rejected, tally.repeated, tally.reused, tally.takeovers);
  if (first == last) return;
  EXPECT_GT(tally.accepted, 0U);
  EXPECT_GT(tally.rejected, 0U);
  EXPECT_GT(tally.repeated, 0U);
  EXPECT_GT(tally.reused, 0U);
  EXPECT_GT(tally.takeovers, 2 * last);
}

}  // namespace
}  // namespace runut::testing
