// The merit system by year.
#include "projections/merit.h"

#include <gtest/gtest.h>

#include "tests/projections/map_rows.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing_projections::Events;
using testing_projections::fold_all;
using testing_projections::MapRows;

TEST(MeritYears, KeepEvidenceTheLatestAssessmentTheBundleAndTheScore) {
  Events given;
  const Hash256 one = sha256("1");
  const Hash256 two = sha256("2");
  given.add(MeritEvidenceAttached{2021, MeritAspect::pengadaan, one, "Formasi"});  // 2
  given.add(MeritSelfAssessed{2021, {{MeritAspect::pengadaan, 100}}, 100, given.decree()});
  given.add(MeritEvidenceAttached{2022, MeritAspect::pengadaan, one, "Formasi"});  // 4
  given.add(MeritEvidenceAttached{2021, MeritAspect::sistem_informasi, two, "SIMPEG"});
  const std::vector<MeritAspectPoints> points = {{MeritAspect::pengadaan, 3'500},
                                                 {MeritAspect::sistem_informasi, 800}};
  given.add(MeritSelfAssessed{2021, points, 4'300, given.decree()},
            {.recorded = date(2022, 2, 1)});                           // 6
  given.add(EvidenceBundleSealed{2021, 2, two, given.decree()});       // 7
  given.add(MeritScoreReceived{2021, "KASN", "B-1", {}, one, 4'200});  // 8
  const MapRows rows = fold_all(merit::projection, given);
  const auto year = *merit::find(rows, 2021);
  ASSERT_TRUE(year);
  EXPECT_EQ(year->evidence.size(), 2U);
  EXPECT_EQ(year->documents_of(MeritAspect::pengadaan), 1U);
  EXPECT_EQ(year->documents_of(MeritAspect::manajemen_kinerja), 0U);
  EXPECT_EQ(year->evidence[1].document, two);
  EXPECT_EQ(year->evidence[1].sequence, Sequence{5});
  ASSERT_TRUE(year->assessed);
  EXPECT_EQ(year->assessed->aspects, points);
  EXPECT_EQ(year->assessed->total_hundredths, 4'300U);
  EXPECT_EQ(year->assessed->on, date(2022, 2, 1));
  EXPECT_EQ(year->assessed->sequence, Sequence{6});
  ASSERT_TRUE(year->sealed);
  EXPECT_EQ(year->sealed->documents, 2U);
  EXPECT_EQ(year->sealed->hash, two);
  ASSERT_TRUE(year->received);
  EXPECT_EQ(year->received->assessor, "KASN");
  EXPECT_EQ(year->received->total_hundredths, 4'200U);
  EXPECT_EQ(merit::all(rows)->size(), 2U);
  EXPECT_FALSE(merit::find(rows, 2022)->value().assessed);
  EXPECT_FALSE(merit::find(rows, 2020)->has_value());
}

}  // namespace
}  // namespace runut
