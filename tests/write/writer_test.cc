// The writer over a log to which things happen: whatever becomes of a commit, its command is
// answered once, and the answer is what the history says.
#include "write/writer.h"

#include <algorithm>

#include "write/record_header.h"
#include "write/rig.h"

namespace runut::testing {
namespace {

using enum Happens;

// Answers in the order of submission, none twice.
void expect_in_order(const std::vector<Answer>& answers, std::uint64_t first_ticket = 1) {
  for (std::size_t i = 0; i < answers.size(); ++i)
    EXPECT_EQ(answers[i].ticket, first_ticket + i) << "answer " << i;
}

// --- Whatever happens to an append, every command is recorded once and answered once.

struct Trouble {
  const char* name;
  std::deque<Happens> script;
  unsigned takeovers;  // the one that begins the session included
};
void PrintTo(const Trouble& trouble, std::ostream* out) {
  *out << trouble.name;
}

class WhateverHappens : public ::testing::TestWithParam<Trouble> {};

TEST_P(WhateverHappens, EachCommandIsRecordedOnceAndAnsweredOnce) {
  Rig given;
  given.node.log.script(GetParam().script);
  std::vector<CommandId> ids;
  for (unsigned person = 10; person < 15; ++person) {
    given.submit(given.registration(person));
    ids.push_back(Rig::id_of(given.last_id()));
  }
  const std::vector<Answer> answers = given.answers();
  ASSERT_FALSE(given.failure) << given.failure->describe();
  ASSERT_EQ(answers.size(), ids.size());
  expect_in_order(answers);
  const auto history = given.history();
  Sequence last;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    EXPECT_EQ(answers[i].command, ids[i]);
    EXPECT_FALSE(answers[i].rejection) << answers[i].rejection->describe();
    EXPECT_FALSE(answers[i].repeated) << "it was asked once";
    EXPECT_GT(answers[i].first, last);
    last = answers[i].first;
    const auto event = given.events->read(answers[i].first, {.events = 1});
    EXPECT_EQ(read_record_header(event->events.front().bytes)->command, ids[i])
        << "the answer names the event";
    EXPECT_EQ(history.at(ids[i]), 1U);
  }
  EXPECT_EQ(given.takeovers(), GetParam().takeovers);
}

INSTANTIATE_TEST_SUITE_P(
    ToAnAppend, WhateverHappens,
    ::testing::Values(Trouble{"Nothing", {}, 1},  //
                      Trouble{"TheFirstIsLost", {lost}, 2},
                      Trouble{"OneInTheMiddleIsLost", {lands, lands, lost}, 2},
                      Trouble{"TheLastIsLost", {lands, lands, lands, lands, lost}, 2},
                      Trouble{"OneIsThereUnreported", {lands, unreported}, 2},
                      Trouble{
                          "TheLastIsThereUnreported", {lands, lands, lands, lands, unreported}, 2},
                      Trouble{"OneLandsLate", {lands, landing_late}, 2},
                      Trouble{"OneIsLostAgainAndAgain", {lands, lost, lost, lost}, 4},
                      Trouble{"OneIsLostAndThenUnreported", {lost, unreported}, 3},
                      Trouble{"TheLogIsFullForAWhile", {full, lands, full, full, full}, 1},
                      Trouble{"TheLogIsFullAndThenOneIsLost", {lands, full, lost, full}, 2}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Writer, GivesUpOnALogThatIsTakenOverAndNeverTakesAnything) {
  Rig given;
  given.node.log.script(std::deque<Happens>(1'000, lost));
  given.submit(given.registration(10));
  EXPECT_TRUE(given.answers().empty());
  ASSERT_TRUE(given.failure);
  EXPECT_EQ(given.failure->rule, "log.no_progress");
  EXPECT_LT(given.takeovers(), 20U);
  EXPECT_FALSE(given.history().contains(Rig::id_of(given.last_id())));
}

// --- Answers follow durability.

TEST(Writer, AnswersNothingBeforeItIsDurable) {
  Rig given;
  given.submit(given.registration(10));
  given.submit(given.registration(10));  // refused, because of the first
  given.node.log.hold(true);
  const auto early = given.node.writer->drain(Millis{0});
  ASSERT_TRUE(early);
  EXPECT_TRUE(early->empty());
  given.node.log.hold(false);
  EXPECT_EQ(given.answers().size(), 2U);
}

TEST(Writer, SyncsTheKeysBeforeTheTextThatTheySealReachesTheLog) {
  Rig given;
  given.submit(given.registration(10));
  given.submit(given.registration(11));
  EXPECT_EQ(given.answers().size(), 2U);
  EXPECT_EQ(given.journal, (std::vector<std::string>{"takeover", "sync keys", "append", "append"}));
}

TEST(Writer, AppendsNothingWhileTheKeysCannotBeSynced) {
  Rig given;
  given.keys.fail_syncs(1);
  given.submit(given.registration(10));
  const auto refused = given.node.writer->drain(Millis{0});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::exhausted);
  EXPECT_EQ(given.journal, (std::vector<std::string>{"takeover"}));
  // With room on the disk again nothing has to be asked for a second time.
  const auto answers = given.answers();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_FALSE(answers.front().rejection);
}

// --- The log cannot be taken over.

TEST(Writer, AnswersWhatIsDurableAndThenFailsWhenTheLogCannotBeTakenOver) {
  Rig given;
  given.node.log.script({lands, lands, lost});
  for (unsigned person = 10; person < 15; ++person) given.submit(given.registration(person));
  given.node.log.fail_takeovers(
      1);  // not the one that began the session, but the one after the loss
  const std::vector<Answer> answers = given.answers();
  ASSERT_TRUE(given.failure);
  EXPECT_EQ(given.failure->code, ErrorCode::unavailable);
  ASSERT_EQ(answers.size(), 2U);
  expect_in_order(answers);
  for (const Answer& answer : answers) EXPECT_EQ(given.history().at(answer.command), 1U);
  EXPECT_FALSE(given.node.writer->submit(given.registration(16))) << "nothing more is decided";
}

TEST(Writer, AskedAgainAfterThatFindsWhatWasDoneAndRecordsTheRest) {
  Rig given;
  std::vector<Command> commands;
  for (unsigned person = 10; person < 15; ++person) commands.push_back(given.registration(person));
  given.node.log.script({lands, lands, unreported});
  for (const Command& command : commands) given.submit(command);
  given.node.log.fail_takeovers(1);
  EXPECT_EQ(given.answers().size(), 2U);
  ASSERT_TRUE(given.failure);

  given.node.open();
  for (const Command& command : commands) given.submit(command);
  const std::vector<Answer> answers = given.answers();
  ASSERT_EQ(answers.size(), 5U);
  const std::vector<bool> repeated{true, true, true, false, false};
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(answers[i].repeated, repeated[i]) << i;
    EXPECT_EQ(given.history().at(commands[i].id), 1U);
  }
}

TEST(Writer, DecidesNothingWhenItsFirstTakeoverFails) {
  Rig given;
  given.node.log.fail_takeovers(1);
  const auto refused = given.node.writer->submit(given.registration(10));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
  EXPECT_EQ(given.node.writer->pending(), 0U);
  EXPECT_TRUE(given.journal.empty());
}

// --- Another writer.

TEST(Writer, StepsDownWhenAnotherWriterHasTheLog) {
  Rig given;
  const Command theirs = given.registration(90);
  given.node.log.on_overtaken([&] { given.written_elsewhere(theirs); });
  given.node.log.script({lands, lands, overtaken});
  std::vector<Command> commands;
  for (unsigned person = 10; person < 15; ++person) {
    commands.push_back(given.registration(person));
    given.submit(commands.back());
  }
  const std::vector<Answer> answers = given.answers();
  ASSERT_TRUE(given.failure);
  EXPECT_EQ(given.failure->rule, "log.taken_over");
  ASSERT_EQ(answers.size(), 2U) << "what was durable before is answered";
  const auto history = given.history();
  for (std::size_t i = 0; i < commands.size(); ++i)
    EXPECT_EQ(history.contains(commands[i].id), i < 2) << i;
  EXPECT_EQ(history.at(theirs.id), 1U);
  EXPECT_EQ(given.takeovers(), 1U) << "it does not take the log back by itself";

  // Somebody who starts it again wants it to.
  given.node.open();
  for (const Command& command : commands) given.submit(command);
  EXPECT_EQ(given.answers().size(), 5U);
  for (const Command& command : commands) EXPECT_EQ(given.history().at(command.id), 1U);
}

TEST(Writer, RefusesToFoundWhatAnotherWriterFoundedMeanwhile) {
  Rig given;  // it has founded the ledger
  std::vector<std::string> journal;
  const auto fresh = std::make_shared<MemoryHistory>(&read_record_header);
  Node first(fresh, given.keys, journal);
  Node second(fresh, given.keys, journal);
  first.open();
  second.open();
  const Ask founding{
      .command = "FoundAgency",
      .data =
          R"({"agency":"kota-uji","name":"Kota Uji","utc_offset_minutes":420,"simulated":true})",
      .role = "operator"};
  ASSERT_TRUE(first.writer->submit(given.build(founding)));
  ASSERT_TRUE(second.writer->submit(given.build(founding)));
  ASSERT_TRUE(first.writer->drain_all());
  const auto late = second.writer->drain_all();
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().rule, "agency.founded");
  EXPECT_EQ(fresh->head().sequence, Sequence{1});
}

// --- Events named by the command they came from.

TEST(Referred, IsInFlightInTheHistoryOrRefusedByTheCommandsName) {
  Rig given;
  given.submit(given.registration(10));
  const auto grant = [&](const char* until) {
    return given.build({.command = "GrantDelegation",
                        .data = R"({"from_person":"P1","to_person":"P10","from":"2022-01-03",)"
                                R"("until":")" +
                                std::string(until) + R"(","decree":)" +
                                TestLedger::decree(1, "Walikota", "2022-01-03") + "}"});
  };
  const auto revoke = [&](const CommandId& named) {
    return given.build({.command = "RevokeDelegation",
                        .data = R"({"from_person":"P1","to_person":"P10","delegation":")" +
                                to_string(named) + R"(","last_day":"2022-01-04"})"});
  };
  const Command first = grant("2022-01-31");
  const Command second = grant("2022-02-28");
  given.submit(first);
  given.submit(second);
  const Command in_flight = revoke(second.id);
  given.submit(in_flight);
  for (const Answer& answer : given.answers())
    ASSERT_FALSE(answer.rejection) << answer.rejection->describe();
  given.node.open();  // what it knows now is out of the history
  const Command nobodys = revoke(Rig::id_of(999));
  given.submit(revoke(first.id));
  given.submit(nobodys);
  const std::vector<Answer> answers = given.answers();
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_FALSE(answers[0].rejection) << answers[0].rejection->describe();
  ASSERT_TRUE(answers[1].rejection);
  EXPECT_EQ(answers[1].rejection->rule, "reference.unknown");
  EXPECT_EQ(answers[1].rejection->field, "data.delegation");
  EXPECT_EQ(answers[1].rejection->value, to_string(Rig::id_of(999)));
}

