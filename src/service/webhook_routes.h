// /v1/{agency}/webhooks: where events are delivered to (feed/webhooks.h).
#pragma once

#include "service/feeds.h"

namespace runut::service {

// `feeds` outlives the routes.
//
// POST   /v1/{agency}/webhooks               {"url", "type"?, "unit"?, "person"?, "on_failure"?,
//                                            "from"?}; 201 with the secret, shown this once
// GET    /v1/{agency}/webhooks               {"webhooks": [...]}
// GET    /v1/{agency}/webhooks/{id}
// PATCH  /v1/{agency}/webhooks/{id}          any of these but `from`, and "state": active, paused
// DELETE /v1/{agency}/webhooks/{id}          204
// GET    /v1/{agency}/webhooks/{id}/parked   {"parked": [...]}
// POST   /v1/{agency}/webhooks/{id}/replay   {"sequence"?}: one, or all that are parked
// POST   /v1/{agency}/webhooks/{id}/rotate   a new secret, shown this once
// POST   /v1/{agency}/webhooks/{id}/test     one signed ping, now; what it was answered
[[nodiscard]] std::vector<http::Route> webhook_routes(const Feeds& feeds);

}  // namespace runut::service
