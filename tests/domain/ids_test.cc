// Ids as they are written and read.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/sha256.h"
#include "domain/event.h"

namespace runut {
namespace {

TEST(Ids, are_written_with_the_letter_of_their_kind) {
  EXPECT_EQ(to_string(PersonId{17}), "P17");
  EXPECT_EQ(to_string(UnitId{3}), "U3");
  EXPECT_EQ(to_string(ReportId{202'208'031}), "R202208031");
  EXPECT_EQ(to_string(PersonId{UINT64_MAX}), "P18446744073709551615");
}

TEST(Ids, are_read_as_they_are_written) {
  for (const std::uint64_t number : {std::uint64_t{1}, std::uint64_t{17}, UINT64_MAX}) {
    EXPECT_EQ(parse_person_id(to_string(PersonId{number})).value(), PersonId{number});
    EXPECT_EQ(parse_unit_id(to_string(UnitId{number})).value(), UnitId{number});
    EXPECT_EQ(parse_report_id(to_string(ReportId{number})).value(), ReportId{number});
  }
}

TEST(Ids, have_one_spelling_only) {
  for (const char* text :
       {"", "P", "17", "p17", "P0", "P017", "P-1", "P+1", "P 1", " P1", "P1 ", "P1x", "P1.0", "PP1",
        "U17", "P18446744073709551616", "P99999999999999999999999"}) {
    const auto id = parse_person_id(text);
    ASSERT_FALSE(id) << text;
    EXPECT_EQ(id.error().code, ErrorCode::invalid_input) << text;
    EXPECT_EQ(id.error().rule, "format.person_id") << text;
    EXPECT_EQ(id.error().value, text);
  }
  EXPECT_EQ(parse_unit_id("P1").error().rule, "format.unit_id");
  EXPECT_EQ(parse_report_id("U1").error().rule, "format.report_id");
}

TEST(RunIds, are_read_as_they_are_written) {
  for (const RunId& run : {RunId{UnitId{3}, month(2022, 8), RunKind::regular, 1},
                           RunId{UnitId{UINT64_MAX}, month(2200, 12), RunKind::correction, 9999}})
    EXPECT_EQ(parse_run_id(to_string(run)).value(), run);
  EXPECT_EQ(to_string(RunId{UnitId{3}, month(2022, 8), RunKind::regular, 1}),
            "U3/2022-08/regular/1");
}

TEST(RunIds, that_are_none_are_refused) {
  for (const char* text :
       {"", "U3", "U3/2022-08", "U3/2022-08/regular", "U3/2022-08/regular/", "U3/2022-08/regular/0",
        "U3/2022-08/regular/01", "U3/2022-08/regular/10000", "U3/2022-08/regular/1/",
        "U3/2022-13/regular/1", "U3/2022-8/regular/1", "P3/2022-08/regular/1",
        "U3/2022-08/monthly/1", "U3/2022-08/unspecified/1", "U3//2022-08/regular/1",
        "/2022-08/regular/1"}) {
    const auto run = parse_run_id(text);
    ASSERT_FALSE(run) << text;
    EXPECT_EQ(run.error().rule, "format.run_id") << text;
    EXPECT_EQ(run.error().value, text);
  }
}

TEST(AgencyTag, is_the_beginning_of_the_hash_of_the_code) {
  EXPECT_EQ(to_hex(sha256("kota-kediri").view()).substr(0, 16),
            fmt::format("{:016x}", agency_tag("kota-kediri")));
  EXPECT_NE(agency_tag("kota-kediri"), agency_tag("kota-denpasar"));
}

TEST(Subjects, are_written_as_what_they_are) {
  EXPECT_EQ(to_string(subject_of(PersonId{17})), "P17");
  EXPECT_EQ(to_string(subject_of(UnitId{3})), "U3");
  EXPECT_EQ(to_string(agency_subject), "AGENCY");
}

}  // namespace
}  // namespace runut