// --- Rejections (W10).

TEST(Rejection, NamesTheSequenceOfWhatItRestsOn) {
  Rig given;
  given.submit(given.registration(10));
  given.submit(given.registration(10));
  const std::vector<Answer> answers = given.answers();
  ASSERT_EQ(answers.size(), 2U);
  ASSERT_TRUE(answers[1].rejection);
  EXPECT_EQ(answers[1].rejection->rule, "person.id_taken");
  EXPECT_EQ(answers[1].first, Sequence{}) << "nothing of it is recorded";
  EXPECT_GE(answers[1].known_at, answers[0].first);
  EXPECT_LE(answers[1].known_at, given.events->head().sequence);
}

TEST(Rejection, IsTakenBackWhenWhatItRestedOnNeverLands) {
  Rig given;
  given.submit(given.registration(10));
  ASSERT_EQ(given.answers().size(), 1U);
  const auto number_for = [&](const char* person) {
    return given.build(
        {.command = "AssignIdentifier",
         .data = R"({"person":")" + std::string(person) + R"(","kind":"NIP","from":"2020-01-01"})",
         .text = "197001012000031001"});
  };
  // P10 gets the number, so that P1 would be refused it. But that never lands, and somebody else
  // erases P10 meanwhile, so that it cannot be decided the same way again.
  const Command first = number_for("P10");
  const Command second = number_for("P1");
  given.submit(first);
  given.submit(second);
  ASSERT_NE(given.node.writer->refusal_of_last(), nullptr);
  given.written_elsewhere(given.erasure(10));
  given.node.log.script({lost});
  const std::vector<Answer> answers = given.answers();
  ASSERT_FALSE(given.failure) << given.failure->describe();
  ASSERT_EQ(answers.size(), 2U);
  ASSERT_TRUE(answers[0].rejection);
  EXPECT_EQ(answers[0].rejection->rule, "person.erased");
  EXPECT_FALSE(answers[1].rejection) << answers[1].rejection->describe();
  EXPECT_FALSE(given.history().contains(first.id));
  EXPECT_EQ(given.history().at(second.id), 1U);
}

