// What a payment reads of the past: the months that something has happened to since they were
// settled, however many others there are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "computation/correction.h"
#include "tests/computation/office.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::FoldedFacts;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Office;
using testing::regular_run;
using testing::shown;

// Facts that tell which months were asked for.
class MonthsRead final : public Facts {
 public:
  explicit MonthsRead(FoldedFacts facts) : facts_(std::move(facts)) {}
  [[nodiscard]] Sequence known_at() const override { return facts_.known_at(); }
  [[nodiscard]] const AgencyFacts& agency() const override { return facts_.agency(); }
  [[nodiscard]] const PersonFacts& person(PersonId person) const override {
    return facts_.person(person);
  }
  [[nodiscard]] const MonthFacts& month(PersonId person, Month month) const override {
    read_.insert(month);
    return facts_.month(person, month);
  }
  [[nodiscard]] std::vector<LateMark> late_daily(PersonId person, Sequence after) const override {
    return facts_.late_daily(person, after);
  }
  [[nodiscard]] const std::set<Month>& read() const { return read_; }

 private:
  FoldedFacts facts_;
  mutable std::set<Month> read_;
};

std::set<Month> read_for(const Office& office, const RunId& run) {
  const MonthsRead facts(office.facts());
  NullRecorder none;
  EXPECT_TRUE(compute_payment(facts, run, PersonId{17}, none).has_value());
  return facts.read();
}

// Reports of each month's last day wait for approval; `paid` are, all but the last.
Office office_with_months(Month first, Month last) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  for (Month at = first; at <= last; at = at + 1) {
    office.works(17, first_day(at), last_day(at) - 1);
    office.attends(17, last_day(at));
    office.ledger.person(17).reported(last_day(at), 300);
    office.end(at);
    if (at != last) office.pay(regular_run(2, at));
  }
  return office;
}

TEST(Settling, ReadsNoMonthThatNothingHappenedTo) {
  const Month march = month(2022, 3);
  const Month may = month(2022, 5);
  const Month june = month(2022, 6);
  Office office = office_with_months(month(2022, 1), june);
  EXPECT_THAT(read_for(office, regular_run(2, june)), ElementsAre(may, june)) << "paid for May";

  office.ledger.person(17).approved(last_day(march));  // in July
  // May's payment would have settled it, had it come before.
  EXPECT_THAT(read_for(office, regular_run(2, june)), ElementsAre(march, may, june));
}

class SettledMarch : public ::testing::Test {
 protected:
  const Month march = month(2022, 3);
  const Month june = month(2022, 6);
  const Month july = month(2022, 7);
  Office office = office_with_months(month(2022, 1), june);

  SettledMarch() {
    office.ledger.person(17).approved(last_day(march));
    office.pay(regular_run(2, june));  // and what March lacked
    office.works(17, first_day(july), last_day(july));
    office.end(july);
  }
};

TEST_F(SettledMarch, IsNotReadAgain) {
  EXPECT_THAT(read_for(office, regular_run(2, july)), ElementsAre(june, july));
}

TEST_F(SettledMarch, IsReadAgainOnceSomethingMoreHappensToIt) {
  office.ledger.person(17).approved(last_day(march) - 1);  // once more: it says so, and no more
  EXPECT_THAT(read_for(office, regular_run(2, july)), ElementsAre(march, june, july));
}

TEST_F(SettledMarch, IsReadAgainOnceSomethingHappensToItForEverybody) {
  office.ledger.add(HolidaySet{date(2022, 3, 30), HolidayKind::national, "Libur"});
  EXPECT_THAT(read_for(office, regular_run(2, july)), Contains(march));
}

TEST_F(SettledMarch, IsReadAgainOnceAPaymentIsReopened) {
  office.ledger.add(TppRunReopened{regular_run(2, june), {}});
  const auto read = read_for(office, regular_run(2, july));
  EXPECT_THAT(read, Contains(march)) << "June's run has posted nothing any more";
  const auto payment = office.payment(17, regular_run(2, july));
  EXPECT_THAT(shown(payment.lines), Contains(HasSubstr("positive_correction")));
}

// July's payment found March settled, by what June's had posted.
TEST_F(SettledMarch, IsReadAgainOnceThePaymentThatSettledItIsReopenedBehindALaterOne) {
  office.pay(regular_run(2, july));
  office.works(17, first_day(july + 1), last_day(july + 1));
  office.end(july + 1);
  EXPECT_THAT(months_to_settle(office.facts(), PersonId{17}, july + 1), Not(Contains(march)));
  office.ledger.add(TppRunReopened{regular_run(2, june), {}});
  EXPECT_THAT(months_to_settle(office.facts(), PersonId{17}, july + 1), Contains(march));
}

// Another unit was paid for June before this one for May: May's payment settled March, not June.
TEST(Settling, IsNotDoneByThePaymentOfAnEarlierMonth) {
  Office office;
  const Month march = month(2022, 3);
  const Month may = month(2022, 5);
  const Month june = month(2022, 6);
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  office.ledger.person(18).hired({.unit = 4, .job_class = 7, .grade = "III/c"});
  for (Month at = march; at <= june; at = at + 1) {
    office.works(17, first_day(at), last_day(at) - 1);
    office.attends(17, last_day(at));
    office.ledger.person(17).reported(last_day(at), 300);
    office.works(18, first_day(at), last_day(at));
    office.end(at);
    if (at < may) office.pay(regular_run(2, at));
  }
  office.pay(regular_run(4, june));
  office.ledger.person(17).approved(last_day(march));
  office.ledger.person(17).approved(last_day(june));
  office.pay(regular_run(2, may));
  EXPECT_THAT(months_to_settle(office.facts(), PersonId{17}, june + 1), ElementsAre(june));
}

TEST_F(SettledMarch, IsReadAgainOnceARunOfItsIsLockedAnew) {
  office.ledger.person(18).hired({.unit = 4, .job_class = 7, .grade = "III/c"});
  office.pay(regular_run(4, march));
  EXPECT_THAT(read_for(office, regular_run(2, july)), Contains(march));
}

}  // namespace
}  // namespace runut
