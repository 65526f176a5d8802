// One pass over a log: every stored event hashed again, the chain and the commits followed, the
// tree grown; on the way the root at each size that some checkpoint vouches for.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "instance/stretch.h"
#include "log/event_log.h"
#include "proof/checkpoint.h"

namespace runut {

// Called on the caller's thread, now and then.
using VerificationProgress = std::function<void(Sequence reached, Sequence head)>;

class Verification {
 public:
  // The tree's roots at these sizes are kept; others are not known afterwards.
  explicit Verification(const std::vector<std::uint64_t>& sizes)
      : sizes_(sizes.begin(), sizes.end()) {}

  // The whole log up to its head, read and hashed by as many threads as there are cores; what is
  // found does not depend on how many. Stops at the first event that is wrong: corrupt with a rule
  // of Stretch::add, or verify.commit when the log ends within a commit. An error without a rule is
  // the log's own: it could not be read. Memory: a few reads a thread, whatever the log holds.
  [[nodiscard]] Status read(const EventLog& log, const VerificationProgress& progress = nullptr);

  [[nodiscard]] TreeHead head() const { return {tree_.size(), tree_.root()}; }
  // After the pass: the checkpoint's size, which was named at the beginning, has the root that it
  // vouches for. corrupt: verify.shorter (events are gone), verify.rewritten.
  [[nodiscard]] Status check(const Checkpoint& checkpoint) const;

 private:
  [[nodiscard]] Status add(const Stretch& stretch);

  std::set<std::uint64_t> sizes_;
  std::map<std::uint64_t, Hash256> roots_;
  Frontier tree_;
  ChainEnd end_;
};

}  // namespace runut
