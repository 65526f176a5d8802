#include "service/running_service/follower.h"

#include <fmt/format.h>

#include <chrono>

#include "http/raw_client/raw_client.h"

namespace runut::testing {
namespace {

constexpr std::chrono::milliseconds look{50};
constexpr int looks_max = 1'200;

}  // namespace

std::vector<std::string> ids_in(const std::string& text) {
  constexpr std::string_view beginning = "018f3a00-0000-7000-8000-";
  std::vector<std::string> out;
  for (std::size_t at = text.find(beginning); at != text.npos; at = text.find(beginning, at + 1))
    out.push_back(text.substr(at, beginning.size() + 12));
  return out;
}

Follower::Follower(std::string agency, const std::atomic<std::uint16_t>& port,
                   unsigned leaves_after)
    : agency_(std::move(agency)),
      port_(port),
      leaves_after_(leaves_after),
      thread_([this] { follow(); }) {}

Follower::~Follower() {
  end();
}

bool Follower::reaches(std::uint64_t sequence) const {
  for (int i = 0; i < looks_max && last_ < sequence; ++i) std::this_thread::sleep_for(look);
  return last_ >= sequence;
}

void Follower::end() {
  is_ending_ = true;
  if (thread_.joinable()) thread_.join();
}

void Follower::follow() {
  while (!is_ending_ && trouble_.empty()) {
    RawClient client(port_);
    if (!client.send(request_text(
            "GET", "/v1/" + agency_ + "/events",
            fmt::format("Accept: text/event-stream\r\nLast-Event-ID: {}\r\n", last_.load()))) ||
        !client.read_until("\r\n\r\n").starts_with("HTTP/1.1 200 ")) {
      std::this_thread::sleep_for(look);
      continue;
    }
    ++connections_;
    const std::uint64_t from = last_;
    // Nothing for a while: the service is gone, or has nothing to say. Either way it is asked anew.
    while (!is_ending_ && trouble_.empty() &&
           (leaves_after_ == 0 || last_ < from + leaves_after_)) {
      const std::string block = client.read_until("\n\n", 4 * look);
      if (block.empty()) break;
      take(block);
    }
  }
}

// A block of the stream; an event is an id and its data.
void Follower::take(const std::string& block) {
  const std::size_t id = block.find("id: ");
  const std::size_t data = block.find("\ndata: ");
  if (id == std::string::npos || data == std::string::npos ||
      block.find("\nevent: ") != std::string::npos)
    return;
  const std::uint64_t sequence = std::stoull(block.substr(id + 4, 20));
  if (sequence != last_ + 1) trouble_ = fmt::format("{} came behind {}", sequence, last_.load());
  for (std::string& command : ids_in(block)) commands_.insert(std::move(command));
  last_ = sequence;
}

}  // namespace runut::testing
