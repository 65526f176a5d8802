#include "log/settlement.h"

namespace runut {
namespace {

void bury(Ring<OwnCommit>& chain, std::vector<SettledOwn>& settled) {
  for (std::size_t i = 0; i < chain.size(); ++i) settled.push_back({chain[i], Fate::never});
  chain.clear();
}

}  // namespace

void CommitSettlement::sent(const OwnCommit& commit) {
  RUNUT_CHECK(!chains_.empty(), "a commit is sent within a session");
  chains_.back().push_back(commit);
}

void CommitSettlement::counted(const Head& last, std::vector<SettledOwn>& settled) {
  for (Ring<OwnCommit>& chain : chains_) {
    if (chain.empty() || chain.front().first > last.sequence) continue;
    if (chain.front().last == last) {
      settled.push_back({chain.front(), Fate::done});
      chain.pop_front();
    } else {
      bury(chain, settled);
    }
  }
  while (chains_.size() > 1 && chains_.front().empty()) chains_.erase(chains_.begin());
}

std::size_t CommitSettlement::unsettled() const {
  std::size_t count = 0;
  for (const Ring<OwnCommit>& chain : chains_) count += chain.size();
  return count;
}

std::size_t CommitSettlement::unsettled_in_chain() const {
  return chains_.empty() ? 0 : chains_.back().size();
}

void CommitSettlement::give_up(std::vector<SettledOwn>& settled) {
  for (Ring<OwnCommit>& chain : chains_) bury(chain, settled);
}

void CommitSettlement::trust(const Hash256& last, std::vector<SettledOwn>& settled) {
  for (Ring<OwnCommit>& chain : chains_) {
    Ring<OwnCommit> others;
    for (std::size_t i = 0; i < chain.size(); ++i) {
      if (chain[i].last.leaf == last) {
        settled.push_back({chain[i], Fate::done});
      } else {
        others.push_back(chain[i]);
      }
    }
    chain = std::move(others);
  }
}

}  // namespace runut
