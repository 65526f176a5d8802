// GET /v1/{agency}/events: the log as others follow it (feed/feed.h).
#pragma once

#include "feed/event_stream.h"
#include "service/feeds.h"

namespace runut::service {

struct FeedRouteOptions {
  feed::EventStreamOptions stream{};
  Millis wait_max{60'000};        // of a long poll
  std::size_t limit_max = 1'000;  // events of one answer
  std::size_t bytes_max = std::size_t{1} << 20;
};

// `feeds` outlives the routes and every stream given out.
//
// GET /v1/{agency}/events
//   Accept text/event-stream: feed/event_stream.h; else application/cloudevents-batch+json (also
//   for application/json and */*), or application/x-ndjson.
//   type, unit, person: feed/filter.h; several by commas or by giving the parameter again.
//   Where it begins: Last-Event-ID, else after=SEQ (behind it), else from=SEQ (with it) or
//   from=now, else with the first event. A cursor beyond the head is refused with 409: the client
//   has seen another history, or this ledger is an older copy. wait=SECONDS: when nothing is there,
//   the answer waits for it, without holding a thread. limit=N. Runut-Head, Runut-Seen: the head,
//   and up to where this answer looked; Link rel="next" goes on from there. An empty answer may
//   have looked at a part only: Runut-Seen says so.
// GET /v1/{agency}/events/{sequence}: one of them, application/cloudevents+json.
[[nodiscard]] std::vector<http::Route> feed_routes(const Feeds& feeds,
                                                   FeedRouteOptions options = {});

}  // namespace runut::service
