#include "proof/tile_path.h"

#include <gtest/gtest.h>

#include "base/clock.h"
#include "proof/entry_bundle.h"
#include "proof/proof_text.h"
#include "tests/proof/reference_tree.h"

namespace runut {
namespace {

TEST(TileAddress, IsWhatC2spSays) {
  struct Row {
    const char* path;
    TileAddress address;
  };
  const Row rows[] = {
      {"0/x001/x234/067", {false, {0, 1'234'067}, 256}},
      {"entries/x001/x234/067", {true, {0, 1'234'067}, 256}},
      {"0/273.p/112", {false, {0, 273}, 112}},
      {"1/001.p/17", {false, {1, 1}, 17}},
      {"2/000.p/1", {false, {2, 0}, 1}},
      {"entries/273.p/112", {true, {0, 273}, 112}},
      {"0/000", {false, {0, 0}, 256}},
      {"63/000.p/255", {false, {63, 0}, 255}},
      {"5/x001/000", {false, {5, 1'000}, 256}},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(parse_tile_address(row.path).value(), row.address) << row.path;
    EXPECT_EQ(to_string(row.address), std::string("tile/") + row.path);
  }
}

TEST(TileAddress, HasOneForm) {
  for (const char* path : {"",
                           "0",
                           "0/",
                           "0/0",
                           "0/00",
                           "0/0000",
                           "0/x000/000",
                           "0/x001",
                           "0/x001/x002",
                           "0/001/002",
                           "0//000",
                           "/0/000",
                           "0/000/",
                           "0/000.p",
                           "0/000.p/",
                           "0/000.p/0",
                           "0/000.p/256",
                           "0/000.p/01",
                           "0/000.p/1/",
                           "0/000.p/1.p/1",
                           "00/000",
                           "64/000",
                           "-1/000",
                           "+1/000",
                           "entries",
                           "entries/",
                           "Entries/000",
                           "entries/0/000",
                           "0/x01/000",
                           "0/X001/000",
                           "0/xx01/000",
                           "0/ 01",
                           "0/x18/446/744/073/709/551/616",
                           "0/x018/x446/x744/x073/x709/x551/616",
                           "0/000 ",
                           "0/\xC3\xA9"})
    EXPECT_FALSE(parse_tile_address(path)) << path;
}

TEST(TileAddress, IsReadBackForAnyTile) {
  SeededRandomness randomness(21);
  for (int round = 0; round < 2'000; ++round) {
    const bool entries = randomness.below(2) == 0;
    const TileAddress address{
        entries,
        {entries ? 0 : unsigned(randomness.below(64)), randomness.next() >> randomness.below(64)},
        1 + randomness.below(256)};
    const std::string path = to_string(address);
    ASSERT_EQ(parse_tile_address(std::string_view(path).substr(5)).value(), address) << path;
  }
}

TEST(EntryBundle, IsLengthsAndEntries) {
  Bytes bundle;
  append_entry(bundle, "ab");
  append_entry(bundle, "");
  append_entry(bundle, Bytes(65'535, 'x'));
  EXPECT_EQ(bundle.substr(0, 7), std::string("\0\2ab\0\0\xFF", 7));
  const auto entries = read_bundle(bundle);
  ASSERT_TRUE(entries);
  EXPECT_EQ(entries->size(), 3U);
  EXPECT_EQ((*entries)[0], "ab");
  EXPECT_EQ((*entries)[2].size(), 65'535U);
}

TEST(EntryBundle, OfAnotherFormIsNone) {
  Bytes many;
  for (int i = 0; i < 257; ++i) append_entry(many, "e");
  for (const Bytes& bundle :
       {Bytes(), Bytes(1, '\0'), Bytes("\0\3ab", 4), Bytes("\0\1a\0", 4), many}) {
    const auto read = read_bundle(bundle);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::invalid_input);
  }
  EXPECT_EQ(read_bundle(std::string_view(many).substr(0, 256 * 3)).value().size(), 256U);
}

TEST(ProofText, IsReadBack) {
  const HashPath proof = reference::some_leaves(7);
  EXPECT_EQ(parse_proof_text(proof_text(proof)).value(), proof);
  EXPECT_EQ(parse_proof_text("").value(), HashPath{});
  const std::string text = proof_text(proof);
  EXPECT_FALSE(parse_proof_text(text.substr(0, text.size() - 1))) << "no newline";
  EXPECT_FALSE(parse_proof_text("\n"));
  EXPECT_FALSE(parse_proof_text(proof_text(reference::some_leaves(129))));
}

TEST(Receipts, StandOneAfterTheOther) {
  const std::string one = "c2sp.org/tlog-proof@v1\nextra YQ==\nindex 0\n\nlog\n1\n\n- log x\n";
  EXPECT_EQ(split_receipts(one), (std::vector<std::string_view>{one}));
  EXPECT_EQ(split_receipts(one + "\n"), (std::vector<std::string_view>{one}));
  EXPECT_EQ(split_receipts(one + "\n" + one + "\n"), (std::vector<std::string_view>{one, one}));
  EXPECT_EQ(split_receipts("").size(), 1U);
}

}  // namespace
}  // namespace runut
