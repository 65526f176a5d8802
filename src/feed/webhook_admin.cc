#include "feed/webhook_admin.h"

#include <charconv>

namespace runut::feed {
namespace {

Error refusal(std::string_view rule, std::string_view field, std::string_view value,
              std::string message) {
  return {ErrorCode::invalid_input, std::string(rule), std::string(field),
          std::string(value.substr(0, 80)), std::move(message)};
}

// Puts what was given in the place of what is there.
std::vector<Error> apply(const AdminContext& context, const EndpointText& text,
                         Endpoint& endpoint) {
  std::vector<Error> violations;
  if (text.url) {
    if (const Status good = check_endpoint_url(*text.url, context.allow_http); !good)
      violations.push_back(good.error());
    endpoint.url = *text.url;
  }
  FilterText filter = to_text(endpoint.filter);
  if (text.types) filter.types = *text.types;
  if (text.units) filter.units = *text.units;
  if (text.persons) filter.persons = *text.persons;
  endpoint.filter = read_filter(filter, violations);
  if (text.on_failure) {
    if (const auto choice = parse_on_failure(*text.on_failure))
      endpoint.on_failure = *choice;
    else
      violations.push_back(
          refusal("webhook.on_failure", "on_failure", *text.on_failure, "it is stop or park"));
  }
  if (text.state) {
    const auto state = parse_endpoint_state(*text.state);
    if (state == EndpointState::active || state == EndpointState::paused) {
      if (endpoint.state != *state) endpoint.reason.clear();
      endpoint.state = *state;
    } else {
      violations.push_back(
          refusal("webhook.state", "state", *text.state, "it can be set to active or paused"));
    }
  }
  if (violations.empty() && context.may_follow)
    if (const Status allowed = context.may_follow(endpoint.filter); !allowed)
      violations.push_back(allowed.error());
  return violations;
}

// The cursor of a new endpoint; the head unless it is told otherwise.
Sequence cursor_of(const AdminContext& context, const EndpointText& text,
                   std::vector<Error>& violations) {
  if (!text.from || *text.from == "now") return context.head;
  std::uint64_t first = 0;
  const char* const end = text.from->data() + text.from->size();
  const auto [stop, failure] = std::from_chars(text.from->data(), end, first);
  if (failure == std::errc{} && stop == end && first >= 1 && first <= context.head.value + 1)
    return Sequence{first - 1};
  violations.push_back(
      refusal("webhook.from", "from", *text.from,
              "it is \"now\" or a sequence from 1 to " + std::to_string(context.head.value + 1)));
  return context.head;
}

}  // namespace

Violated<EndpointStatus> add_endpoint(const AdminContext& context, const EndpointText& text) {
  Endpoint endpoint;
  std::vector<Error> violations = apply(context, text, endpoint);
  if (!text.url) violations.push_back(refusal("webhook.url", "url", "", "a webhook has a url"));
  const Sequence cursor = cursor_of(context, text, violations);
  if (!violations.empty()) return tl::unexpected(std::move(violations));
  endpoint.id = "wh_" + to_hex(context.randomness.draw<Uuid>().view().substr(0, 8));
  endpoint.created_at = context.now;
  endpoint.secrets = {{new_secret(context.randomness)}};
  if (const Status added = context.store.add(endpoint, cursor); !added)
    return tl::unexpected(std::vector{added.error()});
  EndpointStatus out;
  out.endpoint = std::move(endpoint);
  out.progress.cursor = cursor;
  return out;
}

Violated<EndpointStatus> change_endpoint(const AdminContext& context, std::string_view id,
                                         const EndpointText& text, WebhookStore::Version version) {
  std::vector<Error> violations;
  if (text.from)
    violations.push_back(
        refusal("webhook.from", "from", *text.from, "only a new webhook is told where to begin"));
  bool looked_at = false;
  auto changed = context.store.change(
      id,
      [&](Endpoint& endpoint) -> Status {
        looked_at = true;
        const std::vector<Error> more = apply(context, text, endpoint);
        violations.insert(violations.end(), more.begin(), more.end());
        return violations.empty() ? Status{} : fail(violations.front());
      },
      version);
  if (changed) return std::move(*changed);
  if (violations.empty() || !looked_at) violations = {changed.error()};
  return tl::unexpected(std::move(violations));
}

Result<EndpointStatus> rotate_secret(const AdminContext& context, std::string_view id) {
  constexpr std::int64_t micros_per_hour = 3'600'000'000;
  return context.store.change(id, [&](Endpoint& endpoint) -> Status {
    Secret before = endpoint.secrets.front();
    before.until = Instant{context.now.micros + secret_overlap_hours * micros_per_hour};
    endpoint.secrets = {{new_secret(context.randomness)}, std::move(before)};
    return {};
  });
}

}  // namespace runut::feed
