#include "proof/merkle.h"

#include <gtest/gtest.h>

#include "base/clock.h"
#include "proof/hash_source.h"
#include "tests/proof/reference_tree.h"

namespace runut {
namespace {

using reference::some_leaves;

Hash256 hash(std::string_view hex) {
  return Hash256::from(from_hex(hex).value());
}
HashPath hashes(std::initializer_list<const char*> hex) {
  HashPath path;
  for (const char* each : hex) path.push_back(hash(each));
  return path;
}

// The eight inputs and their roots that Certificate Transparency implementations share.
const std::vector<const char*> ct_inputs = {"",
                                            "00",
                                            "10",
                                            "2021",
                                            "3031",
                                            "40414243",
                                            "5051525354555657",
                                            "606162636465666768696a6b6c6d6e6f"};
const std::vector<const char*> ct_roots = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<Hash256> ct_leaves() {
  std::vector<Hash256> leaves;
  for (const char* input : ct_inputs) leaves.push_back(leaf_hash(from_hex(input).value()));
  return leaves;
}

TEST(MerkleRoot, AgreesWithCertificateTransparency) {
  Frontier frontier;
  EXPECT_EQ(to_hex(frontier.root().view()), ct_roots[0]);
  std::size_t size = 0;
  for (const Hash256& leaf : ct_leaves()) {
    frontier.append(leaf);
    EXPECT_EQ(to_hex(frontier.root().view()), ct_roots[++size]);
  }
}

TEST(InclusionProof, AgreesWithCertificateTransparency) {
  struct Row {
    InclusionQuery query;
    HashPath proof;
  };
  const Row rows[] = {
      {{0, 1}, {}},
      {{0, 8},
       hashes({"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
               "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
               "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"})},
      {{5, 8},
       hashes({"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
               "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
               "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"})},
  };
  const std::vector<Hash256> leaves = ct_leaves();
  LeafHashes source(leaves);
  for (const Row& row : rows) {
    EXPECT_EQ(inclusion_proof(source, row.query).value(), row.proof);
    EXPECT_TRUE(verify_inclusion({row.query.index, leaves[row.query.index]},
                                 {row.query.size, hash(ct_roots[row.query.size])}, row.proof));
  }
}

TEST(ConsistencyProof, AgreesWithCertificateTransparency) {
  struct Row {
    ConsistencyQuery query;
    HashPath proof;
  };
  const Row rows[] = {
      {{1, 1}, {}},
      {{1, 8},
       hashes({"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
               "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
               "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"})},
      {{6, 8},
       hashes({"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
               "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
               "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"})},
      {{2, 5},
       hashes({"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
               "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"})},
  };
  const std::vector<Hash256> leaves = ct_leaves();
  LeafHashes source(leaves);
  for (const Row& row : rows) {
    EXPECT_EQ(consistency_proof(source, row.query).value(), row.proof);
    EXPECT_TRUE(verify_consistency({row.query.earlier, hash(ct_roots[row.query.earlier])},
                                   {row.query.later, hash(ct_roots[row.query.later])}, row.proof));
  }
}

// Every way to spoil a proof by one step; the verifier must refuse each.
template <class Verify>
void expect_only_the_proof_itself(const HashPath& proof, Verify&& verify) {
  ASSERT_TRUE(verify(proof));
  for (std::size_t i = 0; i < proof.size(); ++i) {
    HashPath spoiled = proof;
    spoiled[i].bytes[i % 32] ^= 1;
    ASSERT_FALSE(verify(spoiled)) << "element " << i;
    spoiled = proof;
    spoiled.erase(spoiled.begin() + static_cast<std::ptrdiff_t>(i));
    ASSERT_FALSE(verify(spoiled)) << "without element " << i;
  }
  HashPath longer = proof;
  longer.push_back(Hash256{});
  ASSERT_FALSE(verify(longer));
  longer = proof;
  longer.insert(longer.begin(), Hash256{});
  ASSERT_FALSE(verify(longer));
}

TEST(InclusionProof, HoldsForEveryLeafOfEveryTreeUpTo300) {
  const std::vector<Hash256> leaves = some_leaves(300);
  reference::AllSubtrees source(leaves);
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    const std::span<const Hash256> tree = std::span(leaves).first(size);
    const TreeHead head{size, reference::mth(tree)};
    ASSERT_EQ(root_at(source, size).value(), head.root);
    for (std::size_t index = 0; index < size; ++index) {
      const HashPath proof = inclusion_proof(source, {index, size}).value();
      if (size <= 70) {
        ASSERT_EQ(proof, reference::path(index, tree)) << index << " of " << size;
      }
      ASSERT_TRUE(verify_inclusion({index, leaves[index]}, head, proof)) << index << " of " << size;
      const std::size_t other = (index + 1) % size;
      if (other != index) {
        ASSERT_FALSE(verify_inclusion({index, leaves[other]}, head, proof));
        ASSERT_FALSE(verify_inclusion({other, leaves[index]}, head, proof));
      }
    }
  }
}

TEST(MerkleProofs, FailWithAnyElementSpoiledInEveryTreeUpTo70) {
  const std::vector<Hash256> leaves = some_leaves(70);
  reference::AllSubtrees source(leaves);
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    const TreeHead head{size, reference::mth(std::span(leaves).first(size))};
    for (std::size_t index = 0; index < size; ++index) {
      expect_only_the_proof_itself(
          inclusion_proof(source, {index, size}).value(), [&](const HashPath& proof) {
            return verify_inclusion({index, leaves[index]}, head, proof).has_value();
          });
      const TreeHead before{index + 1, reference::mth(std::span(leaves).first(index + 1))};
      expect_only_the_proof_itself(consistency_proof(source, {index + 1, size}).value(),
                                   [&](const HashPath& proof) {
                                     return verify_consistency(before, head, proof).has_value();
                                   });
    }
  }
}

