// Ranking (rulebook section 3.4): headers, then one event a member, in one commit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "domain/events_ledger.h"

namespace runut {

// A group is named by what holds it together: "U12", "U12/7" (unit and class), "P88" (appraiser),
// "C7" (class) or "AGENCY"; after pooling, by the group that the small one joined.
struct RankingGroupFrozen {
  Period period;
  std::string group;
  std::uint32_t members = 0;
  RUNUT_FIELDS(RankingGroupFrozen, period, group, members)
};

// Also one for each person outside the ranking: then `group` is empty and `unranked` says why.
struct RankingGroupMember {
  PersonId person;
  Period period;
  std::string group;
  std::optional<UnitId> unit;
  std::uint32_t job_class = 0;
  std::optional<PersonId> appraiser;
  std::optional<UnrankedReason> unranked;
  RUNUT_FIELDS(RankingGroupMember, person, period, group, unit, job_class, appraiser, unranked)
};

struct TieAtCutoffFound {
  Period period;
  std::string group;
  Cutoff cutoff{};
  std::vector<PersonId> members;  // everyone with the tied key
  std::uint32_t places = 0;       // how many of them fall into the tier
  Score score;
  RUNUT_FIELDS(TieAtCutoffFound, period, group, cutoff, members, places, score)
};

struct TieResolved {
  Period period;
  std::string group;
  Cutoff cutoff{};
  std::vector<PersonId> chosen;  // exactly `places` of the tied members
  std::string grounds;
  Decree decree;
  RUNUT_FIELDS(TieResolved, period, group, cutoff, chosen, grounds, decree)
};

// Reproducible from the events up to `computed_at`.
struct RankingPublished {
  Period period;
  std::string group;
  std::uint32_t members = 0;
  std::uint32_t above = 0;
  std::uint32_t below = 0;
  std::optional<Score> cutoff_above;  // lowest score above; empty when the tier is
  std::optional<Score> cutoff_below;  // highest score below
  Sequence computed_at;
  std::uint32_t computation_version = 1;
  Decree decree;
  RUNUT_FIELDS(RankingPublished, period, group, members, above, below, cutoff_above, cutoff_below,
               computed_at, computation_version, decree)
};

struct RankingMemberPlaced {
  PersonId person;
  Period period;
  std::string group;
  UnitId unit;
  Score score;
  Score result;
  Score behaviour;
  BasisPoints discipline;
  std::uint32_t rank = 0;
  Tier tier{};
  RUNUT_FIELDS(RankingMemberPlaced, person, period, group, unit, score, result, behaviour,
               discipline, rank, tier)
};

}  // namespace runut
