// Ranking groups and the pooling of small ones (rulebook section 3.4, Groups).
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/strong.h"
#include "regulation/terms.h"

namespace runut {

// What holds a group together; which fields mean something depends on the scope.
struct GroupKey {
  std::uint64_t holder = 0;  // unit or appraiser; 0 for the class alone and for the agency
  std::uint32_t job_class = 0;
  friend auto operator<=>(const GroupKey&, const GroupKey&) = default;
};

// U12, U12/7, P88, C7 or AGENCY.
[[nodiscard]] std::string group_name(RankingScope scope, GroupKey key);

struct GroupMember {
  PersonId person;
  UnitId unit;
  std::uint32_t job_class = 0;
  std::optional<PersonId> appraiser;
};

[[nodiscard]] GroupKey group_key(RankingScope scope, const GroupMember& member);

// Which holder's group a small group of `holder` joins: the parent unit, the appraiser's own
// appraiser; none at the root. Holders of a cycle of appraisers count as roots.
using Parents = std::map<std::uint64_t, std::uint64_t>;

// Holders are visited from the deepest up, once each: a group with fewer than `minimum_size`
// members, joined ones included, joins the group of the holder's parent (of the same class, where
// the scope has classes), which comes into being if it must. Groups of roots stay; job_class and
// agency never pool.
[[nodiscard]] std::map<GroupKey, std::vector<GroupMember>> form_groups(
    RankingScope scope, const std::vector<GroupMember>& members, const Parents& parents,
    std::int64_t minimum_size);

}  // namespace runut
