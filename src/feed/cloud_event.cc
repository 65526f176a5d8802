#include "feed/cloud_event.h"

#include <fmt/format.h>

#include "codec/json_writer.h"
#include "seal/sealed.h"

namespace runut::feed {
namespace {

// As codec/json_writer.h, but what may go beyond 2^53 is a string: readers in JavaScript would
// round it. Rupiah never get there.
template <class T>
void append_wide(std::string& out, const T& value) {
  if constexpr (codec::is_optional<T>) {
    append_wide(out, *value);
  } else if constexpr (codec::is_vector<T>) {
    out += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (i > 0) out += ',';
      append_wide(out, value[i]);
    }
    out += ']';
  } else if constexpr (std::is_same_v<T, Sequence>) {
    fmt::format_to(std::back_inserter(out), "\"{}\"", value.value);
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    fmt::format_to(std::back_inserter(out), "\"{}\"", value);
  } else if constexpr (Record<T> && !std::is_same_v<T, RunId>) {
    out += '{';
    T::visit(value, [&, first = true]<class F>(std::string_view name, const F& field) mutable {
      if constexpr (codec::is_optional<F>) {
        if (!field) return;
      }
      if (!codec::is_said(value, field)) return;
      if (!std::exchange(first, false)) out += ',';
      codec::append_json_name(out, name);
      append_wide(out, field);
    });
    out += '}';
  } else {
    codec::append_json(out, value);
  }
}

class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_ += '{'; }
  template <class T>
  Object& add(std::string_view name, const T& value) {
    if constexpr (codec::is_optional<T>) {
      if (!value) return *this;
    }
    append_wide(key(name), value);
    return *this;
  }
  Object& text(std::string_view name, std::string_view value) {
    codec::append_json_string(key(name), value);
    return *this;
  }
  // Begins a member whose value the caller appends.
  std::string& key(std::string_view name) {
    if (!std::exchange(first_, false)) out_ += ',';
    codec::append_json_name(out_, name);
    return out_;
  }
  void end() { out_ += '}'; }

 private:
  std::string& out_;
  bool first_ = true;
};

void append_actor(std::string& out, const Actor& actor) {
  Object object(out);
  object.add("kind", actor.kind)
      .text("id", actor_id(actor))
      .add("role", actor.role)
      .add("assurance", actor.assurance);
  if (!actor.method.empty()) object.add("method", actor.method);
  if (!actor.issuer.empty()) object.add("issuer", actor.issuer);
  object.add("credential", actor.credential).add("on_behalf_of", actor.on_behalf_of).end();
}

void append_sealed(std::string& out, const Bytes& bytes) {
  Object object(out);
  const auto sealed = parse_sealed(bytes);
  if (sealed)
    object.add("owner", sealed->owner)
        .add("commitment", sealed->commitment)
        .add("bytes", static_cast<std::uint32_t>(bytes.size()));
  else
    object.add("damaged", true);
  object.end();
}

void append_payload(std::string& out, const Payload& payload) {
  std::visit(
      [&]<class P>(const P& record) {
        if constexpr (Record<P>)
          append_wide(out, record);
        else
          out += "{}";
      },
      payload);
}

void append_data(std::string& out, const Event& event) {
  Object data(out);
  data.add("occurred_on", event.occurred_on)
      .add("acted_at", event.acted_at)
      .add("recorded_at", event.recorded_at);
  append_actor(data.key("actor"), event.actor);
  data.add("origin", event.origin)
      .add("command", event.command)
      .add("commit_index", event.commit_index)
      .add("commit_count", event.commit_count)
      .add("supersedes", event.supersedes)
      .add("causation", event.causation)
      .add("regulation", event.regulation)
      .add("correlation", event.correlation);
  if (!event.reason.empty()) data.add("reason", event.reason);
  if (!event.evidence.empty()) data.add("evidence", event.evidence);
  append_payload(data.key("payload"), event.payload);
  if (!event.sealed.empty()) append_sealed(data.key("sealed"), event.sealed);
  data.end();
}

}  // namespace

std::string cloud_event(const Event& event, const Hash256& leaf, std::string_view source) {
  const std::string_view type = to_string(event.type());
  std::string out;
  out.reserve(1536);
  Object object(out);
  object.text("specversion", "1.0")
      .add("id", event.sequence)
      .text("source", source)
      .text("type", fmt::format("{}{}", type_prefix, type))
      .text("subject", to_string(event.subject))
      .add("time", event.recorded_at)
      .text("datacontenttype", "application/json")
      .text("dataschema", fmt::format("urn:runut:event:{}:{}", type, event.payload_version))
      .text("sequence", fmt::format("{:020}", event.sequence.value))
      .text("subjectversion", std::to_string(event.subject_version))
      .add("leafhash", leaf)
      .add("previoushash", event.previous)
      .add("commit", event.commit());
  append_data(object.key("data"), event);
  object.end();
  return out;
}

}  // namespace runut::feed
