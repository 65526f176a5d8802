// Time limits of objections: 14 days each in the document of these tests; the last day is in time.
#include "query/objection_terms.h"

#include <gtest/gtest.h>

#include "tests/computation/folded_facts.h"
#include "tests/support/dates.h"
#include "tests/support/event_builder.h"

namespace runut {
namespace {

using testing::s1;

const PersonId person{17};

class ObjectionTermsTest : public ::testing::Test {
 protected:
  ObjectionTermsTest() {
    testing::EventBuilder ledger;
    ledger.enact(testing::RegulationText());
    facts_ = testing::FoldedFacts(ledger.events());
  }
  // The rule that the event is late by; empty when it is in time.
  std::string when(Date day, Payload payload) {
    Event event;
    event.sequence = Sequence{100 + ++count_};
    event.recorded_at = start_of(day, facts_.agency().utc_offset_minutes());
    event.payload = std::move(payload);
    const auto late = terms_.add(event, facts_.agency());
    detail_ = late ? late->detail : "";
    return late ? late->rule : "";
  }
  static Payload placed() {
    RankingMemberPlaced placed;
    placed.person = person;
    placed.period = s1;
    return placed;
  }
  static Payload decided() {
    ObjectionDecided decided;
    decided.person = person;
    decided.period = s1;
    return decided;
  }

  testing::FoldedFacts facts_;
  ObjectionTerms terms_;
  std::uint64_t count_ = 0;
  std::string detail_;
};

TEST_F(ObjectionTermsTest, FilingCountsFromTheDelivery) {
  EXPECT_EQ(when(date(2022, 7, 4), EvaluationDelivered{person, s1}), "");
  EXPECT_EQ(when(date(2022, 7, 18), ObjectionFiled{person, s1}), "");
}

TEST_F(ObjectionTermsTest, ADayLaterIsLate) {
  EXPECT_EQ(when(date(2022, 7, 4), EvaluationDelivered{person, s1}), "");
  EXPECT_EQ(when(date(2022, 7, 19), ObjectionFiled{person, s1}), "objection.filed_late");
  EXPECT_EQ(detail_, "15 days after 2022-07-04; 14 are allowed");
}

TEST_F(ObjectionTermsTest, AndFromThePublicationWhenThatCameLater) {
  EXPECT_EQ(when(date(2022, 7, 4), EvaluationDelivered{person, s1}), "");
  EXPECT_EQ(when(date(2022, 8, 1), placed()), "");
  EXPECT_EQ(when(date(2022, 8, 15), ObjectionFiled{person, s1}), "");
}

TEST_F(ObjectionTermsTest, TheExplanationCountsFromItsRequestAndTheDecisionFromTheFiling) {
  EXPECT_EQ(when(date(2022, 8, 1), placed()), "");
  EXPECT_EQ(when(date(2022, 8, 2), ObjectionFiled{person, s1}), "");
  EXPECT_EQ(when(date(2022, 8, 5), ExplanationRequested{person, s1}), "");
  EXPECT_EQ(when(date(2022, 8, 20), ExplanationGiven{person, s1}), "objection.explained_late");
  EXPECT_EQ(when(date(2022, 8, 17), decided()), "objection.decided_late");
  EXPECT_EQ(detail_, "15 days after 2022-08-02; 14 are allowed");
}

TEST_F(ObjectionTermsTest, PeopleAndPeriodsCountApart) {
  EXPECT_EQ(when(date(2022, 7, 4), EvaluationDelivered{person, s1}), "");
  EXPECT_EQ(when(date(2022, 8, 15), ObjectionFiled{PersonId{18}, s1}), "");
  EXPECT_EQ(when(date(2022, 8, 15), ObjectionFiled{person, s1.following()}), "");
}

}  // namespace
}  // namespace runut
