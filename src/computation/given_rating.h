// Whose ratings count, in either regime.
#pragma once

#include <algorithm>
#include <vector>

#include "computation/facts.h"

namespace runut {

// Given by the appraiser, by whom they delegated, or by their superior once they had separated:
// whoever may rate in their place.
template <class Rating>
bool given_for(const Facts& facts, const Rating& rating, const AppraiserFact& appraiser) {
  if (rating.by == appraiser.appraiser) return true;
  const PersonFacts& person = facts.person(appraiser.appraiser);
  if (rating.on_behalf_of)
    return std::any_of(
        person.delegations.begin(), person.delegations.end(),
        [&](const DelegationFact& fact) { return fact.sequence == *rating.on_behalf_of; });
  return person.separation && appraiser.superior && rating.by == *appraiser.superior;
}

// Of what was given for the appraiser the highest sequence; null: nothing was.
template <class Rating>
const Rating* latest_given_for(const Facts& facts, const std::vector<Rating>& ratings,
                               const AppraiserFact& appraiser) {
  const Rating* out = nullptr;
  for (const Rating& rating : ratings)
    if (given_for(facts, rating, appraiser)) out = &rating;
  return out;
}

}  // namespace runut
