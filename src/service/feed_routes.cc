#include "service/feed_routes.h"

#include <fmt/format.h>

#include <charconv>

#include "feed/cloud_event.h"
#include "http/problem.h"
#include "service/feed_asked.h"

namespace runut::service {
namespace {

using feed::Feed;
using feed::Piece;
using http::Call;
using http::Response;

// How long a thread looks through events that do not pass before it answers how far it came.
constexpr Millis looking_max{500};

std::string joined(const Piece& piece, EventForm form) {
  std::string out;
  if (form == EventForm::batch) out += '[';
  for (const feed::FoundEvent& event : piece.events) {
    if (form == EventForm::batch && out.size() > 1) out += ",\n";
    out += *event.json;
    if (form == EventForm::lines) out += '\n';
  }
  if (form == EventForm::batch) out += "]\n";
  return out;
}

// A request that may wait. It lives by whoever will call it next: the handler, then the feed.
class Poll : public std::enable_shared_from_this<Poll> {
 public:
  Poll(Feed& feed, Call call, EventsAsked asked, EventForm form, std::size_t bytes_max)
      : feed_(feed),
        call_(std::move(call)),
        asked_(std::move(asked)),
        form_(form),
        bytes_max_(bytes_max),
        give_up_(std::chrono::steady_clock::now() + asked_.wait) {}

  // Answers, or waits to be called again. Nothing of this is touched once it waits.
  void go_on() {
    const auto began = std::chrono::steady_clock::now();
    while (true) {
      const auto piece =
          feed_.read(asked_.filter, asked_.after, {.events = asked_.limit, .bytes = bytes_max_});
      if (!piece) return reply(http::problem(piece.error()));
      asked_.after = piece->seen;
      const auto now = std::chrono::steady_clock::now();
      const bool at_head = piece->seen >= feed_.head();
      if (!piece->events.empty() || feed_.stopped() || (at_head && now >= give_up_) ||
          (!at_head && now - began >= looking_max))
        return answer(*piece);
      if (!at_head) continue;
      if (!waiter_) waiter_.emplace(feed_, [self = shared_from_this()] { self->go_on(); });
      if (waiter_->wait(asked_.after, give_up_)) return;
    }
  }

 private:
  void answer(const Piece& piece) {
    Response out;
    out.type = form_ == EventForm::lines ? "application/x-ndjson" : feed::cloud_batch_type;
    out.body = joined(piece, form_);
    out.with("Cache-Control", "no-store")
        .with("Runut-Head", std::to_string(feed_.head().value))
        .with("Runut-Seen", std::to_string(piece.seen.value))
        .with("Link", "<" + next_target(call_.request, piece.seen) + ">; rel=\"next\"");
    reply(std::move(out));
  }

  void reply(Response response) {
    call_.reply(std::move(response));
    waiter_.reset();  // and with it the last that holds this
  }

  Feed& feed_;
  const Call call_;
  EventsAsked asked_;
  const EventForm form_;
  const std::size_t bytes_max_;
  const feed::WakeTime give_up_;
  std::optional<feed::Waiter> waiter_;
};

void answer_events(const Feeds& feeds, Feed& feed, const FeedRouteOptions& options, Call call) {
  const auto form = form_of(call.request);
  if (!form)
    return call.reply(http::problem(
        406, Error{ErrorCode::invalid_input, "http.not_acceptable", "Accept",
                   std::string(call.request.header("Accept").value_or("")),
                   "events come as text/event-stream, application/cloudevents-batch+json or "
                   "application/x-ndjson"}));
  auto asked = read_asked(call.request, {options.wait_max, options.limit_max}, feed.head());
  if (!asked) return call.reply(http::problem(asked.error()));
  const Status allowed = feeds.may_follow(call, identity::Access::read, asked->filter);
  if (!allowed) return call.reply(http::problem(allowed.error()));
  feeds.tell_polled(call, asked->filter);
  if (*form == EventForm::stream) {
    Response out;
    out.type = "text/event-stream";
    out.with("Cache-Control", "no-store").with("Vary", "Accept").with("X-Accel-Buffering", "no");
    out.stream = std::make_shared<feed::EventStream>(feed, std::move(asked->filter), asked->after,
                                                     options.stream);
    return call.reply(std::move(out));
  }
  std::make_shared<Poll>(feed, std::move(call), std::move(*asked), *form, options.bytes_max)
      ->go_on();
}

Result<Response> answer_event(const Feeds& feeds, Feed& feed, const Call& call) {
  const std::string& text = call.at("sequence");
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size())
    return fail(Error{ErrorCode::invalid_input, "query.number", "sequence", text.substr(0, 80),
                      "a sequence is a whole number from 1"});
  RUNUT_ASSIGN(const feed::FoundEvent event, feed.event(Sequence{number}));
  const feed::Filter filter = about(event.keys);
  RUNUT_TRY(feeds.may_follow(call, identity::Access::read, filter));
  if (!filter.persons.empty()) feeds.tell_polled(call, filter);
  Response out;
  out.type = feed::cloud_event_type;
  out.body = *event.json + "\n";
  // It never changes, and belongs to whoever may read it.
  out.with("Cache-Control", "private, max-age=31536000, immutable");
  return out;
}

}  // namespace

std::vector<http::Route> feed_routes(const Feeds& feeds, FeedRouteOptions options) {
  std::vector<http::Route> out;
  out.push_back({http::Method::get, "/v1/{agency}/events", identity::Resource::events,
                 http::Lane::readers, [&feeds, options](Call call) {
                   const auto followed = feeds.of(call);
                   if (!followed) return call.reply(http::problem(followed.error()));
                   answer_events(feeds, (*followed)->feed, options, std::move(call));
                 }});
  out.push_back({http::Method::get, "/v1/{agency}/events/{sequence}", identity::Resource::events,
                 http::Lane::readers,
                 http::answering([&feeds](const Call& call) -> Result<Response> {
                   RUNUT_ASSIGN(Followed * followed, feeds.of(call));
                   return answer_event(feeds, followed->feed, call);
                 }),
                 0, std::vector<std::string>{}});
  return out;
}

}  // namespace runut::service
