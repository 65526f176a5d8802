#include "feed/webhook_records.h"

#include <boost/json.hpp>

#include "json/json.h"

namespace runut::feed {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

array array_of(const std::vector<std::string>& list) {
  return array(list.begin(), list.end());
}

tl::unexpected<Error> damaged_row(std::string_view what) {
  return fail(Error{ErrorCode::corrupt,
                    "webhook.damaged",
                    std::string(what),
                    {},
                    "a row of the webhook store is not what was written"});
}

// Reads a row; the first member that is not as it was written is kept in mind.
class Row {
 public:
  explicit Row(BytesView text) {
    auto parsed = parse_json(text);
    if (parsed && parsed->is_object())
      object_ = std::move(parsed->as_object());
    else
      damaged_ = true;
  }
  [[nodiscard]] bool damaged() const { return damaged_; }
  [[nodiscard]] bool has(std::string_view name) const { return object_.contains(name); }

  std::string text(std::string_view name) {
    const value* found = object_.if_contains(name);
    if (found != nullptr && found->is_string()) return std::string(found->as_string());
    damaged_ = true;
    return {};
  }
  std::int64_t number(std::string_view name) {
    const value* found = object_.if_contains(name);
    if (found != nullptr && found->is_int64()) return found->as_int64();
    if (found != nullptr && found->is_uint64())
      return static_cast<std::int64_t>(found->as_uint64());
    damaged_ = true;
    return 0;
  }
  std::vector<std::string> texts(std::string_view name) {
    std::vector<std::string> out;
    for (const value& entry : list(name)) {
      if (entry.is_string())
        out.emplace_back(entry.as_string());
      else
        damaged_ = true;
    }
    return out;
  }
  array list(std::string_view name) {
    const value* found = object_.if_contains(name);
    if (found != nullptr && found->is_array()) return found->as_array();
    damaged_ = true;
    return {};
  }
  template <class T>
  T known(std::optional<T> parsed) {
    if (!parsed) damaged_ = true;
    return parsed.value_or(T{});
  }

 private:
  object object_;
  bool damaged_ = false;
};

}  // namespace

std::string stored_endpoint(const Endpoint& endpoint) {
  const FilterText filter = to_text(endpoint.filter);
  array secrets;
  for (const Secret& secret : endpoint.secrets) {
    object one{{"text", secret.text}};
    if (secret.until) one["until"] = secret.until->micros;
    secrets.push_back(std::move(one));
  }
  return boost::json::serialize(object{{"url", endpoint.url},
                                       {"types", array_of(filter.types)},
                                       {"units", array_of(filter.units)},
                                       {"persons", array_of(filter.persons)},
                                       {"on_failure", to_string(endpoint.on_failure)},
                                       {"state", to_string(endpoint.state)},
                                       {"reason", endpoint.reason},
                                       {"created_at", endpoint.created_at.micros},
                                       {"secrets", std::move(secrets)},
                                       {"version", endpoint.version}});
}

Result<Endpoint> read_stored_endpoint(std::string_view id, BytesView text) {
  Row row(text);
  Endpoint out;
  out.id = id;
  out.url = row.text("url");
  std::vector<Error> violations;
  out.filter =
      read_filter({row.texts("types"), row.texts("units"), row.texts("persons")}, violations);
  out.on_failure = row.known(parse_on_failure(row.text("on_failure")));
  out.state = row.known(parse_endpoint_state(row.text("state")));
  out.reason = row.text("reason");
  out.created_at = Instant{row.number("created_at")};
  for (const value& entry : row.list("secrets")) {
    Row secret(boost::json::serialize(entry));
    out.secrets.push_back({secret.text("text"), std::nullopt});
    if (secret.has("until")) out.secrets.back().until = Instant{secret.number("until")};
    if (secret.damaged() || !secret_key(out.secrets.back().text)) return damaged_row(id);
  }
  if (row.has("version")) out.version = static_cast<std::uint32_t>(row.number("version"));
  if (row.damaged() || !violations.empty() || out.secrets.empty()) return damaged_row(id);
  return out;
}

std::string stored_progress(const Progress& progress) {
  object out{{"cursor", progress.cursor.value},
             {"delivered", progress.delivered},
             {"attempts", progress.attempts},
             {"last_error", progress.last_error}};
  if (progress.last_attempt) out["last_attempt"] = progress.last_attempt->micros;
  return boost::json::serialize(out);
}

Result<Progress> read_stored_progress(BytesView text) {
  Row row(text);
  Progress out;
  out.cursor = Sequence{static_cast<std::uint64_t>(row.number("cursor"))};
  out.delivered = static_cast<std::uint64_t>(row.number("delivered"));
  out.attempts = static_cast<std::uint32_t>(row.number("attempts"));
  out.last_error = row.text("last_error");
  if (row.has("last_attempt")) out.last_attempt = Instant{row.number("last_attempt")};
  if (row.damaged()) return damaged_row("progress");
  return out;
}

std::string stored_parked(const ParkedEvent& parked) {
  return boost::json::serialize(object{{"reason", parked.reason},
                                       {"attempts", parked.attempts},
                                       {"parked_at", parked.parked_at.micros},
                                       {"again", parked.again ? 1 : 0}});
}

Result<ParkedEvent> read_stored_parked(Sequence sequence, BytesView text) {
  Row row(text);
  ParkedEvent out;
  out.sequence = sequence;
  out.reason = row.text("reason");
  out.attempts = static_cast<std::uint32_t>(row.number("attempts"));
  out.parked_at = Instant{row.number("parked_at")};
  out.again = row.number("again") != 0;
  if (row.damaged()) return damaged_row("parked");
  return out;
}

}  // namespace runut::feed
