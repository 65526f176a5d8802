#include "feed/webhook.h"

#include <array>

#include "base/sha256.h"
#include "codec/json_writer.h"
#include "http/url.h"

namespace runut::feed {
namespace {

constexpr std::string_view secret_prefix = "whsec_";
constexpr std::array<std::string_view, 4> state_names = {"active", "paused", "stopped", "gone"};

void append_member(std::string& out, std::string_view name, std::string_view value) {
  out += out.size() > 1 ? "," : "";
  codec::append_json_name(out, name);
  codec::append_json_string(out, value);
}

void append_list(std::string& out, std::string_view name, const std::vector<std::string>& list) {
  out += out.size() > 1 ? "," : "";
  codec::append_json_name(out, name);
  codec::append_json(out, list);
}

void append_count(std::string& out, std::string_view name, std::size_t count) {
  out += out.size() > 1 ? "," : "";
  codec::append_json_name(out, name);
  out += std::to_string(count);
}

bool is_loopback_name(std::string_view host) {
  return host == "localhost" || host == "::1" ||
         (host.starts_with("127.") &&
          host.find_first_not_of("0123456789.") == std::string_view::npos);
}

}  // namespace

std::string_view to_string(EndpointState state) {
  return state_names[static_cast<std::size_t>(state)];
}

std::optional<EndpointState> parse_endpoint_state(std::string_view text) {
  for (std::size_t i = 0; i < state_names.size(); ++i)
    if (state_names[i] == text) return static_cast<EndpointState>(i);
  return std::nullopt;
}

std::string_view to_string(OnFailure choice) {
  return choice == OnFailure::park ? "park" : "stop";
}

std::optional<OnFailure> parse_on_failure(std::string_view text) {
  if (text == "park") return OnFailure::park;
  if (text == "stop") return OnFailure::stop;
  return std::nullopt;
}

std::string new_secret(Randomness& randomness) {
  return std::string(secret_prefix) + to_base64(randomness.draw<Hash256>().view());
}

Result<Bytes> secret_key(std::string_view secret) {
  const auto refuse = [] {
    return fail(Error{ErrorCode::invalid_input,
                      "webhook.secret",
                      "secret",
                      {},
                      "a secret is whsec_ and 24 to 64 bytes in base64"});
  };
  if (!secret.starts_with(secret_prefix)) return refuse();
  auto key = from_base64(secret.substr(secret_prefix.size()));
  if (!key || key->size() < 24 || key->size() > 64) return refuse();
  return key;
}

std::int64_t webhook_timestamp(Instant now) {
  return now.micros / 1'000'000;
}

std::string webhook_signature(const std::vector<Secret>& secrets, std::string_view id, Instant now,
                              std::string_view body) {
  std::string content(id);
  content += "." + std::to_string(webhook_timestamp(now)) + ".";
  content += body;
  std::string out;
  for (const Secret& secret : secrets) {
    if (secret.until && *secret.until <= now) continue;
    const auto key = secret_key(secret.text);
    if (!key) continue;  // checked when it was stored
    if (!out.empty()) out += ' ';
    out += "v1," + to_base64(hmac_sha256(*key, content).view());
  }
  return out;
}

Status check_endpoint_url(std::string_view text, bool allow_http) {
  const auto url = http::parse_url(text);
  if (!url)
    return fail(Error{ErrorCode::invalid_input, "webhook.url", "url", url.error().value,
                      url.error().message});
  if (url->secure || allow_http || is_loopback_name(url->host)) return {};
  return fail(Error{ErrorCode::invalid_input, "webhook.url", "url", std::string(text),
                    "events leave this machine over https only"});
}

std::string endpoint_json(const EndpointStatus& status, bool with_secret) {
  const auto& [endpoint, progress, parked] = status;
  const FilterText filter = to_text(endpoint.filter);
  std::string out = "{";
  append_member(out, "id", endpoint.id);
  append_member(out, "url", endpoint.url);
  append_list(out, "type", filter.types);
  append_list(out, "unit", filter.units);
  append_list(out, "person", filter.persons);
  append_member(out, "on_failure", to_string(endpoint.on_failure));
  append_member(out, "state", to_string(endpoint.state));
  if (!endpoint.reason.empty()) append_member(out, "reason", endpoint.reason);
  append_member(out, "created_at", to_string(endpoint.created_at));
  append_count(out, "version", endpoint.version);
  append_member(out, "cursor", std::to_string(progress.cursor.value));
  append_member(out, "delivered", std::to_string(progress.delivered));
  append_count(out, "attempts", progress.attempts);
  if (progress.last_attempt) append_member(out, "last_attempt", to_string(*progress.last_attempt));
  if (!progress.last_error.empty()) append_member(out, "last_error", progress.last_error);
  append_count(out, "parked", parked);
  if (endpoint.secrets.size() > 1 && endpoint.secrets.back().until)
    append_member(out, "old_secret_until", to_string(*endpoint.secrets.back().until));
  if (with_secret) append_member(out, "secret", endpoint.secrets.front().text);
  return out + "}";
}

std::string parked_json(const ParkedEvent& parked) {
  std::string out = "{";
  append_member(out, "sequence", std::to_string(parked.sequence.value));
  append_member(out, "reason", parked.reason);
  append_count(out, "attempts", parked.attempts);
  append_member(out, "parked_at", to_string(parked.parked_at));
  out += parked.again ? R"(,"again":true)" : R"(,"again":false)";
  return out + "}";
}

}  // namespace runut::feed
