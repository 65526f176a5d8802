#include "tests/oracle/ranking.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace runut::oracle {
namespace {

// Score, then the regulation's tie keys: compared from left to right, higher is better.
using Key = std::vector<Number>;

Key key_of(const View& view, const Rules& rules, const Evaluation& evaluation, Number discipline) {
  std::vector<std::string> names = rules.tie_keys;
  if (view.with(Mutation::tie_keys_reversed)) std::reverse(names.begin(), names.end());
  Key key{evaluation.score};
  for (const std::string& name : names) {
    if (name == "result") key.push_back(evaluation.result);
    if (name == "behaviour") key.push_back(evaluation.behaviour);
    if (name == "discipline") key.push_back(discipline);
  }
  return key;
}
Key key_of(const View& view, const Rules& rules, const RankedMember& member) {
  return key_of(view, rules, member.evaluation, member.discipline);
}

// The members of the latest freezing of the period, group by group.
std::map<std::string, std::vector<GroupMember>> members_frozen(const View& view, Period period) {
  std::map<std::string, std::vector<GroupMember>> out;
  Sequence commit{};
  for (const auto& recorded : view.recorded<RankingGroupMember>()) {
    const RankingGroupMember& m = *recorded.fact;
    if (m.period != period || m.unranked) continue;
    if (recorded.event->commit() != commit) out.clear();
    commit = recorded.event->commit();
    out[m.group].push_back({m.person, m.unit.value_or(UnitId{}), m.job_class, m.appraiser});
  }
  return out;
}

std::vector<RankedMember> with_keys(const View& view, const Rules& rules, Period period,
                                    const std::string& group, std::vector<std::string>& problems) {
  std::vector<RankedMember> out;
  const std::vector<GroupMember> members = members_frozen(view, period)[group];
  for (const GroupMember& member : members) {
    const auto rated = evaluation(view, rules, member.person, period);
    if (!rated) {
      problems.push_back(fmt::format("{}: a member without rating", to_string(member.person)));
      continue;
    }
    RankedMember ranked;
    ranked.person = member.person;
    ranked.unit = member.unit;
    ranked.evaluation = *rated;
    ranked.discipline = discipline_key(view, rules, member.person, period);
    out.push_back(ranked);
  }
  return out;
}

void rank(const View& view, const Rules& rules, std::vector<RankedMember>& members) {
  for (RankedMember& member : members) {
    const Key own = key_of(view, rules, member);
    Number better = 0;
    std::set<Key> better_keys;
    for (const RankedMember& other : members) {
      const Key theirs = key_of(view, rules, other);
      if (theirs > own ||
          (view.with(Mutation::serial_rank) && theirs == own && other.person < member.person)) {
        ++better;
        better_keys.insert(theirs);
      }
    }
    member.rank =
        1 + (view.with(Mutation::dense_rank) ? static_cast<Number>(better_keys.size()) : better);
  }
  std::sort(members.begin(), members.end(), [&](const RankedMember& a, const RankedMember& b) {
    const Key ka = key_of(view, rules, a);
    const Key kb = key_of(view, rules, b);
    return ka != kb ? ka > kb : a.person < b.person;
  });
}

// The keys of the whole group, to see whether any has changed.
std::map<PersonId, Key> keys_of_group(const View& view, const Rules& rules, Period period,
                                      const std::string& group) {
  std::map<PersonId, Key> out;
  std::vector<std::string> problems;
  for (const RankedMember& member : with_keys(view, rules, period, group, problems))
    out[member.person] = key_of(view, rules, member);
  return out;
}

// The resolution that holds in the view: the latest one, unless a key of the group has changed
// since.
const TieResolved* resolution(const View& view, const Rules& rules, Period period,
                              const std::string& group, const TiedCutoff& tie) {
  const TieResolved* latest = nullptr;
  Sequence at{};
  for (const auto& resolved : view.recorded<TieResolved>()) {
    const TieResolved& r = *resolved.fact;
    if (r.period != period || r.group != group || r.cutoff != tie.cutoff) continue;
    latest = resolved.fact;
    at = resolved.sequence();
  }
  if (latest == nullptr) return nullptr;
  const bool changed =
      keys_of_group(view.at(at), rules, period, group) != keys_of_group(view, rules, period, group);
  const bool of_these = std::all_of(latest->chosen.begin(), latest->chosen.end(), [&](PersonId p) {
    return std::find(tie.members.begin(), tie.members.end(), p) != tie.members.end();
  });
  const bool fits = static_cast<Number>(latest->chosen.size()) == tie.places && of_these;
  return changed || !fits ? nullptr : latest;
}

struct Tail {
  Cutoff cutoff;
  Tier tier;
  std::size_t begin;  // of the sorted members, [begin, end) by position
  std::size_t end;
};

// 3.4, Ties: a cut-off exists only where its tier holds at least one and not all members.
void cut(const View& view, const Rules& rules, Period period, const Tail& tail,
         ExpectedGroup& group) {
  auto& members = group.members;
  const auto place = [&](std::size_t i) { members[i].tier = tail.tier; };
  if (tail.begin == tail.end) return;
  if (tail.end - tail.begin == members.size()) {
    for (std::size_t i = tail.begin; i < tail.end; ++i) place(i);
    return;
  }

  const RankedMember& inside =
      tail.cutoff == Cutoff::above ? members[tail.end - 1] : members[tail.begin];
  const RankedMember& outside =
      tail.cutoff == Cutoff::above ? members[tail.end] : members[tail.begin - 1];
  (tail.cutoff == Cutoff::above ? group.cutoff_above : group.cutoff_below) =
      inside.evaluation.score;
  const Key tied_key = key_of(view, rules, inside);
  const bool tied = tied_key == key_of(view, rules, outside);
  // Those with the tied key wait for the resolution; until then they are in no tail.
  for (std::size_t i = tail.begin; i < tail.end; ++i)
    if (!tied || key_of(view, rules, members[i]) != tied_key) place(i);
  if (!tied) return;

  TiedCutoff tie;
  tie.cutoff = tail.cutoff;
  tie.score = inside.evaluation.score;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (key_of(view, rules, members[i]) != tied_key) continue;
    tie.members.push_back(members[i].person);
    if (tail.begin <= i && i < tail.end) ++tie.places;
  }
  group.ties.push_back(tie);
  const TieResolved* resolved = resolution(view, rules, period, group.group, tie);
  if (resolved == nullptr) {
    group.unresolved.push_back(tie);
    return;
  }
  for (std::size_t i = 0; i < members.size(); ++i)
    if (std::find(resolved->chosen.begin(), resolved->chosen.end(), members[i].person) !=
        resolved->chosen.end())
      place(i);
}

}  // namespace

