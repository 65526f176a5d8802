// What a payment reads of the past: the months that something has happened to since they were paid,
// however many others there are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "computation/correction.h"
#include "tests/computation/office.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using ::testing::ElementsAre;
using testing::FoldedFacts;
using testing::Office;
using testing::regular_run;

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

TEST(Settling, ReadsNoMonthThatNothingHappenedTo) {
  Office office;
  office.ledger.person(17).hired({.unit = 3, .job_class = 7, .grade = "III/c"});
  const Month march = month(2022, 3);
  const Month june = month(2022, 6);
  for (Month at = month(2022, 1); at <= june; at = at + 1) {
    office.works(17, first_day(at), last_day(at) - 1);
    office.attends(17, last_day(at));
    office.ledger.person(17).reported(last_day(at), 300);
    office.end(at);
    if (at != june) office.pay(regular_run(2, at));
  }
  EXPECT_THAT(read_for(office, regular_run(2, june)), ElementsAre(june));

  office.ledger.person(17).approved(last_day(march));  // in July
  EXPECT_THAT(read_for(office, regular_run(2, june)), ElementsAre(march, june));
}

}  // namespace
}  // namespace runut
