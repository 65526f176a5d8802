#include "query/remembered_history.h"

#include <gtest/gtest.h>

#include "tests/computation/office.h"
#include "tests/query/listed_history.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing::ListedHistory;
using testing::Office;

std::vector<Sequence> sequences(const History& history, const Subject& subject,
                                std::optional<Month> month, Sequence after, Sequence until) {
  std::vector<Sequence> out;
  const Status read = history.each_after(subject, month, after, until,
                                         [&](const Event& event, const Hash256&) -> Status {
                                           out.push_back(event.sequence);
                                           return {};
                                         });
  EXPECT_TRUE(read);
  return out;
}

TEST(RememberedHistory, AnswersAsTheHistoryAndReadsEachMonthOnce) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  office.works(17, testing::august_first, testing::august_last);
  const std::vector<Event>& events = office.ledger.events();
  const Sequence head = events.back().sequence;
  const ListedHistory history(events);
  const RememberedHistory once(history, head);

  const Subject person = subject_of(PersonId{17});
  std::size_t found = 0;
  for (std::uint64_t until = 0; until <= head.value; ++until)
    for (const std::optional<Month> month :
         {std::optional<Month>{}, std::optional(testing::august)}) {
      const Sequence after{until / 2};
      const auto expected = sequences(history, person, month, after, Sequence{until});
      history.reads = 0;
      EXPECT_EQ(sequences(once, person, month, after, Sequence{until}), expected);
      EXPECT_EQ(history.reads, until == 0 ? 1U : 0U);
      found += expected.size();
    }
  EXPECT_GT(found, 100U);
}

TEST(RememberedHistory, EndsWhereTheVisitorDoes) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  office.works(17, testing::august_first, testing::august_last);
  const ListedHistory history(office.ledger.events());
  const Sequence head = office.ledger.events().back().sequence;
  const RememberedHistory once(history, head);
  unsigned visited = 0;
  const Status ended = once.each(
      subject_of(PersonId{17}), testing::august, head, [&](const Event&, const Hash256&) -> Status {
        return ++visited < 3 ? Status{} : fail(ErrorCode::internal, "enough");
      });
  EXPECT_FALSE(ended);
  EXPECT_EQ(visited, 3U);
}

// Of years of them a question wants the latest few.
TEST(RememberedHistory, ReadsOfLateDailyEventsNoMoreThanIsAskedFor) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  const Date first = testing::august_first;
  for (int day = 0; day < 5; ++day) office.ledger.person(17).reported(first + day, 300);
  office.end(testing::august);
  for (int day = 0; day < 5; ++day) office.ledger.person(17).approved(first + day);
  const ListedHistory history(office.ledger.events());
  const Sequence head = office.ledger.events().back().sequence;
  const RememberedHistory once(history, head);
  const Subject person = subject_of(PersonId{17});
  EXPECT_EQ(sequences(once, person, late_daily_events, Sequence{head.value - 2}, head).size(), 2U);
  EXPECT_EQ(history.visited, 2U);
}

}  // namespace
}  // namespace runut
