// Corrections of one month as an explanation tells them: each against what was settled before it.
#include <gtest/gtest.h>

#include <algorithm>

#include "query/explain.h"
#include "query/explain_page.h"
#include "tests/computation/office.h"
#include "tests/query/listed_history.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing::ListedHistory;
using testing::Office;
using testing::regular_run;

// Two reports of July are approved too late: one in August, one in September. The regular runs of
// these months settle them, one after the other.
class TwoCorrections : public ::testing::Test {
 protected:
  TwoCorrections() {
    office_.ledger.person(18).hired({.unit = 2});
    for (Date day = date(2022, 7, 1); day <= date(2022, 7, 31); day = day + 1) {
      if (!Office::is_working_day(day)) continue;
      office_.attends(18, day);
      if (day == date(2022, 7, 4) || day == date(2022, 7, 5)) {
        office_.ledger.not_before(day, "16:30");
        office_.ledger.person(18).reported(day, 300);
      } else {
        office_.reports(18, day);
      }
    }
    office_.end(month(2022, 7));
    office_.pay(regular_run(2, month(2022, 7)));
    first_ = office_.ledger.person(18).approved(date(2022, 7, 4));
    finish(month(2022, 8));
    second_ = office_.ledger.person(18).approved(date(2022, 7, 5));
    finish(month(2022, 9));
  }

  void finish(Month month) {
    office_.works(18, first_day(month), first_day(month + 1) - 1);
    office_.end(month);
    office_.pay(regular_run(2, month));
  }

  [[nodiscard]] Explanation explained() const {
    const ListedHistory history(office_.ledger.events());
    const auto explainer = Explainer::open(history, {office_.ledger.head(), Hash256{}});
    EXPECT_TRUE(explainer.has_value()) << explainer.error().describe();
    auto out = explainer->explain(PersonId{18}, month(2022, 7));
    EXPECT_TRUE(out.has_value()) << out.error().describe();
    return *out;
  }

  Office office_;
  Sequence first_;
  Sequence second_;
};

TEST_F(TwoCorrections, OfOneMonthAreEachComparedWithWhatWasSettledBefore) {
  const Explanation explanation = explained();
  ASSERT_EQ(explanation.corrections.size(), 2U);
  const CorrectionBranch& first = explanation.corrections[0];
  const CorrectionBranch& second = explanation.corrections[1];
  EXPECT_EQ(first.settled, explanation.payment.net);
  EXPECT_EQ(second.settled, first.recomputed);
  EXPECT_EQ(explanation.paid_in_all, second.recomputed);
  for (const CorrectionBranch& branch : explanation.corrections) {
    EXPECT_GT(branch.amount.value, 0);
    ASSERT_FALSE(branch.lines.empty());
    std::int64_t sum = 0;
    for (const auto& line : branch.lines) sum += line.recomputed.value - line.paid.value;
    EXPECT_EQ(sum, branch.amount.value) << "the table is of this correction";
  }
  EXPECT_EQ(second.lines.front().paid, first.lines.front().recomputed);
  EXPECT_EQ(first.causes, std::vector{first_});
  EXPECT_EQ(second.causes, std::vector{second_}) << "what the first paid is no cause of the second";
}

// The writer files a correction under the last day of its month, here posted in September.
TEST_F(TwoCorrections, SayTheDayTheyWereRecordedBesideTheMonthTheyAreOf) {
  Explanation explanation = explained();
  for (EventRef& event : explanation.events)
    if (event.type == EventType::TppCorrectionPosted) event.occurred_on = date(2022, 7, 31);
  const std::string en = to_text(explanation_page(explanation, Language::english));
  EXPECT_NE(en.find("concerns 31 July 2022, recorded 5 September 2022"), std::string::npos) << en;
  EXPECT_NE(en.find("concerns 31 July 2022, recorded 5 October 2022"), std::string::npos) << en;
  const std::string id = to_text(explanation_page(explanation, Language::indonesian));
  EXPECT_NE(id.find("tentang 31 Juli 2022, dicatat 5 September 2022"), std::string::npos) << id;
}

}  // namespace
}  // namespace runut
