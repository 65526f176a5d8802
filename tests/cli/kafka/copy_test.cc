// `runut copy` to Kafka and back, through the binary and a real broker.
#include "cli/kafka/topic.h"

namespace runut::testing {
namespace {

constexpr Millis patience{60'000};
constexpr unsigned people_to_copy =
    12'000;  // three commands each: a copy takes long enough to be killed

class CopyThroughKafka : public ::testing::Test {
 protected:
  void given_ledger(unsigned size = 50) {
    const std::string file = directory_.write("commands.ndjson", CommandFile().town(size).text());
    const Ran ran = run({"import", "--data", directory_ / "data", file});
    ASSERT_EQ(ran.exit, 0) << ran.err;
    head_ = cell(ran, "head");
  }
  [[nodiscard]] Ran copy_there() const {
    return run({"copy", "--from", directory_ / "data", "--to", topic_.url()});
  }
  [[nodiscard]] Ran copy_back(const std::string& to) const {
    return run({"copy", "--from", topic_.url(), "--to", directory_ / to, "--agency", "kota-uji"});
  }
  TemporaryDirectory directory_;
  Topic topic_;
  std::string head_;
};

TEST_F(CopyThroughKafka, ThereAndBackIsByteForByteTheSame) {
  given_ledger();
  const Ran there = copy_there();
  ASSERT_EQ(there.exit, 0) << there.err;
  EXPECT_EQ(cell(there, "copied"), head_);
  const Ran back = copy_back("back");
  ASSERT_EQ(back.exit, 0) << back.err;
  EXPECT_EQ(cell(back, "copied"), head_);
  EXPECT_EQ(cell(back, "leaf_hash"), cell(there, "leaf_hash"));
  const std::string original = log_of(directory_ / "data");
  EXPECT_EQ(lines_of(original).size(), std::stoul(head_));
  EXPECT_EQ(log_of(directory_ / "back"), original);
}

TEST_F(CopyThroughKafka, TheSecondTimeThereIsNothingToCopy) {
  given_ledger();
  ASSERT_EQ(copy_there().exit, 0);
  const Ran again = copy_there();
  EXPECT_EQ(again.exit, 0) << again.err;
  EXPECT_EQ(cell(again, "copied"), "0");
  ASSERT_EQ(copy_back("back").exit, 0);
  EXPECT_EQ(cell(copy_back("back"), "copied"), "0");
}

TEST_F(CopyThroughKafka, ToATopicItGoesOnWhereItWasKilled) {
  given_ledger(people_to_copy);
  const auto follower = topic_.follow(directory_ / "follower");
  ASSERT_NE(follower, nullptr);
  Running there({"copy", "--from", directory_ / "data", "--to", topic_.url()}, false,
                directory_ / "err");
  ASSERT_TRUE(follower->wait_for(Sequence{1}, patience)) << read_file(directory_ / "err");
  there.kill();
  EXPECT_EQ(there.wait(), 128 + 9) << "it was through before it could be killed";
  // A directory that holds what is there so far goes on from there as well.
  const Ran part = copy_back("part");
  ASSERT_EQ(part.exit, 0) << part.err;
  ASSERT_LT(std::stoull(cell(part, "head")), std::stoull(head_));
  const Ran rest = copy_there();
  ASSERT_EQ(rest.exit, 0) << rest.err;
  EXPECT_GT(std::stoull(cell(rest, "from")), 1U) << "it went on";
  EXPECT_GT(std::stoull(cell(rest, "copied")), 0U) << "and something was missing";
  EXPECT_EQ(cell(rest, "head"), head_);
  const Ran rest_of_part = copy_back("part");
  ASSERT_EQ(rest_of_part.exit, 0) << rest_of_part.err;
  EXPECT_EQ(std::stoull(cell(rest_of_part, "from")), std::stoull(cell(part, "head")) + 1);
  EXPECT_EQ(log_of(directory_ / "part"), log_of(directory_ / "data"));
  ASSERT_EQ(copy_back("back").exit, 0);
  EXPECT_EQ(log_of(directory_ / "back"), log_of(directory_ / "data"));
}

TEST_F(CopyThroughKafka, ATargetWithAnotherHistoryIsRefusedAndLeftAlone) {
  given_ledger();
  ASSERT_EQ(copy_there().exit, 0);
  ASSERT_EQ(copy_back("before").exit, 0);
  const std::string file = directory_.write("other.ndjson", CommandFile().town(60).text());
  ASSERT_EQ(run({"import", "--data", directory_ / "other", file}).exit, 0);
  const Ran onto_topic = run({"copy", "--from", directory_ / "other", "--to", topic_.url()});
  EXPECT_EQ(onto_topic.exit, 3) << onto_topic.err;
  EXPECT_NE(onto_topic.err.find("the target has another history"), std::string::npos)
      << onto_topic.err;
  const Ran onto_directory = copy_back("other");
  EXPECT_EQ(onto_directory.exit, 3) << onto_directory.err;
  ASSERT_EQ(copy_back("after").exit, 0);
  EXPECT_EQ(log_of(directory_ / "after"), log_of(directory_ / "before"));
}

TEST_F(CopyThroughKafka, AMissingTopicIsSaid) {
  const Ran back = copy_back("back");
  EXPECT_EQ(back.exit, 2) << back.err;
  EXPECT_NE(back.err.find("no such topic"), std::string::npos) << back.err;
}

}  // namespace
}  // namespace runut::testing
