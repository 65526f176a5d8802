// Consecutive events verified by themselves, whatever stands before them: what one worker of a
// verification does, and what is left to compare where two stretches meet.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "log/event_batch.h"
#include "proof/merkle.h"

namespace runut {

// What the next event has to continue: the hash before it, and a commit that may be open.
struct ChainEnd {
  Hash256 previous;
  CommandId command;
  std::uint32_t place = 0;  // the next index within the commit; 0: between two commits
  std::uint32_t count = 0;
};

class Stretch {
 public:
  // The first event will be `first`; the trees at these sizes, if they end here, are kept.
  Stretch(Sequence first, const std::set<std::uint64_t>& sizes) : first_(first), sizes_(&sizes) {}

  // The next event in order. corrupt, naming its sequence and the rule: verify.leaf_hash (the bytes
  // are not those that were hashed), verify.envelope, verify.sequence, verify.chain, verify.commit.
  // The first event's chain and commit are follows()'s to judge.
  [[nodiscard]] Status add(const EventView& stored);
  // Ends the stretch: its events up to here are good, this is why there are no more.
  void fail_with(Error why) { broken_ = std::move(why); }

  // Whether the stretch continues what was before it, and then whether it is whole itself: the
  // first thing wrong in the order of the log.
  [[nodiscard]] Status follows(const ChainEnd& before) const;

  [[nodiscard]] const ChainEnd& end() const { return end_; }
  [[nodiscard]] const Frontier& tree() const { return tree_; }
  // One for each of the sizes, ascending; of these events alone.
  [[nodiscard]] const std::vector<Frontier>& kept() const { return kept_; }

 private:
  struct Link {
    Hash256 previous;
    CommandId command;
    std::uint32_t index = 0;
    std::uint32_t count = 0;
  };
  [[nodiscard]] static Status link(const Link& next, const ChainEnd& before, Sequence sequence);

  Sequence first_;
  const std::set<std::uint64_t>* sizes_;
  Frontier tree_;
  std::vector<Frontier> kept_;
  std::optional<Link> opening_;  // of the first event
  ChainEnd end_;
  std::optional<Error> broken_;
};

}  // namespace runut
