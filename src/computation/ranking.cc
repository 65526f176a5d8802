#include "computation/ranking.h"

#include <fmt/format.h>

#include <algorithm>

#include "computation/earlier_facts.h"
#include "computation/work.h"

namespace runut {
namespace {

Result<std::vector<TieChoice>> choices_that_hold(const Facts& facts, Period period,
                                                 const GroupFact& group,
                                                 const std::vector<Tie>& ties, const Rules& rules) {
  std::vector<TieChoice> out;
  for (const TieResolvedFact& fact : group.resolutions) {
    if (fact.sequence > facts.known_at()) continue;
    RUNUT_ASSIGN(const bool lapsed, has_lapsed(facts, period, group, fact.sequence, rules));
    if (lapsed) continue;
    // What was decided about is the last tie found before the decision; it must be this one still.
    const TieFact* decided = nullptr;
    for (const TieFact& tie : group.ties)
      if (tie.sequence < fact.sequence && tie.found.cutoff == fact.resolved.cutoff) decided = &tie;
    const bool same =
        decided != nullptr && std::any_of(ties.begin(), ties.end(), [&](const Tie& tie) {
          std::vector<PersonId> members = decided->found.members;
          std::sort(members.begin(), members.end());
          return tie.cutoff == decided->found.cutoff && tie.members == members &&
                 tie.places == static_cast<std::int64_t>(decided->found.places) &&
                 tie.score == decided->found.score;
        });
    if (same) out.push_back({fact.resolved.cutoff, fact.resolved.chosen});
  }
  return out;
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
  GroupRanking out{name, {}, {}};
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
    RUNUT_ASSIGN(const std::vector<TieChoice> choices,
                 choices_that_hold(facts, period, *group, out.cut.ties, rules));
    out.cut = cut_tiers(std::move(members), rules->ranking, choices);
  }
  recorder.close(static_cast<std::int64_t>(out.cut.members.size()), Measure::persons, [&] {
    const TierCounts& counts = out.cut.counts;
    Note note;
    note.detail = name;
    note.formula = fmt::format("{} = {} + {} + {}", out.cut.members.size(), counts.above,
                               counts.meets, counts.below);
    note.rules = {rules.rule(Parameter::tiers), rules.rule(Parameter::tail_rounding),
                  rules.rule(Parameter::group_scope), rules.rule(Parameter::minimum_size),
                  rules.rule(Parameter::tie_keys)};
    note.events = {group->frozen};
    for (const TieResolvedFact& fact : group->resolutions) note.events.push_back(fact.sequence);
    return note;
  });
  return out;
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

}  // namespace runut
