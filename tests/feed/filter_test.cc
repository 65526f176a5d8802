#include "feed/filter.h"

#include <gtest/gtest.h>

#include "tests/support/event_builder.h"

namespace runut::feed {
namespace {

using testing::EventBuilder;

Filter read(const FilterText& text) {
  std::vector<Error> violations;
  const Filter filter = read_filter(text, violations);
  for (const Error& violation : violations) ADD_FAILURE() << violation.describe();
  return filter;
}

std::vector<std::uint64_t> passing(const EventBuilder& ledger, const FilterText& text) {
  const Filter filter = read(text);
  std::vector<std::uint64_t> out;
  for (const Event& event : ledger.events())
    if (matches(filter, keys_of(event))) out.push_back(event.sequence.value);
  return out;
}

using Sequences = std::vector<std::uint64_t>;

struct Filtering : ::testing::Test {
  EventBuilder ledger;
  Sequence unit_1 = ledger.unit(1).created({.paying = true});
  Sequence unit_2 = ledger.unit(2).created({.parent = 1});
  Sequence unit_3 = ledger.unit(3).created({.parent = 2});
  Sequence person = ledger.person(17).registered();
  Sequence post = ledger.person(17).assigned(1, {.unit = 3, .from = date(2022, 1, 3)});
  Sequence report = ledger.person(17).reported(date(2022, 1, 4), 60);
};

TEST_F(Filtering, WithoutListsEverythingPasses) {
  EXPECT_EQ(passing(ledger, {}).size(), ledger.events().size());
}

TEST_F(Filtering, ByTypeWithAndWithoutItsPrefix) {
  const Sequences units{unit_1.value, unit_2.value, unit_3.value};
  EXPECT_EQ(passing(ledger, {.types = {"UnitCreated"}}), units);
  EXPECT_EQ(passing(ledger, {.types = {"id.runut.UnitCreated"}}), units);
}

TEST_F(Filtering, ByPersonWhatThePersonIsTheSubjectOf) {
  EXPECT_EQ(passing(ledger, {.persons = {"P17"}}),
            (Sequences{person.value, post.value, report.value}));
  EXPECT_TRUE(passing(ledger, {.persons = {"P3"}}).empty());  // a unit's number is no person's
}

TEST_F(Filtering, ByUnitWhatNamesItAndNothingBelow) {
  EXPECT_EQ(passing(ledger, {.units = {"U3"}}), (Sequences{unit_3.value, post.value}));
  // Unit 2 is named by its own creation and, as the parent, by that of unit 3.
  EXPECT_EQ(passing(ledger, {.units = {"U2"}}), (Sequences{unit_2.value, unit_3.value}));
}

TEST_F(Filtering, ListsNarrowEachOther) {
  EXPECT_EQ(passing(ledger, {.types = {"AssignmentStarted", "UnitCreated"}, .units = {"U3"}}),
            (Sequences{unit_3.value, post.value}));
  EXPECT_EQ(passing(ledger, {.units = {"U3"}, .persons = {"P17"}}), (Sequences{post.value}));
}

TEST(FilterText, NamesEveryViolationAtOnce) {
  std::vector<Error> violations;
  (void)read_filter({{"DailyReportAproved"}, {"U1", "3"}, {"17", ""}}, violations);
  std::vector<std::string> found;
  for (const Error& violation : violations) found.push_back(violation.rule + " " + violation.value);
  EXPECT_EQ(found, (std::vector<std::string>{"filter.type DailyReportAproved", "filter.unit 3",
                                             "filter.person 17", "filter.person "}));
}

TEST(FilterText, ComesBackAsItWent) {
  const Filter filter = read({{"UnitCreated", "AgencyFounded"}, {"U3", "U1", "U3"}, {"P2"}});
  const FilterText text = to_text(filter);
  EXPECT_EQ(text.types, (std::vector<std::string>{"AgencyFounded", "UnitCreated"}));
  EXPECT_EQ(text.units, (std::vector<std::string>{"U1", "U3"}));
  EXPECT_EQ(read(text), filter);
}

TEST(FilterText, HasABound) {
  std::vector<Error> violations;
  (void)read_filter({std::vector<std::string>(filter_entries_max + 1, "UnitCreated"), {}, {}},
                    violations);
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations.front().rule, "filter.size");
}

}  // namespace
}  // namespace runut::feed
