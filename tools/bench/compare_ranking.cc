#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/clock.h"
#include "computation/groups.h"
#include "computation/tiers.h"
#include "tools/bench/compare_tool.h"

namespace runut::bench {
namespace {

constexpr std::uint32_t members_a_unit = 20;
constexpr int compare_rounds = 3;

struct Row {
  GroupMember member;
  RankKey key;
};

// Kediri's rules of August 2022: 10/75/15 in groups of the unit.
RankingRules kediri_rules() {
  RankingRules rules;
  rules.enabled = true;
  rules.tiers = {BasisPoints{1'000}, BasisPoints{7'500}, BasisPoints{1'500}};
  rules.tail_rounding = TailRounding::largest_remainder;
  rules.scope = RankingScope::unit;
  rules.minimum_size = 5;
  rules.tie_keys = {TieKey::result, TieKey::behaviour, TieKey::discipline};
  return rules;
}

// Units of very different sizes, people in no order, and so few values that there are ties, some of
// them over a cut-off.
std::vector<Row> make_rows(std::uint32_t members) {
  SeededRandomness randomness(7);
  const std::uint64_t units = std::max<std::uint64_t>(1, members / members_a_unit);
  std::vector<Row> rows;
  for (std::uint32_t i = 1; i <= members; ++i) {
    // The first five of each unit, so that no group is too small to stay alone.
    const std::uint64_t unit =
        1 + (i <= 5 * units ? (i - 1) % units : randomness.below(1 + randomness.below(units)));
    Row row;
    row.member = {PersonId{i}, UnitId{unit}, 7, std::nullopt};
    row.key.result = Score{7'000 + 50 * static_cast<std::int64_t>(randomness.below(30))};
    row.key.behaviour = Score{7'500 + 100 * static_cast<std::int64_t>(randomness.below(6))};
    row.key.discipline = BasisPoints{9'500 + 50 * static_cast<std::int64_t>(randomness.below(4))};
    row.key.score = Score{(7 * row.key.result.value + 3 * row.key.behaviour.value) / 10};
    rows.push_back(row);
  }
  for (std::size_t i = rows.size(); i > 1; --i)
    std::swap(rows[i - 1], rows[static_cast<std::size_t>(randomness.below(i))]);
  return rows;
}

using Ranked = std::vector<std::pair<GroupKey, TierCut>>;

Ranked rank_all(const std::vector<Row>& rows, const RankingRules& rules) {
  std::vector<GroupMember> members;
  members.reserve(rows.size());
  std::vector<const RankKey*> keys(rows.size() + 1);
  for (const Row& row : rows) {
    members.push_back(row.member);
    keys[row.member.person.value] = &row.key;
  }
  Ranked ranked;
  for (auto& [key, group] : form_groups(rules.scope, members, {}, rules.minimum_size)) {
    std::vector<RankedMember> keyed;
    keyed.reserve(group.size());
    for (const GroupMember& member : group)
      keyed.push_back({member.person, *keys[member.person.value]});
    ranked.emplace_back(key, cut_tiers(std::move(keyed), rules));
  }
  return ranked;
}

const char* tier_word(Tier tier) {
  switch (tier) {
    case Tier::above: return "above";
    case Tier::meets: return "meets";
    case Tier::below: return "below";
    default: return "tied";
  }
}

Status write_ranked(const Ranked& ranked, const std::string& path) {
  CompareFile out(path);
  for (const auto& [key, cut] : ranked) {
    std::vector<PlacedMember> members = cut.members;
    std::sort(members.begin(), members.end(),
              [](const PlacedMember& a, const PlacedMember& b) { return a.person < b.person; });
    for (const PlacedMember& member : members)
      out.write(fmt::format("{}\t{}\t{}\t{}\n", key.holder, member.person.value, member.rank,
                            tier_word(member.tier)));
  }
  return out.close();
}

}  // namespace

Status compare_ranking(std::uint32_t members, const RankingFiles& files) {
  const std::vector<Row> rows = make_rows(members);
  CompareFile out(files.rows);
  for (const Row& row : rows)
    out.write(fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", row.member.unit.value,
                          row.member.person.value, row.key.score.value, row.key.result.value,
                          row.key.behaviour.value, row.key.discipline.value));
  RUNUT_TRY(out.close());
  const RankingRules rules = kediri_rules();
  double best = 1e9;
  Ranked ranked;
  for (int round = 0; round < compare_rounds; ++round) {
    const Stopwatch watch;
    Ranked one = rank_all(rows, rules);
    best = std::min(best, watch.seconds());
    ranked = std::move(one);
  }
  RUNUT_TRY(write_ranked(ranked, files.ranked));
  std::size_t ties = 0;
  std::size_t largest = 0;
  for (const auto& [key, cut] : ranked) {
    ties += cut.ties.size();
    largest = std::max(largest, cut.members.size());
  }
  fmt::print("{{\"seconds\":{:.4f},\"groups\":{},\"largest\":{},\"ties\":{}}}\n", best,
             ranked.size(), largest, ties);
  return {};
}

}  // namespace runut::bench
