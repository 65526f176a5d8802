// Declared imports, and what of them waits.
#include "projections/imports.h"

#include <gtest/gtest.h>

#include "tests/projections/map_rows.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing_projections::Events;
using testing_projections::fold_all;
using testing_projections::Given;
using testing_projections::siti;

TEST(Imports, WaitUntilTheyAreAccepted) {
  Events given;
  const Date day = date(2022, 1, 3);
  const Sequence declared =
      given.add(ImportDeclared{4, "lama", {}, true, given.decree()}, {.recorded = day + 60});
  given.add(DailyReportSubmitted{siti, ReportId{1}, day, Minutes{300}});
  Given held;
  held.origin = Origin::import_as_found;
  held.causation = declared;
  const Sequence first = given.add(DailyReportApproved{siti, ReportId{1}, day}, held);
  const Sequence second = given.add(DailyReportApproved{siti, ReportId{1}, day}, held);
  const Sequence accepted = given.add(ImportedEventAccepted{siti, first, given.decree()});

  const auto rows = fold_all(imports::projection, given);
  const auto all = *imports::held(rows);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].sequence, first);
  EXPECT_EQ(all[0].accepted, accepted);
  EXPECT_EQ(all[0].signatory, given.decree().signatory);
  EXPECT_EQ(all[1].sequence, second);
  EXPECT_FALSE(all[1].accepted);
  EXPECT_EQ(all[1].declared, declared);
  EXPECT_EQ(all[1].type, EventType::DailyReportApproved);
  const auto declarations = *imports::declared(rows);
  ASSERT_EQ(declarations.size(), 1U);
  EXPECT_EQ(declarations[0].declared.number, 4U);
  EXPECT_EQ(declarations[0].held, 2U);
  EXPECT_EQ(declarations[0].accepted, 1U);
}

}  // namespace
}  // namespace runut
