// A ledger on the disk, made and asked through the real binary.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "run_binary/commands.h"
#include "run_binary/run_binary.h"

namespace runut::testing {

class LedgerOnDisk : public ::testing::Test {
 protected:
  [[nodiscard]] std::string data() const { return directory_ / "data"; }
  [[nodiscard]] std::string keys() const { return directory_ / "data.keys"; }

  // `runut COMMAND --data DATA …`
  Ran ask(Arguments arguments, const RunOptions& options = {}) const {
    const bool two_words = arguments[0] == "checkpoint" || arguments[0] == "person" ||
                           arguments[0] == "regulation" || arguments[0] == "report" ||
                           arguments[0] == "snapshot";
    arguments.insert(arguments.begin() + (two_words ? 2 : 1), {"--data", data()});
    return run(arguments, options);
  }
  Ran import(const std::string& text, Arguments more = {}) const {
    Arguments arguments{"import", directory_.write("commands.ndjson", text)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return ask(arguments);
  }
  // Everything that the log holds, as it is shown.
  [[nodiscard]] std::string log() const { return ask({"log", "--json"}).out; }

  // Of one size it is imported once a process; each test has a copy of its own.
  void given_town(unsigned people = 3) {
    struct Made {
      TemporaryDirectory directory;
      Ran imported;
    };
    static std::map<unsigned, Made> towns;
    const std::string file = directory_.write("commands.ndjson", town_.town(people).text());
    const auto [town, is_new] = towns.try_emplace(people);
    Made& made = town->second;
    if (is_new) made.imported = run({"import", "--data", made.directory / "data", file});
    ASSERT_EQ(made.imported.exit, 0) << made.imported.err;
    std::filesystem::copy(made.directory.path(), directory_.path(),
                          std::filesystem::copy_options::recursive);
  }

  // A simulated city of 100 people after its January; its commands, of which some are refused.
  [[nodiscard]] std::string given_city() {
    const std::string file = directory_ / "city.ndjson";
    const Ran made = run({"simulate", "--people", "100", "--from", "2022-01", "--to", "2022-01",
                          "--seed", "3", "--out", file});
    EXPECT_EQ(made.exit, 0) << made.err;
    EXPECT_EQ(ask({"import", "--errors", directory_ / "refused.tsv", file}).exit, 3);
    return read_file(file);
  }

  TemporaryDirectory directory_;
  CommandFile town_;
};

}  // namespace runut::testing
