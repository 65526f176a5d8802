// What the command line lists, over HTTP: one resource for each listing (listing/registry.h).
#pragma once

#include "listing/listing.h"
#include "service/reading.h"

namespace runut::service {

// GET /v1/{agency}/NAME?PARAMETER=…, and under the paths of single people and units what is asked
// of them alone.
//   application/json       {"agency":…,"known_at":"123",…,"notes":[…],"items":[…],"next":…}
//   text/csv, application/x-ndjson   the same rows
// Every row is of one moment, which Runut-Known-At names. All that is wrong with the parameters is
// said at once. `limit` rows a page; Link (RFC 8288, rel="next") leads to the following one. Pages
// are one consistent list: after the rows before a page have changed its cursor is refused with 409
// list.changed.
// `at_least`: not before the views have folded that event; 503 when that takes too long.
[[nodiscard]] std::vector<http::Route> listing_routes(const Reading& reading);

// The rows of one listing of one ledger, as the route answers them; errors as a problem.
[[nodiscard]] http::Response list(const Reading& reading, const listing::Listing& listing,
                                  const http::Call& call);

}  // namespace runut::service
