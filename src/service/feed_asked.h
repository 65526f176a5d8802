// What a request for events asks for.
#pragma once

#include <span>

#include "feed/feed.h"
#include "http/message.h"

namespace runut::service {

enum class EventForm : std::uint8_t { stream, batch, lines };

struct EventsAsked {
  feed::Filter filter;
  Sequence after;
  Millis wait{0};
  std::size_t limit = 100;
};
struct EventsBounds {
  Millis wait_max{60'000};
  std::size_t limit_max = 1'000;
};

// Every violation of the parameters: query.unknown, query.number, query.begin, filter.*; or
// events.cursor_beyond_head alone.
[[nodiscard]] tl::expected<EventsAsked, std::vector<Error>> read_asked(const http::Request& request,
                                                                       const EventsBounds& bounds,
                                                                       Sequence head);

// The one that Accept likes best, batch when it has no preference; nothing when it takes none.
[[nodiscard]] std::optional<EventForm> form_of(const http::Request& request);

// The same question, going on behind `seen`.
[[nodiscard]] std::string next_target(const http::Request& request, Sequence seen);

}  // namespace runut::service
