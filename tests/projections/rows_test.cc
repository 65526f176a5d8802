#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "projections/key.h"
#include "projections/row.h"
#include "tests/projections/map_rows.h"

namespace runut {
namespace {

using testing_projections::MapRows;

std::vector<std::pair<std::string, std::string>> listed(const Rows& rows) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const Rows::Row& row : rows.sorted())
    out.emplace_back(row.key, std::string(row.appended ? "+" : "") + std::string(row.value));
  return out;
}

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::Pair;

TEST(Rows, LeaveInTheOrderOfTheirKeysWithTheLastValueOnly) {
  Rows rows;
  rows.put("b", "1");
  rows.put("a", "one");
  rows.put("c", "");
  rows.put("b", "a longer second");
  rows.put("b", "2");
  rows.put("a long key that shares its head", "x");
  rows.put("a long key that shares its heel", "y");
  EXPECT_THAT(
      listed(rows),
      ElementsAre(Pair("a", "one"), Pair("a long key that shares its head", "x"),
                  Pair("a long key that shares its heel", "y"), Pair("b", "2"), Pair("c", "")));
}

// Of every length, many alike up to their last byte, some filled up with zeros.
TEST(Rows, LeaveInTheOrderOfTheirKeysWhateverTheirLengths) {
  std::mt19937_64 random(1);
  Rows rows;
  std::map<std::string, std::string> wanted;
  for (int i = 0; i < 5'000; ++i) {
    std::string key(1 + random() % 24, '\0');
    key.front() = 'k';
    for (std::size_t at = 1; at < key.size(); ++at)
      if (random() % 4 == 0) key[at] = static_cast<char>(random() % 2 == 0 ? 1 : 0xFF);
    wanted[key] = std::to_string(i);
    rows.put(key, std::to_string(i));
  }
  EXPECT_THAT(listed(rows), ElementsAreArray(std::vector<std::pair<std::string, std::string>>(
                                wanted.begin(), wanted.end())));
}

TEST(Rows, GrowByEveryEntryInOrder) {
  Rows rows;
  rows.append("b", "1");
  rows.append("a", "x");
  rows.append("b", "");
  rows.append("b", "23");
  EXPECT_THAT(listed(rows), ElementsAre(Pair("a", "+x"), Pair("b", "+123")));
  EXPECT_EQ(rows.bytes(), 2U + 4U);
}

TEST(Rows, AreAddedWithoutALookUp) {
  Rows rows;
  rows.add("b", "1");
  rows.put("a", "2");
  EXPECT_THAT(listed(rows), ElementsAre(Pair("a", "2"), Pair("b", "1")));
  rows.add("c", "3");
  rows.add("c", "4");
  EXPECT_THAT(listed(rows), ElementsAre(Pair("a", "2"), Pair("b", "1"), Pair("c", "4")));
}

TEST(RowsDeathTest, ARowIsPutOrAppendedToNeverBoth) {
  Rows rows;
  rows.append("a", "x");
  EXPECT_DEATH(rows.put("a", "y"), "put or appended to");
}

