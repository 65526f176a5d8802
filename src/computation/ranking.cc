#include "computation/ranking.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "computation/earlier_facts.h"
#include "computation/work.h"

namespace runut {
namespace {

// What a decision was about is the last tie found before it; null when that is none of `ties` any
// more.
const TieFact* decided_about(const GroupFact& group, const TieResolvedFact& fact,
                             const std::vector<Tie>& ties) {
  const TieFact* decided = nullptr;
  for (const TieFact& tie : group.ties)
    if (tie.sequence < fact.sequence && tie.found.cutoff == fact.resolved.cutoff) decided = &tie;
  if (decided == nullptr) return nullptr;
  std::vector<PersonId> members = decided->found.members;
  std::sort(members.begin(), members.end());
  const bool same = std::any_of(ties.begin(), ties.end(), [&](const Tie& tie) {
    return tie.cutoff == decided->found.cutoff && tie.members == members &&
           tie.places == static_cast<std::int64_t>(decided->found.places) &&
           tie.score == decided->found.score;
  });
  return same ? decided : nullptr;
}

Result<std::vector<DecidedTie>> decisions_that_hold(const Facts& facts, Period period,
                                                    const GroupFact& group,
                                                    const std::vector<Tie>& ties,
                                                    const Rules& rules) {
  std::vector<DecidedTie> out;
  for (const TieResolvedFact& fact : group.resolutions) {
    if (fact.sequence > facts.known_at()) continue;
    const TieFact* const found = decided_about(group, fact, ties);
    if (found == nullptr) continue;
    RUNUT_ASSIGN(const bool lapsed, has_lapsed(facts, period, group, fact.sequence, rules));
    if (!lapsed) out.push_back({found, &fact});
  }
  return out;
}

std::vector<TieChoice> choices_of(const std::vector<DecidedTie>& decided) {
  std::vector<TieChoice> out;
  for (const DecidedTie& one : decided)
    out.push_back({one.resolved->resolved.cutoff, one.resolved->resolved.chosen});
  return out;
}

Tier tier_of(Cutoff cutoff) {
  return cutoff == Cutoff::above ? Tier::above : Tier::below;
}

// Of several decisions about one tie the last one that placed its people.
template <class TierOf>
std::vector<DecidedTie> applied(const std::vector<DecidedTie>& decided, const TierOf& tier_now) {
  std::vector<DecidedTie> out;
  for (const DecidedTie& one : decided) {
    const TieResolved& resolved = one.resolved->resolved;
    if (!std::all_of(resolved.chosen.begin(), resolved.chosen.end(),
                     [&](PersonId person) { return tier_now(person) == tier_of(resolved.cutoff); }))
      continue;
    std::erase_if(out, [&](const DecidedTie& earlier) {
      return earlier.resolved->resolved.cutoff == resolved.cutoff;
    });
    out.push_back(one);
  }
  return out;
}

// "20 × 1.000 ÷ 10.000 = 2 sisa 0", and what was added to the whole part or taken from it; where
// the tails alone are rounded, the middle is what they leave: "20 − 2 − 3".
std::string places_formula(const TierCounts& counts, Tier tier, const RankingRules& rules) {
  const std::int64_t n = counts.above + counts.meets + counts.below;
  const bool is_rest =
      tier == Tier::meets && rules.tail_rounding != TailRounding::largest_remainder;
  if (is_rest) return fmt::format("{} − {} − {}", n, counts.above, counts.below);
  const auto [places, share] = tier == Tier::above   ? std::pair(counts.above, rules.tiers.above)
                               : tier == Tier::meets ? std::pair(counts.meets, rules.tiers.meets)
                                                     : std::pair(counts.below, rules.tiers.below);
  const std::int64_t quota = n * share.value;
  const std::int64_t full = quota / whole.value;
  std::string out = fmt::format("{} × {} ÷ 10.000 = {} sisa {}", n, grouped(share.value), full,
                                grouped(quota % whole.value));
  if (places > full) out += fmt::format("; {} + {}", full, places - full);
  if (places < full) out += fmt::format("; {} − {}", full, full - places);
  return out;
}

// The places of each tier and the ties; then the group itself, whose placements are noted already.
template <class Recorder>
void close_ranking(const GroupFact& group, const GroupRanking& ranking, const Rules& rules,
                   Recorder& recorder) {
  const TierCounts& counts = ranking.cut.counts;
  const std::array<std::pair<Tier, std::int64_t>, 3> tiers = {
      {{Tier::above, counts.above}, {Tier::meets, counts.meets}, {Tier::below, counts.below}}};
  for (const auto& [tier, places] : tiers)
    recorder.leaf(Quantity::tier_places, places, Measure::persons, [&, tier = tier] {
      Note note;
      note.detail = to_string(tier);
      note.formula = places_formula(counts, tier, rules->ranking);
      note.tail_rounding = rules->ranking.tail_rounding;
      note.rules = {rules.rule(Parameter::tiers), rules.rule(Parameter::tail_rounding)};
      return note;
    });
  for (const DecidedTie& tie : ranking.decided) {
    const TieAtCutoffFound& found = tie.found->found;
    const auto tied = static_cast<std::int64_t>(found.members.size());
    recorder.leaf(Quantity::tie, tied, Measure::persons, [&] {
      Note note;
      note.detail = to_string(found.cutoff);
      note.formula = fmt::format("{} + {}", found.places, tied - found.places);
      note.rules = {rules.rule(Parameter::tie_keys), rules.rule(Parameter::tie_authority)};
      note.events = {tie.found->sequence, tie.resolved->sequence};
      return note;
    });
  }
  recorder.close(static_cast<std::int64_t>(ranking.cut.members.size()), Measure::persons, [&] {
    Note note;
    note.detail = ranking.group;
    note.formula = fmt::format("{} + {} + {}", counts.above, counts.meets, counts.below);
    note.rules = {rules.rule(Parameter::group_scope), rules.rule(Parameter::minimum_size),
                  rules.rule(Parameter::tie_keys)};
    note.events = {group.frozen};
    return note;
  });
}

// The one member whose place is told, as published: nobody else's keys are noted.
template <class Recorder>
void record_place(const Facts& facts, const GroupFact& group, const PlacementFact& own,
                  const TierCut& cut, const Rules& rules, Recorder& recorder) {
  const RankingMemberPlaced& placed = own.placed;
  const std::vector<TieKey>& keys = rules->ranking.tie_keys;
  recorder.open(Quantity::placement);
  if (std::find(keys.begin(), keys.end(), TieKey::discipline) != keys.end())
    recorder.leaf(Quantity::discipline_key, placed.discipline.value, Measure::bp, [&] {
      Note note;
      note.rules = {rules.rule(Parameter::tie_keys)};
      note.events = {own.sequence};
      return note;
    });
  const auto place =
      std::find_if(cut.members.begin(), cut.members.end(),
                   [&](const PlacedMember& member) { return member.person == placed.person; });
  recorder.leaf(Quantity::rank, place->rank, Measure::rank, [&] {
    Note note;
    note.formula = fmt::format("1 + {}", place->rank - 1);
    note.rules = {rules.rule(Parameter::tie_keys)};
    note.events = {own.sequence};
    return note;
  });
  recorder.close(placed.score.value, Measure::score, [&] {
    Note note;
    note.detail = to_string(placed.person);
    for (const GroupMemberFact& member : group.members)
      if (member.person == placed.person) note.events.push_back(member.sequence);
    const EvaluationFact* const evaluation = facts.person(placed.person).evaluation(placed.period);
    if (evaluation != nullptr && evaluation->delivered)
      note.events.push_back(*evaluation->delivered);
    return note;
  });
}

const GroupFact* known_group(const Facts& facts, Period period, const std::string& group) {
  const auto ranking = facts.agency().rankings.find(period);
  if (ranking == facts.agency().rankings.end()) return nullptr;
  const auto found = ranking->second.groups.find(group);
  if (found == ranking->second.groups.end() || found->second.frozen == Sequence{} ||
      found->second.frozen > facts.known_at())
    return nullptr;
  return &found->second;
}

}  // namespace

template <class Recorder>
Result<BasisPoints> compute_discipline_key(const Facts& facts, PersonId person, Period period,
                                           const Rules& rules, Recorder& recorder) {
  recorder.open(Quantity::discipline_key);
  std::int64_t sum = 0;
  std::int64_t months = 0;
  std::string terms;
  for (Month at = period.first; at <= period.last(); at = at + 1) {
    const auto own = payment_rules(facts, at);
    if (!own) continue;
    RUNUT_ASSIGN(const PersonMonth month, person_month(facts, person, at, *own));
    if (std::none_of(month.days.begin(), month.days.end(),
                     [](const PersonDay& day) { return day.required() && day.minutes.value > 0; }))
      continue;
    MonthWork work;
    RUNUT_TRY(compute_discipline(facts, month, Counting::until_cutoff, recorder, work));
    sum += work.discipline.value;
    ++months;
    if constexpr (Recorder::records)
      terms += fmt::format("{}{}", terms.empty() ? "" : " + ", grouped(work.discipline.value));
  }
  std::int64_t mean = whole.value;
  if (months > 0) {
    RUNUT_ASSIGN(mean, divide(sum, months, rules->rounding));
  }
  recorder.close(mean, Measure::bp, [&] {
    Note note;
    note.formula = months == 0 ? "10.000" : fmt::format("({}) ÷ {}", terms, months);
    note.rounding = rules->rounding;
    note.rules = {rules.rule(Parameter::tie_keys)};
    return note;
  });
  return BasisPoints{mean};
}

template <class Recorder>
Result<RankedMember> compute_rank_key(const Facts& facts, PersonId person, Period period,
                                      const Rules& rules, Recorder& recorder) {
  RUNUT_ASSIGN(const std::optional<Evaluation> evaluation,
               compute_score(facts, person, period, rules, recorder));
  if (!evaluation)
    return reject("ranking.not_rated", "person", to_string(person),
                  "without a result and a superior's behaviour there is no score");
  RUNUT_ASSIGN(const BasisPoints discipline,
               compute_discipline_key(facts, person, period, rules, recorder));
  return RankedMember{person,
                      {evaluation->score, evaluation->result, evaluation->behaviour, discipline}};
}

template <class Recorder>
Result<GroupRanking> rank_group(const Facts& facts, Period period, const std::string& name,
                                const Rules& rules, Recorder& recorder) {
  const GroupFact* group = known_group(facts, period, name);
  if (group == nullptr)
    return reject("ranking.not_frozen", "group", name, "the groups of this period are not frozen");
  recorder.open(Quantity::ranking);
  GroupRanking out{name, {}, {}, {}};
  std::vector<RankedMember> members;
  for (const GroupMemberFact& member : group->members) {
    recorder.open(Quantity::placement);
    RUNUT_ASSIGN(RankedMember ranked,
                 compute_rank_key(facts, member.person, period, rules, recorder));
    recorder.close(ranked.key.score.value, Measure::score, [&] {
      Note note;
      note.detail = to_string(member.person);
      note.events = {member.sequence};
      return note;
    });
    members.push_back(ranked);
    out.units.emplace(member.person, member.unit);
  }
  out.cut = cut_tiers(members, rules->ranking);
  if (!out.cut.ties.empty()) {
    RUNUT_ASSIGN(const std::vector<DecidedTie> decided,
                 decisions_that_hold(facts, period, *group, out.cut.ties, rules));
    out.cut = cut_tiers(std::move(members), rules->ranking, choices_of(decided));
    out.decided = applied(decided, [&](PersonId person) {
      const auto& placed = out.cut.members;
      return std::find_if(placed.begin(), placed.end(),
                          [&](const PlacedMember& member) { return member.person == person; })
          ->tier;
    });
  }
  close_ranking(*group, out, rules, recorder);
  return out;
}

template <class Recorder>
GroupRanking cut_published(const Facts& facts, const GroupFact& group, PersonId shown,
                           const Rules& rules, Recorder& recorder) {
  GroupRanking out{group.group, {}, {}, {}};
  std::vector<RankedMember> members;
  std::map<PersonId, Tier> published;
  const PlacementFact* own = nullptr;
  for (const PlacementFact& fact : group.placements) {
    const RankingMemberPlaced& placed = fact.placed;
    members.push_back(
        {placed.person, {placed.score, placed.result, placed.behaviour, placed.discipline}});
    out.units.emplace(placed.person, placed.unit);
    published.emplace(placed.person, placed.tier);
    if (placed.person == shown) own = &fact;
  }
  out.cut = cut_tiers(members, rules->ranking);
  if (!out.cut.ties.empty()) {
    // What was published says which decisions held: nobody's months are asked for again.
    std::vector<DecidedTie> about;
    for (const TieResolvedFact& fact : group.resolutions)
      if (fact.sequence < group.published_at)
        if (const TieFact* const found = decided_about(group, fact, out.cut.ties))
          about.push_back({found, &fact});
    out.decided = applied(about, [&](PersonId person) {
      const auto tier = published.find(person);
      return tier == published.end() ? Tier::unspecified : tier->second;
    });
    out.cut = cut_tiers(std::move(members), rules->ranking, choices_of(out.decided));
  }
  recorder.open(Quantity::ranking);
  if (own != nullptr) record_place(facts, group, *own, out.cut, rules, recorder);
  close_ranking(group, out, rules, recorder);
  return out;
}

bool is_as_published(const TierCut& cut, const GroupFact& group) {
  if (!group.published) return false;
  return cut.counts.above == static_cast<std::int64_t>(group.published->above) &&
         cut.counts.below == static_cast<std::int64_t>(group.published->below) &&
         cut.cutoff_above == group.published->cutoff_above &&
         cut.cutoff_below == group.published->cutoff_below &&
         std::equal(cut.members.begin(), cut.members.end(), group.placements.begin(),
                    group.placements.end(), [](const PlacedMember& a, const PlacementFact& b) {
                      return a.person == b.placed.person && a.rank == b.placed.rank &&
                             a.tier == b.placed.tier;
                    });
}

Result<bool> has_lapsed(const Facts& facts, Period period, const GroupFact& group, Sequence decided,
                        const Rules& rules) {
  const EarlierFacts then(facts, decided);
  NullRecorder none;
  for (const GroupMemberFact& member : group.members) {
    RUNUT_ASSIGN(const RankedMember now,
                 compute_rank_key(facts, member.person, period, rules, none));
    const auto before = compute_rank_key(then, member.person, period, rules, none);
    // Somebody without a score then has one now: that is a change too.
    if (!before || compare_keys(now.key, before->key, rules->ranking.tie_keys) != 0) return true;
  }
  return false;
}

const GroupFact* published_group(const Facts& facts, Period period, PersonId person) {
  const auto ranking = facts.agency().rankings.find(period);
  if (ranking == facts.agency().rankings.end()) return nullptr;
  for (const auto& [name, group] : ranking->second.groups) {
    if (!group.published || group.published_at > facts.known_at()) continue;
    for (const PlacementFact& fact : group.placements)
      if (fact.placed.person == person) return &group;
  }
  return nullptr;
}

Result<PlacedMember> replace_member(const Facts& facts, Period period, PersonId person,
                                    const Rules& rules) {
  const GroupFact* group = published_group(facts, period, person);
  if (group == nullptr)
    return reject("ranking.not_published", "person", to_string(person),
                  "no published ranking of this period places this person");
  NullRecorder none;
  RUNUT_ASSIGN(const std::optional<Evaluation> evaluation,
               compute_score(facts, person, period, rules, none));
  if (!evaluation)
    return reject("ranking.not_rated", "person", to_string(person), "there is no score to place");
  RankedMember corrected{person,
                         {evaluation->score, evaluation->result, evaluation->behaviour, {}}};
  std::vector<RankedMember> others;
  for (const PlacementFact& fact : group->placements) {
    const RankingMemberPlaced& placed = fact.placed;
    if (placed.person == person) {
      corrected.key.discipline = placed.discipline;
    } else {
      others.push_back(
          {placed.person, {placed.score, placed.result, placed.behaviour, placed.discipline}});
    }
  }
  const RankingPublished& header = *group->published;
  const TierCounts counts{header.above,
                          static_cast<std::int64_t>(header.members) - header.above - header.below,
                          header.below};
  return place_alone(corrected, others, rules->ranking, counts);
}

std::vector<Month> adjustment_months(const Facts& facts, Period period) {
  const Period following = period.following();
  std::vector<Month> out;
  for (Month at = following.first; at <= following.last(); at = at + 1)
    if (const auto rules = payment_rules(facts, at); rules && (*rules)->tpp.tier_adjustment)
      out.push_back(at);
  return out;
}

template Result<BasisPoints> compute_discipline_key(const Facts&, PersonId, Period, const Rules&,
                                                    NullRecorder&);
template Result<BasisPoints> compute_discipline_key(const Facts&, PersonId, Period, const Rules&,
                                                    DerivationRecorder&);
template Result<RankedMember> compute_rank_key(const Facts&, PersonId, Period, const Rules&,
                                               NullRecorder&);
template Result<RankedMember> compute_rank_key(const Facts&, PersonId, Period, const Rules&,
                                               DerivationRecorder&);
template Result<GroupRanking> rank_group(const Facts&, Period, const std::string&, const Rules&,
                                         NullRecorder&);
template Result<GroupRanking> rank_group(const Facts&, Period, const std::string&, const Rules&,
                                         DerivationRecorder&);
template GroupRanking cut_published(const Facts&, const GroupFact&, PersonId, const Rules&,
                                    DerivationRecorder&);

}  // namespace runut
