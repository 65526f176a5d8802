// A subscription as server-sent events (HTML, "Server-sent events").
#pragma once

#include "feed/feed.h"
#include "http/message.h"

namespace runut::feed {

struct EventStreamOptions {
  Millis heartbeat{15'000};
  Millis retry{2'000};         // what a client waits before it comes back
  Millis lifetime{1'800'000};  // then it ends, and whoever comes back is asked anew who they are
  PieceLimits piece{.bytes = 16 * 1024};  // what a slow client holds
};

// id: the sequence; data: the CloudEvent. Every so often, and whether or not events came:
//   event: heartbeat
//   data: {"after":"0","seen":"5000","head":"5000","matched":"17"}
// `matched` events passed the filter of those behind `after`, where this stream began, up to
// `seen`: a client that counted as many has them all. The heartbeat's id is `seen`, so that one who
// comes back does not have the same events looked through again.
// While it looks through many events that do not pass, comments show that it is alive. Ends when
// the feed stops, at the end of its lifetime, or after `event: error` with a problem as data when
// the log cannot be read.
class EventStream final : public http::Stream {
 public:
  EventStream(Feed& feed, Filter filter, Sequence after, EventStreamOptions options = {});
  [[nodiscard]] std::optional<std::string> next() override;
  void on_ready(std::function<void()> wake) override;

 private:
  void append_events(std::string& out, const Piece& piece);
  void append_heartbeat(std::string& out);

  Feed& feed_;
  const Filter filter_;
  const EventStreamOptions options_;
  const Sequence after_;
  Sequence seen_;
  std::uint64_t matched_ = 0;
  WakeTime heartbeat_at_;
  const WakeTime ends_at_;
  bool begun_ = false;
  bool ended_ = false;
  std::optional<Waiter> waiter_;
};

}  // namespace runut::feed
