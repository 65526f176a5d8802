// schemas/openapi.d/listings.yaml: the listings' part of the service's contract (OpenAPI 3.1), made
// from the descriptions that the service answers by, so that the two cannot drift apart.
#pragma once

#include <string>

namespace runut::listing {

// YAML with `paths` and `components`; the same text every time.
[[nodiscard]] std::string listings_contract();

}  // namespace runut::listing
