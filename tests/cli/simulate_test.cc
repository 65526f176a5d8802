// What a simulation leaves on the disk: both files whole, or nothing.
#include <filesystem>

#include "cli/ledger.h"

namespace runut::testing {
namespace {

class SimulateFiles : public LedgerOnDisk {
 protected:
  [[nodiscard]] std::size_t files() const {
    const std::filesystem::directory_iterator all(std::filesystem::path(directory_ / ""));
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }
  [[nodiscard]] Ran simulate(Arguments more) const {
    Arguments arguments{"simulate", "--people", "100", "--from", "2022-08", "--to", "2022-08"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }
};

TEST_F(SimulateFiles, StandUnderTheirNamesWhenTheyAreWhole) {
  const Ran ran = simulate({"--out", directory_ / "commands.ndjson"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(files(), 2U);
  EXPECT_TRUE(read_file(directory_ / "planted.json").ends_with("\n}\n"));
  const std::string commands = read_file(directory_ / "commands.ndjson");
  const Ran again = simulate({"--out", "-", "--planted", directory_ / "again.json"});
  EXPECT_EQ(again.out, commands);
  EXPECT_EQ(read_file(directory_ / "again.json"), read_file(directory_ / "planted.json"));
}

TEST_F(SimulateFiles, AreNotThereWhenTheSimulationIsRefused) {
  const std::string out = directory_ / "commands.ndjson";
  for (const Arguments& refused :
       {Arguments{"simulate", "--people", "99", "--out", out},
        Arguments{"simulate", "--from", "2022-08", "--to", "2022-01", "--out", out},
        Arguments{"simulate", "--year", "1999", "--out", out},
        Arguments{"simulate", "--regulation", "kota-lain", "--out", out}}) {
    const Ran ran = run(refused);
    EXPECT_EQ(ran.exit, 2) << ran.err;
    EXPECT_EQ(files(), 0U) << refused[2];
  }
}

TEST_F(SimulateFiles, OfEarlierAreLeftAloneByOneThatFails) {
  const std::string out = directory_.write("commands.ndjson", "earlier\n");
  directory_.write("planted.json", "earlier too\n");
  EXPECT_EQ(run({"simulate", "--people", "99", "--out", out}).exit, 2);
  EXPECT_EQ(read_file(out), "earlier\n");
  EXPECT_EQ(read_file(directory_ / "planted.json"), "earlier too\n");
  EXPECT_EQ(files(), 2U);
}

TEST_F(SimulateFiles, AreNotThereWhenTheDiskIsFull) {
  const Ran ran = simulate({"--out", "/dev/full", "--planted", directory_ / "planted.json"});
  EXPECT_EQ(ran.exit, 4) << ran.err;
  EXPECT_EQ(files(), 0U);
}

TEST_F(SimulateFiles, OfAYearAreThoseOfItsMonths) {
  const Ran year = run({"simulate", "--people", "100", "--year", "2020", "--out", "-"});
  ASSERT_EQ(year.exit, 0) << year.err;
  EXPECT_TRUE(has(year.err, "2020-01 to 2020-12")) << year.err;
  EXPECT_EQ(run({"simulate", "--year", "2020", "--from", "2020-02", "--out", "-"}).exit, 2);
}

}  // namespace
}  // namespace runut::testing
