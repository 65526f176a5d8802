#include "proof/merkle.h"

#include <bit>
#include <string>
#include <utility>

#include "base/sha256.h"

namespace runut {
namespace {

tl::unexpected<Error> wrong(ErrorCode code, std::string_view field, std::uint64_t value,
                            std::string_view message) {
  return fail(Error{code, {}, std::string(field), std::to_string(value), std::string(message)});
}

bool is_odd(std::uint64_t number) {
  return (number & 1U) != 0;
}

}  // namespace

Hash256 empty_root() {
  return sha256(BytesView());
}

Frontier::Frontier(std::uint64_t size, HashPath hashes) : size_(size), hashes_(std::move(hashes)) {
  RUNUT_CHECK(static_cast<std::size_t>(std::popcount(size)) == hashes_.size(),
              "a frontier has one hash for each set bit of its size");
}

void Frontier::merge_last_two() {
  const Hash256 right = hashes_.back();
  hashes_.pop_back();
  hashes_.back() = node_hash(hashes_.back(), right);
}

void Frontier::append(const Frontier& behind) {
  RUNUT_CHECK(behind.size_ == 0 || size_ % std::bit_ceil(behind.size_) == 0,
              "a tree is put where its subtrees would not be those of the whole");
  std::uint64_t left = behind.size_;
  for (const Hash256& subtree : behind.hashes_) {
    const std::uint64_t leaves = std::bit_floor(left);
    hashes_.push_back(subtree);
    for (std::uint64_t rest = size_ / leaves; is_odd(rest); rest >>= 1U) merge_last_two();
    size_ += leaves;
    left -= leaves;
  }
}

Hash256 Frontier::root() const {
  if (hashes_.empty()) return empty_root();
  Hash256 root = hashes_.back();
  for (std::size_t i = hashes_.size() - 1; i > 0; --i) root = node_hash(hashes_[i - 1], root);
  return root;
}

Status verify_inclusion(const LeafAt& leaf, const TreeHead& tree, std::span<const Hash256> proof) {
  if (leaf.index >= tree.size)
    return wrong(ErrorCode::invalid_input, "index", leaf.index,
                 "the tree has only " + std::to_string(tree.size) + " leaves");
  std::uint64_t node = leaf.index;
  std::uint64_t last = tree.size - 1;
  Hash256 hash = leaf.hash;
  for (const Hash256& sibling : proof) {
    if (last == 0)
      return wrong(ErrorCode::corrupt, "proof", proof.size(), "the inclusion proof is too long");
    if (is_odd(node) || node == last) {
      hash = node_hash(sibling, hash);
      while (!is_odd(node) && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1U;
    last >>= 1U;
  }
  if (last != 0)
    return wrong(ErrorCode::corrupt, "proof", proof.size(), "the inclusion proof is too short");
  if (hash != tree.root)
    return wrong(ErrorCode::corrupt, "index", leaf.index,
                 "the inclusion proof does not lead to the root");
  return {};
}

Status verify_consistency(const TreeHead& earlier, const TreeHead& later,
                          std::span<const Hash256> proof) {
  if (earlier.size > later.size)
    return wrong(ErrorCode::invalid_input, "size", earlier.size,
                 "the later tree has only " + std::to_string(later.size) + " leaves");
  if (earlier.size == 0 && earlier.root != empty_root())
    return wrong(ErrorCode::corrupt, "size", 0, "the root is not that of the empty tree");
  if (earlier.size == 0 || earlier.size == later.size) {
    if (!proof.empty())
      return wrong(ErrorCode::corrupt, "proof", proof.size(), "the consistency proof is too long");
    if (earlier.size == later.size && earlier.root != later.root)
      return wrong(ErrorCode::corrupt, "size", later.size, "two roots for one size");
    return {};
  }
  std::uint64_t node = earlier.size - 1;
  std::uint64_t last = later.size - 1;
  while (is_odd(node)) {
    node >>= 1U;
    last >>= 1U;
  }
  // A size that is a power of two is a subtree of the later tree: its root opens the proof unsaid.
  std::size_t next = std::has_single_bit(earlier.size) ? 0 : 1;
  if (proof.size() < next || (next == 0 && proof.empty()))
    return wrong(ErrorCode::corrupt, "proof", proof.size(), "the consistency proof is too short");
  Hash256 earlier_hash = next == 0 ? earlier.root : proof[0];
  Hash256 later_hash = earlier_hash;
  for (; next < proof.size(); ++next) {
    if (last == 0)
      return wrong(ErrorCode::corrupt, "proof", proof.size(), "the consistency proof is too long");
    if (is_odd(node) || node == last) {
      earlier_hash = node_hash(proof[next], earlier_hash);
      later_hash = node_hash(proof[next], later_hash);
      while (!is_odd(node) && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      later_hash = node_hash(later_hash, proof[next]);
    }
    node >>= 1U;
    last >>= 1U;
  }
  if (last != 0)
    return wrong(ErrorCode::corrupt, "proof", proof.size(), "the consistency proof is too short");
  if (earlier_hash != earlier.root)
    return wrong(ErrorCode::corrupt, "size", earlier.size,
                 "the proof does not lead to the earlier root: history was rewritten");
  if (later_hash != later.root)
    return wrong(ErrorCode::corrupt, "size", later.size,
                 "the proof does not lead to the later root");
  return {};
}

}  // namespace runut
