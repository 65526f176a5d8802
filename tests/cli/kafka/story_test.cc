// The same city on either engine: what people are told does not depend on where the events lie.
#include "cli/kafka/topic.h"

namespace runut::testing {
namespace {

class SameStory : public ::testing::Test {
 protected:
  void given_city() {
    const Ran simulated = run({"simulate", "--people", "100", "--from", "2022-01", "--to",
                               "2022-08", "--seed", "3", "--out", directory_ / "commands.ndjson"});
    ASSERT_EQ(simulated.exit, 0) << simulated.err;
  }
  // A few planted commands are refused, the same ones everywhere.
  void imported(const std::string& data, Arguments more) {
    Arguments arguments{"import",
                        "--data",
                        directory_ / data,
                        "--errors",
                        directory_ / (data + ".refused.tsv"),
                        directory_ / "commands.ndjson"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = run(arguments);
    ASSERT_EQ(ran.exit, 3) << ran.err;
  }
  [[nodiscard]] std::string asked(const std::string& data, const std::string& command,
                                  const Arguments& more) const {
    Arguments arguments{command, "--data", directory_ / data};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_GT(lines_of(ran.out).size(), 20U) << command << " says something";
    return ran.out;
  }

  TemporaryDirectory directory_;
  Topic topic_;
};

TEST_F(SameStory, IsToldFromKafkaAndFromADirectory) {
  given_city();
  imported("embedded", {});
  imported("node", {"--log", topic_.url()});

  const Arguments rankings{"--period", "2022-S1", "--csv"};
  const Arguments payments{"--month", "2022-08", "--csv"};
  EXPECT_EQ(asked("node", "rankings", rankings), asked("embedded", "rankings", rankings));
  EXPECT_EQ(asked("node", "payments", payments), asked("embedded", "payments", payments));
  EXPECT_EQ(read_file(directory_ / "node.refused.tsv"),
            read_file(directory_ / "embedded.refused.tsv"));

  // Copied to a directory, the events are those of the topic, byte for byte.
  const Ran copied =
      run({"copy", "--from", topic_.url(), "--to", directory_ / "copy", "--agency", "kota-kediri"});
  ASSERT_EQ(copied.exit, 0) << copied.err;
  EXPECT_EQ(log_of(directory_ / "copy"), log_of(directory_ / "node"));
  std::filesystem::copy(directory_ / "node.keys", directory_ / "copy.keys",
                        std::filesystem::copy_options::recursive);
  const Ran verified = run({"verify", "--data", directory_ / "copy"});
  EXPECT_EQ(verified.exit, 0) << verified.out << verified.err;
  EXPECT_EQ(asked("copy", "rankings", rankings), asked("embedded", "rankings", rankings));
  EXPECT_EQ(asked("copy", "payments", payments), asked("embedded", "payments", payments));
}

}  // namespace
}  // namespace runut::testing