TEST(ConsistencyProof, HoldsBetweenEveryTwoTreesUpTo300) {
  const std::vector<Hash256> leaves = some_leaves(300);
  std::vector<Hash256> roots;
  for (std::size_t size = 0; size <= leaves.size(); ++size)
    roots.push_back(reference::mth(std::span(leaves).first(size)));
  reference::AllSubtrees source(leaves);
  for (std::size_t later = 1; later <= leaves.size(); ++later)
    for (std::size_t earlier = 1; earlier <= later; ++earlier) {
      const HashPath proof = consistency_proof(source, {earlier, later}).value();
      if (later <= 70) {
        ASSERT_EQ(proof, reference::proof(earlier, std::span(leaves).first(later)));
      }
      ASSERT_TRUE(verify_consistency({earlier, roots[earlier]}, {later, roots[later]}, proof))
          << earlier << " to " << later;
      if (earlier < later) {
        ASSERT_FALSE(verify_consistency({earlier, roots[later]}, {later, roots[later]}, proof));
        ASSERT_FALSE(verify_consistency({earlier, roots[earlier]}, {later, roots[earlier]}, proof));
      }
    }
}

TEST(MerkleProofs, HoldForRandomTreesUpTo5000) {
  const std::vector<Hash256> leaves = some_leaves(5000);
  SeededRandomness randomness(7);
  LeafHashes source(leaves);
  for (int round = 0; round < 60; ++round) {
    const std::size_t size = 1 + randomness.below(leaves.size());
    const std::size_t index = randomness.below(size);
    const std::size_t earlier = 1 + randomness.below(size);
    const TreeHead head{size, reference::mth(std::span(leaves).first(size))};
    const TreeHead before{earlier, reference::mth(std::span(leaves).first(earlier))};
    SCOPED_TRACE(testing::Message() << index << ", " << earlier << " of " << size);
    expect_only_the_proof_itself(
        inclusion_proof(source, {index, size}).value(), [&](const HashPath& proof) {
          return verify_inclusion({index, leaves[index]}, head, proof).has_value();
        });
    expect_only_the_proof_itself(
        consistency_proof(source, {earlier, size}).value(),
        [&](const HashPath& proof) { return verify_consistency(before, head, proof).has_value(); });
  }
}

TEST(Frontier, TakesInTheLeavesOfATreeThatWasGrownAlone) {
  const std::vector<Hash256> leaves = some_leaves(80);
  const auto tree_of = [&](std::size_t from, std::size_t until) {
    Frontier tree;
    for (std::size_t i = from; i < until; ++i) tree.append(leaves[i]);
    return tree;
  };
  for (const std::size_t first : {0U, 16U, 32U, 48U}) {
    for (std::size_t until = first; until <= first + 16; ++until) {
      Frontier tree = tree_of(0, first);
      tree.append(tree_of(first, until));
      EXPECT_EQ(tree, tree_of(0, until)) << first << " to " << until;
    }
  }
}

TEST(ConsistencyProof, FindsRewrittenHistory) {
  std::vector<Hash256> leaves = some_leaves(20);
  const TreeHead before{7, reference::mth(std::span(leaves).first(7))};
  leaves[3] = leaf_hash("something else");  // rewritten, and all rehashed
  LeafHashes source(leaves);
  const TreeHead after{20, reference::mth(leaves)};
  const Status verified =
      verify_consistency(before, after, consistency_proof(source, {7, 20}).value());
  ASSERT_FALSE(verified);
  EXPECT_EQ(verified.error().code, ErrorCode::corrupt);
  EXPECT_NE(verified.error().message.find("history was rewritten"), std::string::npos);
}

TEST(ConsistencyProof, KnowsTheEmptyTreeAndRefusesTheImpossible) {
  const std::vector<Hash256> leaves = some_leaves(3);
  LeafHashes source(leaves);
  const TreeHead three{3, reference::mth(leaves)};
  EXPECT_TRUE(verify_consistency({0, empty_root()}, three, {}));
  EXPECT_TRUE(verify_consistency({0, empty_root()}, {0, empty_root()}, {}));
  EXPECT_FALSE(verify_consistency({0, three.root}, three, {}));
  EXPECT_FALSE(verify_consistency({3, leaves[0]}, three, {}));
  EXPECT_EQ(verify_consistency({4, three.root}, three, {}).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(consistency_proof(source, {4, 3}).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(inclusion_proof(source, {3, 3}).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(verify_inclusion({3, leaves[0]}, three, {}).error().code, ErrorCode::invalid_input);
  EXPECT_FALSE(verify_inclusion({UINT64_MAX - 1, leaves[0]}, {UINT64_MAX, three.root}, {}));
}

}  // namespace
}  // namespace runut