TEST(Rows, HoldValuesOfAnySizeAndCanBeUsedAgain) {
  Rows rows;
  for (int round = 0; round < 2; ++round) {
    const std::string big(1'000'000, 'x');
    std::size_t bytes = 0;
    for (int i = 0; i < 2'000; ++i) {
      const std::string key = "k" + std::to_string(10'000 + i);
      const std::string value = i == 7 ? big : std::string(static_cast<std::size_t>(i), 'v');
      rows.put(key, value);
      bytes += key.size() + value.size();
    }
    EXPECT_EQ(rows.bytes(), bytes);
    for (int i = 0; i < 100'000; ++i) rows.append("log", "entry");
    bytes += 3 + 500'000;
    EXPECT_EQ(rows.bytes(), bytes);
    const auto all = listed(rows);
    ASSERT_EQ(all.size(), 2'001U);
    EXPECT_EQ(all[7].second, big);
    EXPECT_EQ(all[1'999].second, std::string(1'999, 'v'));
    EXPECT_EQ(all[2'000].second.size(), 500'001U);
    rows.clear();
    EXPECT_TRUE(rows.empty());
    EXPECT_EQ(rows.bytes(), 0U);
  }
}

TEST(Rows, APrefixEndsBehindItsLastKey) {
  EXPECT_EQ(prefix_end("ab"), "ac");
  EXPECT_EQ(prefix_end("a\xFF\xFF"), "b");
  MapRows rows;
  rows.rows = {{"a", ""}, {"ab", ""}, {"ab\xFF", ""}, {"ac", ""}};
  std::vector<std::string> seen;
  const auto visit = [&](BytesView key, BytesView) -> Status {
    seen.emplace_back(key);
    return {};
  };
  ASSERT_TRUE(scan_prefix(rows, "ab", visit));
  EXPECT_THAT(seen, ElementsAre("ab", "ab\xFF"));
}

TEST(RowKey, SortsAsItsValuesDo) {
  const auto dated = [](Date day) { return Bytes(BytesView(Key('k').date(day))); };
  EXPECT_LT(dated(date(1969, 12, 31)), dated(date(1970, 1, 1)));
  EXPECT_LT(dated(date(2022, 1, 31)), dated(date(2022, 2, 1)));
  const auto named = [](BytesView name) { return Bytes(BytesView(Key('k').text(name).u64(1))); };
  EXPECT_LT(named("U1"), named("U12")) << "a name stands before the longer ones that it begins";
}

struct Inner {
  std::string text;
  std::optional<Rupiah> amount;
  RUNUT_FIELDS(Inner, text, amount)
};
struct Sample {
  bool yes = false;
  std::uint32_t number = 0;
  Date day;
  Instant at;
  Period period;
  Tier tier{};
  Hash256 digest;
  std::optional<PersonId> person;
  std::vector<Inner> list;
  RUNUT_FIELDS(Sample, yes, number, day, at, period, tier, digest, person, list)
};
const Sample sample{true,
                    7,
                    date(1969, 12, 31),
                    Instant{-5},
                    Period{month(2022, 1), 6},
                    Tier::below,
                    sha256("x"),
                    PersonId{17},
                    {{"a", Rupiah{-1}}, {"", std::nullopt}}};

TEST(RowValue, IsReadBackAsItWas) {
  const auto back = read_row<Sample>(RowValue().field(sample).view());
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, sample);
  EXPECT_EQ(*read_row<Sample>(RowValue().field(Sample{}).view()), Sample{});
}

// Rows are stored: a change of this text needs a new version of every projection.
TEST(RowValue, IsWrittenAsTheseBytes) {
  const Bytes row(RowValue()
                      .field(Sample{true,
                                    7,
                                    date(1970, 1, 2),
                                    Instant{3},
                                    Period{month(2022, 1), 6},
                                    Tier::below,
                                    Hash256{},
                                    PersonId{17},
                                    {{"ab", Rupiah{-1}}}})
                      .view());
  EXPECT_EQ(to_hex(row),
            "01"
            "07"
            "02"
            "06"
            "90fb02"
            "0c"
            "03"
            "0000000000000000000000000000000000000000000000000000000000000000"
            "01"
            "11"
            "01"
            "02"
            "6162"
            "01"
            "01");
}

TEST(RowValue, IsRefusedWhenItIsCutOrToldToBeLonger) {
  Bytes row(RowValue().field(sample).view());
  for (std::size_t size = 0; size < row.size(); ++size)
    EXPECT_FALSE(read_row<Sample>(BytesView(row).substr(0, size))) << size << " bytes";
  row.push_back('\0');
  const auto longer = read_row<Sample>(row);
  ASSERT_FALSE(longer);
  EXPECT_EQ(longer.error().code, ErrorCode::corrupt);
  EXPECT_EQ(longer.error().field, "Sample");
  const Bytes count(RowValue().field(std::uint32_t{0xFFFF'FFFF}).view());
  RowCursor cursor(count);
  std::vector<Inner> list;
  cursor.field(list);
  EXPECT_FALSE(cursor.finished()) << "a damaged count reads no further than the row";
  EXPECT_LE(list.size(), 1U);
}

struct Numbers {
  std::int64_t a = 0;
  std::int64_t b = 0;
  std::uint64_t c = 0;
  std::int32_t d = 0;
  std::uint16_t e = 0;
  RUNUT_FIELDS(Numbers, a, b, c, d, e)
};

TEST(RowValue, HoldsTheExtremesOfEveryWidth) {
  const Numbers extreme{INT64_MIN, INT64_MAX, UINT64_MAX, INT32_MIN, UINT16_MAX};
  EXPECT_EQ(*read_row<Numbers>(RowValue().field(extreme).view()), extreme);
  EXPECT_FALSE(read_row<Numbers>(Bytes(60, '\xFF'))) << "a number that never ends";
}

TEST(RowValue, GrowsBeyondWhatFitsInside) {
  RowValue value;
  std::string expected;
  for (int i = 0; i < 1'000; ++i) value.field(std::uint8_t{7}), expected += '\x07';
  value.field(std::string(10'000, 'x'));
  expected += "\x90\x4e" + std::string(10'000, 'x');
  EXPECT_EQ(value.view(), expected);
}

TEST(KeyCursor, ReadsBackWhatAKeyHolds) {
  const RunId run{UnitId{3}, month(2022, 8), RunKind::correction, 2};
  const Key key = Key('k')
                      .person(PersonId{17})
                      .date(date(1969, 12, 31))
                      .run(run)
                      .text("U12/7")
                      .sequence(Sequence{9});
  KeyCursor cursor(key);
  EXPECT_EQ(cursor.person(), PersonId{17});
  EXPECT_EQ(cursor.date(), date(1969, 12, 31));
  EXPECT_EQ(cursor.run(), run);
  EXPECT_EQ(cursor.text(), "U12/7");
  EXPECT_EQ(cursor.sequence(), Sequence{9});
  EXPECT_EQ(cursor.sequence(), Sequence{0}) << "nothing is left";
}

}  // namespace
}  // namespace runut
