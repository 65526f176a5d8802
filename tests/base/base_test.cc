#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/money.h"
#include "base/sha256.h"

namespace runut {
namespace {

TEST(Sha256, AgreesWithFips180Vectors) {
  EXPECT_EQ(to_hex(sha256("abc").view()),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256({"a", "", "bc"}).view()), to_hex(sha256("abc").view()));
  EXPECT_EQ(to_hex(sha256("").view()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Hmac, AgreesWithRfc4231Case2) {
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?").view()),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  // RFC 4231 case 6: a key longer than the block.
  EXPECT_EQ(to_hex(hmac_sha256(Bytes(131, '\xaa'),
                               "Test Using Larger Than Block-Size Key - Hash Key First")
                       .view()),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Date, RoundTripsEveryDayOfFourCenturies) {
  int expected_weekday = static_cast<int>(weekday(date(1900, 1, 1)));
  EXPECT_EQ(expected_weekday, static_cast<int>(Weekday::monday));
  for (Date day = date(1900, 1, 1); day <= date(2200, 12, 31); day = day + 1) {
    const YearMonthDay ymd = civil(day);
    ASSERT_EQ(date(ymd.year, ymd.month, ymd.day), day);
    ASSERT_EQ(static_cast<int>(weekday(day)), expected_weekday);
    expected_weekday = (expected_weekday + 1) % 7;
  }
}

TEST(Date, RejectsWhatIsNoDay) {
  for (const char* text : {"2022-02-29", "2022-2-01", "22-02-01", "2022-13-01", "2022-00-10", "",
                           "2022-08-15 ", "2022/08/15", "9999-01-01"})
    EXPECT_FALSE(parse_date(text)) << text;
  EXPECT_EQ(*parse_date("2024-02-29"), date(2024, 2, 29));
}

TEST(Period, IsWrittenAsOfficialsDo) {
  for (const char* text : {"2022-S1", "2022-S2", "2022-Q1", "2022-Q4", "2022-08", "2022"})
    EXPECT_EQ(to_string(*parse_period(text)), text);
  EXPECT_EQ(to_string(parse_period("2022-S1")->following()), "2022-S2");
  EXPECT_EQ(to_string(parse_period("2022-S2")->following()), "2023-S1");
  EXPECT_EQ(last_day(*parse_period("2022-S1")), date(2022, 6, 30));
  for (const char* text : {"2022-S3", "2022-Q5", "2022-Q0", "2022-s1", "22", "2022-13"})
    EXPECT_FALSE(parse_period(text)) << text;
}

TEST(Instant, KeepsMicrosecondsAndOffsets) {
  EXPECT_EQ(to_string(*parse_instant("2022-08-15T07:30:00.000001Z")),
            "2022-08-15T07:30:00.000001Z");
  EXPECT_EQ(to_string(*parse_instant("2022-08-15T07:30:00+07:00")), "2022-08-15T00:30:00.000000Z");
  EXPECT_EQ(to_string(Instant{-1}), "1969-12-31T23:59:59.999999Z");
  for (const char* text : {"2022-08-15T24:00:00Z", "2022-08-15T07:30:60Z", "2022-08-15T07:30:00",
                           "2022-08-15T07:30:00.1234567Z", "2022-08-15T07:30:00.Z", "2022-08-15"})
    EXPECT_FALSE(parse_instant(text)) << text;
}

TEST(Instant, FallsOnTheAgencysLocalDay) {
  const Instant late = *parse_instant("2022-08-15T17:00:00Z");
  EXPECT_EQ(to_string(local_date(late, 420)), "2022-08-16");
  EXPECT_EQ(local_minute(late, 420), 0);
  EXPECT_EQ(to_string(local_date(late, 0)), "2022-08-15");
  EXPECT_EQ(start_of(date(2022, 8, 16), 420), late);
}

TEST(Divide, RoundsTheMagnitudeOnce) {
  struct Row {
    std::int64_t numerator, denominator, half_up, half_even, down, up;
  };
  for (const Row& row : {Row{5, 10, 1, 0, 0, 1}, Row{-5, 10, -1, 0, 0, -1}, Row{15, 10, 2, 2, 1, 2},
                         Row{25, 10, 3, 2, 2, 3}, Row{-25, 10, -3, -2, -2, -3},
                         Row{24, 10, 2, 2, 2, 3}, Row{30, 10, 3, 3, 3, 3}, Row{1, 3, 0, 0, 0, 1},
                         Row{2, 3, 1, 1, 0, 1}, Row{0, 7, 0, 0, 0, 0}}) {
    EXPECT_EQ(*divide(row.numerator, row.denominator, Rounding::half_up), row.half_up);
    EXPECT_EQ(*divide(row.numerator, row.denominator, Rounding::half_even), row.half_even);
    EXPECT_EQ(*divide(row.numerator, row.denominator, Rounding::down), row.down);
    EXPECT_EQ(*divide(row.numerator, row.denominator, Rounding::up), row.up);
  }
}

TEST(Arithmetic, OverflowIsAnErrorNeverAWrap) {
  EXPECT_FALSE(checked_add(INT64_MAX, 1));
  EXPECT_FALSE(checked_mul(INT64_MAX, 2));
  EXPECT_FALSE(mul_div(INT64_MAX, 10'000, 1, Rounding::half_up));
  EXPECT_EQ(*mul_div(INT64_MAX, 10'000, 10'000, Rounding::half_up), INT64_MAX);
}

TEST(Score, ReadsAtMostTwoDecimals) {
  EXPECT_EQ(parse_score("87.5")->value, 8750);
  EXPECT_EQ(to_string(*parse_score("87.5")), "87.50");
  EXPECT_EQ(parse_score("120")->value, 12'000);
  for (const char* text : {"120.01", "87.505", "-1", "", ".5", "87.", "1e2", "0120"})
    EXPECT_FALSE(parse_score(text)) << text;
}

TEST(Bytes, HexBase64AndUuidRoundTripAndRefuseTheRest) {
  const Bytes raw("\x00\xff\x10z", 4);
  EXPECT_EQ(*from_hex(to_hex(raw)), raw);
  EXPECT_EQ(*from_base64(to_base64(raw)), raw);
  EXPECT_EQ(*from_base64(""), "");
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("zz"));
  for (const char* text : {"A", "AA==A", "AB==", " AAA", "A=A="})
    EXPECT_FALSE(from_base64(text)) << text;
  const char* uuid = "0182a4f0-0000-7000-8000-000000000001";
  EXPECT_EQ(to_string(*parse_uuid(uuid)), uuid);
  EXPECT_FALSE(parse_uuid("0182a4f000007000800000000000000123456"));
  for (std::size_t at = 0; at < 36; ++at) {
    std::string wrong = uuid;
    wrong[at] = wrong[at] == '-' ? '0' : at % 2 == 0 ? 'g' : '-';
    EXPECT_FALSE(parse_uuid(wrong)) << wrong;
  }
}

TEST(Utf8, RefusesOverlongFormsAndSurrogates) {
  EXPECT_TRUE(is_utf8("Kediri – Joyoboyo 😀"));
  for (const char* text :
       {"\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3"})
    EXPECT_FALSE(is_utf8(text));
}

TEST(Utf8, LooksAtEachByteOfALongText) {
  for (std::size_t size = 1; size <= 40; ++size) {
    EXPECT_TRUE(is_utf8(std::string(size, 'x')));
    for (std::size_t at = 0; at < size; ++at) {
      std::string text(size, 'x');
      text[at] = '\xC3';
      EXPECT_FALSE(is_utf8(text)) << size << " " << at;
      if (at + 1 == size) continue;
      text[at + 1] = '\xA9';
      EXPECT_TRUE(is_utf8(text)) << size << " " << at;
    }
  }
}

TEST(UuidV7, CarriesItsTimeAndVersion) {
  SeededRandomness randomness(1);
  const Uuid uuid = make_uuid_v7(*parse_instant("2022-08-15T00:00:00Z"), randomness);
  EXPECT_EQ(to_string(uuid).substr(0, 13), "01829ecc-d400");
  EXPECT_EQ(to_string(uuid)[14], '7');
}

// Whoever handles SIGABRT, for what a library says, does not get our own bugs.
TEST(CheckDeathTest, AbortsWhoeverHandlesThat) {
  EXPECT_EXIT(
      {
        std::signal(SIGABRT, [](int) { ::_exit(5); });
        RUNUT_CHECK(false, "a bug");
      },
      ::testing::KilledBySignal(SIGABRT), "check failed: false: a bug");
}

}  // namespace
}  // namespace runut
