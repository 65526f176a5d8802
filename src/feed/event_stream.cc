#include "feed/event_stream.h"

#include <fmt/format.h>

#include <algorithm>

#include "http/problem.h"

namespace runut::feed {

EventStream::EventStream(Feed& feed, Filter filter, Sequence after, EventStreamOptions options)
    : feed_(feed),
      filter_(std::move(filter)),
      options_(options),
      after_(after),
      seen_(after),
      heartbeat_at_(std::chrono::steady_clock::now() + options.heartbeat),
      ends_at_(std::chrono::steady_clock::now() + options.lifetime) {}

void EventStream::on_ready(std::function<void()> wake) {
  waiter_.emplace(feed_, std::move(wake));
}

std::optional<std::string> EventStream::next() {
  while (!ended_ && !feed_.stopped() && std::chrono::steady_clock::now() < ends_at_) {
    std::string out;
    if (!std::exchange(begun_, true)) out = fmt::format("retry: {}\n\n", options_.retry.count());
    const Sequence before = seen_;
    const Result<Piece> piece = feed_.read(filter_, seen_, options_.piece);
    if (!piece) {
      ended_ = true;
      const unsigned status = http::status_of(piece.error().code);
      return out + "event: error\ndata: " + http::problem_json(status, piece.error()) + "\n\n";
    }
    append_events(out, *piece);
    if (std::chrono::steady_clock::now() >= heartbeat_at_) append_heartbeat(out);
    const bool looked_at_many = seen_.value - before.value >= options_.piece.looked_at;
    if (out.empty() && looked_at_many) out = ":\n\n";
    if (!out.empty()) return out;
    if (waiter_->wait(seen_, std::min(heartbeat_at_, ends_at_))) return out;
  }
  return std::nullopt;
}

void EventStream::append_events(std::string& out, const Piece& piece) {
  std::size_t bytes = out.size();
  for (const FoundEvent& event : piece.events) bytes += event.json->size() + 40;
  out.reserve(bytes);
  for (const FoundEvent& event : piece.events) {
    fmt::format_to(std::back_inserter(out), "id: {}\ndata: ", event.sequence.value);
    out += *event.json;
    out += "\n\n";
  }
  matched_ += piece.events.size();
  seen_ = piece.seen;
}

void EventStream::append_heartbeat(std::string& out) {
  fmt::format_to(std::back_inserter(out),
                 "id: {1}\nevent: heartbeat\ndata: "
                 R"({{"after":"{0}","seen":"{1}","head":"{2}","matched":"{3}"}})"
                 "\n\n",
                 after_.value, seen_.value, feed_.head().value, matched_);
  heartbeat_at_ = std::chrono::steady_clock::now() + options_.heartbeat;
}

}  // namespace runut::feed
