#include "log/settlement.h"

#include <algorithm>

namespace runut {

void CommitSettlement::sent(const OwnCommit& commit) {
  RUNUT_CHECK(!chains_.empty(), "a commit is sent within a session");
  chains_.back().push_back(commit);
}

void CommitSettlement::counted(const Head& last, std::vector<SettledOwn>& settled) {
  for (std::deque<OwnCommit>& chain : chains_) {
    if (chain.empty() || chain.front().first > last.sequence) continue;
    if (chain.front().last == last) {
      settled.push_back({chain.front(), Fate::done});
      chain.pop_front();
    } else {
      for (const OwnCommit& dead : chain) settled.push_back({dead, Fate::never});
      chain.clear();
    }
  }
  while (chains_.size() > 1 && chains_.front().empty()) chains_.pop_front();
}

std::size_t CommitSettlement::unsettled() const {
  std::size_t count = 0;
  for (const std::deque<OwnCommit>& chain : chains_) count += chain.size();
  return count;
}

std::size_t CommitSettlement::unsettled_in_chain() const {
  return chains_.empty() ? 0 : chains_.back().size();
}

void CommitSettlement::give_up(std::vector<SettledOwn>& settled) {
  for (std::deque<OwnCommit>& chain : chains_) {
    for (const OwnCommit& commit : chain) settled.push_back({commit, Fate::never});
    chain.clear();
  }
}

void CommitSettlement::trust(const OwnCommit& commit, std::vector<SettledOwn>& settled) {
  for (std::deque<OwnCommit>& chain : chains_) {
    const auto found = std::find_if(chain.begin(), chain.end(),
                                    [&](const OwnCommit& own) { return own.last == commit.last; });
    if (found == chain.end()) continue;
    settled.push_back({*found, Fate::done});
    chain.erase(found);
  }
}

}  // namespace runut