TierCounts tier_counts(const View& view, const Rules& rules, Number members) {
  TierCounts counts;
  const std::array<Number, 3> products = {members * rules.share_meets, members * rules.share_above,
                                          members * rules.share_below};
  if (rules.tail_rounding == "floor") {
    counts.above = products[1] / whole_bp;
    counts.below = products[2] / whole_bp;
  } else if (rules.tail_rounding == "half_up") {
    counts.above = rounded(products[1], whole_bp, RoundingMode::half_up);
    counts.below = rounded(products[2], whole_bp, RoundingMode::half_up);
  } else {
    // Largest remainder over three tiers; equal remainders: meets, then above, then below.
    std::array<std::size_t, 3> order = {0, 1, 2};
    if (view.with(Mutation::remainder_prefers_above)) order = {1, 0, 2};
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return products[a] % whole_bp > products[b] % whole_bp;
    });
    std::array<Number, 3> seats = {products[0] / whole_bp, products[1] / whole_bp,
                                   products[2] / whole_bp};
    Number left = members - seats[0] - seats[1] - seats[2];
    for (const std::size_t tier : order)
      if (left > 0) {
        ++seats[tier];
        --left;
      }
    counts.above = seats[1];
    counts.below = seats[2];
  }
  const bool above_first = view.with(Mutation::above_reduced_first);
  while (counts.above + counts.below > members) {
    Number& first = above_first ? counts.above : counts.below;
    Number& second = above_first ? counts.below : counts.above;
    --(first > 0 ? first : second);
  }
  counts.meets = members - counts.above - counts.below;
  return counts;
}

std::vector<std::string> frozen_groups(const View& view, Period period) {
  std::vector<std::string> out;
  for (const auto& [group, members] : members_frozen(view, period)) out.push_back(group);
  return out;
}

ExpectedGroup ranked_group(const View& view, const Rules& rules, Period period,
                           const std::string& name) {
  ExpectedGroup group;
  group.group = name;
  group.members = with_keys(view, rules, period, name, group.problems);
  rank(view, rules, group.members);
  group.counts = tier_counts(view, rules, static_cast<Number>(group.members.size()));
  const auto above = static_cast<std::size_t>(group.counts.above);
  const auto below = static_cast<std::size_t>(group.counts.below);
  const std::size_t n = group.members.size();
  cut(view, rules, period, {Cutoff::above, Tier::above, 0, above}, group);
  cut(view, rules, period, {Cutoff::below, Tier::below, n - below, n}, group);
  Number placed_above = 0;
  for (const RankedMember& member : group.members) placed_above += member.tier == Tier::above;
  if (group.unresolved.empty() && placed_above != group.counts.above)
    group.problems.push_back("somebody was chosen for two tiers");  // nobody ends in two
  return group;
}

std::optional<Placement> placement_after(const View& view, const EvaluationCorrected& corrected) {
  const RankingMemberPlaced* own = nullptr;
  const Event* placed_by = nullptr;
  for (const auto& placed : view.recorded_of<RankingMemberPlaced>(corrected.person))
    if (placed.fact->period == corrected.period) {
      own = placed.fact;
      placed_by = placed.event;
    }
  if (own == nullptr) return std::nullopt;

  const RankingPublished* header = nullptr;
  Date published_on{};
  std::vector<const RankingMemberPlaced*> others;
  for (const Event* event : view.history->commit_of(*placed_by)) {
    if (const auto* h = std::get_if<RankingPublished>(&event->payload);
        h && h->group == own->group) {
      header = h;
      published_on = event->occurred_on;
    }
    if (const auto* m = std::get_if<RankingMemberPlaced>(&event->payload);
        m && m->group == own->group && m->person != own->person)
      others.push_back(m);
  }
  RUNUT_CHECK(header != nullptr, "a placed member has a published group");
  const Rules* rules = view.rules_on(published_on);
  if (rules == nullptr) return std::nullopt;

  const Key key =
      key_of(view, *rules, corrected_evaluation(view, *rules, corrected), own->discipline.value);
  Placement out{1, Tier::meets};
  for (const RankingMemberPlaced* other : others) {
    const Key theirs =
        key_of(view, *rules, {other->result.value, other->behaviour.value, other->score.value},
               other->discipline.value);
    if (theirs > key || (theirs == key && view.with(Mutation::place_counts_equals))) ++out.place;
  }
  if (out.place <= header->above)
    out.tier = Tier::above;
  else if (out.place > Number{header->members} - Number{header->below})
    out.tier = Tier::below;
  return out;
}

}  // namespace runut::oracle
