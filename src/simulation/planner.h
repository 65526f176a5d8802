// Chooses whom every story befalls. One object makes one plan; the stories are in plan_people.cc
// (people who come, go, move or try what they may not), plan_work.cc (late approvals, excuses) and
// plan_ranking.cc (heroine, tie, objections).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "simulation/plan.h"

namespace runut::simulation {

class Planner {
 public:
  Planner(const PlanInput& input, City& city, Planted& planted);
  Plan make();

 private:
  // Staff in ordinary units: those whom a story may befall without touching another story.
  void gather();
  [[nodiscard]] UnitIndex paying_unit(PersonIndex p) const;
  // The heroine's correction run must settle her alone.
  [[nodiscard]] bool is_story_office(UnitIndex office) const;
  PersonIndex take();
  [[nodiscard]] std::uint32_t share(std::uint32_t divisor) const;
  // The month so many after the first, as far as the months reach.
  [[nodiscard]] Month month_at(int offset) const;
  [[nodiscard]] Date working_day(Month month, int day_of_month) const;
  ItemIndex add_item(std::string kind, PersonIndex p, std::optional<Month> month,
                     std::optional<Date> date, std::string note,
                     std::vector<std::pair<std::string, std::string>> expected);
  void plan_newcomers();
  void plan_moves();
  const Posting& posting_elsewhere(UnitIndex office);
  void plan_separations();
  void plan_incident(IncidentKind kind, PersonIndex p, PersonIndex actor, Date day,
                     std::string note, std::string outcome, std::string rule);
  void plan_incidents();
  void plan_sanctions();
  void plan_delegation();
  void plan_correction(PersonIndex p, Month month, std::string cause);
  void plan_late_approvals();
  [[nodiscard]] WeekKind week_of(PersonIndex p) const;
  void plan_report_day(PersonIndex p, Date day, Instant approved_at, std::string kind,
                       std::string note, bool counts);
  void plan_excuses();
  void plan_excuse(PersonIndex p, Month month, ExcuseStory story);
  void plan_ranking();
  void plan_heroine(Period period, Month paid);
  // Two more who were cut: one in time and dismissed, one filed too late.
  void plan_objections(Period period, Month paid);
  const PlanInput& in_;
  City& city_;
  Planted& planted_;
  SeededRandomness random_;
  int months_ = 1;
  std::vector<PersonIndex> pool_;
  Plan plan_;
};

}  // namespace runut::simulation
