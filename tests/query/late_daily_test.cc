// A person's late daily events, as facts are loaded from an index: piece by piece, and carried on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/loaded_facts.h"
#include "tests/computation/office.h"
#include "tests/query/listed_history.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing::FoldedFacts;
using testing::ListedHistory;
using testing::Office;

constexpr PersonId approved_one{17};

// Six reports of August, approved in September.
Office approved_late() {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  for (int day = 0; day < 6; ++day)
    office.ledger.person(17).reported(testing::august_first + day, 300);
  office.end(testing::august);
  for (int day = 0; day < 6; ++day) office.ledger.person(17).approved(testing::august_first + day);
  return office;
}

class LateDaily : public ::testing::Test {
 protected:
  Office office = approved_late();
  const std::vector<Event>& events = office.ledger.events();
  Sequence head = events.back().sequence;
  ListedHistory history{events};

  [[nodiscard]] LoadedFacts known_at(Sequence known) const {
    auto agency = load_agency(history, known);
    EXPECT_TRUE(agency.has_value());
    history.visited = 0;
    return {history, std::move(*agency), known};
  }
  [[nodiscard]] std::vector<LateMark> expected(Sequence after, Sequence known) const {
    return FoldedFacts(events, known).late_daily(approved_one, after);
  }
};

TEST_F(LateDaily, AreTheSameInWhateverPiecesTheyAreRead) {
  ASSERT_EQ(expected({}, head).size(), 6U);
  for (std::uint64_t first = head.value - 8; first <= head.value; ++first)
    for (std::uint64_t second = head.value - 8; second <= head.value; ++second) {
      const LoadedFacts facts = known_at(head);
      EXPECT_EQ(facts.late_daily(approved_one, Sequence{first}), expected(Sequence{first}, head));
      EXPECT_EQ(facts.late_daily(approved_one, Sequence{second}), expected(Sequence{second}, head));
      EXPECT_LE(history.visited, 6U) << "each is read once";
    }
}

TEST_F(LateDaily, OfBeforeAreNotRead) {
  const LoadedFacts facts = known_at(head);
  EXPECT_EQ(facts.late_daily(approved_one, Sequence{head.value - 2}).size(), 2U);
  EXPECT_EQ(history.visited, 2U);
}

TEST_F(LateDaily, ThatComeAfterwardsAreKnownWhetherOneAskedBeforeOrNot) {
  const Sequence known{head.value - 3};
  for (const bool asks_before : {false, true})
    for (const bool unread_too : {false, true}) {
      LoadedFacts facts = known_at(known);
      if (asks_before) {
        EXPECT_EQ(facts.late_daily(approved_one, {}), expected({}, known));
      }
      for (const Event& event : events)
        if (event.sequence > known) {
          ASSERT_TRUE(unread_too ? facts.apply(event) : facts.follow(event));
        }
      EXPECT_EQ(facts.late_daily(approved_one, Sequence{head.value - 1}),
                expected(Sequence{head.value - 1}, head));
      EXPECT_EQ(facts.late_daily(approved_one, {}), expected({}, head));
    }
}

// Approvals are counted by when they were decided; the report itself is not.
TEST_F(LateDaily, SayWhenTheyWereDecided) {
  office.ledger.person(17).reported(testing::august_first + 10, 300);
  const std::vector<LateMark> marks = expected({}, events.back().sequence);
  ASSERT_EQ(marks.size(), 7U);
  EXPECT_TRUE(marks.front().decided_at);
  EXPECT_FALSE(marks.back().decided_at);
  EXPECT_EQ(marks.back().months, (MonthRange{testing::august, testing::august}));
}

}  // namespace
}  // namespace runut
