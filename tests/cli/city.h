// A simulated city on the disk, imported through the real binary; small, and every month up to the
// corrections of August.
#pragma once

#include "cli/ledger.h"

namespace runut::testing {

class CityOnDisk : public LedgerOnDisk {
 protected:
  void SetUp() override {
    const std::string file = directory_ / "commands.ndjson";
    const Ran simulated = run({"simulate", "--people", "100", "--from", "2022-01", "--to",
                               "2022-08", "--seed", "3", "--out", file});
    ASSERT_EQ(simulated.exit, 0) << simulated.err;
    imported_ = ask({"import", "--errors", directory_ / "refused.tsv", file});
    ASSERT_EQ(imported_.exit, 3) << imported_.err;  // what was planted to be refused
  }

  Ran imported_;
};

}  // namespace runut::testing
