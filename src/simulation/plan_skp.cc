#include <algorithm>

#include "simulation/planner.h"

namespace runut::simulation {

void Planner::plan_plans() {
  Month january = from_;
  while (month_of_year(january) != 1) january = january + 1;
  if (january > to_) return;
  const std::vector<PersonIndex> hosts = monthly_people();
  if (lacks_people_) return;

  struct Story {
    PlanStory story;
    const char* kind;
    const char* note;
    Date date;  // within the months that are simulated, or the story is left out
    const char* name;
    std::string expected;
  };
  const auto on = [&](int months_later, int day) {
    return in_.calendar.on_or_after(first_day(january + months_later) + (day - 1));
  };
  const Story stories[] = {
      {PlanStory::late, "plan_late", "submitted in January, approved when the quarter was over",
       on(3, 5), "approved_on", to_string(on(3, 5))},
      {PlanStory::unsubmitted, "plan_unsubmitted", "drafted, never submitted", on(0, 1), "state",
       "drafted"},
      {PlanStory::unlinked, "plan_unlinked", "no result serves an indicator", on(0, 1),
       "linked_results", "0"},
      {PlanStory::revised, "plan_revised", "revised after the first half of the year", on(6, 6),
       "revised_on", to_string(on(6, 6))}};
  const Period year{january, 12};
  const std::size_t each = std::min<std::size_t>(share(500), hosts.size() / std::size(stories));
  std::size_t host = 0;
  for (const Story& story : stories) {
    for (std::size_t i = 0; i < each; ++i, ++host) {
      if (month_of(story.date) > to_) continue;
      const PersonIndex p = hosts[host];
      plan_.plans.push_back(
          {story.story, p, year, story.date,
           add_item(story.kind, p, month_of(story.date), std::nullopt, story.note,
                    {{"period", to_string(year)}, {story.name, story.expected}})});
    }
  }
  const Date tried = on(0, 27);
  plan_incident(IncidentKind::own_plan, hosts[0], hosts[0], tried, "tries to approve the own plan",
                "refused", "authority.self");
  const PersonIndex colleague = city_.units[paying_unit(hosts[1])].treasurer;
  plan_incident(IncidentKind::others_plan, hosts[1], colleague, tried,
                "a colleague tries to approve the plan", "refused", "authority.not_appraiser");
  plan_incident(IncidentKind::indicator_cycle, city_.ranking_clerk, city_.ranking_clerk, tried,
                "an indicator of the city is to serve one that serves it", "rejected",
                "indicator.cycle");
}

}  // namespace runut::simulation
