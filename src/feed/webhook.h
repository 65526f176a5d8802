// An endpoint that events are delivered to (Standard Webhooks), as a value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "feed/filter.h"

namespace runut::feed {

enum class EndpointState : std::uint8_t {
  active,
  paused,   // by somebody
  stopped,  // an event failed too often, and nothing behind it may go before it
  gone,     // the endpoint answered 410
};
[[nodiscard]] std::string_view to_string(EndpointState state);
[[nodiscard]] std::optional<EndpointState> parse_endpoint_state(std::string_view text);

// What becomes of the queue when an event failed as often as it is tried.
enum class OnFailure : std::uint8_t {
  stop,  // it stops there: what comes later must not be known earlier. The default, for pay is
         // computed from what came first
  park,  // the event is put aside, and what is behind it goes on
};
[[nodiscard]] std::string_view to_string(OnFailure choice);
[[nodiscard]] std::optional<OnFailure> parse_on_failure(std::string_view text);

// "whsec_" and the key in base64. During a rotation there are two.
struct Secret {
  std::string text;
  std::optional<Instant> until{};  // the one before signs until then
  friend bool operator==(const Secret&, const Secret&) = default;
};

struct Endpoint {
  std::string id;  // "wh_" and 16 hexadecimal digits
  std::string url;
  Filter filter;
  OnFailure on_failure = OnFailure::stop;
  EndpointState state = EndpointState::active;
  std::string reason{};  // of its state
  Instant created_at;
  std::vector<Secret> secrets;  // the newest first
  std::uint32_t version = 1;    // one more with each change; how far its queue is does not count
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

// How far its queue is. The queue is the log: nothing is copied.
struct Progress {
  Sequence cursor;  // everything up to here was delivered, parked, or does not pass the filter
  std::uint64_t delivered = 0;
  std::uint32_t attempts = 0;  // of the event next in turn
  std::string last_error{};    // of its last attempt; empty when that was answered 2xx
  std::optional<Instant> last_attempt{};
  friend bool operator==(const Progress&, const Progress&) = default;
};

struct ParkedEvent {
  Sequence sequence;
  std::string reason;
  std::uint32_t attempts = 0;
  Instant parked_at;
  bool again = false;  // asked to be delivered again
  friend bool operator==(const ParkedEvent&, const ParkedEvent&) = default;
};

struct EndpointStatus {
  Endpoint endpoint;
  Progress progress;
  std::size_t parked = 0;
  friend bool operator==(const EndpointStatus&, const EndpointStatus&) = default;
};

[[nodiscard]] std::string new_secret(Randomness& randomness);
// 24 to 64 bytes of key, as the specification asks; the key itself.
[[nodiscard]] Result<Bytes> secret_key(std::string_view secret);

// What the header webhook-signature has: "v1," and the base64 of HMAC-SHA-256 over
// "ID.TIMESTAMP.BODY", one for each secret that signs at `now`, separated by a blank. The timestamp
// is `now` in whole seconds.
[[nodiscard]] std::string webhook_signature(const std::vector<Secret>& secrets, std::string_view id,
                                            Instant now, std::string_view body);
[[nodiscard]] std::int64_t webhook_timestamp(Instant now);

// https, or http to loopback alone unless `allow_http`; no user name or password in it. Rule
// webhook.url. Where the name leads is checked at each connection (webhooks.h).
[[nodiscard]] Status check_endpoint_url(std::string_view url, bool allow_http);

// For API and command line. The secret is in it only when `with_secret`.
[[nodiscard]] std::string endpoint_json(const EndpointStatus& status, bool with_secret);
[[nodiscard]] std::string parked_json(const ParkedEvent& parked);

}  // namespace runut::feed
