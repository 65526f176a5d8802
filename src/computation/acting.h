// What an acting role (Plt, Plh) is paid (rulebook section 3.5 (9)): a component of its own, the
// regulation's share of the acted post's ceiling for each eligible working day of the role.
#pragma once

#include <vector>

#include "computation/person_month.h"

namespace runut {

// Choices where the rulebook is silent:
//  - min_days are calendar days of the whole role as known, first to last day; a role without a
//  last
//    day is long enough. So it is paid from its first day on, and one that ends short of min_days
//    is taken back by correction.
//  - A separation ends the days that are paid, not the length of the role.
// Null: no role holds that day, or not one that pays.
[[nodiscard]] const ActingFact* paid_role_on(const PersonFacts& person, const Rules& rules,
                                             Date day);

// The ceilings of the acted post, the document's components together.
struct ActedCeiling {
  Rupiah amount;
  std::vector<Sequence> events;  // that set them
};
// By that day's unit tree. Rejected: ceiling.missing; 0 must be written.
[[nodiscard]] Result<ActedCeiling> acted_ceiling(const Facts& facts, const Rules& rules,
                                                 const ActingFact& role, Date day);

// acting_rule's share of it in rupiah on the last eligible day, 0 when no role pays on it: what
// `ceiling` is to the other components.
[[nodiscard]] Result<Rupiah> acting_ceiling(const Facts& facts, const PersonMonth& month);

}  // namespace runut
