#include "log/reader_rule.h"

#include <gtest/gtest.h>

#include "test_encoding.h"

namespace runut::testing_log {
namespace {

// A reader and the commits that its tests offer it, event by event.
class ReaderRuleTest : public ::testing::Test {
 protected:
  Judgement judge(const StoredEvent& event) {
    return rule.judge(*read_header(event.bytes), event.leaf, event.bytes.size());
  }
  Judgement judge(const Commit& commit) {
    Judgement last = Judgement::void_record;
    for (const StoredEvent& event : commit.events) last = judge(event);
    return last;
  }
  static Commit on(Head head, std::uint64_t command, std::size_t size) {
    return chain(head, command_id(command), std::vector<std::string>(size, "x"));
  }
  ReaderRule rule;
};

TEST_F(ReaderRuleTest, FirstOnItsPlaceCountsAndEveryLaterOneIsVoid) {
  const Commit first = on({}, 1, 1);
  const Commit second = on({}, 2, 1);
  EXPECT_EQ(judge(first), Judgement::counted);
  EXPECT_EQ(judge(second), Judgement::void_record);
  EXPECT_EQ(judge(first), Judgement::void_record) << "a copy is another record";
  EXPECT_EQ(rule.head(), (Head{Sequence{1}, first.events[0].leaf}));
}

TEST_F(ReaderRuleTest, TheHeadMovesWithTheLastIndexOnly) {
  const Commit commit = on({}, 1, 3);
  EXPECT_EQ(judge(commit.events[0]), Judgement::pending);
  EXPECT_EQ(judge(commit.events[1]), Judgement::pending);
  EXPECT_EQ(rule.head(), Head{});
  EXPECT_EQ(judge(commit.events[2]), Judgement::counted);
  EXPECT_EQ(rule.head().sequence, Sequence{3});
}

TEST_F(ReaderRuleTest, ANewFirstIndexDiscardsAnUnfinishedCommit) {
  const Commit lost = on({}, 1, 2);
  const Commit other = on({}, 2, 2);
  EXPECT_EQ(judge(lost.events[0]), Judgement::pending);
  EXPECT_EQ(judge(other.events[0]), Judgement::pending);
  EXPECT_EQ(judge(lost.events[1]), Judgement::void_record);
  EXPECT_EQ(judge(other.events[1]), Judgement::counted);
}

TEST_F(ReaderRuleTest, AHoleInsideACommitMakesItsRestVoid) {
  const Commit commit = on({}, 1, 3);
  EXPECT_EQ(judge(commit.events[0]), Judgement::pending);
  EXPECT_EQ(judge(commit.events[2]), Judgement::void_record);
  EXPECT_EQ(judge(commit.events[1]), Judgement::pending) << "what continues it may still come";
  EXPECT_EQ(judge(commit.events[2]), Judgement::counted);
}

TEST_F(ReaderRuleTest, TheRightSequenceOnAnotherHistoryIsVoid) {
  ASSERT_EQ(judge(on({}, 1, 1)), Judgement::counted);
  const Head elsewhere{Sequence{1}, sha256("another history")};
  EXPECT_EQ(judge(on(elsewhere, 2, 1)), Judgement::void_record);
}

TEST_F(ReaderRuleTest, MalformedRecordsAreVoid) {
  Commit commit = on({}, 1, 1);
  RecordHeader header = *read_header(commit.events[0].bytes);
  const Hash256 leaf = commit.events[0].leaf;
  header.commit_index = 1;
  EXPECT_EQ(rule.judge(header, leaf, 100), Judgement::void_record) << "an index past the count";
  header.commit_index = 0;
  header.commit_count = 0;
  EXPECT_EQ(rule.judge(header, leaf, 100), Judgement::void_record) << "an empty commit";
  header.commit_count = 2;
  header.takeover = true;
  EXPECT_EQ(rule.judge(header, leaf, 100), Judgement::void_record) << "a takeover is alone";
  header.takeover = false;
  header.commit_count = 1;
  EXPECT_EQ(rule.judge(header, leaf, event_bytes_max + 1), Judgement::void_record) << "too large";
  EXPECT_EQ(rule.judge(header, leaf, event_bytes_max), Judgement::counted);
}

TEST_F(ReaderRuleTest, ACommitThatGrowsTooLargeNeverCounts) {
  const std::size_t count = commit_bytes_max / event_bytes_max + 2;
  const Commit commit = on({}, 1, count);
  std::size_t judged = 0;
  for (const StoredEvent& event : commit.events) {
    if (rule.judge(*read_header(event.bytes), event.leaf, event_bytes_max) ==
        Judgement::void_record)
      break;
    ++judged;
  }
  EXPECT_EQ(judged, commit_bytes_max / event_bytes_max);
  EXPECT_EQ(rule.head(), Head{});
}

TEST_F(ReaderRuleTest, TheSavedStateGoesOnInTheMiddleOfACommit) {
  ASSERT_EQ(judge(on({}, 1, 1)), Judgement::counted);
  const Commit commit = on(rule.head(), 2, 3);
  for (const StoredEvent& event : commit.events) {
    const auto loaded = ReaderRule::load(rule.save());
    ASSERT_TRUE(loaded.has_value());
    EXPECT_EQ(loaded->head(), rule.head());
    EXPECT_EQ(loaded->pending(), rule.pending());
    rule = *loaded;
    EXPECT_NE(judge(event), Judgement::void_record);
  }
  EXPECT_EQ(rule.head().sequence, Sequence{4});
  EXPECT_FALSE(ReaderRule::load("").has_value());
  EXPECT_FALSE(ReaderRule::load(rule.save() + "x").has_value());
}

}  // namespace
}  // namespace runut::testing_log
