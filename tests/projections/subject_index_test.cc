#include "projections/subject_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/subject_index.h"
#include "tests/projections/map_rows.h"

namespace runut {
namespace {

using testing_projections::Events;
using testing_projections::fold_all;
using testing_projections::leaf_of;
using testing_projections::MapRows;

// The sequences filed under (subject, month).
std::vector<std::uint64_t> filed(const MapRows& rows, Subject subject,
                                 std::optional<Month> month = std::nullopt) {
  std::vector<std::uint64_t> out;
  const auto index = SubjectIndex(std::make_shared<MapRows>(rows));
  EXPECT_TRUE(index.each(subject, month, Sequence{~std::uint64_t{0} >> 17},
                         [&](const Event& event, const Hash256& leaf) -> Status {
                           EXPECT_EQ(leaf, leaf_of(event.sequence));
                           out.push_back(event.sequence.value);
                           return {};
                         }));
  return out;
}

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SubjectIndex, FilesAReportUnderItsMonthAndALateOneAmongTheLateOnesToo) {
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
  EXPECT_THAT(filed(then, person), ElementsAre(2));
  EXPECT_THAT(filed(then, person, late_daily_events), ElementsAre(4));
  EXPECT_THAT(filed(then, person, month(2022, 8)), ElementsAre(3, 4));
  EXPECT_THAT(filed(then, person, month(2022, 9)), ElementsAre(5));
  EXPECT_THAT(filed(then, person, month(2022, 10)), IsEmpty());
  EXPECT_THAT(filed(then, agency_subject), ElementsAre(1, 2));
}

TEST(SubjectIndex, GivesBackEveryFieldThatComputationsRead) {
  Events given;
  given.add(PersonRegistered{PersonId{17}});
  given.add(StatusChanged{PersonId{17}, EmploymentStatus::pns, date(2022, 1, 1)});
  Event written = given.at(Sequence{3});
  written.commit_index = 2;
  written.commit_count = 4;
  written.acted_at = Instant{written.recorded_at.micros - 7};
  written.actor = {ActorKind::person,        17,         Role::hr,
                   Assurance::authenticated, "oidc",     "a issuer",
                   sha256("credential"),     Sequence{2}};
  written.supersedes = Sequence{1};
  written.causation = Sequence{2};
  written.regulation = Sequence{1};
  written.reason = "a correction";
  written.evidence = {sha256("a"), sha256("b")};
  RowValue row;
  write_event(row, written, sha256("leaf"));
  const auto read = [](BytesView stored) {
    RowCursor cursor(stored);
    EventEntry entry;
    const auto more = read_event(cursor, Sequence{9}, entry);
    return more ? Result<Event>(entry.event) : fail(more.error());
  };
  Event expected = written;
  expected.agency = 0;
  expected.previous = {};
  expected.command = {};
  expected.command_mac = {};
  EXPECT_EQ(*read(row.view()), expected);
  for (std::size_t size = 1; size < row.view().size(); ++size)
    EXPECT_EQ(read(row.view().substr(0, size)).error().code, ErrorCode::corrupt)
        << size << " bytes";
}

TEST(SubjectIndex, ReadsNothingPastTheSequenceItIsAskedFor) {
  Events given;
  for (int i = 0; i < 5; ++i) given.add(StatusChanged{PersonId{5}, EmploymentStatus::pns, {}});
  const MapRows then = fold_all(subject_index::projection, given);
  const SubjectIndex index(std::make_shared<MapRows>(then));
  std::uint64_t last = 0;
  ASSERT_TRUE(index.each(subject_of(PersonId{5}), std::nullopt, Sequence{4},
                         [&](const Event& event, const Hash256&) -> Status {
                           last = event.sequence.value;
                           return {};
                         }));
  EXPECT_EQ(last, 4U);
}

TEST(SubjectIndex, ReadsBehindASequenceWhatReadingAllGivesBehindIt) {
  Events given;
  for (int i = 0; i < 5; ++i) given.add(StatusChanged{PersonId{5}, EmploymentStatus::pns, {}});
  const SubjectIndex index(std::make_shared<MapRows>(fold_all(subject_index::projection, given)));
  std::vector<std::uint64_t> out;
  ASSERT_TRUE(index.each_after(subject_of(PersonId{5}), std::nullopt, Sequence{3}, Sequence{5},
                               [&](const Event& event, const Hash256&) -> Status {
                                 out.push_back(event.sequence.value);
                                 return {};
                               }));
  EXPECT_THAT(out, ElementsAre(4, 5));
}

// Two windows long, in months that come in no order, some reports late: these are filed twice.
TEST(SubjectIndex, FindsASubjectsEventsOfAllMonthsInTheOrderOfTheLog) {
  Events given;
  std::vector<Sequence> all;
  const PersonId siti{17};
  for (std::uint32_t i = 0; i < 70'000; ++i) {
    if (i % 97 != 0) {
      given.add(DailyReportSubmitted{PersonId{18}, ReportId{i}, date(2022, 3, 1), Minutes{1}});
      continue;
    }
    const Date day = date(2022, static_cast<int>(i / 97 * 7 % 12) + 1, 3);
    all.push_back(given.add(DailyReportSubmitted{siti, ReportId{i}, day, Minutes{60}},
                            {.recorded = date(2022, 6, 1)}));
  }
  const SubjectIndex index(std::make_shared<MapRows>(fold_all(subject_index::projection, given)));
  const Sequence head{given.all().size()};
  for (const std::size_t most : {1U, 5U, 50U, 10'000U}) {
    SCOPED_TRACE(most);
    std::vector<Sequence> got;
    for (Sequence after;;) {
      const auto found = index.sequences(subject_of(siti), {after, head, most});
      ASSERT_TRUE(found) << found.error().describe();
      got.insert(got.end(), found->begin(), found->end());
      if (found->size() < most) break;
      after = found->back();
    }
    EXPECT_EQ(got, all);
  }
  const auto before = index.sequences(subject_of(siti), {all[2], Sequence{all[5].value - 1}, 9});
  EXPECT_THAT(*before, ElementsAre(all[3], all[4]));
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
  EXPECT_EQ(subject_index::parse_command(*row).value(), Sequence{2});
}

TEST(SubjectIndex, RefusesRowsThatNoFoldWrote) {
  EXPECT_EQ(subject_index::parse_version("123").error().code, ErrorCode::corrupt);
  EXPECT_EQ(subject_index::parse_command(std::string(29, 'x')).error().code, ErrorCode::corrupt);
}

TEST(SubjectIndex, KnowsTheGreatestIdOfACommand) {
  const auto greatest = [](const Events& events) {
    return *SubjectIndex(std::make_shared<MapRows>(fold_all(subject_index::projection, events)))
                .greatest_command();
  };
  Events given;
  CommandId expected;
  for (int more = 0; more < 20; ++more) {
    given.add(PersonRegistered{PersonId{17 + static_cast<std::uint64_t>(more)}});
    for (const Event& event : given.all()) expected = std::max(expected, event.command);
    EXPECT_EQ(greatest(given), expected);
  }
}

}  // namespace
}  // namespace runut
