// One group, ordered and cut into tiers (rulebook section 3.4, Order, Counts, Ties). Pure of facts:
// members come with their keys.
#pragma once

#include <optional>
#include <vector>

#include "base/money.h"
#include "base/strong.h"
#include "computation/apportion.h"
#include "domain/vocabulary.h"
#include "regulation/document.h"

namespace runut {

// The score and everything that a regulation may use as a tie key.
struct RankKey {
  Score score;
  Score result;
  Score behaviour;
  BasisPoints discipline;
  friend bool operator==(const RankKey&, const RankKey&) = default;
};

// Positive when `a` ranks before `b`, 0 when neither does: by score, then the tie keys, descending.
[[nodiscard]] int compare_keys(const RankKey& a, const RankKey& b,
                               const std::vector<TieKey>& tie_keys);

struct RankedMember {
  PersonId person;
  RankKey key;
};

struct PlacedMember {
  PersonId person;
  RankKey key;
  std::uint32_t rank = 0;  // 1 + members with a strictly better key
  Tier tier{};             // unspecified while a tie over it is open
  friend bool operator==(const PlacedMember&, const PlacedMember&) = default;
};

// Members on both sides of a cut-off with one key: somebody has to decide.
struct Tie {
  Cutoff cutoff{};
  std::vector<PersonId> members;  // everyone with the tied key, ascending
  std::int64_t places = 0;        // how many of them fall into the tier
  Score score;
  friend bool operator==(const Tie&, const Tie&) = default;
};

// A decision about a tie: exactly `places` of its members, for that cut-off.
struct TieChoice {
  Cutoff cutoff{};
  std::vector<PersonId> chosen;
};

struct TierCut {
  TierCounts counts;
  std::vector<PlacedMember> members;  // by rank, of one rank by person (an order of display only)
  std::vector<Tie> ties;              // all that the keys leave, resolved or not
  std::vector<Tie> open;  // those without a choice: the tiers of their members are unset
  std::optional<Score> cutoff_above;  // lowest score above; empty when the tier is
  std::optional<Score> cutoff_below;  // highest score below
};

// A choice that is not exactly `places` of a tie's members is ignored (the tie stays open); so is
// the second of two choices that would put one person into two tiers.
[[nodiscard]] TierCut cut_tiers(std::vector<RankedMember> members, const RankingRules& rules,
                                const std::vector<TieChoice>& choices = {});

// A member whose evaluation was corrected after publication, among others who keep theirs: place =
// 1 + others with a strictly better published key; above if place <= counts.above, below if place >
// n - counts.below, n counting the member.
[[nodiscard]] PlacedMember place_alone(const RankedMember& corrected,
                                       const std::vector<RankedMember>& others,
                                       const RankingRules& rules, const TierCounts& counts);

}  // namespace runut
