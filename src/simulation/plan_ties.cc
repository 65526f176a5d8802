#include "simulation/planner.h"

namespace runut::simulation {

void Planner::plan_tie(const RankedGroup& group, Cutoff cutoff, std::array<PersonIndex, 2> members,
                       Period period) {
  const Document& rules = in_.setting.first_ranking()->document;
  const bool upper = cutoff == Cutoff::above;
  const PersonIndex chosen = members[upper ? 0 : 1];
  const ItemIndex item = add_item(
      "tie", members[1], month_of(rules.header.effective_from),
      ranking_dates(in_, period).published,
      upper ? "two members with equal score and tie keys on both sides of the upper cut-off"
            : "two members with equal score and tie keys on both sides of the lower cut-off",
      {{"group", group.name},
       {"cutoff", std::string(to_string(cutoff))},
       {"members",
        to_string(city_.people[members[0]].id) + " " + to_string(city_.people[members[1]].id)},
       {"places", "1"},
       {"chosen", to_string(city_.people[chosen].id)},
       {"authority", rules.ranking.tie_authority.front()}});
  plan_.ties.push_back({group.unit, cutoff, members, chosen, item});
}

// Staff of the whole period: with a clean record their discipline is the same too.
bool Planner::may_be_tied(const RankedGroup& group, PersonIndex p, Period period) const {
  const Person& person = city_.people[p];
  const Posting& held = person.postings[0];
  return !person.reserved && !person.appraises && !person.last_day && person.postings.size() == 1 &&
         held.from <= first_day(period) && held.unit == group.unit &&
         held.echelon == Echelon::staff && !is_story_office(paying_unit(p));
}

// At the upper and the lower cut-off in turn, one a group.
void Planner::plan_more_ties(Period period) {
  const std::size_t wanted = 2 * share(500);
  std::size_t told = 0;
  for (const RankedGroup& group : plan_.evaluations->groups) {
    if (told == wanted) return;
    if (group.unit == city_.heroine_unit || group.unit == city_.tie_unit) continue;
    const Cutoff cutoff = told % 2 == 0 ? Cutoff::above : Cutoff::below;
    const std::size_t n = group.order.size();
    const auto in_tier =
        static_cast<std::size_t>(cutoff == Cutoff::above ? group.counts.above : group.counts.below);
    const std::size_t behind = cutoff == Cutoff::above ? in_tier : n - in_tier;
    if (in_tier == 0 || group.counts.meets < 2) continue;
    const std::array<PersonIndex, 2> members = {group.order[behind - 1], group.order[behind]};
    if (!may_be_tied(group, members[0], period) || !may_be_tied(group, members[1], period))
      continue;
    for (const PersonIndex p : members) {
      city_.people[p].reserved = city_.people[p].clean = true;
      city_.people[p].diligence = 10'000;
    }
    plan_.evaluations->ratings[members[1]] = plan_.evaluations->ratings[members[0]];
    plan_tie(group, cutoff, members, period);
    ++told;
  }
}

}  // namespace runut::simulation
