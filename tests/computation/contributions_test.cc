#include "computation/contributions.h"

#include <gtest/gtest.h>

#include "tests/computation/random_office.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing::august;
using testing::Office;
using testing::RandomOffice;
using testing::regular_run;

TEST(Contributions, SwitchOneCauseAfterTheOtherFromNeutralToActual) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  // Monday: 1 minute late and 100 of 300 minutes. Tuesday: an unpaid day of leave. Wednesday:
  // absent.
  office.ledger.person(17).attended(date(2022, 8, 1), "07:31", "16:00");
  office.reports(17, date(2022, 8, 1), 100);
  office.ledger.person(17).on_leave(LeaveKind::unpaid, date(2022, 8, 2), date(2022, 8, 2));
  office.reports(17, date(2022, 8, 3));
  office.works(17, date(2022, 8, 4), date(2022, 8, 31));
  office.end(august);
  const auto facts = office.facts();
  NullRecorder none;
  const auto computed = compute_payment(facts, regular_run(2, august), PersonId{17}, none);
  ASSERT_TRUE(computed) << computed.error().describe();
  const auto steps = compute_contributions(facts, *computed);
  ASSERT_TRUE(steps);
  ASSERT_EQ(steps->size(), 6u);
  // 7 200 000 of ceilings; 21 of 22 days: 3 818 182 + 2 386 364 + 668 182 = 6 872 728.
  EXPECT_EQ((*steps)[0].amount, Rupiah{7'200'000});
  EXPECT_EQ((*steps)[1].amount, Rupiah{6'872'728 - 7'200'000});
  // 6 100 of 6 300 minutes = 9 683; factor with discipline at 10 000: 5 809.8 + 4 000 -> 9 810.
  //   3 818 182 x 0.981 = 3 745 636.5 -> 3 745 637; 2 386 364 x 0.981 = 2 341 023.08 -> 2 341 023
  //   gross 3 745 637 + 2 341 023 + 668 182 = 6 754 842
  EXPECT_EQ((*steps)[2].amount, Rupiah{6'754'842 - 6'872'728});
  ASSERT_EQ((*steps)[2].by_day.size(), 1u);
  EXPECT_EQ((*steps)[2].by_day[0].day, date(2022, 8, 1));
  EXPECT_EQ((*steps)[2].by_day[0].size, 200);
  // discipline 10 000 - 50 - 300 = 9 650; factor 5 809.8 + 3 860 = 9 669.8 -> 9 670.
  //   3 818 182 x 0.967 = 3 692 181.99 -> 3 692 182; 2 386 364 x 0.967 = 2 307 613.99 -> 2 307 614
  //   gross 6 667 978, so discipline costs 86 864: 50 : 300 -> 12 409.14 and 74 454.86
  EXPECT_EQ((*steps)[3].amount, Rupiah{-86'864});
  ASSERT_EQ((*steps)[3].by_day.size(), 2u);
  EXPECT_EQ((*steps)[3].by_day[0].amount, Rupiah{-12'409});
  EXPECT_EQ((*steps)[3].by_day[1].amount, Rupiah{-74'455});
  EXPECT_EQ(computed->payment.gross, Rupiah{6'667'978});
}

TEST(Contributions, SumToTheNetOfEveryRandomPayment) {
  RandomOffice random(3);
  random.live_until(month(2022, 4));
  const std::vector<Event>& events = random.office.ledger.events();
  int seen = 0;
  for (const Event& event : events) {
    const auto* header = std::get_if<TppRunComputed>(&event.payload);
    if (header == nullptr) continue;
    const testing::FoldedFacts facts(events, header->computed_at);
    for (std::uint64_t person = 11; person < 23; ++person) {
      NullRecorder none;
      const auto computed = compute_payment(facts, header->run, PersonId{person}, none);
      ASSERT_TRUE(computed);
      const auto steps = compute_contributions(facts, *computed);
      ASSERT_TRUE(steps);
      std::int64_t sum = 0;
      for (const Contribution& step : *steps) {
        sum += step.amount.value;
        std::int64_t days = 0;
        for (const DayShare& share : step.by_day) days += share.amount.value;
        if (!step.by_day.empty()) {
          EXPECT_EQ(days, step.amount.value);
        }
      }
      EXPECT_EQ(sum, computed->payment.net.value) << to_string(header->run) << " P" << person;
      ++seen;
    }
  }
  EXPECT_GT(seen, 80);
}

}  // namespace
}  // namespace runut
