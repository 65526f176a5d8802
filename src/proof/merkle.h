// The RFC 6962 Merkle tree (same as RFC 9162 section 2.1) over leaf hashes: pure arithmetic.
// A leaf's index counts from 0: the event with sequence s is leaf s - 1.
#pragma once

#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace runut {

using HashPath = std::vector<Hash256>;  // a proof, the leaf's end first

// SHA-256 of nothing: the root of the empty tree.
[[nodiscard]] Hash256 empty_root();

// What a tree needs to grow: one hash for each set bit of its size, largest subtree first.
class Frontier {
 public:
  Frontier() = default;
  // `hashes` must have one hash for each set bit of `size`.
  Frontier(std::uint64_t size, HashPath hashes);

  void append(const Hash256& leaf) {
    append(leaf, [](unsigned, const Hash256&) {});
  }
  // Calls on_subtree(level, hash) for each complete subtree of 2^level leaves that this leaf
  // completes, the smallest (level 1) first.
  template <class OnSubtree>
  void append(const Hash256& leaf, OnSubtree&& on_subtree) {
    hashes_.push_back(leaf);
    unsigned level = 0;
    for (std::uint64_t rest = size_; (rest & 1U) != 0; rest >>= 1U) {
      merge_last_two();
      on_subtree(++level, hashes_.back());
    }
    ++size_;
  }

  // Behind this tree, the leaves of another that was grown alone. This size must be a multiple of a
  // power of two that is at least the other's size.
  void append(const Frontier& behind);

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Hash256 root() const;
  [[nodiscard]] const HashPath& hashes() const { return hashes_; }

  friend bool operator==(const Frontier&, const Frontier&) = default;

 private:
  void merge_last_two();

  std::uint64_t size_ = 0;
  HashPath hashes_;
};

// A tree's size and root: what a checkpoint signs.
struct TreeHead {
  std::uint64_t size = 0;
  Hash256 root;
  friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

struct LeafAt {
  std::uint64_t index = 0;
  Hash256 hash;
};

// RFC 9162 section 2.1.3.2. Errors: `corrupt`, saying whether length or root disagrees;
// `invalid_input` when the index is outside the tree.
[[nodiscard]] Status verify_inclusion(const LeafAt& leaf, const TreeHead& tree,
                                      std::span<const Hash256> proof);

// RFC 9162 section 2.1.4.2: `later` has the same first `earlier.size` leaves. Every tree extends
// the empty one; equal sizes need equal roots and an empty proof.
[[nodiscard]] Status verify_consistency(const TreeHead& earlier, const TreeHead& later,
                                        std::span<const Hash256> proof);

}  // namespace runut
