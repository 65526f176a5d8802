#include "service/webhook_routes.h"

#include <boost/json.hpp>
#include <charconv>

#include "feed/webhook_admin.h"
#include "http/problem.h"
#include "json/cursor.h"
#include "json/json.h"
#include "service/version_tag.h"

namespace runut::service {
namespace {

using feed::EndpointStatus;
using feed::EndpointText;
using http::Call;
using http::Method;
using http::Response;

constexpr std::size_t webhook_body_max = 64 * 1024;

Response answered_json(unsigned status, std::string json) {
  Response out;
  out.status = status;
  out.body = std::move(json) + "\n";
  out.with("Cache-Control", "no-store");  // secrets may be in it
  return out;
}

Response answered_webhook(unsigned status, const EndpointStatus& webhook, bool with_secret) {
  return answered_json(status, feed::endpoint_json(webhook, with_secret))
      .with("ETag", version_tag(webhook.endpoint.version));
}

Response refused_change(const Error& error) {
  return error.rule == "webhook.version" ? http::problem(412, error) : http::problem(error);
}

// It delivers now, and did not before, or other events.
bool begins_by(const feed::Endpoint& changed, const feed::Endpoint& before) {
  using feed::EndpointState;
  return changed.state == EndpointState::active &&
         (before.state != EndpointState::active || changed.filter != before.filter);
}

// Reads a body's members; an empty body is an empty object.
class BodyReader {
 public:
  explicit BodyReader(const Call& call) {
    const std::string& body = call.request.body;
    auto parsed = parse_json(body.empty() ? std::string_view("{}") : std::string_view(body),
                             {.bytes_max = webhook_body_max});
    if (parsed)
      value_ = std::move(*parsed);
    else
      violations_.push_back(parsed.error());
  }
  void only(std::initializer_list<std::string_view> members) {
    if (violations_.empty()) readable_ = root().fields({}, members);
  }
  std::optional<std::string> text(std::string_view name) {
    if (!has(name)) return std::nullopt;
    return root().at(name).text(0, 2'048);
  }
  std::optional<std::vector<std::string>> texts(std::string_view name) {
    if (!has(name)) return std::nullopt;
    std::vector<std::string> out;
    for (const JsonCursor& entry : root().at(name).elements(0, feed::filter_entries_max))
      if (auto text = entry.text(1, 80)) out.push_back(std::move(*text));
    return out;
  }
  [[nodiscard]] const std::vector<Error>& violations() const { return violations_; }

 private:
  [[nodiscard]] bool has(std::string_view name) const {
    return readable_ && value_.as_object().contains(name);
  }
  JsonCursor root() { return {&value_, "", &violations_}; }

  boost::json::value value_;
  std::vector<Error> violations_;
  bool readable_ = false;
};

// Answers one request about the webhooks of one ledger.
struct WebhookDesk {
  const Feeds& feeds;
  feed::Feed& feed;
  feed::Webhooks& webhooks;

  // One that the caller may follow the events of.
  Result<EndpointStatus> endpoint_of(const Call& call, identity::Access access) const {
    RUNUT_ASSIGN(EndpointStatus status, webhooks.store().find(call.at("id")));
    RUNUT_TRY(feeds.may_follow(call, access, status.endpoint.filter));
    return status;
  }

  // The store takes its own locks; randomness and time are the request's own.
  template <class Use>
  auto with_context(const Call& call, Use use) const {
    SystemRandomness randomness;
    SystemClock clock;
    return use(feed::AdminContext{webhooks.store(), randomness, clock.now(), feed.head(),
                                  webhooks.options().allow_http, [&](const feed::Filter& filter) {
                                    return feeds.may_follow(call, identity::Access::write, filter);
                                  }});
  }

  // Does it only while the webhook has the version that the caller has seen (RFC 9110 section 13,
  // RFC 6585 section 3).
  template <class Use>
  static Response if_unchanged(const Call& call, Use use) {
    const auto condition = call.request.header("If-Match");
    if (!condition)
      return http::problem(428, Error{ErrorCode::invalid_input,
                                      "http.if_match",
                                      "If-Match",
                                      {},
                                      "say which version is meant: the ETag of the webhook"});
    const auto version = version_in(*condition);
    return version ? use(*version) : http::problem(version.error());
  }

  static EndpointText members(BodyReader& body) {
    EndpointText text;
    text.url = body.text("url");
    text.types = body.texts("type");
    text.units = body.texts("unit");
    text.persons = body.texts("person");
    text.on_failure = body.text("on_failure");
    text.state = body.text("state");
    text.from = body.text("from");
    return text;
  }

  Response add(const Call& call) const {
    BodyReader body(call);
    body.only({"url", "type", "unit", "person", "on_failure", "from"});
    const EndpointText text = members(body);
    if (!body.violations().empty()) return http::problem(body.violations());
    const auto added = with_context(
        call, [&](const feed::AdminContext& context) { return add_endpoint(context, text); });
    if (!added) return http::problem(added.error());
    feeds.tell_followed(call, added->endpoint.filter);
    return answered_webhook(201, *added, true)
        .with("Location", "/v1/" + call.at("agency") + "/webhooks/" + added->endpoint.id);
  }