TEST(Rejection, OfAnActorWithoutTheAuthorityIsRecordedAndAnsweredTheSameAgain) {
  for (const Happens happening : {lands, lost, unreported}) {
    Rig given;
    const Command attempt = given.build({.command = "RegisterPerson",
                                         .data = R"({"person":"P10"})",
                                         .text = "Pegawai 10",
                                         .actor = "P1",
                                         .role = "employee"});
    given.node.log.script({happening});
    given.submit(attempt);
    std::vector<Answer> answers = given.answers();
    ASSERT_EQ(answers.size(), 1U);
    ASSERT_TRUE(answers[0].rejection);
    EXPECT_EQ(answers[0].rejection->code, ErrorCode::unauthorised);
    EXPECT_EQ(answers[0].count, 1U) << "AttemptRefused";
    EXPECT_FALSE(answers[0].repeated);
    EXPECT_EQ(given.history().at(attempt.id), 1U);

    given.node.open();
    given.submit(attempt);
    const std::vector<Answer> again = given.answers();
    ASSERT_EQ(again.size(), 1U);
    ASSERT_TRUE(again[0].rejection);
    EXPECT_TRUE(again[0].repeated);
    EXPECT_EQ(again[0].rejection->rule, answers[0].rejection->rule);
    EXPECT_EQ(again[0].first, answers[0].first);
    EXPECT_EQ(again[0].known_at, answers[0].known_at);
    EXPECT_EQ(given.history().at(attempt.id), 1U);
  }
}

