// Education, competency assessments and certificates by person.
#include "projections/qualifications.h"

#include <gtest/gtest.h>

#include "tests/projections/map_rows.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing_projections::Events;
using testing_projections::fold_all;
using testing_projections::MapRows;
using testing_projections::siti;

TEST(QualificationsOfPeople, KeepEachKindInTheOrderOfTheLog) {
  Events given;
  const PersonId budi{4};
  const Hash256 one = sha256("1");
  given.add(QualificationGained{siti, EducationLevel::s2, date(2018, 7, 1), one});  // 2
  given.add(QualificationGained{siti, EducationLevel::s1, date(2012, 7, 1), sha256("2")});
  given.add(CompetencyAssessed{siti, Echelon::iii, CompetencyMethod::cat, "BKN", Score{8'150},
                               date(2021, 3, 1), sha256("3")});  // 4
  given.add(CompetencyAssessed{siti, Echelon::iii, CompetencyMethod::assessor, "UGM", Score{7'900},
                               date(2020, 3, 1), sha256("4")});  // 5: of an earlier day
  given.add(CompetencyAssessed{siti, Echelon::ii, CompetencyMethod::assessor, "UGM", Score{7'000},
                               date(2022, 3, 1), sha256("5")});
  given.add(CertificationGranted{siti, "PBJ", "LKPP", date(2020, 5, 1), date(2025, 4, 30), one});
  given.add(CertificationGranted{budi, "PBJ", "LKPP", date(2021, 5, 1), std::nullopt, one});
  const MapRows rows = fold_all(qualifications::projection, given);
  const auto person = *qualifications::find(rows, siti);
  ASSERT_TRUE(person);
  ASSERT_EQ(person->education.size(), 2U);
  EXPECT_EQ(person->education[0].document, one);
  EXPECT_EQ(person->education[0].sequence, Sequence{2});
  EXPECT_EQ(person->education[1].graduated, date(2012, 7, 1));
  EXPECT_EQ(person->highest_level(), EducationLevel::s2);
  ASSERT_NE(person->latest_for(Echelon::iii), nullptr);
  EXPECT_EQ(person->latest_for(Echelon::iii)->sequence, Sequence{4});
  EXPECT_EQ(person->latest_for(Echelon::iii)->score, Score{8'150});
  EXPECT_EQ(person->latest_for(Echelon::ii)->assessor, "UGM");
  EXPECT_EQ(person->latest_for(Echelon::iv), nullptr);
  ASSERT_EQ(person->certificates.size(), 1U);
  EXPECT_EQ(person->certificates[0].days, (Interval{date(2020, 5, 1), date(2025, 4, 30)}));
  const auto all = *qualifications::all(rows);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].person, budi);
  EXPECT_EQ(all[0].certificates[0].days.until, open_end);
  EXPECT_EQ(all[0].highest_level(), std::nullopt);
  EXPECT_FALSE(qualifications::find(rows, PersonId{99})->has_value());
}

}  // namespace
}  // namespace runut
