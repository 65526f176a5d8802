// What people do to webhooks, by API or command line.
#pragma once

#include <functional>

#include "feed/webhook_store.h"

namespace runut::feed {

// As given; absent members are as they were, or the default of a new endpoint.
struct EndpointText {
  std::optional<std::string> url{};
  std::optional<std::vector<std::string>> types{};
  std::optional<std::vector<std::string>> units{};
  std::optional<std::vector<std::string>> persons{};
  std::optional<std::string> on_failure{};  // stop, park
  std::optional<std::string> state{};       // active, paused: of one that exists
  // Of a new one: "now", or the sequence of the first event to deliver.
  std::optional<std::string> from{};
};

struct AdminContext {
  WebhookStore& store;
  Randomness& randomness;
  Instant now;
  Sequence head;  // the log's
  bool allow_http = false;
  std::function<Status(const Filter&)> may_follow{};  // whether these events may be sent out
};

template <class T>
using Violated = tl::expected<T, std::vector<Error>>;

// Every violation: webhook.url, webhook.on_failure, webhook.from, filter.*; or what
// may_follow says alone. The secret is in what
// is returned, and shown this once.
[[nodiscard]] Violated<EndpointStatus> add_endpoint(const AdminContext& context,
                                                    const EndpointText& text);
// To "active" also from stopped and gone: the event that failed is tried again first. `version` as
// of WebhookStore::change.
[[nodiscard]] Violated<EndpointStatus> change_endpoint(const AdminContext& context,
                                                       std::string_view id,
                                                       const EndpointText& text,
                                                       WebhookStore::Version version = {});

// A new secret; the one before signs beside it for so long, so that the endpoint can change over.
inline constexpr std::int64_t secret_overlap_hours = 24;
[[nodiscard]] Result<EndpointStatus> rotate_secret(const AdminContext& context,
                                                   std::string_view id);

}  // namespace runut::feed
