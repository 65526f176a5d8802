// Proofs from stored hashes: the seam to wherever complete subtrees can be looked up.
#pragma once

#include "proof/merkle.h"

namespace runut {

// A complete subtree: the 2^level leaves from index * 2^level on.
struct SubtreeId {
  unsigned level = 0;
  std::uint64_t index = 0;
  friend auto operator<=>(const SubtreeId&, const SubtreeId&) = default;
};

class HashSource {
 public:
  virtual ~HashSource() = default;
  // The hash of a subtree that lies wholly within the stored tree.
  [[nodiscard]] virtual Result<Hash256> subtree(const SubtreeId& id) = 0;
};

// Leaf hashes in memory; hashes anew at each call. For small trees and tests. Borrows the leaves.
class LeafHashes final : public HashSource {
 public:
  explicit LeafHashes(std::span<const Hash256> leaves) : leaves_(leaves) {}
  [[nodiscard]] Result<Hash256> subtree(const SubtreeId& id) override;

 private:
  std::span<const Hash256> leaves_;
};

[[nodiscard]] Result<Frontier> frontier_at(HashSource& hashes, std::uint64_t size);
[[nodiscard]] Result<Hash256> root_at(HashSource& hashes, std::uint64_t size);

// RFC 6962 section 2.1.1; index < size, else invalid_input.
struct InclusionQuery {
  std::uint64_t index = 0;
  std::uint64_t size = 0;
};
[[nodiscard]] Result<HashPath> inclusion_proof(HashSource& hashes, const InclusionQuery& query);

// RFC 6962 section 2.1.2; earlier <= later, else invalid_input. Empty for equal sizes and for 0.
struct ConsistencyQuery {
  std::uint64_t earlier = 0;
  std::uint64_t later = 0;
};
[[nodiscard]] Result<HashPath> consistency_proof(HashSource& hashes, const ConsistencyQuery& query);

}  // namespace runut