// --- The same command again (W7).

struct Again {
  const char* name;
  Happens first;    // what happens to the first one
  bool in_flight;   // asked again before it is answered, else after a restart
  unsigned person;  // 10: the same input, 11: another
};
void PrintTo(const Again& again, std::ostream* out) {
  *out << again.name;
}

class TheSameId : public ::testing::TestWithParam<Again> {};

TEST_P(TheSameId, GetsTheSameAnswerForTheSameInputAndAConflictForAnother) {
  Rig given;
  given.node.log.script({GetParam().first});
  const Command first = given.registration(10);
  const Command second = given.registration(GetParam().person, given.last_id());
  std::vector<Answer> answers;
  given.submit(first);
  if (!GetParam().in_flight) {
    answers = given.answers();
    given.node.open();
  }
  given.submit(second);
  for (Answer& answer : given.answers()) answers.push_back(std::move(answer));
  ASSERT_FALSE(given.failure);
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_FALSE(answers[0].rejection);
  EXPECT_FALSE(answers[0].repeated);
  if (GetParam().person == 10) {
    EXPECT_FALSE(answers[1].rejection);
    EXPECT_TRUE(answers[1].repeated);
    EXPECT_EQ(answers[1].first, answers[0].first);
    EXPECT_EQ(answers[1].count, answers[0].count);
  } else {
    ASSERT_TRUE(answers[1].rejection);
    EXPECT_EQ(answers[1].rejection->code, ErrorCode::conflict);
    EXPECT_EQ(answers[1].rejection->rule, "command.id_reused");
    EXPECT_EQ(answers[1].rejection->field, "id");
  }
  EXPECT_EQ(given.history().at(first.id), 1U);
}

