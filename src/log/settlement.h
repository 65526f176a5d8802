// What becomes of a writer's own commits: settled by divergence (W5 of the protocol).
//
// Commits of one session form a chain: each names the hash of the one before. The history fills
// each place once. So when it fills the place of the chain's front with that very commit, that is
// done; with anything else, the front and all behind it are dead for ever. Nothing less settles
// them: a record that timed out can still land, however long ago that was.
#pragma once

#include <vector>

#include "base/ring.h"
#include "log/event_log.h"

namespace runut {

// A commit as its writer sent it.
struct OwnCommit {
  CommandId command;
  Sequence first;
  Head last;
  bool takeover = false;
};

struct SettledOwn {
  OwnCommit commit;
  Fate fate = Fate::never;
};

// Pure; not thread-safe.
class CommitSettlement {
 public:
  // What is sent from here on belongs to a new session, chained on a head of its own.
  void begin_chain() { chains_.emplace_back(); }
  void sent(const OwnCommit& commit);

  // To be told of every commit that the reader counted, in order; appends what that settles.
  void counted(const Head& last, std::vector<SettledOwn>& settled);

  [[nodiscard]] std::size_t unsettled() const;
  // Commits of the latest session that are not settled.
  [[nodiscard]] std::size_t unsettled_in_chain() const;

  // For the simulation's counterexamples: settle without knowing.
  void give_up(std::vector<SettledOwn>& settled);
  void trust(const Hash256& last, std::vector<SettledOwn>& settled);

 private:
  std::vector<Ring<OwnCommit>> chains_;  // one, but for sessions in doubt
};

}  // namespace runut
