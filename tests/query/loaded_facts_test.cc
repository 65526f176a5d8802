// Facts that are loaded on demand keep what is asked for again, and let go of the rest.
#include "ledger/loaded_facts.h"

#include <gtest/gtest.h>

#include "tests/computation/office.h"
#include "tests/query/listed_history.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing::ListedHistory;
using testing::Office;

class LoadedMonths : public ::testing::Test {
 protected:
  static constexpr int months = 10;

  LoadedMonths() {
    office_.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
    for (int at = 0; at < months; ++at)
      office_.works(17, first_day(month(2022, 1) + at), last_day(month(2022, 1) + at));
    auto agency = load_agency(history_, head_());
    facts_ = std::make_unique<LoadedFacts>(history_, std::move(*agency), head_());
    for (int at = 0; at < months; ++at) read(at);
  }
  [[nodiscard]] Sequence head_() const { return office_.ledger.events().back().sequence; }
  // Whether the history was asked.
  bool read(int at) {
    const unsigned before = history_.reads;
    EXPECT_FALSE(facts_->month(PersonId{17}, month(2022, 1) + at).reports.empty());
    return history_.reads > before;
  }

  Office office_;
  ListedHistory history_{office_.ledger.events()};
  std::unique_ptr<LoadedFacts> facts_;
};

TEST_F(LoadedMonths, AreReadOnce) {
  for (int at = 0; at < months; ++at) EXPECT_FALSE(read(at)) << at;
}

TEST_F(LoadedMonths, ThatNobodyAskedForLatelyAreForgotten) {
  facts_->trim(head_(), 6);  // and some room, so that it is not done each time
  for (int at = months - 4; at < months; ++at) EXPECT_FALSE(read(at)) << at;
  for (int at = 0; at < months - 4; ++at) EXPECT_TRUE(read(at)) << at;
}

TEST_F(LoadedMonths, AreAllKeptWhereThereIsRoom) {
  facts_->trim(head_(), months);
  for (int at = 0; at < months; ++at) EXPECT_FALSE(read(at)) << at;
}

TEST_F(LoadedMonths, ThatTheHistoryDoesNotShowYetAreKept) {
  facts_->trim(Sequence{}, 1);
  for (int at = 0; at < months; ++at) EXPECT_FALSE(read(at)) << at;
}

TEST_F(LoadedMonths, AreForgottenOnceTheHistoryShowsThem) {
  facts_->trim(Sequence{}, 6);
  facts_->trim(head_(), 6);
  for (int at = months - 4; at < months; ++at) EXPECT_FALSE(read(at)) << at;
  for (int at = 0; at < months - 4; ++at) EXPECT_TRUE(read(at)) << at;
}

}  // namespace
}  // namespace runut
