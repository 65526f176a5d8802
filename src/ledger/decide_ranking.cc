// Freezing, publishing and correcting a ranking (rulebook section 3.4).
#include <algorithm>

#include "computation/person_overlay.h"
#include "computation/ranking.h"
#include "ledger/evolve.h"
#include "ledger/rules.h"
#include "ledger/tier_correction.h"

namespace runut::rules {
namespace {

// Facts with one more event about one person.
class WithEvent final : public PersonOverlay {
 public:
  WithEvent(const Facts& facts, PersonId subject, const Event& event)
      : PersonOverlay(facts, subject), known_at_(event.sequence) {
    evolve(changed_, event, facts.agency().utc_offset_minutes());
  }
  [[nodiscard]] Sequence known_at() const override { return known_at_; }

 private:
  Sequence known_at_;
};

BasisPoints delta_of(const RankingRules& terms, Tier tier) {
  if (tier == Tier::above) return terms.delta.above;
  if (tier == Tier::below) return terms.delta.below;
  return BasisPoints{0};
}

// Found last at this cut-off, with the same members, score and places: not decided, or the decision
// has lapsed.
bool is_known_tie(const GroupFact& group, const Tie& tie) {
  for (auto fact = group.ties.rbegin(); fact != group.ties.rend(); ++fact)
    if (fact->found.cutoff == tie.cutoff)
      return fact->found.members == tie.members && fact->found.score == tie.score &&
             fact->found.places == static_cast<std::uint32_t>(tie.places);
  return false;
}

// The publication of one group: header, places, adjustments.
Status publish_group(const Case& at, const PublishRanking& body, const Rules& rules,
                     const GroupRanking& ranking, const std::vector<Month>& months, Decision& out) {
  const TierCut& cut = ranking.cut;
  RankingPublished header;
  header.period = body.period;
  header.group = ranking.group;
  header.members = static_cast<std::uint32_t>(cut.members.size());
  header.above = static_cast<std::uint32_t>(cut.counts.above);
  header.below = static_cast<std::uint32_t>(cut.counts.below);
  header.cutoff_above = cut.cutoff_above;
  header.cutoff_below = cut.cutoff_below;
  header.computed_at = at.known_at();
  header.computation_version = 1;
  header.decree = body.decree;
  out.push_back(at.event_under(std::move(header), at.today(), rules.regulation));
  for (const PlacedMember& member : cut.members) {
    RankingMemberPlaced placed;
    placed.person = member.person;
    placed.period = body.period;
    placed.group = ranking.group;
    placed.unit = ranking.units.at(member.person);
    placed.score = member.key.score;
    placed.result = member.key.result;
    placed.behaviour = member.key.behaviour;
    placed.discipline = member.key.discipline;
    placed.rank = member.rank;
    placed.tier = member.tier;
    out.push_back(at.event_under(std::move(placed), at.today(), rules.regulation));
    const std::size_t cause = out.size() - 1;
    if (member.tier == Tier::meets) continue;
    TppAdjustmentDecided adjustment;
    adjustment.person = member.person;
    adjustment.cause = AdjustmentCause::ranking;
    adjustment.period = body.period;
    adjustment.delta = delta_of(rules->ranking, member.tier);
    adjustment.months = months;
    NewEvent decided = at.event_under(std::move(adjustment), at.today(), rules.regulation);
    decided.caused_by_index = cause;
    out.push_back(std::move(decided));
  }
  return {};
}

// What the computation refuses about the period, at its place in the command.
template <class T>
Result<T> period_in_command(Result<T> computed) {
  if (!computed && computed.error().field == "period") computed.error().field = "data.period";
  return computed;
}

const RankingFact* frozen(const Case& at, Period period) {
  const auto found = at.agency().rankings.find(period);
  return found != at.agency().rankings.end() && found->second.frozen <= at.known_at()
             ? &found->second
             : nullptr;
}

}  // namespace

// Groups are frozen once, but for groups that nobody may publish any more: another document came
// into force before any of them was published.
Status check_frozen_anew(const Case& at, const RankingFact& before, const Rules& rules) {
  const auto refused = [&](std::string why) -> Status {
    return reject("ranking.frozen", "data.period", to_string(before.period), std::move(why));
  };
  for (const auto& [name, group] : before.groups)
    if (group.published) return refused("group " + name + " is published already");
  RUNUT_ASSIGN(const Rules frozen_under, ranking_rules(at.context.facts, before.frozen_on));
  if (frozen_under.regulation == rules.regulation) return refused("its groups are frozen already");
  return {};
}

Decided decide_one(const Case& at, const FreezeRanking& body) {
  RUNUT_TRY(at.require_role({Role::hr}));
  if (at.today() <= last_day(body.period))
    return reject("ranking.period_not_over", "data.period", to_string(body.period),
                  "today is " + to_string(at.today()));
  RUNUT_ASSIGN(const Rules rules, ranking_rules(at.context.facts, at.today()));
  if (const RankingFact* const before = frozen(at, body.period))
    RUNUT_TRY(check_frozen_anew(at, *before, rules));
  RUNUT_ASSIGN(const FrozenGroups groups,
               period_in_command(freeze_groups(at.context.facts, body.period, rules)));
  if (groups.groups.empty())
    return reject("ranking.nobody", "data.period", to_string(body.period),
                  "nobody is rated and delivered");
  Decision out;
  for (const auto& [name, members] : groups.groups) {
    out.push_back(at.event_under(
        RankingGroupFrozen{body.period, name, static_cast<std::uint32_t>(members.size())},
        at.today(), rules.regulation));
    for (const GroupMember& member : members) {
      RankingGroupMember row;
      row.person = member.person;
      row.period = body.period;
      row.group = name;
      row.unit = member.unit;
      row.job_class = member.job_class;
      row.appraiser = member.appraiser;
      out.push_back(at.event_under(std::move(row), at.today(), rules.regulation));
    }
  }
  for (const Unranked& unranked : groups.unranked) {
    RankingGroupMember row;
    row.person = unranked.person;
    row.period = body.period;
    row.unranked = unranked.reason;
    out.push_back(at.event_under(std::move(row), at.today(), rules.regulation));
  }
  return out;
}

Decided decide_one(const Case& at, const PublishRanking& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(at.require_decree(body.decree));
  const RankingFact* const ranking = frozen(at, body.period);
  if (ranking == nullptr)
    return reject("ranking.not_frozen", "data.period", to_string(body.period),
                  "freeze its groups first");
  RUNUT_ASSIGN(const Rules rules, ranking_rules(at.context.facts, at.today()));
  RUNUT_TRY(at.require_office(body.decree, rules->ranking.signatories, "ranking.signatory"));
  if (rules->governance.separation_of_duties && at.actor() && at.actor() == ranking->frozen_by)
    return refuse("authority.separation", "actor.id", to_string(*at.actor()),
                  "whoever froze the groups does not publish them");
  RUNUT_ASSIGN(const Rules frozen_under, ranking_rules(at.context.facts, ranking->frozen_on));
  if (frozen_under.regulation != rules.regulation)
    return reject("ranking.other_document", "data.period", to_string(body.period),
                  "frozen under " + frozen_under->header.id + ", published under " +
                      rules->header.id + "; while no group is published, freeze them again");
  const std::vector<Month> months = adjustment_months(at.context.facts, body.period);
  Decision out;
  std::size_t open = 0;
  for (const auto& [name, group] : ranking->groups) {
    if (group.published) continue;
    NullRecorder none;
    RUNUT_ASSIGN(const GroupRanking ranked,
                 rank_group(at.context.facts, body.period, name, rules, none));
    if (ranked.cut.open.empty()) {
      RUNUT_TRY(publish_group(at, body, rules, ranked, months, out));
      continue;
    }
    ++open;
    for (const Tie& tie : ranked.cut.open) {
      if (is_known_tie(group, tie)) continue;
      TieAtCutoffFound found;
      found.period = body.period;
      found.group = name;
      found.cutoff = tie.cutoff;
      found.members = tie.members;
      found.places = static_cast<std::uint32_t>(tie.places);
      found.score = tie.score;
      out.push_back(at.event_under(std::move(found), at.today(), rules.regulation));
    }
  }
  if (out.empty())
    return open > 0 ? reject("ranking.tie_open", "data.period", to_string(body.period),
                             std::to_string(open) + " groups wait for ResolveTie")
                    : reject("ranking.published", "data.period", to_string(body.period),
                             "every group is published");
  return out;
}

Decided decide_one(const Case& at, const TieResolved& body) {
  RUNUT_TRY(at.require_role({Role::hr, Role::official}));
  RUNUT_TRY(at.require_decree(body.decree));
  const RankingFact* const ranking = frozen(at, body.period);
  const auto group = ranking == nullptr ? std::map<std::string, GroupFact>::const_iterator{}
                                        : ranking->groups.find(body.group);
  if (ranking == nullptr || group == ranking->groups.end())
    return unknown("ranking.group_unknown", "data.group", body.group, "no such frozen group");
  RUNUT_ASSIGN(const Rules rules, ranking_rules(at.context.facts, at.today()));
  RUNUT_TRY(at.require_office(body.decree, rules->ranking.tie_authority, "tie.authority"));
  const TieFact* tie = nullptr;
  for (const TieFact& fact : group->second.ties)
    if (fact.found.cutoff == body.cutoff) tie = &fact;
  const std::vector<PersonId> tied = tie == nullptr ? std::vector<PersonId>{} : tie->found.members;
  if (std::find(tied.begin(), tied.end(), body.decree.signatory) != tied.end())
    return refuse("tie.own_case", "data.decree.signatory", to_string(body.decree.signatory),
                  "who signs is one of the tied members");
  if (group->second.published)
    return reject("ranking.published", "data.group", body.group, "the group is published");
  if (tie == nullptr)
    return reject("tie.none", "data.cutoff", std::string(to_string(body.cutoff)),
                  "no tie was found at that cut-off of the group");
  if (body.grounds.empty())
    return reject("tie.grounds", "data.grounds", {}, "a decision on a tie says why");
  std::vector<PersonId> chosen = body.chosen;
  std::sort(chosen.begin(), chosen.end());
  if (chosen.size() != tie->found.places ||
      std::adjacent_find(chosen.begin(), chosen.end()) != chosen.end())
    return reject("tie.places", "data.chosen", std::to_string(chosen.size()),
                  "exactly " + std::to_string(tie->found.places) + " different members are chosen");
  for (const PersonId person : chosen)
    if (std::find(tied.begin(), tied.end(), person) == tied.end())
      return reject("tie.not_tied", "data.chosen", to_string(person),
                    "not one of the tied members");
  for (const TieResolvedFact& other : group->second.resolutions) {
    if (other.resolved.cutoff == body.cutoff) continue;
    RUNUT_ASSIGN(const bool lapsed,
                 has_lapsed(at.context.facts, body.period, group->second, other.sequence, rules));
    for (const PersonId person : other.resolved.chosen)
      if (!lapsed && std::binary_search(chosen.begin(), chosen.end(), person))
        return reject(
            "tie.two_tiers", "data.chosen", to_string(person),
            "chosen for the other tier by sequence " + std::to_string(other.sequence.value));
  }
  Decision out;
  out.push_back(at.event_under(body, body.decree.date, rules.regulation));
  out.back().causation = tie->sequence;
  return out;
}

Result<std::optional<NewEvent>> correct_tier(const Case& at, const EvaluationCorrected& corrected) {
  const GroupFact* const group =
      published_group(at.context.facts, corrected.period, corrected.person);
  if (group == nullptr) return std::nullopt;
  Event hypothetical;
  hypothetical.sequence = next(at.known_at());
  hypothetical.subject = subject_of(corrected.person);
  hypothetical.recorded_at = at.context.now;
  hypothetical.acted_at = at.context.now;
  hypothetical.payload = corrected;
  const WithEvent facts(at.context.facts, corrected.person, hypothetical);
  RUNUT_ASSIGN(const Rules rules, ranking_rules(at.context.facts, group->published_on));
  RUNUT_ASSIGN(const PlacedMember place,
               replace_member(facts, corrected.period, corrected.person, rules));
  const AdjustmentFact* standing = nullptr;
  for (const AdjustmentFact& fact : at.person(corrected.person).adjustments)
    if (fact.cause == AdjustmentCause::ranking && fact.period == corrected.period) standing = &fact;
  const BasisPoints before = standing == nullptr ? BasisPoints{0} : standing->delta;
  const BasisPoints after = delta_of(rules->ranking, place.tier);
  if (before == after) return std::nullopt;
  TppAdjustmentDecided adjustment;
  adjustment.person = corrected.person;
  adjustment.cause = AdjustmentCause::ranking;
  adjustment.period = corrected.period;
  adjustment.delta = after;
  adjustment.months = adjustment_months(at.context.facts, corrected.period);
  adjustment.decree = corrected.decree;
  NewEvent out = at.event_under(std::move(adjustment), corrected.decree.date, rules.regulation);
  out.caused_by_index = 0;
  out.supersedes.reset();
  if (standing != nullptr) out.supersedes = standing->sequence;
  return out;
}

}  // namespace runut::rules
