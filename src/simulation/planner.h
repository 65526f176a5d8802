// Chooses whom every story befalls. One object makes one plan; the stories are in plan_people.cc
// (people who come, go, move or try what they may not), plan_skp.cc (plans),
// plan_units.cc (divisions that move and close), plan_ranking.cc
// (heroine, objections), plan_ties.cc, plan_later.cc (what comes to light when a month is paid),
// plan_desk.cc (what the audit asks about a desk), plan_careers.cc (senior posts, acting roles),
// plan_ongoing.cc (feedback, surveys, certificates) and plan_predicates.cc (the predicate regime).
//
// A story that is added draws after the others, and only where people are left: who is chosen for
// the older ones, and with it every number that a page quotes, stays as it is.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "simulation/plan.h"

namespace runut::simulation {

class Planner {
 public:
  Planner(const PlanInput& input, City& city, PlantedBook& book);
  Result<Plan> make();

 private:
  // Staff in ordinary units: those whom a story may befall without touching another story.
  void gather();
  [[nodiscard]] UnitIndex paying_unit(PersonIndex p) const;
  // The heroine's correction run must settle her alone.
  [[nodiscard]] bool is_story_office(UnitIndex office) const;
  // Noted when there is nobody left: the plan is refused in the end.
  PersonIndex take();
  // People whom no story has taken.
  [[nodiscard]] std::size_t spare() const;
  [[nodiscard]] std::uint32_t share(std::uint32_t divisor) const;
  // The stories of one year, at most twelve months; a longer simulation tells them once a year.
  void plan_year(Month from, Month to);
  // The month so many after the year's first, as far as its months reach.
  [[nodiscard]] Month month_at(int offset) const;
  [[nodiscard]] Date working_day(Month month, int day_of_month) const;
  ItemIndex add_item(std::string kind, PersonIndex p, std::optional<Month> month,
                     std::optional<Date> date, std::string note,
                     std::vector<std::pair<std::string, std::string>> expected);
  // Divisions that are moved or merged; whoever serves there is in no other story.
  void plan_unit_changes(Month from);
  [[nodiscard]] std::vector<PersonIndex> free_members(UnitIndex unit) const;
  [[nodiscard]] std::vector<UnitIndex> divisions_up_to(std::size_t size_most) const;
  [[nodiscard]] bool is_ordinary_division(UnitIndex u) const;
  [[nodiscard]] UnitIndex beside(UnitIndex u) const;
  void move_division(Month month);
  void merge_division(Month month);
  void merge(UnitIndex u, UnitIndex into, Date from);
  // Reports of three days that their appraiser approves within a minute.
  void plan_burst(Month from);
  void plan_reopening();
  void plan_newcomers();
  void plan_moves();
  [[nodiscard]] PersonIndex model_elsewhere(UnitIndex office);
  void plan_separations();
  void plan_incident(IncidentKind kind, PersonIndex p, PersonIndex actor, Date day,
                     std::string note, std::string outcome, std::string rule);
  void plan_incidents();
  void plan_sanctions();
  void plan_delegation();
  void choose_monthly_people();
  // Of the year's plans (SKP), for people to whom something happens every month.
  void plan_plans();
  void plan_ranking();
  void plan_heroine(Period period, Month paid);
  // Others who were cut: dismissed in time, filed too late, decided too late, upheld.
  void plan_objections(Period period, Month paid);
  void plan_more_objections(Period period, Month paid);
  void plan_upheld(const RankedGroup& group, PersonIndex p, Period period, Month paid);
  // The correction of a month's pay, by the run that carries it.
  ItemIndex plan_correction(PersonIndex p, Month month, std::string cause, std::string note,
                            std::string sign);
  void plan_tie(const RankedGroup& group, Cutoff cutoff, std::array<PersonIndex, 2> members,
                Period period);
  void plan_more_ties(Period period);
  [[nodiscard]] bool may_be_tied(const RankedGroup& group, PersonIndex p, Period period) const;
  // Of one year, what nobody else's story rests on.
  void plan_later(Month from, Month to);
  void plan_late_closing();
  [[nodiscard]] bool may_close_late(UnitIndex u) const;
  void plan_found_leave();
  void plan_cancelled_sanction();
  void plan_returned_payment();
  // Of one year.
  void plan_acting();
  void plan_ongoing();
  [[nodiscard]] bool acts_already(PersonIndex p) const;
  [[nodiscard]] std::uint32_t acted_before(PersonIndex p) const;
  void plan_tenures();
  void plan_predicates();
  void plan_deviation(Period period);
  void plan_dispute(Period period, PersonIndex p, bool upheld);
  [[nodiscard]] std::optional<std::pair<PersonIndex, std::string>> unit_predicate_signatory() const;
  // Whom something befalls every month: further stories of theirs touch nobody else's.
  [[nodiscard]] std::vector<PersonIndex> monthly_people() const;

  const PlanInput& in_;
  City& city_;
  PlantedBook& book_;
  SeededRandomness random_;
  Month from_;  // of the year that is being planned
  Month to_;
  std::vector<PersonIndex> pool_;
  bool lacks_people_ = false;
  Plan plan_;
};

}  // namespace runut::simulation
