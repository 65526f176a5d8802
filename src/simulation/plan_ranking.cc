#include "simulation/planner.h"

namespace runut::simulation {

void Planner::plan_ranking() {
  const auto period = ranked_period(in_);
  if (!period) return;
  const Document& rules = in_.setting.first_ranking()->document;
  const PersonIndex undelivered = take();
  plan_.undelivered.push_back(
      {undelivered,
       add_item("undelivered", undelivered, std::nullopt, last_day(*period),
                "rated, but not delivered before the freezing", {{"unranked", "not_delivered"}})});
  plan_.evaluations = build_evaluations(city_, *period, rules, {undelivered}, in_.chance);
  const Evaluations& evaluations = *plan_.evaluations;
  const Month paid = month_of(rules.header.effective_from);
  for (const PersonIndex p : evaluations.innovators) city_.people[p].reserved = true;

  plan_tie(evaluations.group_of(city_.tie_unit), Cutoff::below, evaluations.tied, *period);
  plan_heroine(*period, paid);
  plan_objections(*period, paid);
  plan_more_objections(*period, paid);
  plan_more_ties(*period);
}

void Planner::plan_heroine(Period period, Month paid) {
  const Evaluations& evaluations = *plan_.evaluations;
  const PersonIndex p = evaluations.heroine;
  const RankedGroup& group = evaluations.group_of(city_.heroine_unit);
  const UnitId office = city_.units[paying_unit(p)].id;
  const RankKey key = rank_key(evaluations.ratings[p], in_.setting.first_ranking()->document);
  Heroine heroine;
  heroine.person = city_.people[p].id;
  heroine.identifier = identifier(city_.people[p]);
  heroine.unit = city_.units[city_.heroine_unit].id;
  heroine.group = group.name;
  heroine.members = static_cast<std::uint32_t>(group.order.size());
  heroine.rank = heroine.members - static_cast<std::uint32_t>(group.counts.below) + 1;
  heroine.period = period;
  heroine.month = paid;
  heroine.run = {office, paid, RunKind::regular, 1};
  heroine.correction_run = {office, paid, RunKind::correction, 1};
  heroine.result = key.result;
  heroine.behaviour = key.behaviour;
  heroine.score = key.score;
  heroine.corrected_result = evaluations.heroine_corrected.result;
  heroine.avoided_by = evaluations.heroine_avoids;
  heroine.neighbour = city_.people[evaluations.neighbour].id;
  heroine.before = Tier::below;
  heroine.after = Tier::meets;
  book_.totals().heroine = heroine;

  // Something to lose beside the rank: one late morning and one short day in the month of the
  // cut.
  PlannedDay late{.person = p, .date = working_day(paid, 10), .late_minutes = 14};
  plan_.days.push_back(late);
  PlannedDay brief{.person = p, .date = working_day(paid, 23), .report_minutes = 195};
  plan_.days.push_back(brief);
  plan_.objections.push_back(
      {p, ObjectionStory::upheld,
       add_item("objection_upheld", p, paid, std::nullopt,
                "filed in time, upheld after the month was ordered, corrected and paid",
                {{"tier_before", "below"},
                 {"tier_after", "meets"},
                 {"correction_run", to_string(heroine.correction_run)}}),
       evaluations.heroine_corrected});
  plan_.carried.push_back(
      {heroine.correction_run, add_item("correction", p, paid, std::nullopt, "the upheld objection",
                                        {{"cause", "objection_upheld"},
                                         {"run", to_string(heroine.correction_run)},
                                         {"for_month", to_string(paid)},
                                         {"sign", "positive"}})});
}

void Planner::plan_objections(Period period, Month paid) {
  ObjectionStory story = ObjectionStory::dismissed;
  for (const RankedGroup& group : plan_.evaluations->groups) {
    if (group.counts.below == 0 || group.unit == city_.heroine_unit || group.unit == city_.tie_unit)
      continue;
    const PersonIndex p = group.order.back();
    if (city_.people[p].reserved || city_.people[p].appraises) continue;
    city_.people[p].reserved = true;
    const bool late = story == ObjectionStory::late;
    plan_.objections.push_back(
        {p, story,
         add_item(
             late ? "objection_late" : "objection_dismissed", p, paid, std::nullopt,
             late ? "filed more than 14 days after the publication" : "filed in time and dismissed",
             {{"period", to_string(period)}, {"tier", "below"}, {"upheld", "no"}}),
         std::nullopt});
    if (late) return;
    story = ObjectionStory::late;
  }
}

// One a group, of those who were cut in it: upheld, decided too late, dismissed, and again.
void Planner::plan_more_objections(Period period, Month paid) {
  static constexpr ObjectionStory stories[] = {ObjectionStory::upheld, ObjectionStory::overdue,
                                               ObjectionStory::dismissed};
  const std::size_t wanted = std::size(stories) * share(500);
  std::size_t told = 0;
  for (const RankedGroup& group : plan_.evaluations->groups) {
    if (told == wanted) return;
    if (group.counts.below == 0 || group.unit == city_.heroine_unit || group.unit == city_.tie_unit)
      continue;
    const PersonIndex p = group.order.back();
    if (city_.people[p].reserved || city_.people[p].appraises || city_.people[p].last_day ||
        is_story_office(paying_unit(p)))
      continue;
    const ObjectionStory story = stories[told % std::size(stories)];
    // Above her there is room to rise into, and to stay below those who are paid more.
    if (story == ObjectionStory::upheld && group.counts.meets < 3) continue;
    ++told;
    city_.people[p].reserved = true;
    if (story == ObjectionStory::upheld) {
      plan_upheld(group, p, period, paid);
      continue;
    }
    const bool overdue = story == ObjectionStory::overdue;
    plan_.objections.push_back(
        {p, story,
         add_item(overdue ? "objection_overdue" : "objection_dismissed", p, paid, std::nullopt,
                  overdue ? "filed in time, decided and dismissed after more than 14 days"
                          : "filed in time and dismissed",
                  {{"period", to_string(period)}, {"tier", "below"}, {"upheld", "no"}}),
         std::nullopt});
  }
}

void Planner::plan_upheld(const RankedGroup& group, PersonIndex p, Period period, Month paid) {
  const Document& rules = in_.setting.first_ranking()->document;
  // As good as the last one who meets expectation, and no better than one rung of the ladder.
  const auto last_above_cut = group.order.size() - static_cast<std::size_t>(group.counts.below) - 1;
  const RankKey wanted = rank_key(plan_.evaluations->ratings[group.order[last_above_cut]], rules);
  Ratings corrected = plan_.evaluations->ratings[p];
  while (compare_keys(rank_key(corrected, rules), wanted, rules.ranking.tie_keys) <= 0)
    corrected.result.value += 1;
  const ItemIndex correction =
      plan_correction(p, paid, "objection_upheld", "the upheld objection", "positive");
  std::string run = book_.at(correction).expected[1].second;
  plan_.objections.push_back(
      {p, ObjectionStory::upheld,
       add_item("objection_upheld", p, paid, std::nullopt,
                "filed in time, upheld after the month was ordered, corrected and paid",
                {{"period", to_string(period)},
                 {"tier_before", "below"},
                 {"tier_after", "meets"},
                 {"correction_run", std::move(run)}}),
       corrected});
}

}  // namespace runut::simulation
