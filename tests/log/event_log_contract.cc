// One contract, three engines: memory and RocksDB run in log_test, Kafka in log_kafka_test.
#include <algorithm>
#include <set>
#include <span>
#include <thread>

#include "engine_under_test.h"
#include "test_encoding.h"

namespace runut::testing_log {
namespace {

std::vector<Settled> settle_all(EventLog& log) {
  std::vector<Settled> all;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (log.in_flight() > 0 && std::chrono::steady_clock::now() < deadline) {
    std::vector<Settled> some = log.settle(Millis{1000});
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

std::vector<std::string> texts_of(const EventLog& log) {
  std::vector<std::string> texts;
  const Result<EventBatch> batch = log.read(Sequence{1});
  EXPECT_TRUE(batch.has_value()) << batch.error().describe();
  if (!batch) return texts;
  for (const EventView& event : batch->events) {
    EXPECT_EQ(leaf_hash(event.bytes), event.leaf);
    texts.emplace_back(event.bytes.substr(header_size));
  }
  return texts;
}

Head taken_over(EventLog& log) {
  const auto taken = log.take_over(takeover_on, patience);
  EXPECT_TRUE(taken.has_value()) << taken.error().describe();
  return taken ? taken->head : Head{};
}

std::size_t times_in_history(const EventLog& log, CommandId command) {
  std::size_t count = 0;
  const Result<EventBatch> batch = log.read(Sequence{1});
  EXPECT_TRUE(batch.has_value());
  for (const EventView& event : batch->events) {
    const auto header = read_header(event.bytes);
    if (header->command == command && header->commit_index == 0) ++count;
  }
  return count;
}

TEST_P(EventLogContract, AnEmptyLogHasNoHeadAndNoEvents) {
  EXPECT_EQ(log->head(), Head{});
  EXPECT_TRUE(log->read(Sequence{1})->empty());
  EXPECT_EQ(log->read(Sequence{0}).error().code, ErrorCode::invalid_input);
}

TEST_P(EventLogContract, NothingIsAcceptedBeforeATakeover) {
  Head head;
  EXPECT_EQ(log->append(chain(head, command_id(1), {"a"})).error().code, ErrorCode::conflict);
  EXPECT_EQ(log->writable().error().code, ErrorCode::conflict);
  EXPECT_EQ(log->in_flight(), 0u);
}

TEST_P(EventLogContract, TheTakeoverIsAnEventThatTheEngineHasReadBack) {
  const Head head = taken_over(*log);
  EXPECT_EQ(head.sequence, Sequence{1});
  EXPECT_EQ(log->head(), head);
  EXPECT_EQ(texts_of(*log), std::vector<std::string>{"takeover"});
  EXPECT_TRUE(log->writable().has_value());
}

TEST_P(EventLogContract, CommitsInFlightSettleInAppendOrder) {
  Head head = taken_over(*log);
  std::vector<Head> expected;
  for (std::uint64_t i = 0; i < 200; ++i) {
    const std::vector<std::string> texts(1 + i % 3, "event " + std::to_string(i));
    ASSERT_TRUE(log->append(chain(head, command_id(i), texts)).has_value());
    expected.push_back(head);
  }
  const std::vector<Settled> settled = settle_all(*log);
  ASSERT_EQ(settled.size(), expected.size());
  for (std::size_t i = 0; i < settled.size(); ++i) {
    EXPECT_EQ(settled[i].command, command_id(i));
    EXPECT_EQ(settled[i].outcome, Outcome(Appended{expected[i]}));
  }
  EXPECT_EQ(log->head(), head);
  EXPECT_TRUE(log->settle(Millis{0}).empty());
}

TEST_P(EventLogContract, ReadsStartAnywhereAndKeepTheirLimits) {
  Head head = taken_over(*log);
  for (std::uint64_t i = 0; i < 50; ++i)
    ASSERT_TRUE(log->append(chain(head, command_id(i), {"x", "y"})).has_value());
  settle_all(*log);
  for (std::uint64_t from = 1; from <= 102; ++from) {
    const auto batch = log->read(Sequence{from}, {.events = 7, .bytes = 1 << 20});
    ASSERT_TRUE(batch.has_value());
    ASSERT_EQ(batch->size(), std::min<std::size_t>(7, 102 - from));
    for (std::size_t i = 0; i < batch->size(); ++i)
      ASSERT_EQ(batch->events[i].sequence, Sequence{from + i});
  }
  EXPECT_EQ(log->read(Sequence{5}, {.events = 100, .bytes = 1})->size(), 1u)
      << "at least one event, however small the limit";
}

TEST_P(EventLogContract, ABatchKeepsItsEventsAliveWhenItIsMoved) {
  Head head = taken_over(*log);
  ASSERT_TRUE(log->append(chain(head, command_id(1), {"kept"})).has_value());
  settle_all(*log);
  EventBatch batch = *log->read(Sequence{2});
  const EventBatch moved = std::move(batch);
  EXPECT_EQ(moved.events.at(0).bytes.substr(header_size), "kept");
}

TEST_P(EventLogContract, AnotherOpeningFindsTheSameHistory) {
  Head head = taken_over(*log);
  const std::vector<std::string> texts(40, std::string(10'000, 'z'));
  ASSERT_TRUE(log->append(chain(head, command_id(1), texts)).has_value());
  settle_all(*log);
  log.reset();
  log = engine->open();
  ASSERT_TRUE(log->wait_for(head.sequence, patience).has_value());
  EXPECT_EQ(log->head(), head);
  EXPECT_EQ(texts_of(*log).size(), 41u);
  EXPECT_EQ(taken_over(*log).sequence, next(head.sequence));
}

TEST_P(EventLogContract, ALargeCommitIsWholeAndReadInParts) {
  Head head = taken_over(*log);
  const std::vector<std::string> texts(300, std::string(60'000, 'q'));
  ASSERT_TRUE(log->append(chain(head, command_id(7), texts)).has_value());
  const std::vector<Settled> settled = settle_all(*log);
  ASSERT_EQ(settled.size(), 1u);
  EXPECT_EQ(settled[0].outcome, Outcome(Appended{head}));
  std::uint64_t from = 2;
  while (from <= head.sequence.value) {
    const auto batch = log->read(Sequence{from}, {.events = 1000, .bytes = 1 << 20});
    ASSERT_TRUE(batch.has_value());
    ASSERT_FALSE(batch->empty());
    EXPECT_LE(batch->size(), 18u);
    from += batch->size();
  }
}

TEST_P(EventLogContract, RefusesWhatIsTooLargeOrEmpty) {
  Head head = taken_over(*log);
  const Head before = head;
  EXPECT_EQ(log->append(chain(head, command_id(1), {})).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(log->append(chain(head, command_id(1), {std::string(65'536, 'x')})).error().code,
            ErrorCode::invalid_input);
  const std::vector<std::string> many(1100, std::string(65'000, 'x'));
  head = before;
  EXPECT_EQ(log->append(chain(head, command_id(1), many)).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(log->in_flight(), 0u);
  head = before;
  ASSERT_TRUE(log->append(chain(head, command_id(1), {"fits"})).has_value());
  EXPECT_EQ(settle_all(*log).at(0).outcome, Outcome(Appended{head}));
}

TEST_P(EventLogContract, ACommitThatIsNotChainedOnTheHeadIsAConflict) {
  const Head head = taken_over(*log);
  Head stale;
  ASSERT_TRUE(log->append(chain(stale, command_id(1), {"elsewhere"})).has_value());
  const std::vector<Settled> settled = settle_all(*log);
  ASSERT_EQ(settled.size(), 1u);
  EXPECT_EQ(settled[0].outcome, Outcome(Conflict{head}));
  Head on_head = head;
  EXPECT_FALSE(log->append(chain(on_head, command_id(2), {"refused"})).has_value())
      << "after a conflict nothing is accepted before the next takeover";
  on_head = taken_over(*log);
  ASSERT_TRUE(log->append(chain(on_head, command_id(2), {"accepted"})).has_value());
  EXPECT_EQ(settle_all(*log).at(0).outcome, Outcome(Appended{on_head}));
  EXPECT_EQ(times_in_history(*log, command_id(1)), 0u);
}

TEST_P(EventLogContract, AnUnknownOutcomeIsSettledByTheNextTakeover) {
  Head head = taken_over(*log);
  ASSERT_TRUE(log->append(chain(head, command_id(1), {"known"})).has_value());
  ASSERT_EQ(settle_all(*log).at(0).outcome, Outcome(Appended{head}));

  engine->make_next_append_unknown(*log);
  ASSERT_TRUE(log->append(chain(head, command_id(2), {"in doubt"})).has_value());
  const std::vector<Settled> settled = settle_all(*log);
  ASSERT_EQ(settled.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<Unknown>(settled[0].outcome));
  EXPECT_FALSE(log->append(chain(head, command_id(3), {"refused"})).has_value());

  log = engine->recover(std::move(log));
  const auto taken = log->take_over(takeover_on, patience);
  ASSERT_TRUE(taken.has_value()) << taken.error().describe();
  for (const Verdict& verdict : taken->verdicts) {
    EXPECT_EQ(verdict.command, command_id(2));
    EXPECT_EQ(times_in_history(*log, command_id(2)), verdict.fate == Fate::done ? 1u : 0u);
  }
  EXPECT_LE(times_in_history(*log, command_id(2)), 1u);
  EXPECT_EQ(times_in_history(*log, command_id(1)), 1u) << "what was acknowledged stays";
  head = taken->head;
  ASSERT_TRUE(log->append(chain(head, command_id(4), {"on it goes"})).has_value());
  EXPECT_EQ(settle_all(*log).at(0).outcome, Outcome(Appended{head}));
}

TEST_P(EventLogContract, ARivalsTakeoverEndsThisWriter) {
  Head head = taken_over(*log);
  const std::unique_ptr<EventLog> rival = engine->rival();
  if (!rival) return;  // this engine admits one process and so one writer: rocksdb_event_log_test
  ASSERT_TRUE(log->append(chain(head, command_id(1), {"mine"})).has_value());
  ASSERT_EQ(settle_all(*log).at(0).outcome, Outcome(Appended{head}));
  ASSERT_TRUE(rival->wait_for(head.sequence, patience).has_value());
  Head rivals = taken_over(*rival);
  EXPECT_EQ(rivals.sequence, next(head.sequence));

  // The old writer may or may not know yet: its commit is refused at once or ends as a conflict.
  if (log->append(chain(head, command_id(2), {"too late"}))) {
    for (const Settled& settled : settle_all(*log))
      EXPECT_FALSE(std::holds_alternative<Appended>(settled.outcome));
  }
  ASSERT_TRUE(rival->append(chain(rivals, command_id(3), {"the rival's"})).has_value());
  EXPECT_EQ(settle_all(*rival).at(0).outcome, Outcome(Appended{rivals}));
  ASSERT_TRUE(log->wait_for(rivals.sequence, patience).has_value());
  EXPECT_EQ(texts_of(*log), texts_of(*rival));
  EXPECT_EQ(times_in_history(*log, command_id(2)), 0u);
  EXPECT_FALSE(log->writable().has_value());
}

TEST_P(EventLogContract, FullIsBackpressureNotLoss) {
  Head head = taken_over(*log);
  std::size_t accepted = 0;
  for (std::uint64_t i = 0; i < 10'050; ++i) {
    const Head before = head;
    Commit commit = chain(head, command_id(i), {"n"});
    if (log->append(std::move(commit))) {
      ++accepted;
      continue;
    }
    head = before;
    ASSERT_FALSE(commit.events.empty()) << "a refused commit is left as it was";
    ASSERT_FALSE(settle_all(*log).empty());
    head = log->head();
  }
  settle_all(*log);
  EXPECT_GE(accepted, 10'000u);
  EXPECT_EQ(log->head().sequence.value, accepted + 1);
}

TEST_P(EventLogContract, SeveralHandedOverAtOnceAreTakenUpToTheFirstThatIsNot) {
  Head head = taken_over(*log);
  std::vector<Commit> commits;
  for (std::uint64_t i = 0; i < 40; ++i) commits.push_back(chain(head, command_id(i), {"n"}));
  const Head last = head;
  commits.push_back(chain(head, command_id(40), {}));
  EXPECT_EQ(log->append_all(commits).value(), 40U);
  const std::vector<Settled> settled = settle_all(*log);
  ASSERT_EQ(settled.size(), 40U);
  for (std::uint64_t i = 0; i < 40; ++i) EXPECT_EQ(settled[i].command, command_id(i));
  EXPECT_EQ(log->head(), last);
  EXPECT_EQ(log->append_all(std::span(commits).subspan(40)).error().code, ErrorCode::invalid_input);
}

TEST_P(EventLogContract, ReadersOnOtherThreadsSeeWholeCommitsOnly) {
  Head head = taken_over(*log);
  constexpr std::uint64_t last = 1 + 100 * 3;
  bool torn = false;
  std::thread reader([&] {
    std::uint64_t seen = 1;
    while (seen < last) {
      const auto now = log->wait_for(Sequence{seen + 1}, patience);
      if (!now) break;
      if ((now->sequence.value - 1) % 3 != 0) torn = true;
      seen = now->sequence.value;
    }
  });
  for (std::uint64_t i = 0; i < 100; ++i)
    ASSERT_TRUE(log->append(chain(head, command_id(i), {"a", "b", "c"})).has_value());
  settle_all(*log);
  reader.join();
  EXPECT_FALSE(torn);
  EXPECT_EQ(log->head().sequence.value, last);
}

}  // namespace
}  // namespace runut::testing_log
