// What is planted month by month, for people who were chosen for it beforehand: late approvals and
// excuses. Made when its month begins and dropped when nothing of it is still to happen.
#pragma once

#include <vector>

#include "simulation/plan.h"

namespace runut::simulation {

struct MonthPlan {
  Month month;
  std::vector<PlannedDay> days;  // by person, then date
  std::vector<PlannedExcuse> excuses;
  std::vector<CarriedCorrection> carried;
  std::vector<UnitIndex> settled_by_correction;  // paying units with late facts of the last month
  ItemIndex first_item = 0;
  ItemIndex end_item = 0;

  [[nodiscard]] const PlannedDay* day_of(PersonIndex person, Date date) const;
};

// The same month of the same simulation is always planned alike, whatever was planned before it.
[[nodiscard]] MonthPlan plan_month(const PlanInput& input, const City& city,
                                   const MonthlyPeople& people, Month month, PlantedBook& book);

}  // namespace runut::simulation
