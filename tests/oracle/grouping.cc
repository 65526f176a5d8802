// Who is ranked, and in which group (rulebook section 3.4, Members and Groups).
#include <fmt/format.h>

#include <algorithm>

#include "tests/oracle/ranking.h"

namespace runut::oracle {
namespace {

// What holds a group together: a unit or an appraiser, and a class where the scope says so.
struct GroupKey {
  std::uint64_t id = 0;
  std::uint32_t job_class = 0;
  friend auto operator<=>(const GroupKey&, const GroupKey&) = default;
};
using Groups = std::map<GroupKey, std::vector<GroupMember>>;

std::optional<UnrankedReason> why_unranked(const View& view, const Rules& rules, PersonId person,
                                           Period period, const std::optional<Assignment>& post) {
  if (!post) return UnrankedReason::no_assignment;
  if (post->role != AssignmentRole::definitive) return UnrankedReason::not_definitive;
  if (!post->rankable) return UnrankedReason::not_rankable;
  const auto delivered = view.of<EvaluationDelivered>(person);
  if (std::none_of(delivered.begin(), delivered.end(),
                   [&](const auto& d) { return d.fact->period == period; }))
    return UnrankedReason::not_delivered;
  if (!evaluation(view, rules, person, period)) return UnrankedReason::not_rated;
  return std::nullopt;
}

std::string name_of(const Rules& rules, const GroupKey& key) {
  if (rules.scope == "unit") return fmt::format("U{}", key.id);
  if (rules.scope == "unit_and_job_class") return fmt::format("U{}/{}", key.id, key.job_class);
  if (rules.scope == "appraiser") return fmt::format("P{}", key.id);
  if (rules.scope == "job_class") return fmt::format("C{}", key.job_class);
  return "AGENCY";
}

GroupKey key_of(const Rules& rules, const GroupMember& member) {
  if (rules.scope == "unit") return {member.unit.value, 0};
  if (rules.scope == "unit_and_job_class") return {member.unit.value, member.job_class};
  if (rules.scope == "appraiser") return {member.appraiser ? member.appraiser->value : 0, 0};
  if (rules.scope == "job_class") return {0, member.job_class};
  return {};
}

// The chain that a small group climbs, beginning with the holder itself: units up to the root, or
// appraisers up to the one whom nobody appraises.
std::vector<std::uint64_t> chain_of(const View& view, const Rules& rules, std::uint64_t id,
                                    Date day) {
  std::vector<std::uint64_t> out;
  if (rules.scope != "appraiser") {
    for (const UnitId unit : upward(view, UnitId{id}, day)) out.push_back(unit.value);
    return out;
  }
  std::optional<PersonId> step = PersonId{id};
  while (step && out.size() < 100) {
    out.push_back(step->value);
    step = appraiser_on(view, *step, day);
  }
  return out;
}

// From the deepest up, once each: a group below the minimum size, joined members included, joins
// the group of the next one upward; at the top it stays.
void pool(const View& view, const Rules& rules, Date day, Groups& groups) {
  std::map<std::uint64_t, std::vector<std::uint64_t>> chains;
  for (const auto& [key, members] : groups) {
    const auto chain = chain_of(view, rules, key.id, day);
    for (const std::uint64_t id : chain) chains.emplace(id, chain_of(view, rules, id, day));
  }
  std::size_t deepest = 0;
  for (const auto& [id, chain] : chains) deepest = std::max(deepest, chain.size());
  const Groups as_assigned = groups;
  for (std::size_t depth = deepest; depth > 1; --depth) {
    const Groups now = groups;
    for (const auto& [key, members] : now) {
      const auto& chain = chains.at(key.id);
      if (chain.size() != depth) continue;
      std::size_t size = members.size();
      if (view.with(Mutation::joined_not_counted)) {
        const auto own = as_assigned.find(key);
        size = own == as_assigned.end() ? 0 : own->second.size();
      }
      if (size >= rules.minimum_size) continue;
      auto& above = groups[GroupKey{chain[1], key.job_class}];
      above.insert(above.end(), members.begin(), members.end());
      groups.erase(key);
    }
  }
}

}  // namespace

FrozenGroups freeze(const View& view, const Rules& rules, Period period) {
  FrozenGroups out;
  Groups groups;
  const Date day = last_day(period);
  for (const PersonId person : view.persons()) {
    const std::vector<Assignment> all = assignments(view, person);
    // Reading: "others" are those who were assigned on any day of the period.
    const bool concerned = std::any_of(all.begin(), all.end(), [&](const Assignment& a) {
      return a.from <= day && a.until >= first_day(period);
    });
    if (!concerned) continue;
    const auto post = assignment_on(all, day);
    if (const auto reason = why_unranked(view, rules, person, period, post)) {
      out.unranked[person] = *reason;
      continue;
    }
    const GroupMember member{person, post->unit, post->job_class, appraiser_on(view, person, day)};
    groups[key_of(rules, member)].push_back(member);
  }
  const bool pools =
      rules.scope == "unit" || rules.scope == "unit_and_job_class" || rules.scope == "appraiser";
  if (pools && !view.with(Mutation::small_groups_stay)) pool(view, rules, day, groups);
  for (auto& [key, members] : groups) {
    std::sort(members.begin(), members.end(),
              [](const GroupMember& a, const GroupMember& b) { return a.person < b.person; });
    out.groups[name_of(rules, key)] = members;
  }
  return out;
}

}  // namespace runut::oracle
