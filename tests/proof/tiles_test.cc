#include "proof/tiles.h"

#include <gtest/gtest.h>

#include "base/clock.h"
#include "tests/proof/reference_tree.h"

namespace runut {
namespace {

using reference::some_leaves;

TEST(TilePath, IsWhatC2spSays) {
  EXPECT_EQ(tile_path({0, 1234067}, 256), "tile/0/x001/x234/067");
  EXPECT_EQ(tile_path({1, 0}, 17), "tile/1/000.p/17");
  EXPECT_EQ(tile_path({5, 1000}, 255), "tile/5/x001/000.p/255");
}

TEST(TileWidth, IsWhatC2spSaysOf70000Leaves) {
  EXPECT_EQ(width_at({0, 272}, 70'000), 256U);
  EXPECT_EQ(width_at({0, 273}, 70'000), 112U);
  EXPECT_EQ(width_at({0, 274}, 70'000), 0U);
  EXPECT_EQ(width_at({1, 0}, 70'000), 256U);
  EXPECT_EQ(width_at({1, 1}, 70'000), 17U);
  EXPECT_EQ(width_at({2, 0}, 70'000), 1U);
  EXPECT_EQ(width_at({3, 0}, 70'000), 0U);
  EXPECT_EQ(width_at({1, 0}, 256), 1U) << "a full tile is a hash of the level above";
  EXPECT_EQ(width_at({63, 0}, UINT64_MAX), 0U);
}

TEST(MerkleTree, WritesTheTilesOf70000Leaves) {
  MerkleTree tree;
  MemoryTileStore store;
  const std::vector<Hash256> leaves = some_leaves(70'000);
  for (const Hash256& leaf : leaves) tree.append(leaf);
  ASSERT_TRUE(tree.flush(store));
  EXPECT_EQ(store.tiles().size(), 273U + 1 + 1 + 1 + 1);
  for (const auto& [id, hashes] : store.tiles())
    EXPECT_EQ(hashes.size(), width_at(id, 70'000) * Hash256::size) << id.level << "/" << id.index;
  // MTH(D[(n*256 + i) * 256^l : (n*256 + i + 1) * 256^l]) for one hash of level 1 and the one of 2
  const BytesView level_1 = store.tiles().at({1, 1});
  EXPECT_EQ(Hash256::from(level_1.substr(5 * 32, 32)),
            reference::mth(std::span(leaves).subspan((256 + 5) * 256, 256)));
  EXPECT_EQ(Hash256::from(store.tiles().at({2, 0})),
            reference::mth(std::span(leaves).first(65'536)));
  EXPECT_EQ(tree.root(), reference::mth(leaves));
}

TEST(MerkleTree, ProvesFromTilesWhatItProvesFromLeaves) {
  const std::vector<Hash256> leaves = some_leaves(5000);
  MerkleTree tree;
  MemoryTileStore store;
  for (const Hash256& leaf : leaves) tree.append(leaf);
  ASSERT_TRUE(tree.flush(store));
  SeededRandomness randomness(11);
  TileHashes tiles(store);
  LeafHashes plain(leaves);
  for (int round = 0; round < 100; ++round) {
    const std::size_t size = 1 + randomness.below(leaves.size());
    const std::size_t index = randomness.below(size);
    ASSERT_EQ(root_at(tiles, size).value(), root_at(plain, size).value()) << size;
    ASSERT_EQ(inclusion_proof(tiles, {index, size}).value(),
              inclusion_proof(plain, {index, size}).value());
    ASSERT_EQ(consistency_proof(tiles, {index, size}).value(),
              consistency_proof(plain, {index, size}).value());
  }
}

TEST(MerkleTree, GoesOnFromItsTilesAtAnySize) {
  const std::vector<Hash256> leaves = some_leaves(1500);
  SeededRandomness randomness(12);
  MerkleTree straight;
  MerkleTree interrupted;
  MemoryTileStore straight_store;
  MemoryTileStore store;
  for (const Hash256& leaf : leaves) {
    straight.append(leaf);
    interrupted.append(leaf);
    if (randomness.below(20) == 0) {
      ASSERT_TRUE(interrupted.flush(store));
      interrupted = MerkleTree::load(store, interrupted.size()).value();
    }
  }
  ASSERT_TRUE(straight.flush(straight_store));
  ASSERT_TRUE(interrupted.flush(store));
  EXPECT_EQ(interrupted.head(), straight.head());
  EXPECT_EQ(store.tiles(), straight_store.tiles());
}

TEST(MerkleTree, LoadsAnEarlierSizeFromWiderTiles) {
  // tiles ahead of the position they are committed with: a crash between the two
  const std::vector<Hash256> leaves = some_leaves(700);
  MerkleTree tree;
  MemoryTileStore store;
  for (const Hash256& leaf : leaves) tree.append(leaf);
  ASSERT_TRUE(tree.flush(store));
  for (const std::size_t size : {0U, 1U, 255U, 256U, 257U, 512U, 699U, 700U}) {
    MerkleTree earlier = MerkleTree::load(store, size).value();
    EXPECT_EQ(earlier.root(), reference::mth(std::span(leaves).first(size)));
    for (std::size_t i = size; i < leaves.size(); ++i) earlier.append(leaves[i]);
    EXPECT_EQ(earlier.head(), tree.head()) << size;
    MemoryTileStore again = store;
    ASSERT_TRUE(earlier.flush(again));
    EXPECT_EQ(again.tiles(), store.tiles()) << size;
  }
}

TEST(MerkleTree, SaysWhatIsWrongWithItsTiles) {
  MerkleTree tree;
  MemoryTileStore store;
  for (const Hash256& leaf : some_leaves(300)) tree.append(leaf);
  ASSERT_TRUE(tree.flush(store));
  EXPECT_EQ(MerkleTree::load(store, 301).error().code, ErrorCode::not_found);
  EXPECT_EQ(MerkleTree::load(store, 600).error().code, ErrorCode::not_found);
  ASSERT_TRUE(store.write({0, 1}, "no row of hashes"));
  const auto loaded = MerkleTree::load(store, 300);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::corrupt);
  EXPECT_EQ(loaded.error().value, "0/1");
}

}  // namespace
}  // namespace runut
