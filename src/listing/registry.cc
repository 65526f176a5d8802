#include "listing/registry.h"

#include <algorithm>

namespace runut::listing {

const std::vector<Listing>& all_listings() {
  static const std::vector<Listing> listings = {
      dialogues_listing(), evaluations_listing(), imports_listing(), merit_listing(),
      payments_listing(),  plans_listing(),       posts_listing(),   qualifications_listing(),
      rankings_listing(),  surveys_listing()};
  return listings;
}

const Listing* find_listing(std::string_view name) {
  const auto found = std::find_if(all_listings().begin(), all_listings().end(),
                                  [&](const Listing& one) { return one.name == name; });
  return found == all_listings().end() ? nullptr : &*found;
}

}  // namespace runut::listing