INSTANTIATE_TEST_SUITE_P(Again, TheSameId,
                         ::testing::Values(Again{"InFlight", lands, true, 10},
                                           Again{"InFlightAndLost", lost, true, 10},
                                           Again{"InFlightAndUnreported", unreported, true, 10},
                                           Again{"InFlightAndLate", landing_late, true, 10},
                                           Again{"FromTheHistory", lands, false, 10},
                                           Again{"FromTheHistoryUnreported", unreported, false, 10},
                                           Again{"OtherInputInFlight", lands, true, 11},
                                           Again{"OtherInputInFlightAndLost", lost, true, 11},
                                           Again{"OtherInputFromTheHistory", lands, false, 11}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(TheSameId, FindsWhatAnotherWriterDidWithIt) {
  Rig given;
  const Command command = given.registration(10);
  given.submit(command);
  given.written_elsewhere(command);  // a client that lost patience asked there
  given.node.log.script({lost});
  const std::vector<Answer> answers = given.answers();
  ASSERT_FALSE(given.failure) << given.failure->describe();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_FALSE(answers[0].rejection);
  EXPECT_EQ(given.history().at(command.id), 1U);
}

// --- Expected versions.

struct Expected {
  const char* name;
  unsigned version;
  bool accepted;
  Happens first;  // what happens to the event that makes version 1 a version 2
};
void PrintTo(const Expected& row, std::ostream* out) {
  *out << row.name;
}

class ExpectedVersion : public ::testing::TestWithParam<Expected> {};

TEST_P(ExpectedVersion, CountsTheEventsOfTheSubjectThoseInFlightIncluded) {
  Rig given;
  given.node.log.script({lands, GetParam().first});
  const auto status = [&](const std::string& more) {
    return given.build({.command = "ChangeStatus",
                        .data = R"({"person":"P10","status":"PNS","from":"2020-01-01"})",
                        .more = more});
  };
  given.submit(given.registration(10));  // version 1 of P10
  given.submit(status(""));              // version 2
  given.submit(status("\"expected_version\":" + std::to_string(GetParam().version)));
  const std::vector<Answer> answers = given.answers();
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(!answers[2].rejection, GetParam().accepted);
  if (answers[2].rejection) {
    EXPECT_EQ(answers[2].rejection->code, ErrorCode::conflict);
    EXPECT_EQ(answers[2].rejection->rule, "subject.expected_version");
    EXPECT_EQ(answers[2].rejection->value, std::to_string(GetParam().version));
    EXPECT_GE(answers[2].known_at, answers[1].first);
  }
}

INSTANTIATE_TEST_SUITE_P(OfASubject, ExpectedVersion,
                         ::testing::Values(Expected{"Right", 2, true, lands},
                                           Expected{"Stale", 1, false, lands},
                                           Expected{"FromTheFuture", 3, false, lands},
                                           Expected{"RightAfterALoss", 2, true, lost},
                                           Expected{"StaleAfterALoss", 1, false, lost},
                                           Expected{"RightUnreported", 2, true, unreported}),
                         [](const auto& row) { return std::string(row.param.name); });

// --- Erasure.

TEST(Erasure, DestroysTheKeyOnlyWhenItsDecisionIsDurable) {
  Rig given;
  given.submit(given.registration(10));
  given.submit(given.erasure(10));
  given.node.log.hold(true);
  ASSERT_TRUE(given.node.writer->drain(Millis{0}));
  EXPECT_FALSE(given.keys.is_destroyed(PersonId{10}));
  given.node.log.hold(false);
  EXPECT_EQ(given.answers().size(), 2U);
  EXPECT_TRUE(given.keys.is_destroyed(PersonId{10}));
}

TEST(Erasure, HandsOverWhatWasSealedBeforeItAndSealsNothingBehindItBeforeItIsAppended) {
  Rig given;
  given.submit(given.registration(10));
  given.submit(given.erasure(10));
  EXPECT_EQ(std::count(given.journal.begin(), given.journal.end(), "append"), 1)
      << "the text before it is on its way";
  given.submit(given.registration(11));
  EXPECT_EQ(std::count(given.journal.begin(), given.journal.end(), "append"), 2)
      << "and so is the erasure itself";
  EXPECT_EQ(given.answers().size(), 3U);
  EXPECT_EQ(given.journal.back(), "destroy P10");
}

TEST(Erasure, HappensOnceWhateverBecomesOfItsCommit) {
  for (const Happens happening : {lost, unreported, landing_late}) {
    Rig given;
    given.node.log.script({lands, happening});
    given.submit(given.registration(10));
    const Command erasure = given.erasure(10);
    given.submit(erasure);
    given.submit(given.registration(11));
    const std::vector<Answer> answers = given.answers();
    ASSERT_FALSE(given.failure);
    ASSERT_EQ(answers.size(), 3U);
    for (const Answer& answer : answers)
      EXPECT_FALSE(answer.rejection) << answer.rejection->describe();
    EXPECT_EQ(given.history().at(erasure.id), 1U);
    EXPECT_TRUE(given.keys.is_destroyed(PersonId{10}));
  }
}

TEST(Erasure, OfWhichTheKeyWasLeftBehindIsFinishedWhenTheLedgerIsOpened) {
  Rig given;
  given.submit(given.registration(10));
  given.submit(given.erasure(10));
  given.node.log.hold(true);
  ASSERT_TRUE(given.node.writer->drain(Millis{0}));  // it dies here: durable, and not destroyed
  ASSERT_FALSE(given.keys.is_destroyed(PersonId{10}));
  given.node.open();
  EXPECT_TRUE(given.keys.is_destroyed(PersonId{10}));
}

}  // namespace
}  // namespace runut::testing
