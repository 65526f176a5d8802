#include "computation/tiers.h"

#include <algorithm>

namespace runut {
namespace {

int three_way(std::int64_t a, std::int64_t b) {
  return a > b ? 1 : a < b ? -1 : 0;
}

bool contains(const std::vector<PersonId>& people, PersonId person) {
  return std::find(people.begin(), people.end(), person) != people.end();
}

// Exactly `places` of the tied members, each once.
bool settles(const TieChoice& choice, const Tie& tie) {
  if (choice.cutoff != tie.cutoff || static_cast<std::int64_t>(choice.chosen.size()) != tie.places)
    return false;
  for (std::size_t i = 0; i < choice.chosen.size(); ++i) {
    if (!contains(tie.members, choice.chosen[i])) return false;
    for (std::size_t j = 0; j < i; ++j)
      if (choice.chosen[i] == choice.chosen[j]) return false;
  }
  return true;
}

class Cutter {
 public:
  Cutter(std::vector<RankedMember> members, const RankingRules& rules) : rules_(rules) {
    const auto n = static_cast<std::int64_t>(members.size());
    cut_.counts = tier_counts(n, rules.tiers, rules.tail_rounding);
    std::sort(members.begin(), members.end(), [&](const RankedMember& a, const RankedMember& b) {
      const int order = compare_keys(a.key, b.key, rules.tie_keys);
      return order != 0 ? order > 0 : a.person < b.person;
    });
    for (std::size_t i = 0; i < members.size(); ++i) {
      std::uint32_t rank = static_cast<std::uint32_t>(i) + 1;
      if (i > 0 && same(members[i], members[i - 1])) rank = cut_.members[i - 1].rank;
      cut_.members.push_back({members[i].person, members[i].key, rank, Tier::meets});
    }
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (static_cast<std::int64_t>(i) < cut_.counts.above) cut_.members[i].tier = Tier::above;
      if (static_cast<std::int64_t>(i) >= n - cut_.counts.below) cut_.members[i].tier = Tier::below;
    }
    find_tie(Cutoff::above, cut_.counts.above);
    find_tie(Cutoff::below, n - cut_.counts.below);
  }

  TierCut cut(const std::vector<TieChoice>& choices) {
    // What each tied member was by mere order of display is no decision.
    for (const Tie& tie : cut_.ties)
      for (PlacedMember& member : cut_.members)
        if (contains(tie.members, member.person)) member.tier = Tier::unspecified;
    std::vector<PersonId> placed;
    for (const Tie& tie : cut_.ties) {
      const TieChoice* choice = nullptr;
      for (const TieChoice& one : choices)
        if (settles(one, tie) && std::none_of(one.chosen.begin(), one.chosen.end(),
                                              [&](PersonId p) { return contains(placed, p); }))
          choice = &one;
      if (choice == nullptr) {
        cut_.open.push_back(tie);
        continue;
      }
      for (PlacedMember& member : cut_.members)
        if (contains(choice->chosen, member.person)) {
          member.tier = tie.cutoff == Cutoff::above ? Tier::above : Tier::below;
          placed.push_back(member.person);
        }
    }
    settle_the_rest();
    for (const PlacedMember& member : cut_.members) {
      if (member.tier == Tier::above) cut_.cutoff_above = member.key.score;  // descending: the last
      if (member.tier == Tier::below && !cut_.cutoff_below) cut_.cutoff_below = member.key.score;
    }
    return std::move(cut_);
  }

 private:
  template <class A, class B>
  bool same(const A& a, const B& b) const {
    return compare_keys(a.key, b.key, rules_.tie_keys) == 0;
  }

  // `boundary` members stand before the cut-off. It exists only where its tier holds at least one
  // and not all members.
  void find_tie(Cutoff cutoff, std::int64_t boundary) {
    const auto n = static_cast<std::int64_t>(cut_.members.size());
    if (boundary <= 0 || boundary >= n) return;
    const PlacedMember& first_after = cut_.members[static_cast<std::size_t>(boundary)];
    if (!same(cut_.members[static_cast<std::size_t>(boundary) - 1], first_after)) return;
    Tie tie{cutoff, {}, 0, first_after.key.score};
    for (std::int64_t i = 0; i < n; ++i) {
      const PlacedMember& member = cut_.members[static_cast<std::size_t>(i)];
      if (!same(member, first_after)) continue;
      tie.members.push_back(member.person);
      if (cutoff == Cutoff::above ? i < boundary : i >= boundary) ++tie.places;
    }
    cut_.ties.push_back(std::move(tie));
  }

  // Tied members whom no choice took fall into the tier on the other side, once nothing about them
  // is open. Between both cut-offs that is `meets`; a tail of another tier can only be reached over
  // it.
  void settle_the_rest() {
    for (PlacedMember& member : cut_.members) {
      if (member.tier != Tier::unspecified) continue;
      const bool is_open = std::any_of(cut_.open.begin(), cut_.open.end(), [&](const Tie& tie) {
        return contains(tie.members, member.person);
      });
      if (!is_open) member.tier = other_side(member.person);
    }
  }
  // With no `meets` at all a cut-off divides above from below directly.
  Tier other_side(PersonId person) const {
    if (cut_.counts.meets > 0) return Tier::meets;
    for (const Tie& tie : cut_.ties)
      if (contains(tie.members, person))
        return tie.cutoff == Cutoff::above ? Tier::below : Tier::above;
    return Tier::meets;
  }

  const RankingRules& rules_;
  TierCut cut_;
};

}  // namespace

int compare_keys(const RankKey& a, const RankKey& b, const std::vector<TieKey>& tie_keys) {
  if (const int order = three_way(a.score.value, b.score.value); order != 0) return order;
  for (const TieKey key : tie_keys) {
    int order = 0;
    switch (key) {
      case TieKey::result: order = three_way(a.result.value, b.result.value); break;
      case TieKey::behaviour: order = three_way(a.behaviour.value, b.behaviour.value); break;
      case TieKey::discipline: order = three_way(a.discipline.value, b.discipline.value); break;
      case TieKey::unspecified: break;
    }
    if (order != 0) return order;
  }
  return 0;
}

TierCut cut_tiers(std::vector<RankedMember> members, const RankingRules& rules,
                  const std::vector<TieChoice>& choices) {
  return Cutter(std::move(members), rules).cut(choices);
}

PlacedMember place_alone(const RankedMember& corrected, const std::vector<RankedMember>& others,
                         const RankingRules& rules, const TierCounts& counts) {
  std::int64_t place = 1;
  for (const RankedMember& other : others)
    if (compare_keys(other.key, corrected.key, rules.tie_keys) > 0) ++place;
  const auto n = static_cast<std::int64_t>(others.size()) + 1;
  Tier tier = Tier::meets;
  if (place <= counts.above) {
    tier = Tier::above;
  } else if (place > n - counts.below) {
    tier = Tier::below;
  }
  return {corrected.person, corrected.key, static_cast<std::uint32_t>(place), tier};
}

}  // namespace runut
