// Folds: one event into the facts that it touches (domain/touches.h says which). Pure; the only way
// that facts come about, live, replayed, at a past sequence or with hypothetical events on top.
#pragma once

#include "computation/facts.h"

namespace runut {

// Events that touch the person, in sequence order. Others of the same person are ignored.
void evolve(PersonFacts& facts, const Event& event, int utc_offset_minutes);

// Events that touch (person, month).
void evolve(MonthFacts& facts, const Event& event, int utc_offset_minutes);

// Events that touch the person's late daily events.
void evolve(std::vector<LateMark>& late_daily, const Event& event, int utc_offset_minutes);

// Events that touch the agency. `corrupt` when a regulation document in the log is none (its text
// hash differs, or it does not read): the log is damaged or was not written by this program.
[[nodiscard]] Status evolve(AgencyFacts& facts, const Event& event);

}  // namespace runut
