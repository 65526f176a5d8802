// Who read whose data.
#include "projections/accesses.h"

#include <gtest/gtest.h>

#include "tests/projections/map_rows.h"
#include "tests/support/dates.h"

namespace runut {
namespace {

using testing_projections::Events;
using testing_projections::fold_all;
using testing_projections::MapRows;
using testing_projections::siti;

std::vector<Sequence> sequences_of(const std::vector<accesses::Access>& found) {
  std::vector<Sequence> out;
  for (const accesses::Access& access : found) out.push_back(access.sequence);
  return out;
}

TEST(AccessesView, KnowsWhoReadAPersonsData) {
  Events given;
  const PersonId budi{4};
  const PersonId wati{18};
  given.add(AccessRecorded{{siti}, "payments", "pemeriksaan"});                             // 2
  given.add(AccessRecorded{{budi}, "texts", "keberatan"});                                  // 3
  given.add(AccessRecorded{{budi, siti, wati}, "listings", "rekap"});                       // 4
  given.add(HolidaySet{date(2022, 8, 17), HolidayKind::national, "Libur"});                 // 5
  given.add(AccessRecorded{{siti}, "texts", "keberatan"}, {.recorded = date(2023, 1, 2)});  // 6
  const MapRows rows = fold_all(accesses::projection, given);
  const auto own = accesses::of_person(rows, siti);
  ASSERT_TRUE(own) << own.error().describe();
  EXPECT_EQ(sequences_of(*own), (std::vector{Sequence{2}, Sequence{4}, Sequence{6}}));
  EXPECT_EQ((*own)[1].people, 3U);
  EXPECT_EQ((*own)[1].resource, "listings");
  EXPECT_EQ((*own)[1].purpose, "rekap");
  EXPECT_EQ((*own)[0].actor_kind, ActorKind::system);
  EXPECT_EQ((*own)[0].actor, 1U);
  EXPECT_EQ((*own)[0].role, Role::operator_);
  EXPECT_EQ((*own)[0].assurance, Assurance::claimed);
  EXPECT_LT((*own)[0].recorded_at, (*own)[2].recorded_at);
  EXPECT_EQ(sequences_of(*accesses::of_person(rows, wati)), (std::vector{Sequence{4}}));
  EXPECT_TRUE(accesses::of_person(rows, PersonId{99})->empty());
  EXPECT_EQ(accesses::all(rows)->size(), 4U);
}

}  // namespace
}  // namespace runut
