// One pass over a log: every stored event hashed again, the chain and the commits followed, the tree
// grown; on the way the root at each size that some checkpoint vouches for.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "log/event_batch.h"
#include "proof/checkpoint.h"

namespace runut {

class Verification {
 public:
  // The tree's roots at these sizes are kept; others are not known afterwards.
  explicit Verification(const std::vector<std::uint64_t>& sizes) {
    for (const std::uint64_t size : sizes) roots_.emplace(size, std::nullopt);
  }

  // The next event in order. corrupt, naming its sequence and the rule: verify.leaf_hash (the bytes are
  // not those that were hashed), verify.envelope, verify.sequence, verify.chain, verify.commit.
  [[nodiscard]] Status add(const EventView& stored);
  // corrupt: the log ends within a commit.
  [[nodiscard]] Status finish() const;

  [[nodiscard]] TreeHead head() const { return {tree_.size(), tree_.root()}; }
  // After the pass: the checkpoint's size, which was named at the beginning, has the root that it
  // vouches for. corrupt: verify.shorter (events are gone), verify.rewritten.
  [[nodiscard]] Status check(const Checkpoint& checkpoint) const;

 private:
  std::map<std::uint64_t, std::optional<Hash256>> roots_;
  Frontier tree_;
  Hash256 previous_;
  std::uint32_t place_ = 0;  // the next index within the commit
  std::uint32_t count_ = 0;
  CommandId command_;
};

}  // namespace runut
