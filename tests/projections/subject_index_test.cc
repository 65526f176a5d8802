#include "projections/subject_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/map_rows.h"

namespace runut {
namespace {

using testing_projections::Events;
using testing_projections::fold_all;
using testing_projections::MapRows;

// The sequences filed under (subject, month).
std::vector<std::uint64_t> filed(const MapRows& rows, Subject subject,
                                 std::optional<Month> month = std::nullopt) {
  std::vector<std::uint64_t> out;
  const Bytes prefix = subject_index::event_key(subject, month, Sequence{0}).substr(0, 12);
  EXPECT_TRUE(scan_prefix(rows, prefix, [&](BytesView key, BytesView value) -> Status {
    out.push_back(read_u64(key.substr(12)));
    const auto row = subject_index::parse_event(value);
    EXPECT_TRUE(row);
    const Bytes lean = "lean " + std::to_string(out.back());
    EXPECT_EQ(row->envelope, lean);
    EXPECT_EQ(row->leaf, sha256(lean));
    return {};
  }));
  return out;
}

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SubjectIndex, FilesAReportUnderItsMonthAndALateOneUnderTheStandingFactsToo) {
  Events given;
  const Subject person = subject_of(PersonId{17});
  const auto report = [](Date day) {
    return DailyReportSubmitted{PersonId{17}, ReportId{1}, day, Minutes{300}};
  };
  given.add(PersonRegistered{PersonId{17}});                              // 2
  given.add(report(date(2022, 8, 15)), {.recorded = date(2022, 8, 15)});  // 3
  given.add(report(date(2022, 8, 31)), {.recorded = date(2022, 9, 1)});   // 4
  given.add(report(date(2022, 9, 1)));                                    // 5
  const MapRows then = fold_all(subject_index::projection, given);
  EXPECT_THAT(filed(then, person), ElementsAre(2, 4));
  EXPECT_THAT(filed(then, person, month(2022, 8)), ElementsAre(3, 4));
  EXPECT_THAT(filed(then, person, month(2022, 9)), ElementsAre(5));
  EXPECT_THAT(filed(then, person, month(2022, 10)), IsEmpty());
  EXPECT_THAT(filed(then, agency_subject), ElementsAre(1, 2));
}

TEST(SubjectIndex, KeepsTheLastVersionOfEachSubject) {
  Events given;
  for (int i = 0; i < 3; ++i) given.add(StatusChanged{PersonId{5}, EmploymentStatus::pns, {}});
  const MapRows then = fold_all(subject_index::projection, given);
  const auto version = [&](Subject subject) {
    const auto row = *then.get(subject_index::version_key(subject));
    return row ? *subject_index::parse_version(*row) : 0U;
  };
  EXPECT_EQ(version(subject_of(PersonId{5})), 3U);
  EXPECT_EQ(version(agency_subject), 1U);
  EXPECT_EQ(version(subject_of(PersonId{6})), 0U);
}

TEST(SubjectIndex, SaysWhereTheCommitOfACommandBegins) {
  Events given;
  const Sequence first = given.add_commit(
      {RegulationEnacted{}, RegulationSection{"r", 0, "{"}, RegulationSection{"r", 1, "}"}});
  const MapRows then = fold_all(subject_index::projection, given);
  const Event& event = given.at(first);
  const auto row = *then.get(subject_index::command_key(event.command));
  ASSERT_TRUE(row);
  const auto entry = subject_index::parse_command(*row);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->first, Sequence{2});
  EXPECT_EQ(entry->count, 3U);
  EXPECT_EQ(entry->mac, event.command_mac);
}

TEST(SubjectIndex, RefusesRowsThatNoFoldWrote) {
  EXPECT_EQ(subject_index::parse_event("short").error().code, ErrorCode::corrupt);
  EXPECT_EQ(subject_index::parse_version("123").error().code, ErrorCode::corrupt);
  EXPECT_EQ(subject_index::parse_command(std::string(29, 'x')).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace runut
