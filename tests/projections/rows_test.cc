#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

TEST(RowCursor, SaysWhenARowIsTooShortOrTooLong) {
  const Bytes row(RowValue().u32(7).u64(8).view());
  RowCursor exact(row);
  EXPECT_EQ(exact.u32(), 7U);
  EXPECT_EQ(exact.u64(), 8U);
  EXPECT_TRUE(exact.finished());
  RowCursor cut(BytesView(row).substr(0, 11));
  EXPECT_EQ(cut.u32(), 7U);
  EXPECT_EQ(cut.u64(), 0U);
  EXPECT_FALSE(cut.finished());
  RowCursor long_row(row);
  EXPECT_EQ(long_row.u32(), 7U);
  EXPECT_FALSE(long_row.finished());
}

}  // namespace
}  // namespace runut
