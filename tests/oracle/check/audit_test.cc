// disagreements() names person, month, field and both values of whatever a record has wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "tests/oracle/play/city.h"
#include "tests/support/dates.h"

namespace runut::oracle {
namespace {

using runut::testing::s1;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Ten ranked people of U2, the last of them corrected upwards; P31 paid for August with a late
// report settled in September.
std::vector<Event> honest_ledger() {
  City city;
  auto& ledger = city.ledger;
  ledger.person(100).registered();
  for (std::uint64_t i = 0; i < 10; ++i) {
    ledger.person(31 + i).hired({.unit = 2, .appraiser = 100});
    ledger.person(31 + i).evaluated(s1, 100, 8'000 - 100 * static_cast<std::int64_t>(i), 8'000);
  }
  ledger.clock(date(2022, 8, 1), "16:00");
  ledger.person(31).reported(date(2022, 8, 1), 300);
  city.attends(31, date(2022, 8, 1));
  ledger.clock(date(2022, 8, 10));
  city.record.freeze(s1);
  city.record.publish(s1);
  city.record.correct(PersonId{40}, s1, 7'300, 8'000);
  city.end(month(2022, 8));
  city.record.pay(regular(2, month(2022, 8)));
  ledger.person(31).approved(date(2022, 8, 1));
  city.end(month(2022, 9));
  city.record.pay(regular(2, month(2022, 9)));
  return ledger.events();
}

std::vector<std::string> findings(const std::vector<Event>& events) {
  Oracle oracle;
  for (const Event& event : events) oracle.apply(event);
  return oracle.disagreements();
}

template <class P>
P& first(std::vector<Event>& events, PersonId person) {
  for (Event& event : events)
    if (auto* payload = std::get_if<P>(&event.payload); payload && payload->person == person)
      return *payload;
  RUNUT_CHECK(false, "nothing to falsify");
}

struct Forgery {
  std::string name;
  std::function<void(std::vector<Event>&)> forge;
  std::vector<std::string> told;  // all in one finding
};

const PersonId p31{31}, p40{40};

const std::vector<Forgery>& forgeries() {
  using Events = std::vector<Event>;
  static const std::vector<Forgery> all = {
      {"rank",
       [](Events& e) { first<RankingMemberPlaced>(e, p31).rank = 2; },
       {"P31 2022-S1", "rank", "recorded 2", "expected 1"}},
      {"tier",
       [](Events& e) { first<RankingMemberPlaced>(e, p31).tier = Tier::meets; },
       {"P31 2022-S1", "tier", "recorded meets", "expected above"}},
      {"score",
       [](Events& e) { first<RankingMemberPlaced>(e, p31).score = Score{7'999}; },
       {"P31 2022-S1", "score", "recorded 7999", "expected 8000"}},
      {"delta",
       [](Events& e) { first<TppAdjustmentDecided>(e, p31).delta = BasisPoints{50}; },
       {"P31 2022-S1", "delta", "recorded 50", "expected 500"}},
      {"months",
       [](Events& e) { first<TppAdjustmentDecided>(e, p31).months.pop_back(); },
       {"P31 2022-S1", "adjusted months", "2022-11", "2022-12"}},
      {"group",
       [](Events& e) { first<RankingGroupMember>(e, p40).group = "U1"; },
       {"P40 2022-S1", "group", "recorded in U1", "expected in U2"}},
      {"approved",
       [](Events& e) { first<TppPaymentComputed>(e, p31).approved = Minutes{300}; },
       {"P31 2022-08", "approved", "recorded 300", "expected 0"}},
      {"line",
       [](Events& e) { first<TppPaymentComputed>(e, p31).lines[0].amount.value += 1; },
       {"P31 2022-08", "recorded, not expected: earned beban_kerja"}},
      {"conservation",
       [](Events& e) { first<TppPaymentComputed>(e, p31).lines[0].amount.value += 1; },
       {"P31 2022-08", "the lines do not sum to net"}},
      {"left_out",
       [](Events& e) { first<TppPaymentComputed>(e, p31).left_out = LeftOutReason::paid_already; },
       {"P31 2022-08", "recorded left out: paid_already", "expected payee"}},
      {"correction",
       [](Events& e) { first<TppCorrectionPosted>(e, p31).amount.value -= 1; },
       {"P31 2022-08", "correction: recorded", "expected"}},
      {"correction_forgotten",
       [](Events& e) {
         for (Event& event : e)
           if (std::holds_alternative<TppCorrectionPosted>(event.payload))
             event.payload = AttemptRefused{};
       },
       {"P31 2022-08", "is due and was not posted"}},
      {"adjustment_forgotten",
       [](Events& e) {
         for (Event& event : e)
           if (const auto* a = std::get_if<TppAdjustmentDecided>(&event.payload);
               a && a->person == p40 && a->delta.value == 0)
             event.payload = AttemptRefused{};
       },
       {"P40 2022-S1", "adjustment of 0 bp was not decided"}},
      {"payment_forgotten",
       [](Events& e) {
         for (Event& event : e)
           if (const auto* p = std::get_if<TppPaymentComputed>(&event.payload);
               p && p->person == p40)
             event.payload = AttemptRefused{};
       },
       {"P40 2022-08", "is missing in U2/2022-08/regular/1"}},
  };
  return all;
}

TEST(OracleAudit, AgreesWithAnHonestLedger) {
  EXPECT_THAT(findings(honest_ledger()), IsEmpty());
}

TEST(OracleAudit, NamesPersonMonthFieldAndBothValuesOfAForgery) {
  const std::vector<Event> honest = honest_ledger();
  for (const Forgery& forgery : forgeries()) {
    std::vector<Event> events = honest;
    forgery.forge(events);
    ::testing::Matcher<std::string> told = HasSubstr("");
    for (const std::string& part : forgery.told)
      told = ::testing::Matcher<std::string>(AllOf(told, HasSubstr(part)));
    EXPECT_THAT(findings(events), Contains(told)) << forgery.name;
  }
}

}  // namespace
}  // namespace runut::oracle
