// The rank branch of an explanation: the group as published, cut again with a recorder, and what
// became of the person in it.
#include <algorithm>

#include "computation/ranking.h"
#include "query/counterfactual.h"
#include "query/explain.h"

namespace runut {
namespace {

constexpr std::size_t neighbours_each_side = 2;

bool holds(const std::vector<PersonId>& people, PersonId person) {
  return std::find(people.begin(), people.end(), person) != people.end();
}

void add_group(const Facts& then, const GroupFact& group, const Rules& rules, PersonId person,
               RankBranch& out) {
  out.scope = rules->ranking.scope;
  out.minimum_size = rules->ranking.minimum_size;
  out.shares = rules->ranking.tiers;
  out.tie_keys = rules->ranking.tie_keys;
  DerivationRecorder recorder;
  const GroupRanking again = cut_published(then, group, person, rules, recorder);
  out.reproduced = is_as_published(again.cut, group);
  out.ranking = std::move(recorder.take().front());
  for (const DecidedTie& tie : again.decided) {
    const TieAtCutoffFound& found = tie.found->found;
    if (!holds(found.members, person)) continue;
    const TieResolved& resolved = tie.resolved->resolved;
    out.ties.push_back({found.cutoff, static_cast<std::uint32_t>(found.members.size()),
                        found.places, found.score, holds(resolved.chosen, person),
                        tie.found->sequence, tie.resolved->sequence, resolved.decree});
  }
}

}  // namespace

std::optional<UnitId> unit_of_group(const RankBranch& rank) {
  if (rank.scope != RankingScope::unit && rank.scope != RankingScope::unit_and_job_class)
    return std::nullopt;
  const auto unit = parse_unit_id(std::string_view(rank.group).substr(0, rank.group.find('/')));
  return unit ? std::optional(*unit) : std::nullopt;
}

Status Explainer::add_rank(const LoadedFacts& now, Explanation& out) const {
  // The ranking whose tiers pay in this month: of the period just before the one that holds it.
  const RankingFact* ranking = nullptr;
  for (const auto& [period, fact] : agency_->rankings)
    if (period.following().contains(out.month)) ranking = &fact;
  if (ranking == nullptr) return {};
  const GroupFact* const group = published_group(now, ranking->period, out.person);
  if (group == nullptr || group->published_at > out.head) {
    add_unranked(*ranking, out);
    return {};
  }
  RankBranch rank;
  rank.period = ranking->period;
  rank.group = group->group;
  rank.published = group->published_at;
  rank.published_on = group->published_on;
  rank.members = group->published->members;
  rank.above = group->published->above;
  rank.below = group->published->below;
  rank.cutoff_above = group->published->cutoff_above;
  rank.cutoff_below = group->published->cutoff_below;
  const auto& placements = group->placements;
  const auto self =
      std::find_if(placements.begin(), placements.end(),
                   [&](const PlacementFact& fact) { return fact.placed.person == out.person; });
  if (self == placements.end()) return {};
  rank.placed = self->placed;
  rank.placed_at = self->sequence;
  const auto at = static_cast<std::size_t>(self - placements.begin());
  const std::size_t first = at > neighbours_each_side ? at - neighbours_each_side : 0;
  for (std::size_t i = first; i < placements.size() && i <= at + neighbours_each_side; ++i)
    rank.neighbours.push_back({placements[i].placed.rank, placements[i].placed.score,
                               placements[i].placed.tier, i == at});
  if (rank.placed.tier == Tier::below && rank.cutoff_below) {
    // The lowest score outside the tier.
    std::optional<Score> outside;
    for (const PlacementFact& fact : placements)
      if (fact.placed.tier != Tier::below && (!outside || fact.placed.score < *outside))
        outside = fact.placed.score;
    if (outside) rank.distance = Score{outside->value - rank.placed.score.value};
  }

  const LoadedFacts then(*history_, agency_, group->published->computed_at);
  RUNUT_ASSIGN(const Rules rules, ranking_rules(then, group->published_on));
  rank.document = rules->header.id;
  rank.by_decision_date = rules->header.effective_from > last_day(rank.period);
  DerivationRecorder recorder;
  RUNUT_ASSIGN(const auto evaluation,
               compute_score(then, out.person, rank.period, rules, recorder));
  (void)evaluation;
  rank.score = recorder.take();
  add_group(then, *group, rules, out.person, rank);
  if (rank.placed.tier == Tier::below) {
    const CutCase cut{then, *group, out.person, rank.period, rules};
    RUNUT_ASSIGN(rank.by_result, avoid_by_result(cut));
    RUNUT_ASSIGN(rank.by_behaviour, avoid_by_behaviour(cut));
  }
  RUNUT_TRY(then.status());
  for (const AdjustmentFact& fact : now.person(out.person).adjustments)
    if (fact.cause == AdjustmentCause::ranking && fact.period == rank.period)
      rank.adjustments.push_back(fact.sequence);
  for (const PaymentLine& line : out.payment.lines)
    if (line.kind == LineKind::adjustment)
      for (const Sequence cause : line.causes)
        if (std::find(rank.adjustments.begin(), rank.adjustments.end(), cause) !=
            rank.adjustments.end()) {
          rank.amount.value += line.amount.value;
          for (const AdjustmentFact& fact : now.person(out.person).adjustments)
            if (fact.sequence == cause) rank.delta = fact.delta;
          break;
        }
  out.rank = std::move(rank);
  return {};
}

// Nothing while the person's group is frozen and not published yet.
void Explainer::add_unranked(const RankingFact& ranking, Explanation& out) const {
  for (const auto& [name, group] : ranking.groups)
    for (const GroupMemberFact& member : group.members)
      if (member.person == out.person) return;
  const auto row = known_->unranked.find({ranking.period, out.person});
  out.unranked = row != known_->unranked.end() && row->second.event >= ranking.frozen
                     ? row->second
                     : UnrankedBranch{ranking.period, UnrankedReason::no_assignment, Sequence{}};
}

// Units are told by name: they are agencies' offices, nobody's data.
void Explainer::add_units(Explanation& out) const {
  const auto add = [&](UnitId unit) {
    const UnitFact* const fact = agency_->unit(unit, head_.sequence);
    if (fact != nullptr) out.units.emplace(unit, fact->name);
  };
  add(out.run.unit);
  for (const CorrectionBranch& correction : out.corrections) add(correction.run.unit);
  if (!out.rank) return;
  add(out.rank->placed.unit);
  if (const auto unit = unit_of_group(*out.rank)) add(*unit);
}

}  // namespace runut
