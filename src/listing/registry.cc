#include "listing/registry.h"

#include <algorithm>

namespace runut::listing {

const std::vector<Listing>& all_listings() {
  static const std::vector<Listing> listings = {
      accesses_listing(),       affected_listing(), dialogues_listing(),  differences_listing(),
      evaluations_listing(),    imports_listing(),  merit_listing(),      payments_listing(),
      people_listing(),         plans_listing(),    posts_listing(),      promotions_listing(),
      qualifications_listing(), rankings_listing(), regulation_listing(), regulations_listing(),
      surveys_listing(),        units_listing()};
  return listings;
}

const Listing* find_listing(std::string_view name) {
  const auto found = std::find_if(all_listings().begin(), all_listings().end(),
                                  [&](const Listing& one) { return one.name == name; });
  return found == all_listings().end() ? nullptr : &*found;
}

}  // namespace runut::listing
