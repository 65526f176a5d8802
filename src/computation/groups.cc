#include "computation/groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace runut {
namespace {

std::size_t depth_of(std::uint64_t holder, const Parents& parents) {
  std::size_t depth = 0;
  for (auto at = parents.find(holder); at != parents.end(); at = parents.find(at->second))
    if (++depth > parents.size()) return 0;
  return depth;
}

bool pools(RankingScope scope) {
  return scope == RankingScope::unit || scope == RankingScope::unit_and_job_class ||
         scope == RankingScope::appraiser;
}

using Keyed = std::vector<std::pair<GroupKey, std::vector<GroupMember>>>;

// Sorted and then cut, which costs half of looking each member's group up: of a million members it
// was a third of their whole ranking.
Keyed by_key(RankingScope scope, const std::vector<GroupMember>& members) {
  std::vector<std::pair<GroupKey, std::size_t>> order;
  order.reserve(members.size());
  for (std::size_t i = 0; i < members.size(); ++i)
    order.emplace_back(group_key(scope, members[i]), i);
  std::sort(order.begin(), order.end());
  Keyed out;
  for (auto at = order.begin(); at != order.end();) {
    const GroupKey key = at->first;
    const auto end =
        std::find_if(at, order.end(), [&](const auto& other) { return other.first != key; });
    std::vector<GroupMember> group;
    group.reserve(static_cast<std::size_t>(end - at));
    for (; at != end; ++at) group.push_back(members[at->second]);
    out.emplace_back(key, std::move(group));
  }
  return out;
}

}  // namespace

std::string group_name(RankingScope scope, GroupKey key) {
  switch (scope) {
    case RankingScope::unit: return fmt::format("U{}", key.holder);
    case RankingScope::unit_and_job_class: return fmt::format("U{}/{}", key.holder, key.job_class);
    case RankingScope::appraiser: return fmt::format("P{}", key.holder);
    case RankingScope::job_class: return fmt::format("C{}", key.job_class);
    default: return "AGENCY";
  }
}

GroupKey group_key(RankingScope scope, const GroupMember& member) {
  switch (scope) {
    case RankingScope::unit: return {member.unit.value, 0};
    case RankingScope::unit_and_job_class: return {member.unit.value, member.job_class};
    case RankingScope::appraiser: return {member.appraiser.value_or(PersonId{}).value, 0};
    case RankingScope::job_class: return {0, member.job_class};
    default: return {};
  }
}

std::map<GroupKey, std::vector<GroupMember>> form_groups(RankingScope scope,
                                                         const std::vector<GroupMember>& members,
                                                         const Parents& parents,
                                                         std::int64_t minimum_size) {
  // By depth first, so that the deepest group that was not visited yet is always the last one.
  struct Place {
    std::size_t depth;
    GroupKey key;
    auto operator<=>(const Place&) const = default;
  };
  std::map<Place, std::vector<GroupMember>> open;
  std::map<GroupKey, std::vector<GroupMember>> done;
  const auto place_of = [&](GroupKey key) { return Place{depth_of(key.holder, parents), key}; };
  for (auto& [key, group] : by_key(scope, members)) open.emplace(place_of(key), std::move(group));
  while (!open.empty()) {
    auto [place, group] = std::move(*std::prev(open.end()));
    open.erase(std::prev(open.end()));
    const bool small = static_cast<std::int64_t>(group.size()) < minimum_size;
    if (!small || !pools(scope) || place.depth == 0) {
      done.emplace(place.key, std::move(group));
      continue;
    }
    const GroupKey above{parents.at(place.key.holder), place.key.job_class};
    auto& joined = open[place_of(above)];
    joined.insert(joined.end(), group.begin(), group.end());
  }
  for (auto& [key, group] : done)
    std::sort(group.begin(), group.end(),
              [](const GroupMember& a, const GroupMember& b) { return a.person < b.person; });
  return done;
}

}  // namespace runut