  Response change(const Call& call) const {
    BodyReader body(call);
    body.only({"url", "type", "unit", "person", "on_failure", "state"});
    const EndpointText text = members(body);
    if (!body.violations().empty()) return http::problem(body.violations());
    const auto known = endpoint_of(call, identity::Access::write);
    if (!known) return http::problem(known.error());
    return if_unchanged(call, [&](std::uint32_t version) {
      const auto changed = with_context(call, [&](const feed::AdminContext& context) {
        return change_endpoint(context, call.at("id"), text, version);
      });
      if (changed) {
        if (begins_by(changed->endpoint, known->endpoint))
          feeds.tell_followed(call, changed->endpoint.filter);
        return answered_webhook(200, *changed, false);
      }
      return changed.error().size() == 1 ? refused_change(changed.error().front())
                                         : http::problem(changed.error());
    });
  }

  Result<Response> list(const Call& call) const {
    std::string out;
    for (const EndpointStatus& status : webhooks.store().list())
      if (feeds.may_follow(call, identity::Access::read, status.endpoint.filter))
        out += (out.empty() ? "" : ",\n") + feed::endpoint_json(status, false);
    return answered_json(200, R"({"webhooks":[)" + out + "]}");
  }

  Result<Response> show(const Call& call) const {
    RUNUT_ASSIGN(const EndpointStatus status, endpoint_of(call, identity::Access::read));
    return answered_webhook(200, status, false);
  }

  Result<Response> remove(const Call& call) const {
    RUNUT_TRY(endpoint_of(call, identity::Access::write));
    return if_unchanged(call, [&](std::uint32_t version) {
      const Status removed = webhooks.store().remove(call.at("id"), version);
      if (!removed) return refused_change(removed.error());
      Response out;
      out.status = 204;
      return out;
    });
  }

  Result<Response> parked(const Call& call) const {
    RUNUT_TRY(endpoint_of(call, identity::Access::read));
    RUNUT_ASSIGN(const auto events, webhooks.store().parked(call.at("id")));
    std::string out;
    for (const feed::ParkedEvent& event : events)
      out += (out.empty() ? "" : ",\n") + feed::parked_json(event);
    return answered_json(200, R"({"parked":[)" + out + "]}");
  }

  Response replay(const Call& call) const {
    BodyReader body(call);
    body.only({"sequence"});
    const auto text = body.text("sequence");
    if (!body.violations().empty()) return http::problem(body.violations());
    std::optional<Sequence> only;
    if (text) {
      only = Sequence{0};
      const auto [end, failure] =
          std::from_chars(text->data(), text->data() + text->size(), only->value);
      if (failure != std::errc{} || end != text->data() + text->size())
        return http::problem(Error{ErrorCode::invalid_input, "query.number", "sequence", *text,
                                   "a sequence is a whole number, as a string"});
    }
    if (const auto known = endpoint_of(call, identity::Access::write); !known)
      return http::problem(known.error());
    const auto count = webhooks.store().replay(call.at("id"), only);
    if (!count) return http::problem(count.error());
    return answered_json(202, R"({"replayed":)" + std::to_string(*count) + "}");
  }

  Result<Response> rotate(const Call& call) const {
    RUNUT_TRY(endpoint_of(call, identity::Access::write));
    RUNUT_ASSIGN(const EndpointStatus status,
                 with_context(call, [&](const feed::AdminContext& context) {
                   return rotate_secret(context, call.at("id"));
                 }));
    return answered_webhook(200, status, true);
  }

  Result<Response> test(const Call& call) const {
    RUNUT_ASSIGN(const EndpointStatus status, endpoint_of(call, identity::Access::write));
    const auto answer = feed::ping(status.endpoint, feed.source(), webhooks.options());
    boost::json::object out{{"delivered", answer && answer->status / 100 == 2}};
    if (answer)
      out["status"] = answer->status;
    else
      out["reason"] = answer.error().describe();
    return answered_json(200, boost::json::serialize(out));
  }
};

}  // namespace

std::vector<http::Route> webhook_routes(const Feeds& feeds) {
  std::vector<http::Route> out;
  const auto add = [&](Method method, const std::string& below, auto answer) {
    out.push_back({method, "/v1/{agency}/webhooks" + below, identity::Resource::events,
                   http::Lane::readers,
                   http::answering([&feeds, answer](const Call& call) -> Result<Response> {
                     RUNUT_ASSIGN(Followed * followed, feeds.of(call));
                     const WebhookDesk desk{feeds, followed->feed, *followed->webhooks};
                     return (desk.*answer)(call);
                   }),
                   0, std::vector<std::string>{}});
  };
  add(Method::post, "", &WebhookDesk::add);
  add(Method::get, "", &WebhookDesk::list);
  add(Method::get, "/{id}", &WebhookDesk::show);
  add(Method::patch, "/{id}", &WebhookDesk::change);
  add(Method::delete_, "/{id}", &WebhookDesk::remove);
  add(Method::get, "/{id}/parked", &WebhookDesk::parked);
  add(Method::post, "/{id}/replay", &WebhookDesk::replay);
  add(Method::post, "/{id}/rotate", &WebhookDesk::rotate);
  add(Method::post, "/{id}/test", &WebhookDesk::test);
  return out;
}

}  // namespace runut::service
