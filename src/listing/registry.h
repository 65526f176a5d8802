// Every listing of the product.
#pragma once

#include "listing/listing.h"

namespace runut::listing {

// In the order of their names. Never changes.
[[nodiscard]] const std::vector<Listing>& all_listings();
// Null: there is none of this name.
[[nodiscard]] const Listing* find_listing(std::string_view name);

// One file each.
[[nodiscard]] Listing accesses_listing();
[[nodiscard]] Listing affected_listing();
[[nodiscard]] Listing dialogues_listing();
[[nodiscard]] Listing differences_listing();
[[nodiscard]] Listing evaluations_listing();
[[nodiscard]] Listing imports_listing();
[[nodiscard]] Listing merit_listing();
[[nodiscard]] Listing payments_listing();
[[nodiscard]] Listing people_listing();
[[nodiscard]] Listing plans_listing();
[[nodiscard]] Listing posts_listing();
[[nodiscard]] Listing promotions_listing();
[[nodiscard]] Listing qualifications_listing();
[[nodiscard]] Listing rankings_listing();
[[nodiscard]] Listing regulation_listing();
[[nodiscard]] Listing regulations_listing();
[[nodiscard]] Listing surveys_listing();
[[nodiscard]] Listing units_listing();

}  // namespace runut::listing
