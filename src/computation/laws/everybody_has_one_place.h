// A published group places each member once, by falling score, in as many of each tier as its
// header says, and the cut-off scores are those of the tiers (rulebook section 3.4).
#pragma once

#include <set>
#include <span>

#include "computation/laws/breach.h"

namespace runut::laws {

[[nodiscard]] inline Status everybody_has_one_place(const RankingPublished& header,
                                                    std::span<const RankingMemberPlaced> members) {
  const auto broken = [&](std::string message) {
    return breach("law.everybody_has_one_place", "group", header.group,
                  fmt::format("{} {}: {}", to_string(header.period), header.group, message));
  };
  std::set<PersonId> seen;
  std::uint32_t above = 0;
  std::uint32_t below = 0;
  std::optional<Score> cutoff_above;
  std::optional<Score> cutoff_below;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const RankingMemberPlaced& one = members[i];
    if (!seen.insert(one.person).second)
      return broken(fmt::format("{} is placed twice", to_string(one.person)));
    const bool shared = i > 0 && one.rank == members[i - 1].rank;
    if ((one.rank != i + 1 && !shared) || (i > 0 && one.score > members[i - 1].score))
      return broken(fmt::format("{} has rank {} at place {} with {}", to_string(one.person),
                                one.rank, i + 1, to_string(one.score)));
    above += one.tier == Tier::above ? 1U : 0U;
    below += one.tier == Tier::below ? 1U : 0U;
    if (one.tier == Tier::above) cutoff_above = one.score;
    if (one.tier == Tier::below && !cutoff_below) cutoff_below = one.score;
  }
  if (members.size() != header.members || above != header.above || below != header.below)
    return broken(fmt::format("{} members, {} above, {} below; the header says {}, {}, {}",
                              members.size(), above, below, header.members, header.above,
                              header.below));
  if (cutoff_above == header.cutoff_above && cutoff_below == header.cutoff_below) return {};
  const auto shown = [](std::optional<Score> score) { return score ? to_string(*score) : "none"; };
  return broken(fmt::format("cut-offs are {} and {}; the header says {} and {}",
                            shown(cutoff_above), shown(cutoff_below), shown(header.cutoff_above),
                            shown(header.cutoff_below)));
}

}  // namespace runut::laws
