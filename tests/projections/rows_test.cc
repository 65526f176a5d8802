#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projections/key.h"
#include "projections/row.h"
#include "tests/projections/map_rows.h"

namespace runut {
namespace {

using testing_projections::MapRows;

std::vector<std::pair<std::string, std::string>> listed(Rows& rows) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const Rows::Row& row : rows.sorted())
    out.emplace_back(row.key, row.value ? std::string(*row.value) : "(erased)");
  return out;
}

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(Rows, LeaveInTheOrderOfTheirKeysWithTheLastValueOnly) {
  Rows rows;
  rows.put("b", "1");
  rows.put("a", {"joined", "", " parts"});
  rows.put("c", "3");
  rows.put("b", "2");
  rows.erase("c");
  rows.put("a long key that shares its head", "x");
  rows.put("a long key that shares its heel", "y");
  EXPECT_THAT(listed(rows),
              ElementsAre(Pair("a", "joined parts"), Pair("a long key that shares its head", "x"),
                          Pair("a long key that shares its heel", "y"), Pair("b", "2"),
                          Pair("c", "(erased)")));
}

TEST(Rows, ReadBackWhatIsPendingAndThenWhatIsCommitted) {
  MapRows committed;
  committed.rows = {{"a", "old a"}, {"b", "old b"}, {"c", "old c"}};
  Rows rows(&committed);
  rows.put("a", "new a");
  EXPECT_EQ(*rows.get("a"), "new a");
  rows.erase("b");
  rows.put("a", "newer a");
  EXPECT_EQ(*rows.get("a"), "newer a");
  EXPECT_EQ(*rows.get("b"), std::nullopt);
  EXPECT_EQ(*rows.get("c"), "old c");
  EXPECT_EQ(*rows.get("d"), std::nullopt);
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
    const auto all = listed(rows);
    ASSERT_EQ(all.size(), 2'000U);
    EXPECT_EQ(all[7].second, big);
    EXPECT_EQ(all[1'999].second, std::string(1'999, 'v'));
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
            "00000007"
            "00000001"
            "0000000000000003"
            "00005ec8"
            "00000006"
            "03"
            "0000000000000000000000000000000000000000000000000000000000000000"
            "01"
            "0000000000000011"
            "00000001"
            "0002"
            "6162"
            "01"
            "ffffffffffffffff");
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
  Bytes count(RowValue().field(std::uint32_t{0xFFFF'FFFF}).view());
  RowCursor cursor(count);
  std::vector<Inner> list;
  cursor.field(list);
  EXPECT_FALSE(cursor.finished()) << "a damaged count reads no further than the row";
  EXPECT_LE(list.size(), 1U);
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
