// A simulated city on the disk, imported through the real binary; small, and every month up to the
// corrections of August.
#pragma once

#include <filesystem>

#include "cli/ledger.h"

namespace runut::testing {

// Made once a process; each test has a copy of its own.
class CityOnDisk : public LedgerOnDisk {
 protected:
  void SetUp() override {
    static const Made made;
    ASSERT_EQ(made.simulated.exit, 0) << made.simulated.err;
    ASSERT_EQ(made.imported.exit, 3) << made.imported.err;  // what was planted to be refused
    std::filesystem::copy(made.directory.path(), directory_.path(),
                          std::filesystem::copy_options::recursive);
    imported_ = made.imported;
  }

  Ran imported_;

 private:
  struct Made {
    TemporaryDirectory directory;
    Ran simulated = run({"simulate", "--people", "100", "--from", "2022-01", "--to", "2022-08",
                         "--seed", "3", "--out", directory / "commands.ndjson"});
    Ran imported = run({"import", "--data", directory / "data", "--errors",
                        directory / "refused.tsv", directory / "commands.ndjson"});
  };
};

}  // namespace runut::testing
