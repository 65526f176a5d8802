#include <fmt/format.h>

#include "codec/json_writer.h"
#include "feed/cloud_event.h"
#include "feed/webhooks.h"

namespace runut::feed {

http::ClientOptions guarded(http::ClientOptions client, const std::string& url, bool allow_http) {
  const auto parsed = http::parse_url(url);
  const bool inside_only = parsed && !parsed->secure && !allow_http;
  client.may_connect = [inside_only](const http::PeerAddress& peer) -> Status {
    const bool never =
        peer.kind == http::AddressKind::link_local || peer.kind == http::AddressKind::special;
    if (!never && (!inside_only || peer.kind == http::AddressKind::loopback)) return {};
    return fail(Error{ErrorCode::unauthorised, "webhook.address", "url", peer.text,
                      never ? "nothing is sent to link-local or special addresses"
                            : "events leave this machine over https only"});
  };
  return client;
}

Result<http::ClientResponse> send_signed(http::Client& client, const Endpoint& endpoint,
                                         const std::string& id, Instant now,
                                         const std::string& body) {
  return client.fetch(
      {.method = http::Method::post,
       .url = endpoint.url,
       .headers = {{"Content-Type", std::string(cloud_event_type)},
                   {"webhook-id", id},
                   {"webhook-timestamp", std::to_string(webhook_timestamp(now))},
                   {"webhook-signature", webhook_signature(endpoint.secrets, id, now, body)}},
       .body = body,
       .repeatable = true});
}

Result<http::ClientResponse> ping(const Endpoint& endpoint, std::string_view source,
                                  const WebhookOptions& options) {
  SystemClock clock;
  SystemRandomness randomness;
  const Instant now = clock.now();
  const std::string id = "ping-" + to_string(make_uuid_v7(now, randomness));
  std::string body = R"({"specversion":"1.0","id":")" + id + R"(","source":)";
  codec::append_json_string(body, source);
  body += fmt::format(
      R"(,"type":"{}WebhookPing","time":"{}","datacontenttype":"application/json","data":{{)"
      R"("webhook":"{}"}}}})",
      type_prefix, to_string(now), endpoint.id);
  http::Client client(guarded(options.client, endpoint.url, options.allow_http));
  return send_signed(client, endpoint, id, now, body);
}

}  // namespace runut::feed
