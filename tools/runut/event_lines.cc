#include "tools/runut/event_lines.h"

#include <fmt/format.h>

#include "codec/event_json.h"
#include "codec/json_writer.h"
#include "seal/sealed.h"

namespace runut::cli {
namespace {

class Line {
 public:
  template <class T>
  Line& add(std::string_view name, const T& value) {
    key(name);
    codec::append_json(out_, value);
    return *this;
  }
  template <class T>
  Line& add(std::string_view name, const std::optional<T>& value) {
    if (value) add(name, *value);
    return *this;
  }
  Line& raw(std::string_view name, std::string_view json) {
    key(name);
    out_ += json;
    return *this;
  }
  [[nodiscard]] std::string end() { return out_ + "}"; }

 private:
  void key(std::string_view name) {
    if (out_.size() > 1) out_ += ',';
    codec::append_json_string(out_, name);
    out_ += ':';
  }
  std::string out_ = "{";
};

std::string actor_json(const Actor& actor) {
  Line line;
  line.add("kind", actor.kind).add("id", actor_id(actor)).add("role", actor.role);
  line.add("assurance", actor.assurance);
  if (!actor.method.empty()) line.add("method", actor.method);
  if (!actor.issuer.empty()) line.add("issuer", actor.issuer);
  line.add("credential", actor.credential).add("on_behalf_of", actor.on_behalf_of);
  return line.end();
}

// What peers and subordinates answered is shown to nobody, with keys or without: only its sums are.
bool is_aggregate_only(const Event& event) {
  const auto* answered = std::get_if<SurveyAnswered>(&event.payload);
  return answered != nullptr && answered->relation != SurveyRelation::superior;
}

std::string opened_text(const Event& event, const Sealed& sealed, const KeyStore& keys) {
  const auto text = open_text(
      keys, sealed, {event.agency, event.command, static_cast<std::uint16_t>(event.type())});
  std::string out;
  if (text)
    codec::append_json_string(out, *text);
  else if (is_erased(text.error()))
    out = R"({"erased":true})";
  else
    out = Line().add("unreadable", text.error().describe()).end();
  return out;
}

}  // namespace

std::string actor_text(const Actor& actor) {
  return fmt::format("{} {} ({})", actor_id(actor), to_string(actor.role),
                     to_string(actor.assurance));
}

std::string event_line(const Event& event, const EventView& stored, const KeyStore* keys) {
  Line line;
  line.add("sequence", event.sequence)
      .add("type", event.type())
      .add("subject", to_string(event.subject))
      .add("subject_version", event.subject_version)
      .add("occurred_on", event.occurred_on)
      .add("acted_at", event.acted_at)
      .add("recorded_at", event.recorded_at)
      .raw("actor", actor_json(event.actor))
      .add("origin", event.origin)
      .add("command", event.command)
      .add("commit", event.commit())
      .add("commit_index", event.commit_index)
      .add("commit_count", event.commit_count)
      .add("payload_version", std::uint32_t{event.payload_version})
      .add("supersedes", event.supersedes)
      .add("causation", event.causation)
      .add("regulation", event.regulation)
      .add("correlation", event.correlation);
  if (!event.reason.empty()) line.add("reason", event.reason);
  if (!event.evidence.empty()) line.add("evidence", event.evidence);
  line.add("previous", event.previous).add("leaf_hash", stored.leaf);
  line.raw("payload", payload_json(event.payload));
  if (!event.sealed.empty()) {
    const auto sealed = parse_sealed(event.sealed);
    if (!sealed) return line.raw("sealed", R"({"damaged":true})").end();
    line.raw("sealed", Line()
                           .add("owner", sealed->owner)
                           .add("commitment", sealed->commitment)
                           .add("bytes", static_cast<std::uint64_t>(event.sealed.size()))
                           .end());
    if (keys != nullptr)
      line.raw("text", is_aggregate_only(event) ? R"({"aggregates_only":true})"
                                                : opened_text(event, *sealed, *keys));
  }
  return line.end();
}

}  // namespace runut::cli
