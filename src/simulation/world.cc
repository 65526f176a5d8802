#include "simulation/world.h"

namespace runut::simulation {

PersonIndex World::registrar_of(PersonIndex p, Date day) const {
  const Posting* posting = person(p).posting_on(day);
  if (posting == nullptr) posting = &person(p).postings.back();
  const UnitIndex office = unit(posting->unit).paying_unit;
  RUNUT_CHECK(office != nobody, "somebody of the city's offices");
  // Nobody keeps their own file.
  return unit(office).registrar == p ? city.ranking_clerk : unit(office).registrar;
}

World::Approver World::approver_of(PersonIndex p, Date day) const {
  const Posting* posting = person(p).posting_on(day);
  RUNUT_CHECK(posting != nullptr, "a report is of a day of service");
  for (const PlannedDelegation* const delegation : granted)
    if (delegation->from == posting->appraiser && delegation->days.contains(today()))
      return {{act(delegation->to, Role::appraiser), person(delegation->from).id}, delegation};
  return {{act(posting->appraiser, Role::appraiser), {}}, nullptr};
}

}  // namespace runut::simulation
