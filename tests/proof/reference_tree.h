// The definitions of RFC 6962 section 2.1, word for word and slow: the oracle of the tests here.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "proof/hash_source.h"

namespace runut::reference {

using Leaves = std::span<const Hash256>;  // hashes of the entries

inline std::size_t split(std::size_t n) {
  std::size_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

inline Hash256 mth(Leaves d) {
  if (d.empty()) return sha256("");
  if (d.size() == 1) return d[0];
  const std::size_t k = split(d.size());
  return node_hash(mth(d.first(k)), mth(d.subspan(k)));
}

inline HashPath joined(HashPath path, const Hash256& last) {
  path.push_back(last);
  return path;
}

inline HashPath path(std::size_t m, Leaves d) {
  if (d.size() == 1) return {};
  const std::size_t k = split(d.size());
  if (m < k) return joined(path(m, d.first(k)), mth(d.subspan(k)));
  return joined(path(m - k, d.subspan(k)), mth(d.first(k)));
}

inline HashPath subproof(std::size_t m, Leaves d, bool whole) {
  if (m == d.size()) return whole ? HashPath{} : HashPath{mth(d)};
  const std::size_t k = split(d.size());
  if (m <= k) return joined(subproof(m, d.first(k), whole), mth(d.subspan(k)));
  return joined(subproof(m - k, d.subspan(k), false), mth(d.first(k)));
}

inline HashPath proof(std::size_t m, Leaves d) {
  return subproof(m, d, true);
}

inline std::vector<Hash256> some_leaves(std::size_t count) {
  std::vector<Hash256> leaves;
  leaves.reserve(count);
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_hash("leaf " + std::to_string(i)));
  return leaves;
}

// Every complete subtree of the leaves, hashed once: makes proofs by the ten thousand affordable.
class AllSubtrees final : public HashSource {
 public:
  explicit AllSubtrees(std::vector<Hash256> leaves) : levels_{std::move(leaves)} {
    while (levels_.back().size() > 1) {
      std::vector<Hash256> above;
      for (std::size_t i = 0; i + 1 < levels_.back().size(); i += 2)
        above.push_back(node_hash(levels_.back()[i], levels_.back()[i + 1]));
      levels_.push_back(std::move(above));
    }
  }
  [[nodiscard]] Result<Hash256> subtree(const SubtreeId& id) override {
    return levels_.at(id.level).at(id.index);
  }

 private:
  std::vector<std::vector<Hash256>> levels_;
};

}  // namespace runut::reference
