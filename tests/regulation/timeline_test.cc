#include "regulation/timeline.h"

#include <gtest/gtest.h>

#include <string>

#include "kediri.h"

namespace runut {
namespace {

using testing::kediri_copy;

std::string on(const Timeline& timeline, Date day, Sequence known_at = Timeline::latest) {
  const auto found = timeline.in_force(day, known_at);
  return found ? found->document->header.id + "@" + std::to_string(found->sequence.value) : "none";
}

// 2020 enacted at 2, amended for 2021 at 10, for August 2022 at 20.
Timeline kediri() {
  Timeline timeline;
  EXPECT_TRUE(timeline.enact(kediri_copy("2020.json", "a", date(2020, 1, 1)), Sequence{2}));
  EXPECT_TRUE(timeline.amend("a", kediri_copy("2021.json", "b", date(2021, 1, 1)), Sequence{10}));
  EXPECT_TRUE(
      timeline.amend("b", kediri_copy("2022-08.json", "c", date(2022, 8, 1)), Sequence{20}));
  return timeline;
}

TEST(Timeline, HasAtMostOneDocumentInForceOnAnyDate) {
  const Timeline timeline = kediri();
  EXPECT_EQ(on(timeline, date(2019, 12, 31)), "none");
  EXPECT_EQ(on(timeline, date(2020, 1, 1)), "a@2");
  EXPECT_EQ(on(timeline, date(2020, 12, 31)), "a@2");
  EXPECT_EQ(on(timeline, date(2021, 1, 1)), "b@10");
  EXPECT_EQ(on(timeline, date(2022, 7, 31)), "b@10");
  EXPECT_EQ(on(timeline, date(2022, 8, 1)), "c@20");
  EXPECT_EQ(on(timeline, date(2030, 1, 1)), "c@20");
}

TEST(Timeline, ClosesTheAmendedDocumentTheDayBefore) {
  const Timeline timeline = kediri();
  EXPECT_EQ(timeline.in_force(date(2022, 1, 1))->days,
            (Interval{date(2021, 1, 1), date(2022, 7, 31)}));
  EXPECT_EQ(timeline.in_force(date(2022, 9, 1))->days.until, open_end);
}

TEST(Timeline, AnswersAsKnownAtASequence) {
  const Timeline timeline = kediri();
  EXPECT_EQ(on(timeline, date(2022, 9, 1), Sequence{1}), "none");
  EXPECT_EQ(on(timeline, date(2022, 9, 1), Sequence{2}), "a@2");
  EXPECT_EQ(on(timeline, date(2022, 9, 1), Sequence{19}), "b@10");
  EXPECT_EQ(on(timeline, date(2022, 9, 1), Sequence{20}), "c@20");
  EXPECT_EQ(timeline.in_force(date(2022, 1, 1), Sequence{19})->days.until, open_end);
  EXPECT_EQ(timeline.documents(Sequence{19}).size(), 2u);
  EXPECT_EQ(timeline.find("c", Sequence{19}), nullptr);
}

TEST(Timeline, PaysByTheFirstDayOfTheMonthAndRanksByTheDayOfPublication) {
  const Timeline timeline = kediri();
  EXPECT_EQ(timeline.for_payment(month(2022, 7))->document->header.id, "b");
  EXPECT_EQ(timeline.for_payment(month(2022, 8))->document->header.id, "c");
  EXPECT_EQ(timeline.for_ranking(date(2022, 8, 15))->document->header.id, "c");
}

TEST(Timeline, LeavesAGapAfterARepealThatANewEnactmentEnds) {
  Timeline timeline = kediri();
  ASSERT_TRUE(timeline.repeal("c", date(2023, 1, 1), Sequence{30}));
  EXPECT_EQ(on(timeline, date(2022, 12, 31)), "c@20");
  EXPECT_EQ(on(timeline, date(2023, 1, 1)), "none");
  EXPECT_FALSE(timeline.for_payment(month(2023, 1)));
  EXPECT_EQ(on(timeline, date(2023, 1, 1), Sequence{29}), "c@20");
  ASSERT_TRUE(timeline.enact(kediri_copy("2022-08.json", "d", date(2023, 3, 1)), Sequence{40}));
  EXPECT_EQ(on(timeline, date(2023, 2, 28)), "none");
  EXPECT_EQ(on(timeline, date(2023, 3, 1)), "d@40");
}

TEST(Timeline, LetsADocumentBeReplacedFromItsFirstDay) {
  Timeline timeline = kediri();
  ASSERT_TRUE(
      timeline.amend("c", kediri_copy("2022-08.json", "d", date(2022, 8, 1)), Sequence{30}));
  EXPECT_EQ(on(timeline, date(2022, 8, 1)), "d@30");
  EXPECT_EQ(on(timeline, date(2022, 8, 1), Sequence{29}), "c@20");
  EXPECT_EQ(on(timeline, date(2022, 7, 31)), "b@10");
}

TEST(Timeline, LetsALaterDocumentStandWhenAnEarlierOneIsAmended) {
  Timeline timeline = kediri();
  ASSERT_TRUE(timeline.amend("b", kediri_copy("2021.json", "b2", date(2022, 2, 1)), Sequence{30}));
  EXPECT_EQ(on(timeline, date(2022, 1, 31)), "b@10");
  EXPECT_EQ(on(timeline, date(2022, 7, 31)), "b2@30");
  EXPECT_EQ(on(timeline, date(2022, 8, 1)), "c@20");
}

TEST(Timeline, ChangesWhatPaymentsAreComputedByOnTheFirstOfAMonthOnly) {
  // Only the ranking changes: any day will do.
  auto ranking_only = kediri_copy("2022-08.json", "d", date(2022, 8, 15));
  ranking_only->ranking.minimum_size = 7;
  Timeline timeline = kediri();
  EXPECT_TRUE(timeline.amend("c", ranking_only, Sequence{30}));

  auto paying = kediri_copy("2022-08.json", "e", date(2022, 9, 15));
  paying->tpp.unit_sanction.reset();
  EXPECT_EQ(timeline.amend("d", paying, Sequence{31}).error().rule, "regulation.first_of_month");
  paying->header.effective_from = date(2022, 9, 1);
  EXPECT_TRUE(timeline.amend("d", paying, Sequence{31}));
}

TEST(Timeline, KeepsTheFirstOfAMonthWhenADocumentIsLaidBeforeALaterOne) {
  Timeline timeline = kediri();
  ASSERT_TRUE(
      timeline.amend("c", kediri_copy("2022-08.json", "d", date(2022, 9, 15)), Sequence{30}));
  auto before = kediri_copy("2022-08.json", "c2", date(2022, 9, 1));
  before->tpp.unit_sanction.reset();
  // c2 would pay until 14 September and d from the 15th.
  EXPECT_EQ(timeline.amend("c", before, Sequence{31}).error().rule, "regulation.first_of_month");
}

TEST(Timeline, RejectsWithTheRuleThatSaysNo) {
  const auto document = [](const char* id, Date from) {
    return kediri_copy("2022-08.json", id, from);
  };
  Timeline timeline = kediri();
  const Date september = date(2022, 9, 1);
  EXPECT_EQ(timeline.enact(document("c", date(2030, 1, 1)), Sequence{30}).error().rule,
            "regulation.id_taken");
  EXPECT_EQ(timeline.enact(document("d", september), Sequence{30}).error().rule,
            "regulation.already_in_force");
  EXPECT_EQ(timeline.enact(document("d", date(2019, 1, 1)), Sequence{30}).error().rule,
            "regulation.already_in_force");
  EXPECT_EQ(timeline.amend("b", document("d", september), Sequence{30}).error().rule,
            "regulation.not_in_force");
  EXPECT_EQ(timeline.amend("x", document("d", september), Sequence{30}).error().rule,
            "regulation.not_in_force");
  EXPECT_EQ(timeline.repeal("b", september, Sequence{30}).error().rule, "regulation.not_in_force");
  EXPECT_EQ(timeline.repeal("b", date(2022, 1, 1), Sequence{30}).error().rule,
            "regulation.later_document");
  EXPECT_EQ(timeline.repeal("c", date(2022, 9, 2), Sequence{30}).error().rule,
            "regulation.first_of_month");
  Timeline empty;
  EXPECT_EQ(empty.enact(document("a", date(2022, 8, 2)), Sequence{2}).error().rule,
            "regulation.first_of_month");
  // Nothing of a rejected change remains.
  EXPECT_EQ(timeline.documents().size(), 3u);
  EXPECT_TRUE(empty.empty());
}

}  // namespace
}  // namespace runut
